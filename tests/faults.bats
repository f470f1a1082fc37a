# What is promised under fault, program by program: names of every kind, disks that are full,
# clocks that jump, logs that nobody reads. Where a single call of the system fails is in
# failing-calls.bats.
load common

setup() {
	common_setup
	mkdir -p mail/bob/new mail/bob/cur mail/bob/tmp queue/new queue/tmp queue/bad
	echo 'bob:I like pickles' >users
	export POP3_PASSWORD='I like pickles'
	now=${EPOCHSECONDS-$(date +%s)}
}
teardown() { common_teardown; }

# Unique-ids: an identity is never a part of a name.

# uidls: what UIDL lists, an id in each line.
uidls() {
	printf 'USER bob\r\nPASS I like pickles\r\nUIDL\r\nQUIT\r\n' |
		pop3-server -n hamburger.edu -u users mail | tr -d '\r' | awk '/^[0-9]/ { print $2 }'
}
# fetched WORD...: the letters in inbox, sorted.
fetched() {
	printf '%s\n' "$@" >expected
	cat inbox/* | LC_ALL=C sort >got
	same expected got
}
fetch() { pop3-fetch "$@" -u bob "$address" inbox >>fetch.out; }

@test "two letters whose names begin alike are two, and deleting one never takes the other unread" {
	serve pop3-server -l 127.0.0.1:0 -u users mail
	echo lunch >'mail/bob/new/Re: lunch.eml'
	echo rent >'mail/bob/new/Re: rent.eml'
	echo flags >'mail/bob/new/a:2,S'
	echo no-flags >mail/bob/new/a
	echo colon >'mail/bob/cur/Re: colon.eml'
	fetch -d
	fetch -d
	fetched colon flags lunch no-flags rent
	[ -z "$(find mail/bob -type f)" ]
}

@test "messages in new and in cur, or with other flags, that have one name have two unique-ids" {
	serve pop3-server -l 127.0.0.1:0 -u users mail
	echo new >mail/bob/new/1.a
	fetch
	echo seen >'mail/bob/cur/1.a:2,S'
	echo flagged >'mail/bob/cur/1.a:2,F'
	[ "$(uidls | sort -u | wc -l)" -eq 3 ]
	uidls >first
	uidls >again
	same first again
	fetch -d
	rm -f mail/bob/new/1.a
	fetch -d
	fetched flagged new new seen
}

# The queue: what is sent, what is written down, and when.

# entry NAME RECIPIENT...: in queue/new, with a message of $lines lines; NAME is all of its name.
entry() {
	local name=$1 text
	shift
	text=$(n_of "${lines-1}" 'a line of sixteen\n')
	{
		printf 'MAIL FROM:<alice@crepes.fr> SIZE=%d\n' $((${lines-1} * 19 + 8))
		printf 'RCPT TO:<%s>\n' "$@"
		printf '\nX: y\n\n%s\n' "$text"
	} >"queue/new/$name"
}
# pass [OPTION...]: mail-queue -1; what it logs goes to the end of the file log.
pass() { mail-queue -1 -n crepes.fr -m routes "$@" queue 2>>log; }
tells() {
	read_in log
	[[ $content == *"$1"* ]] && return 0
	printf 'expected in the log: %s\ngot:\n%s\n' "$1" "$content"
	return 1
}
# hamburger: takes mail for bob, and is not ready for carol.
hamburger() {
	printf '%s\n' 'S:220 x' 'C:EHLO {any}' 'S:250 x' 'C:MAIL {any}' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:RCPT TO:<carol@hamburger.edu>' 'S:451 later' \
		'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' 'S:250 taken' 'C:QUIT' 'S:221 x' >script
	serve replay -k -l 127.0.0.1:0 script
	echo "hamburger.edu $address" >routes
}
# sent N: so many copies.
sent() {
	has_exactly "$1" 'S:250 taken*' "$server_out" || { cat log && return 1; }
}

@test "nothing is sent whose result has no room, and it is sent once there is" {
	hamburger
	lines=2000 entry "$now.big" bob@hamburger.edu carol@hamburger.edu
	(ulimit -f 16 && pass -r 0 && pass -r 0 && pass -r 0)
	sent 0
	tells "$now.big: <bob@hamburger.edu>: put off 0s: no room to write down what comes of it"
	is_empty queue/tmp
	pass -r 0
	sent 1
	[ "$(grep RCPT queue/new/*)" = 'RCPT TO:<carol@hamburger.edu>' ]
	is_empty queue/tmp
}

@test "what a killed mail-queue had begun in tmp goes at once" {
	: >"queue/tmp/part.$now.big"
	: >queue/tmp/other
	: >routes
	pass
	[ "$(ls queue/tmp)" = other ]
}

@test "an entry's name may be so long that its bounce still has one, and no longer" {
	: >routes
	for n in 211 212 224 225; do
		lines=1 entry "$now.$(n_of $((n - ${#now} - 1)) x)" bob@ketchup.org
	done
	lines=1 entry "$now.$(n_of $((226 - ${#now} - 1)) x)" bob@ketchup.org
	echo "crepes.fr 127.0.0.1:1" >routes
	pass
	[ "$(find queue/new -name '*.B1.*' | wc -l)" -eq 4 ]
	[ "$(ls queue/bad | wc -l)" -eq 1 ]
	pass -r 0
	[ "$(find queue/new -name '*.B1.*' | wc -l)" -eq 4 ]
	[ "$(ls queue/bad | wc -l)" -eq 1 ]
}

@test "an entry born in 1970, or in the future, is born when it is first seen; a number is never too large" {
	hosts='hamburger.edu 127.0.0.1:1'
	for born in 12 86400 $((now + 4000000)) 4102444800 253402300800 9223372036854775807; do
		entry "$born.x" bob@hamburger.edu
	done
	echo "$hosts" >routes
	pass
	has_exactly 6 '*put off*' log
	has_exactly 0 '*given up*' log
	[ "$(find queue/new -name "${now%???}*.*.x" | wc -l)" -eq 6 ]
	is_empty queue/bad
}

@test "an entry that is due more than a day later than it could have been put off is due now" {
	entry "$now.later" bob@hamburger.edu
	dated $((now + 88000)) queue/new/*
	echo 'hamburger.edu 127.0.0.1:1' >routes
	pass
	[ ! -s log ]
	dated $((now + 88300)) queue/new/*
	pass
	has_exactly 1 '*put off*' log
}

# Mailboxes.

# converse LINE...: what a client says to smtp-server; the codes of the replies are in $codes.
converse() {
	codes=$(printf '%s\r\n' 'HELO crepes.fr' "$@" QUIT | smtp-server -n hamburger.edu mail |
		cut -c 1-3 | tr '\n' ' ')
}

@test "a mailbox that cannot be written is 452 at its RCPT, and the others get their mail" {
	mkdir mail/carol mail/dave mail/erin
	: >mail/carol/new
	: >mail/dave/tmp
	chmod 500 mail/erin
	: >mail/erin/tmp || :
	converse 'MAIL FROM:<alice@crepes.fr>' 'RCPT TO:<carol@hamburger.edu>' \
		'RCPT TO:<bob@hamburger.edu>' 'RCPT TO:<dave@hamburger.edu>' 'RCPT TO:<erin@hamburger.edu>' \
		DATA 'Subject: x' '' .
	chmod 700 mail/erin
	[ "$codes" = '220 250 250 452 250 452 452 354 250 221 ' ]
	[ "$(ls mail/bob/new | wc -l)" -eq 1 ]
}

# old FILE: nobody has written to it for more than 36 hours; young FILE: not so long.
old() { : >"$1" && dated $((now - 36 * 3600 - 60)) "$1"; }
young() { : >"$1" && dated $((now - 36 * 3600 + 60)) "$1"; }

@test "what a crash left in tmp goes when a server starts, after 36 hours and not before" {
	mkdir -p mail/carol mail/dave/tmp mailbox
	old mail/bob/tmp/1.old
	young mail/bob/tmp/1.young
	old mail/dave/tmp/2.old
	old mail/bob/new/3.read
	mkdir mail/bob/tmp/folder && dated $((now - 200000)) mail/bob/tmp/folder
	old mailbox/draft-x7sdA9
	young mailbox/draft-Qq1111
	old mailbox/1
	smtp-server mail </dev/null >/dev/null
	[ "$(echo mail/*/tmp/*)" = 'mail/bob/tmp/1.young mail/bob/tmp/folder' ]
	[ -e mail/bob/new/3.read ]
	serve smtp-toy 0
	[ "$(cd mailbox && echo *)" = '1 draft-Qq1111' ]
}

# Large tables.

# reads_within SECONDS COMMAND...: it takes no more of the processor.
reads_within() {
	local limit=$1
	shift
	(ulimit -t "$limit" && "$@") && return 0
	echo "not within $limit seconds: $*"
	return 1
}

@test "100,000 users, and 100,000 routes, are read at once; a name that comes twice is told with the line" {
	awk 'BEGIN { for (i = 0; i < 100000; i++) print "user" i * 7919 % 100000 ":x" }' >users
	reads_within 10 pop3-server -u users mail </dev/null >/dev/null
	awk 'BEGIN { for (i = 0; i < 100000; i++) print "d" i * 7919 % 100000 ".edu 127.0.0.1:" i % 60000 + 1 }' >routes
	reads_within 10 mail-queue -1 -m routes queue
	printf '%s\n' 'USER9:y' 'nobody:y' 'USER8:z' >>users
	run pop3-server -u users mail </dev/null
	ends 65
	says 'users:100001: this user is here twice'
	printf '%s\n' '# comment' 'D7.edu 127.0.0.1:2' >>routes
	run mail-queue -1 -m routes queue
	ends 65
	says 'routes:100002: the second route of its domain'
}

# Logs that nobody reads.

# unread: a pipe that is full, and that nobody reads: descriptor 5. read_on: it is read now.
unread() {
	mkfifo full
	exec 5<>full
	yes 'nobody reads this' >&5 2>/dev/null &
	filler=$!
	until_true is_full
}
is_full() { has_state S "$filler"; }
read_on() {
	kill "$filler"
	wait "$filler" || :
	cat <full >was-read &
	pids="$pids $!"
}

@test "mail-queue: a log that nobody reads holds nothing up, and TERM ends it" {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	echo "hamburger.edu $address" >routes
	for i in 1 2 3; do entry "$now.$i" bob@hamburger.edu; done
	unread
	mail-queue -r 1s -m routes queue 2>&5 3>&- </dev/null &
	queue=$!
	pids="$pids $queue"
	until_true in_mailbox 3
	until_true test -z "$(ls queue/new)"
	read_on
	entry "$now.4" bob@hamburger.edu
	echo >queue/trigger
	until_true in_mailbox 4
	until_true has_line '*mail-queue: [34] lines left out: nobody read them in time*' was-read
	until_true has_line "*$now.4: <bob@hamburger.edu>: delivered*" was-read
	kill "$queue"
	wait "$queue"
}
in_mailbox() { [ "$(ls mail/bob/new | wc -l)" -eq "$1" ]; }

@test "smtp-send: a warning that nobody reads holds no message up" {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	printf 'Subject: x\n\n%s\n' "$(n_of 1000 x)" >long
	unread
	run timeout 300 sh -c 'smtp-send -f a@crepes.fr -t bob@hamburger.edu "$1" long long 2>&5' sh "$address"
	kill "$filler"
	ends 0
	in_mailbox 2
}

@test "mail-queue ends at TERM though nobody reads its log, and so does wiretap" {
	local server
	unread
	mail-queue -m /dev/null queue 2>&5 3>&- </dev/null &
	pid=$!
	until_true test -e queue/lock
	kill "$pid"
	wait "$pid"
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	server=$address
	mkfifo said
	wiretap -l 127.0.0.1:0 "$server" 2>&5 3>&- >said </dev/null &
	pid=$!
	pids="$pids $pid"
	exec 6<said
	IFS= read -r -u 6 address
	port=${address##*:}
	# Of what is said after the first line nobody reads anything, and a pipe is soon full.
	for i in 1 2 3; do
		dial
		hear '220 *'
		awk 'BEGIN { while (n++ < 1500) printf "NOOP %s\r\n", "and a few words more, for a long line of it" }' >&4
		printf 'QUIT\r\n' >&4
		tail -n 1 <&4 | grep -q '^221'
		hang_up
	done
	cat <&6 >rest &
	pids="$pids $!"
	until_true test -s rest
	dial
	hear '220 *'
	say 'QUIT\r\n'
	hear '221 *'
	hang_up
	until_true has_line '# [0-9]* lines left out: nobody read them in time' rest
	until_true has_line '# conversation 4*' rest
	kill "$pid"
	wait "$pid"
	kill "$filler"
}

# Names of files: what they hold commands no terminal, and forges no line.

# harmless: nothing in $output is a control, and no line of it is the name's.
harmless() {
	if printf '%s' "$output" | LC_ALL=C grep -q '[[:cntrl:]]' || [[ $output == *$'\n250 '* ]]; then
		printf 'not harmless: %q\n' "$output"
		return 1
	fi
	says "$1"
}

@test "every name that is printed is made harmless" {
	local name=$'x\n250 <carol@hamburger.edu> \033[2J\302\233y\377é'
	local shown='x?250 <carol@hamburger.edu> ?[2J??y?é'
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	printf 'Subject: x\n\nhi\n' >"$name"
	run smtp-send -f a@crepes.fr -t bob@hamburger.edu "$address" "$name"
	harmless "250 <bob@hamburger.edu> $shown Message accepted"
	rm "$name"
	# shellcheck disable=SC2016 # $0 is the name
	for command in 'b64 "$0"' 'qp -d "$0"' 'mime-decode "$0"' 'mime-encode "$0"' \
		'replay 127.0.0.1:1 "$0"' 'compare-transcripts "$0" other' 'http-server "$0"' \
		'smtp-send -f a@crepes.fr -t bob@hamburger.edu 127.0.0.1:1 "$0"' \
		'smtp-send -q 127.0.0.1:1 "$0"' 'pop3-server -u "$0" mail' 'mail-queue -1 -m "$0" queue'; do
		run sh -c "$command" "$name" </dev/null
		[ "$status" -ge 64 ]
		harmless "$shown"
	done
	echo 'S:220 x' >"$name"
	echo 'S:220 y' >other
	run compare-transcripts "$name" other
	ends 1
	[ "$(printf '%s\n' "$output" | head -n 1)" = "$shown:1 and other:1 differ, in the greeting:" ]
	echo 'S: 220 x' >"$name"
	run replay 127.0.0.1:1 "$name"
	harmless "$shown:1: a blank after every colon"
}

@test "an entry is told apart in a queue of any name" {
	local queue=$'q\n\033\377'
	mkdir -p "$queue/new"
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	echo "hamburger.edu $address" >routes
	entry "$now.1" bob@hamburger.edu
	mv queue/new/* "$queue/new"
	mail-queue -1 -m routes "$queue" 2>log
	tells 'delivered: 250'
	is_empty "$queue/new"
}

# Transcripts: the performer, the comparer and the drawer read the same.

# all_say WORD LINES: whether they take these lines in the middle of a conversation, or refuse them.
all_say() {
	local took='' refused=''
	{
		printf 'S:220 x\nC:HELO a\nS:250 x\n'
		printf '%b' "$2"
		[ "${3-}" = last ] || printf 'C:QUIT\nS:221 x\n!S closes\n'
	} >t.txt
	replay 127.0.0.1:1 t.txt >/dev/null 2>&1 || [ $? -eq 65 ] && refused="$refused replay" || took="$took replay"
	compare-transcripts t.txt t.txt >/dev/null 2>&1 && took="$took compare" || refused="$refused compare"
	draw-transcript t.txt >/dev/null 2>&1 && took="$took draw" || refused="$refused draw"
	[ "$1" = takes ] && [ -z "$refused" ] && return 0
	[ "$1" = refuses ] && [ -z "$took" ] && return 0
	printf 'expected that each %s: %q\ntook:%s refused:%s\n' "$1" "$2" "$took" "$refused"
	return 1
}

@test "replay, compare-transcripts and draw-transcript say the same of every line" {
	all_say takes 'S:250 x \n'
	all_say refuses 'S:{lines} \n'
	all_say refuses 'C:\\c\n'
	all_say refuses 'S:a\\r\\n\n'
	all_say refuses 'S:a\\x0d\\n\n'
	all_say refuses 'S:a\\x0a\n'
	all_say takes 'S:a\\\\x0a\n'
	all_say takes '!wait 3600\n'
	all_say takes '!wait 0.1\r\n'
	for wait in 3601 3600.5 .5 5. 1.2.3 1s -1 ''; do all_say refuses "!wait $wait\\n"; done
	all_say refuses '!C closes\nC:NOOP\n' last
	all_say refuses '!C resets\nS:250 x\n' last
	all_say refuses 'C:\\x41{lines}\n'
	all_say refuses 'S:a\\nb\n'
	all_say takes 'S:{A}{A}a\n'
	all_say takes '# \033[2J \t caf\351\n'
}

@test "what a transcript holds harms no drawing: neither a comment with ESC nor the CR of a line" {
	printf 'S:220 x\r\n# a\033[2J\r\n!wait 0.1\r\nC:QUIT\r\nS:221 x\r\n!S closes\r\n' >t.txt
	draw-transcript --html t.txt >drawing
	run env LC_ALL=C grep -q $'[\033\r]' drawing
	ends 1
	has_line '*0.1 seconds of silence*' drawing
}

# Links, and folders of one's own.

@test "a mailbox, or a folder of it, that is a link is followed by all alike; a message is not" {
	mkdir -p elsewhere else-new else-tmp
	ln -s ../elsewhere mail/dave
	rmdir mail/bob/new mail/bob/tmp
	ln -s ../../else-new mail/bob/new
	ln -s ../../else-tmp mail/bob/tmp
	old else-tmp/not-ours
	converse 'MAIL FROM:<alice@crepes.fr>' 'RCPT TO:<dave@hamburger.edu>' 'RCPT TO:<bob@hamburger.edu>' \
		DATA 'Subject: x' '' .
	[ "$codes" = '220 250 250 250 250 354 250 221 ' ]
	[ "$(find elsewhere/new else-new -name '*.hamburger.edu' | wc -l)" -eq 2 ]
	[ -e else-tmp/not-ours ]
	echo secret >secret
	ln -s ../secret else-new/0.link
	serve pop3-server -l 127.0.0.1:0 -u users mail
	fetch -d
	[ "$(ls else-new)" = 0.link ]
	[ -e secret ]
}

# mode FOLDER: as ls shows it.
mode() { ls -ld "$1" | cut -c 1-10; }

@test "a folder that is made for what was received is its owner's alone, with any umask" {
	printf 'Content-Disposition: attachment; filename=x\nContent-Type: image/gif\n\nGIF\n' >message
	mkdir www
	echo hi >www/index.html
	serve http-server -l 127.0.0.1:0 www
	umask 0
	mime-decode -o parts message
	[ "$(mode parts)" = drwx------ ]
	http-get -o page "http://$address/index.html"
	[ "$(mode page)" = drwx------ ]
	smtp-server -q queued mailboxes </dev/null >/dev/null
	[ "$(mode mailboxes) $(mode mailboxes/postmaster) $(mode queued) $(mode queued/new)" = \
		'drwx------ drwx------ drwx------ drwx------' ]
}

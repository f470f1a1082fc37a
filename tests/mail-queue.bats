# mail-queue: what it does with the entries of a queue. The hosts it sends to are
# transcripts that replay performs, or smtp-server. Bounces are read in bounce.bats.
load common

setup() {
	common_setup
	mkdir -p queue/new queue/tmp queue/bad mail/bob mail/carol
	: >routes
	now=${EPOCHSECONDS-$(date +%s)}
}
teardown() {
	local stopped
	for stopped in $pids; do
		kill -CONT "$stopped" 2>/dev/null || :
	done
	common_teardown
}

# entry NAME RECIPIENT...: from $from, with a message that is its name. The name is put
# after the second of its birth, $born or now; $entry is all of it.
entry() {
	entry=${born-$now}.$1
	{
		printf 'MAIL FROM:<%s> SIZE=%d\n' "${from-alice@crepes.fr}" $((${#1} + 13))
		shift
		printf 'RCPT TO:<%s>\n' "$@"
		printf '\nSubject: %s\n\n' "${entry#*.}"
	} >"queue/new/$entry"
}

# waiting N: so many entries are in new, and nothing is in tmp.
waiting() {
	count_files queue/new
	[ "$n_files" -eq "$1" ] && is_empty queue/tmp && return 0
	echo "expected $1 entries, got $n_files"
	cat log
	return 1
}

# pass [OPTION...]: mail-queue -1; what it logs goes to the file log.
pass() {
	local status=0
	mail-queue -1 -n crepes.fr -m routes "$@" queue >out 2>log || status=$?
	[ "$status" -eq 0 ] && [ ! -s out ] && return 0
	echo "mail-queue ended with $status"
	cat out log
	return 1
}

# begin [OPTION...]: runs it until the end of the test; it has begun.
begin() {
	mail-queue -n crepes.fr -r 1s -m routes "$@" queue 2>log 3>&- </dev/null &
	pid=$!
	pids="$pids $pid"
	until_true logged begun
}

# logged PATTERN [TIMES]
logged() { has_lines "${2-1}" "*$1*" log; }

# tells TEXT: this is in the log.
tells() {
	read_in log
	[[ $content == *"$1"* ]] && return 0
	printf 'expected in the log: %s\ngot:\n%s\n' "$1" "$content"
	return 1
}

# route DOMAIN ADDRESS
route() { printf '%s %s\n' "$1" "$2" >>routes; }

# hamburger: a server with mailboxes for bob and carol.
hamburger() {
	serve smtp-server -l "${1-127.0.0.1:0}" -n hamburger.edu mail
	[ -n "${1-}" ] || route hamburger.edu "$address"
}

# host DOMAIN LINE...: replay performs these lines, again and again, and is the route.
# introduction is how they begin.
host() {
	local domain=$1
	shift
	printf '%s\n' "$@" >"script.$domain"
	serve replay -k -l 127.0.0.1:0 "script.$domain"
	route "$domain" "$address"
}
introduction='S:220 x
C:EHLO crepes.fr
S:250 x'
# accepted RECIPIENT...: a message goes through.
accepted() {
	printf '%s\n' 'C:MAIL FROM:{any}' 'S:250 x' "$@" 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' 'S:250 taken'
}
takes='C:RCPT TO:{any}
S:250 x'

in_mailbox() {
	count_files "mail/$1/new"
	[ "$n_files" -eq "$2" ]
}

# heard N: so many conversations were held by the last host.
heard() { has_exactly "$1" '# conversation*' "$server_out"; }

# due FILE FROM TO: in so many seconds from now it is tried again.
due() {
	dated $((now + $2 - 1)) before
	dated $((now + $3 + 1)) after
	[ "$1" -nt before ] && [ after -nt "$1" ] && return 0
	ls -l "$1" before after
	return 1
}

# What becomes of an entry.

@test "a message is delivered, told in the log, and gone from the queue" {
	hamburger
	entry one bob@hamburger.edu
	pass
	waiting 0
	in_mailbox bob 1
	tells "mail-queue: $entry: <bob@hamburger.edu>: delivered: 250 Message accepted for delivery"
	has_exactly 1 '*' log
	[ "$(tail -n 2 mail/bob/new/*)" = 'Subject: one' ]
}

@test "2xx is crossed off, 5xx bounces, and the entry is kept only for the others" {
	host hamburger.edu "$introduction" 'C:MAIL FROM:{any}' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:RCPT TO:<carol@hamburger.edu>' 'S:451 not now' \
		'C:RCPT TO:<dave@hamburger.edu>' 'S:550 who?' 'C:RCPT TO:<erin@hamburger.edu>' 'S:452 full' \
		'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' 'S:250 taken' 'C:QUIT' 'S:221 x'
	entry one bob@hamburger.edu carol@hamburger.edu dave@hamburger.edu erin@hamburger.edu
	pass
	tells "$entry: <bob@hamburger.edu>: delivered: 250 taken"
	tells "$entry: <carol@hamburger.edu>: put off 30m: 451 not now"
	tells "$entry: <dave@hamburger.edu>: failed: 550 who?"
	tells "$entry: <erin@hamburger.edu>: put off 30m: 452 full"
	waiting 2
	cat >expected <<-'END'
		MAIL FROM:<alice@crepes.fr> SIZE=16
		RCPT TO:<carol@hamburger.edu>
		RCPT TO:<erin@hamburger.edu>

		Subject: one

	END
	same expected "queue/new/$entry"
	[ "$(ls -l "queue/new/$entry" | cut -c 1-10)" = -rw------- ]
	bounce=$(cd queue/new && echo ./*.B4."$entry")
	bounce=${bounce#./}
	tells "$bounce: tells <alice@crepes.fr>"
	[ "$(sed -n 2p "queue/new/$bounce")" = 'RCPT TO:<alice@crepes.fr>' ]
	due "queue/new/$entry" 1800 1810
}

@test "where nobody listens it is put off by half an hour, or by -r" {
	route hamburger.edu 127.0.0.1:1
	entry one bob@hamburger.edu
	cp "queue/new/$entry" before-it
	pass
	tells "$entry: <bob@hamburger.edu>: put off 30m: "
	same before-it "queue/new/$entry"
	due "queue/new/$entry" 1800 1810
	pass -r 1s
	[ ! -s log ]
	touch "queue/new/$entry"
	pass -r 2h
	due "queue/new/$entry" 7200 7210
	touch "queue/new/$entry"
	pass -r 0
	pass -r 0
	tells "put off"
}

@test "what is not due is not even opened" {
	route hamburger.edu 127.0.0.1:1
	entry one bob@hamburger.edu
	echo rubbish >"queue/new/$entry"
	dated $((now + 100)) "queue/new/$entry"
	pass
	waiting 1
	[ ! -s log ]
	touch "queue/new/$entry"
	pass
	waiting 0
}

# Where a file's times are those of the last tick, as time(2) is, this cannot fail.
@test "what was queued a moment ago is due, though the second of time(2) has not begun" {
	local fraction text
	[ -n "${EPOCHREALTIME-}" ] || skip 'this bash knows no part of a second'
	route hamburger.edu 127.0.0.1:1
	entry one bob@hamburger.edu
	text=$(cat "queue/new/$entry")
	for _ in 1 2 3; do
		[ -s "queue/new/$entry" ] # once it was looked at, its next time is to the nanosecond
		fraction=$((10#${EPOCHREALTIME#*[.,]}))
		command sleep "$(printf '0.%06d' $((fraction < 999000 ? 999000 - fraction : 0)))"
		while fraction=${EPOCHREALTIME#*[.,]} && [ $((10#$fraction)) -gt 900000 ]; do :; done
		printf '%s\n\n' "$text" >"queue/new/$entry"
		pass
		tells "$entry: <bob@hamburger.edu>: put off 30m: "
	done
}

@test "a domain without a route fails for good, and nobody is asked" {
	route hamburger.edu 127.0.0.1:1
	entry one bob@ketchup.org
	pass
	tells "$entry: <bob@ketchup.org>: failed: no route to this domain"
	waiting 1
	test -f queue/new/*.B1."$entry"
}

@test "past four days it is given up, and before that it is tried at their end" {
	route hamburger.edu 127.0.0.1:1
	born=$((now - 4 * 86400 + 600)) entry young bob@hamburger.edu
	young=$entry
	born=$((now - 4 * 86400)) entry old bob@hamburger.edu
	pass
	tells "$young: <bob@hamburger.edu>: put off "
	due "queue/new/$young" 600 600
	tells "$entry: <bob@hamburger.edu>: given up after 4d: "
	[ ! -e "queue/new/$entry" ]
	waiting 2
}

@test "-g says when it is given up, and 0 is the first time" {
	route hamburger.edu 127.0.0.1:1
	born=$((now - 3600)) entry one bob@hamburger.edu
	pass -r 0 -g 2h
	tells "put off"
	pass -g 1h
	tells "$entry: <bob@hamburger.edu>: given up after 1h: "
	rm queue/new/*
	entry two bob@hamburger.edu
	pass -g 0
	tells "$entry: <bob@hamburger.edu>: given up after 0: "
}

@test "a message with the null sender is never bounced" {
	hamburger
	from='' entry one nobody@hamburger.edu
	from='' entry two bob@ketchup.org
	pass
	waiting 0
	tells "$entry: dropped: a bounce that cannot be delivered"
	[ "$(grep -c dropped log)" -eq 2 ]
}

@test "a message that meets a server too often is bounced" {
	hamburger
	entry=$now.loop
	{
		printf 'MAIL FROM:<alice@crepes.fr> SIZE=%d\nRCPT TO:<bob@hamburger.edu>\n\n' $((101 * 13))
		awk 'BEGIN { while (n++ < 101) print "Received: x" }'
	} >"queue/new/$entry"
	pass
	tells "$entry: <bob@hamburger.edu>: failed: 554 "
	waiting 1
}

# came_back: alice has a bounce.
came_back() {
	count_files mail/alice/new
	[ "$n_files" -eq 1 ]
}

@test "two servers that each take the other one for a domain's host end their loop with a bounce" {
	mkdir -p mail/alice other
	serve smtp-server -l 127.0.0.1:0 -n crepes.fr -q queue mail
	crepes=$address
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu -q far other
	printf '%s\n' "ketchup.org $address" "crepes.fr $crepes" >routes
	printf '%s\n' "ketchup.org $crepes" "crepes.fr $crepes" >routes-there
	begin
	mail-queue -m routes-there far 2>log-there 3>&- </dev/null &
	pids="$pids $!"
	printf 'Subject: round and round\n\n' >letter
	smtp-send -f alice@crepes.fr -t bob@ketchup.org "$crepes" letter
	until_true came_back
	[ "$(cat mail/alice/new/* | grep -c '^Received:')" -eq 102 ] # 101 of them in the bounce
	grep -q '^Diagnostic-Code: smtp; 554 the message is looping' mail/alice/new/*
}

@test "the words of a server are escaped in the log" {
	host hamburger.edu "$introduction" 'C:MAIL FROM:{any}' 'S:450 \x1b[2J\x07' 'C:RSET' 'S:250 x' \
		'C:QUIT' 'S:221 x'
	entry one bob@hamburger.edu
	pass
	tells 'put off 30m: 450 \x1b[2J\x07'
}

# Damaged entries.

@test "what is damaged goes to bad, and the others are sent" {
	hamburger
	entry good bob@hamburger.edu
	good=$entry
	: >"queue/new/$now.empty"
	head -n 1 "queue/new/$good" >"queue/new/$now.cut-1"
	head -n 2 "queue/new/$good" >"queue/new/$now.cut-2"
	sed 1d "queue/new/$good" >"queue/new/$now.no-sender"
	sed 2d "queue/new/$good" >"queue/new/$now.no-recipient"
	sed '1s/=.*/=18/' "queue/new/$good" >"queue/new/$now.too-short"
	sed '1s/=.*/=16/' "queue/new/$good" >"queue/new/$now.too-long"
	sed '1s/ .*/ FROM:<alice@crepes.fr>/' "queue/new/$good" >"queue/new/$now.no-size"
	sed '2s/.*/RCPT TO/' "queue/new/$good" >"queue/new/$now.no-colon"
	sed '2s/.*/RCPT TO:<bob>/' "queue/new/$good" >"queue/new/$now.no-domain"
	awk '1; NR == 2 { print "RCPT TO:<carol@ketchup.org>" }' "queue/new/$good" \
		>"queue/new/$now.two-domains"
	cp "queue/new/$good" queue/new/no-number
	cp "queue/new/$good" "queue/new/$now"
	cp "queue/new/$good" "queue/new/.$now.hidden"
	cp "queue/new/$good" "queue/new/$now.a b"
	cp "queue/new/$good" "queue/new/$now.$(printf '\033[2J')"
	mkdir "queue/new/$now.folder"
	mkfifo "queue/new/$now.fifo"
	ln -s "../../queue/new/$good" "queue/new/$now.link"
	pass
	waiting 0
	in_mailbox bob 1
	[ "$(ls -A queue/bad | wc -l)" -eq 19 ]
	has_exactly 19 '*damaged, and now in bad: *' log
	has_exactly 20 '*' log
	tells "$now.\\x1b[2J: damaged"
	tells "$now.too-long: damaged, and now in bad: its message is not of the size that its envelope says"
}

@test "a damaged entry that would fail is not bounced" {
	entry one bob@ketchup.org
	echo more >>"queue/new/$entry"
	pass
	[ -e "queue/bad/$entry" ]
	waiting 0
}

# Connections.

@test "several messages to one host share a connection, whatever their domains" {
	host hamburger.edu "$introduction" "$(accepted "$takes")" "$(accepted "$takes")" \
		"$(accepted "$takes")" 'C:QUIT' 'S:221 x'
	route ketchup.org "$address"
	entry one bob@hamburger.edu
	entry two bob@Ketchup.ORG
	entry three carol@hamburger.edu
	pass
	waiting 0
	heard 1
	has_exactly 3 '*delivered: 250 taken*' log
}

@test "a connection is for 100 messages at most, and the rest goes through another" {
	hamburger
	peer=$address
	serve wiretap -l 127.0.0.1:0 "$peer"
	echo "hamburger.edu $address" >routes
	for n in $(seq 101); do entry "$n" bob@hamburger.edu; done
	pass
	waiting 0
	in_mailbox bob 101
	until_true has_lines 2 '!S closes*' "$server_out"
	has_exactly 2 '# conversation*' "$server_out"
	awk '/^# conv/ { n = 0 } /^C:MAIL/ && ++n > 100 { exit 1 }' "$server_out"
}

@test "a host that is down is tried once in a pass, and all that it has to get is put off" {
	host hamburger.edu 'S:421 busy' '!S closes'
	for n in $(seq 150); do entry "$n" bob@hamburger.edu; done
	pass
	waiting 150
	heard 1
	has_exactly 150 '*put off 30m: 421 not tried: busy*' log
}

@test "a message at which a host hangs up does not hold up those after it" {
	host hamburger.edu "$introduction" 'C:MAIL FROM:{any}' '!S closes'
	for n in 1 2 3; do entry "$n" bob@hamburger.edu; done
	pass
	waiting 3
	heard 3
	has_exactly 3 '*put off 30m: the connection was lost*' log
}

@test "a host that hangs holds up nobody else" {
	hamburger
	serve smtp-server -l 127.0.0.1:0 -n ketchup.org mail
	route ketchup.org "$address"
	frozen=$pid
	kill -STOP "$frozen"
	entry one bob@ketchup.org
	begin
	smtp-server -n crepes.fr -q queue mail >/dev/null <<-END
		$(printf 'HELO x\r\nMAIL FROM:<alice@crepes.fr>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n.\r')
	END
	until_true logged '<bob@hamburger.edu>: delivered'
	kill -CONT "$frozen"
	until_true logged '<bob@ketchup.org>: delivered'
	[ "$(grep -c delivered log)" -eq 2 ]
}

# children: the smtp-sends that mail-queue runs. running N: so many.
children() { processes | awk -v p="$pid" '$1 == p && $3 ~ /smtp-send/ { print $2 }'; }
running() { [ "$(children | wc -l)" -eq "$1" ]; }

@test "at most 20 hosts are talked to at once" {
	[ "$(uname)" = Linux ] || skip "127.0.0.2 is no address here"
	serve smtp-server -l 0.0.0.0:0 -n hamburger.edu mail
	frozen=$pid
	kill -STOP "$frozen"
	for n in $(seq 25); do
		route "n$n.edu" "127.0.0.$n:$port"
		entry "$n" "bob@n$n.edu"
	done
	begin
	until_true running 20
	entry x bob@n1.edu
	kill -CONT "$frozen"
	until_true logged 'failed: 550' 25
}

@test "an entry is settled as soon as it is through, not only when the connection ends" {
	host hamburger.edu "$introduction" "$(accepted "$takes")" 'C:MAIL FROM:{any}' 'C:never said'
	entry one bob@hamburger.edu
	entry two bob@hamburger.edu
	begin
	until_true logged 'delivered: 250 taken'
	kill -9 "$pid"
	waiting 1
}

# reports LINE...: an smtp-send that says these lines, in which A and B are the entries.
reports() {
	mkdir -p bin
	cp "$build/mail-queue" bin
	{
		echo '#!/bin/sh'
		# shellcheck disable=SC2016
		printf 'echo "%s" | sed "s,A ,$5 ,; s,B ,$6 ,"\n' "$@"
	} >bin/smtp-send
	chmod +x bin/smtp-send
	route hamburger.edu 127.0.0.1:1
	entry one bob@hamburger.edu carol@hamburger.edu
	entry two bob@hamburger.edu carol@hamburger.edu
	PATH=$work/bin:$PATH
	pass
}

@test "what smtp-send does not speak of is put off, and what it does is recorded" {
	reports 'rubbish' '250 <bob@hamburger.edu> B fine' '250 <erin@hamburger.edu> B fine' \
		'250 <carol@hamburger.edu> B not tried: but taken' '250 <bob@hamburger.edu> A late'
	has_exactly 2 '*put off 30m: smtp-send did not say*' log
	has_exactly 2 '*delivered: 250*' log
	waiting 1
}

@test "an entry of which half is reported is put off for the other half" {
	reports '250 <carol@hamburger.edu> A fine' # and once more, for the other entry
	has_exactly 2 '*<carol@hamburger.edu>: delivered: 250 fine*' log
	has_exactly 2 '*<bob@hamburger.edu>: put off 30m: smtp-send did not say*' log
	waiting 2
	[ "$(cat queue/new/* | grep -c '^RCPT TO:<bob@hamburger.edu>')" -eq 2 ]
	[ "$(cat queue/new/* | grep -c ^RCPT)" -eq 2 ]
}

# How long it runs.

@test "new mail wakes it" {
	hamburger
	begin -r 1h
	printf 'HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n' |
		smtp-server -n crepes.fr -q queue mail >/dev/null
	until_true logged '<bob@hamburger.edu>: delivered'
	in_mailbox bob 1
	waiting 0
}

@test "what was put off is tried again when it is due, until its host is there" {
	hamburger
	kill "$pid"
	wait "$pid"
	entry one bob@hamburger.edu
	begin
	until_true logged 'put off [^ ]*: ' 2
	hamburger "$address"
	until_true logged 'delivered: 250'
	waiting 0
}

@test "a bounce is sent without waiting for anything" {
	hamburger
	route crepes.fr "$address"
	entry one nobody@hamburger.edu
	begin -r 1h
	until_true logged 'dropped'
	has_line '*<alice@crepes.fr>: failed: 550*' log
	waiting 0
}

@test "a second mail-queue does not serve the same queue: 75" {
	begin
	run mail-queue -1 -m routes queue
	ends 75
	[ "$output" = 'mail-queue: queue: another mail-queue serves it' ]
	kill "$pid"
	wait "$pid"
	pass
}

@test "nor while what the first one ran is still at it, though that one was killed" {
	mkdir bin
	mkfifo go
	cp "$build/mail-queue" bin
	printf '#!/bin/sh\n: >"%s/begun"\nread -r _ <"%s/go"\n' "$work" "$work" >bin/smtp-send
	chmod +x bin/smtp-send
	route hamburger.edu 127.0.0.1:1
	entry one bob@hamburger.edu
	bin/mail-queue -m routes queue 2>log 3>&- </dev/null &
	pid=$!
	pids="$pids $pid"
	until_true test -e begun
	kill -9 "$pid"
	run mail-queue -1 -m routes queue
	ends 75
	echo >go
	until_true mail-queue -1 -m routes queue
}

@test "smtp-send does not go on when the mail-queue that ran it was killed" {
	hamburger
	frozen=$pid
	kill -STOP "$frozen"
	entry one bob@hamburger.edu
	begin
	until_true running 1
	kill -9 "$pid"
	until_true mail-queue -1 -m /dev/null -g 4h queue
	kill -CONT "$frozen"
	in_mailbox bob 0
}

@test "TERM: what is under way comes to its end, nothing new is begun, and it exits 0" {
	hamburger
	frozen=$pid
	kill -STOP "$frozen"
	entry one bob@hamburger.edu
	begin
	until_true running 1
	route=$address
	entry two bob@hamburger.edu
	kill -TERM "$pid"
	kill -CONT "$frozen"
	wait "$pid"
	[ "$(ls queue/new)" = "$entry" ]
	tells delivered
	tells "queue: ended"
	in_mailbox bob 1
}

@test "INT ends it too, and -1 as well" {
	mail-queue() { afresh "$build/mail-queue" "$@"; }
	heeding_int begin
	kill -INT "$pid"
	wait "$pid"
	hamburger
	kill -STOP "$pid"
	frozen=$pid
	entry one bob@hamburger.edu
	mail-queue -1 -m routes queue 2>log 3>&- &
	pid=$!
	pids="$pids $pid"
	until_true running 1
	kill -TERM "$pid" "$(children)"
	wait "$pid"
	kill -CONT "$frozen"
	waiting 1
}

# What a crash leaves behind.

@test "a bounce is sent if its entry was settled before the crash, and else made anew" {
	route hamburger.edu 127.0.0.1:1
	entry gone bob@hamburger.edu
	mv "queue/new/$entry" "queue/tmp/$now.B2.$now.gone"
	entry fewer bob@hamburger.edu
	cp "queue/new/$entry" "queue/tmp/$now.B2.$now.fewer"
	entry same bob@hamburger.edu
	cp "queue/new/$entry" "queue/tmp/$now.B1.$now.same"
	cp "queue/new/$entry" "queue/tmp/part.$now.B1.$now.other"
	dated $((now + 100)) queue/new/*
	pass
	is_empty queue/tmp
	ls queue/new | sed "s/^$now\.//" >got
	printf '%s\n' "B2.$now.fewer" "B2.$now.gone" fewer same >expected
	same expected got
	has_exactly 2 '*a bounce that was held up*' log
}

@test "what nobody finished goes after 36 hours, and not before" {
	: >queue/tmp/young
	: >queue/tmp/old
	dated $((now - 36 * 3600 + 60)) queue/tmp/young
	dated $((now - 36 * 3600 - 60)) queue/tmp/old
	pass
	[ "$(ls queue/tmp)" = young ]
}

@test "where a bounce cannot be written, who failed is tried again" {
	entry one bob@ketchup.org
	rmdir queue/tmp
	: >queue/tmp
	run mail-queue -1 -m routes queue
	ends 74
	rm queue/tmp
	mkdir queue/tmp
	{
		printf 'MAIL FROM:<alice@crepes.fr> SIZE=70000\nRCPT TO:<bob@ketchup.org>\n\n'
		awk 'BEGIN { while (n++ < 700) printf "X: %95s\n", "x" }'
	} >"queue/new/$now.big"
	sed -i.old '1s/=.*/=70000/' "queue/new/$now.big" && rm queue/new/*.old
	(ulimit -f 16 && pass)
	tells 'no bounce could be made'
	[ -e "queue/new/$now.big" ]
}

# The command line.

@test "smtp-send is found beside mail-queue" {
	mkdir bin
	cp "$build/mail-queue" "$build/smtp-send" bin
	hamburger
	entry one bob@hamburger.edu
	PATH=/usr/bin:/bin bin/mail-queue -1 -m routes queue 2>log
	tells delivered
	entry two bob@hamburger.edu
	PATH=/usr/bin:/bin "$work/bin/mail-queue" -1 -m routes queue 2>log
	tells delivered
	rm bin/smtp-send
	entry three bob@hamburger.edu
	PATH=/usr/bin:/bin bin/mail-queue -1 -m routes queue 2>log
	tells "put off 30m: smtp-send did not come so far"
}

@test "smtp-send is found in PATH, also in a folder that it names from where we are" {
	mkdir bin
	cp "$build/mail-queue" "$build/smtp-send" bin
	hamburger
	entry one bob@hamburger.edu
	PATH=bin:/usr/bin:/bin mail-queue -1 -m routes queue 2>log
	tells delivered
	cd bin
	entry=$now.two
	mv ../queue ../routes .
	printf 'MAIL FROM:<a@b> SIZE=2\nRCPT TO:<bob@hamburger.edu>\n\n\n' >"queue/new/$entry"
	PATH=:/usr/bin:/bin mail-queue -1 -m routes queue 2>log
	tells delivered
}

@test "ROUTES: comments, blanks and CRLF are read; a line that is not a route is told with its line, 65" {
	hamburger
	printf '# hosts\r\n\r\n\tHamburger.EDU \t %s\r\n' "$address" >routes
	entry one bob@hamburger.edu
	pass
	tells delivered
	for line in 'hamburger.edu' 'hamburger.edu localhost' 'a..b localhost:25' 'a.b localhost:25 x'; do
		printf 'crepes.fr localhost:25\n%s\n' "$line" >routes
		run mail-queue -1 -m routes queue
		ends 65
		says 'mail-queue: routes:2: '
	done
	printf 'crepes.fr localhost:25\nx.y a:1\nCREPES.fr localhost:26\n' >routes
	run mail-queue -1 -m routes queue
	ends 65
	says 'mail-queue: routes:3: the second route of its domain'
}

@test "usage: 64; no ROUTES: 66; a queue that cannot be: 74" {
	for wrong in '' '-m routes' 'queue' '-m routes -r x queue' '-m routes -r 0 queue' \
		'-m routes -g x queue' '-m routes -n a..b queue' '-m routes queue more' '-x -m routes queue'; do
		# shellcheck disable=SC2086
		run mail-queue $wrong
		ends 64
		says 'usage: mail-queue'
	done
	run mail-queue -h
	ends 0
	run mail-queue -1 -m missing queue
	ends 66
	says 'mail-queue: missing: '
	: >file
	run mail-queue -1 -m routes file
	ends 74
	run mail-queue -1 -m routes fresh
	ends 0
	[ -p fresh/trigger ]
}

@test "it says how many descriptors it needs, where there are too few" {
	run bash -c 'ulimit -n 40; exec mail-queue -1 -m routes queue' </dev/null
	ends 71
	says 'descriptors are needed, and 40 allowed'
	run bash -c 'ulimit -Sn 40; exec mail-queue -1 -m routes queue' </dev/null
	ends 0
}

@test "messages to one host go in the order in which they came" {
	hamburger
	for i in 3 1 2; do
		entry "o$i" bob@hamburger.edu
		mv "queue/new/$entry" "queue/new/176377500$i.M000001P1Q$i.crepes.fr,0"
	done
	run mail-queue -1 -m routes queue
	ends 0
	printf '%s\n' "$output" | sed -n 's/.*: 176377500\([123]\)\..*: delivered: .*/\1/p' | tr -d '\n' >got
	printf 123 >want
	same want got
}

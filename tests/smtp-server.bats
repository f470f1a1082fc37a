# smtp-server, whole: bytes in, bytes out. Most of it is a conversation on standard
# input and output; what needs several clients, or time, goes over TCP.
load common

setup() {
	common_setup
	mkdir -p mail/bob mail/carol
	transaction='HELO crepes.fr\r\nMAIL FROM:<alice@crepes.fr>\r\n'
	transaction=$transaction'RCPT TO:<bob@hamburger.edu>\r\n'
	to_data=$transaction'DATA\r\n'
}
teardown() { common_teardown; }

# The prelude of every conversation here, as codes: greeting, HELO, MAIL, RCPT.
opened='220 250 250 250'

# given BYTES [OPTION...]: what the client says in one conversation, in the escapes
# of printf %b; what the server says to it goes to the file replies.
given() {
	local bytes=$1
	shift
	printf '%b' "$bytes" >said
	smtp-server -n hamburger.edu "$@" mail <said >replies
}

# in_new N [USER]: so many messages are in the mailbox, none half-written. Sets $mail
# to the first one.
in_new() {
	local user=${2-bob} file n=0
	mail=
	for file in "mail/$user/new"/*; do
		[ -f "$file" ] || continue
		mail=${mail:-$file}
		n=$((n + 1))
	done
	[ "$n" -eq "$1" ] && is_empty "mail/$user/tmp" && return 0
	echo "expected $1 messages in new of $user, got $n"
	return 1
}

# holds TEXT: the only message in bob's mailbox is this, after its trace lines.
holds() {
	in_new 1 || return 1
	printf '%b' "$1" >expected
	sed '1,/^	by /d; /^	for /d' "$mail" >got
	same expected got
}

# no COMMAND...: it fails. (A plain ! would go unnoticed but in a test's last line.)
no() {
	if "$@" 2>/dev/null; then
		echo "expected this to fail: $*"
		return 1
	fi
}

listens() { serve smtp-server -l 127.0.0.1:0 -n hamburger.edu "$@" mail; }

# stopped_well: the server, told to end, exits with 0.
stopped_well() {
	local status=0
	wait "$pid" || status=$?
	[ "$status" -eq 0 ] && return 0
	echo "expected exit status 0, got $status"
	return 1
}

# The message.

@test "every sentence of tests/conversations/smtp-server holds" { conversations smtp-server; }

@test "exactly one Return-Path and one Received are before the message" {
	given "$to_data"'Received: from y\r\nReturn-Path: <z>\r\nSubject: hi\r\n\r\n.\r\n'
	in_new 1
	sed 's/; .*/; DATE/' "$mail" >got
	printf '%b' 'Return-Path: <alice@crepes.fr>\nReceived: from crepes.fr\n' \
		'\tby hamburger.edu with SMTP\n\tfor <bob@hamburger.edu>; DATE\n' \
		'Received: from y\nReturn-Path: <z>\nSubject: hi\n\n' >expected
	same expected got
	date='; [A-Z][a-z][a-z], [0-9][0-9] [A-Z][a-z][a-z] [0-9]\{4\} [0-9:]\{8\} [-+][0-9]\{4\}$'
	grep -q "$date" "$mail"
}

@test "over TCP, Received tells the client's address, and after EHLO it says ESMTP" {
	listens
	dial
	say 'EHLO me\r\nMAIL FROM:<>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n.\r\nQUIT\r\n'
	for reply in '220 *' '250-*' '250-*' '250-*' '250 *' '250 *' '250 *' '354 *' '250 M*' '221 *'; do
		hear "$reply"
	done
	in_new 1
	grep -q '^Received: from me (\[127.0.0.1\])$' "$mail"
	has_line '*by hamburger.edu with ESMTP' "$mail"
}

@test "a mailbox is the owner's alone" {
	given "$to_data"'hi\r\n.\r\n'
	in_new 1
	[ -z "$(find mail/postmaster mail/bob/new mail/bob/tmp mail/bob/cur -perm -0001 -o -perm -0010)" ]
	case $(ls -l "$mail") in -rw-------*) ;; *) return 1 ;; esac
	[ -d mail/bob/cur ]
}

@test "1000 recipients are taken, the next one is 452, and the 1000 get the message" {
	{
		printf 'HELO x\r\nMAIL FROM:<a@b>\r\n'
		for n in {1..1001}; do echo "mail/u$n"/{tmp,new,cur} >&2; printf 'RCPT TO:<u%s@hamburger.edu>\r\n' "$n"; done
		printf 'RCPT TO:<u7@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	} >said 2>folders
	xargs mkdir -p <folders
	smtp-server -n hamburger.edu mail <said >replies
	has_exactly 1001 '*Recipient OK*' replies
	has_exactly 1 '452*' replies
	tr -d '\r' <replies | tail -n 4 >got
	has_line '452*' got
	has_line '250 Message*' got
	[ "$(find mail -path '*/new/*' | wc -l)" -eq 1000 ]
	is_empty mail/u1001/new
}

# Mailboxes that cannot be written.

@test "where one of three mailboxes, once taken, cannot be written, nobody gets the message" {
	listens
	mkdir mail/dave
	for bad in tmp new; do
		for order in 'dave bob carol' 'bob dave carol' 'bob carol dave'; do
			rm -rf mail/dave/*
			dial
			hear '220 *'
			say 'HELO x\r\nMAIL FROM:<>\r\n'
			hear '250 *' && hear '250 *'
			for user in $order; do say 'RCPT TO:<'$user'@hamburger.edu>\r\n' && hear '250 *'; done
			rm -rf mail/dave/$bad
			: >mail/dave/$bad
			say 'DATA\r\n'
			hear '452 *'
			hang_up
			[ -z "$(find mail -name '*.hamburger.edu')" ]
		done
	done
}

@test "a full mailbox is 452, and the next small message gets through" {
	# Both are over 32 kilobytes; of the shorter one only the last flush tells.
	for size in 65000 33000; do
		big=$(n_of $size x)
		printf '%b' "$to_data$big\\r\\n.\\r\\nMAIL FROM:<>\\r\\nRCPT TO:<bob@hamburger.edu>\\r\\nDATA\\r\\nsmall\\r\\n.\\r\\n" >said
		(ulimit -f 32 && exec smtp-server -n hamburger.edu mail <said >replies)
		codes "$opened" 354 452 250 250 354 250
		holds '\nsmall\n'
		rm "$mail"
	done
}

# Time, and many at once.

@test "a client that is silent, or says an octet now and then, is told 421 and closed" {
	listens -i 3s
	printf '%s\n' 'S:220 {any}' 'S:421 {any}' '!S closes' >silent
	printf '%s\n' 'S:220 {any}' 'C:N\c' '!wait 1.6' 'C:O\c' '!wait 1.6' 'C:O\c' '!wait 1.6' 'C:P' \
		'S:421 {any}' '!S closes' >slow
	printf '%s\n' 'S:220 {any}' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<>' 'S:250 {any}' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 {any}' 'C:DATA' 'S:354 {any}' \
		'C:o\c' '!wait 1.6' 'C:n\c' '!wait 1.6' 'C:e\c' '!wait 1.6' 'C:' 'C:.' \
		'S:421 {any}' '!S closes' >slow-message
	printf '%s\n' 'S:220 {any}' 'C:NOOP' '!wait 1.6' 'C:NOOP' '!wait 1.6' 'C:NOOP' \
		'S:250 {any}' 'S:250 {any}' 'S:250 {any}' >slow-but-whole
	players=
	for transcript in silent slow slow-message slow-but-whole; do
		replay -x "$address" $transcript >$transcript.heard 2>&1 3>&- &
		players="$players $!"
	done
	for player in $players; do
		wait "$player" || { cat ./*.heard; return 1; }
	done
	in_new 0
}

@test "a line without an end is 421 too, though it never pauses" {
	smtp-server -i 1s mail </dev/zero >replies 3>&- &
	pid=$!
	pids="$pids $pid"
	until_true has_line '421*' replies || { kill -9 "$pid"; return 1; }
	stopped_well
	codes 220 421
}

@test "a client that says nothing keeps nobody waiting" {
	listens
	dial
	hear '220 *'
	printf '%s\n' 'S:220 {any}' 'C:NOOP' 'S:250 {any}' 'C:QUIT' 'S:221 {any}' '!S closes' >another
	for n in 1 2 3; do replay -x "$address" another >heard; done
	say 'QUIT\r\n'
	hear '221 *'
}

@test "1000 conversations are held at once, one more is told 421; then there is room again" {
	needs_descriptors 1024
	listens
	# In a shell of its own: bats looks at every command, and has descriptors open.
	cat >hold <<-'END'
		server=/dev/tcp/127.0.0.1/$1
		# greeted DESCRIPTOR: prints the greeting.
		greeted() { IFS= read -r -t 120 -u "$1" line && echo "$line"; }
		for ((n = 10; n <= 1010; n++)); do
			[ "$n" -ne 255 ] || continue # the shell's own
			eval "exec $n<>$server" && greeted "$n"
		done
		exec 4<>"$server"
		greeted 4
		greeted 4 || echo closed
		exec 10>&-
		for ((n = 0; n < 1000; n++)); do
			exec 4<>"$server"
			case $(greeted 4) in 220*) break ;; esac
		done
		[ "$n" -lt 1000 ] && echo "room again"
		printf 'QUIT\r\n' >&1010
		greeted 1010
	END
	bash hold "$port" 3>&- | tr -d '\r' | uniq -c | sed 's/^ *//' >replies
	cat >expected <<-'END'
		1000 220 hamburger.edu
		1 421 hamburger.edu too many conversations, try again later
		1 closed
		1 room again
		1 221 hamburger.edu closing connection
	END
	same expected replies
}

@test "TERM: a message whose end has come is answered; what has not ended is dropped; exit 0" {
	listens
	(
		dial
		for n in 1 2 3 4; do hear '2*'; [ "$n" -gt 1 ] || say "$to_data"; done
		hear '354*'
		say 'never ended\r\n'
		: >half-way
		hear '421 hamburger.edu shutting down*'
		silence
	) >half.out 2>&1 3>&- &
	half=$!
	(
		dial
		hear '220*'
		: >idle
		hear '421 hamburger.edu shutting down*'
		silence
	) >idle.out 2>&1 3>&- &
	idle=$!
	dial
	hear '220*'
	say "$to_data"
	for n in 1 2 3; do hear '250*'; done
	hear '354*'
	until_true [ -e half-way ]
	until_true [ -e idle ]
	# Stopped, so that the end has come for certain before the server is told to end.
	kill -STOP "$pid"
	say 'ended\r\n.\r\n'
	kill -TERM "$pid"
	kill -CONT "$pid"
	hear '250 Message accepted*'
	hear '421 hamburger.edu shutting down*'
	silence
	wait "$half" || { cat half.out; return 1; }
	wait "$idle" || { cat idle.out; return 1; }
	stopped_well
	holds '\nended\n'
	[ ! -s "$server_err" ]
}

@test "INT ends it as TERM does, and after that nobody is let in" {
	heeding_int serve afresh smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	dial
	hear '220 *'
	kill -INT "$pid"
	hear '421 *'
	silence
	hang_up
	stopped_well
	no dial
}

@test "TERM ends a conversation on standard input and output with 421 and exit 0" {
	mkfifo said
	smtp-server mail <said >replies 3>&- &
	pid=$!
	pids="$pids $pid"
	exec 4>said
	printf 'HELO x\r\nMAIL FR' >&4
	until_true has_line '250*' replies
	kill -TERM "$pid"
	stopped_well
	exec 4>&-
	codes 220 250 421
}

# The command line.

@test "-h prints the usage and exits 0; a wrong argument prints it on stderr, 64" {
	run smtp-server -h
	ends 0
	says 'usage: smtp-server [-l HOST:PORT]'
	for wrong in '' '-x mail' 'mail more' '-s 0 mail' '-s 1T mail' '-s -1 mail' '-s 1kk mail' \
		'-s 99999999999999999999 mail' '-s 18446744073709551615 mail' '-i 0 mail' '-i soon mail' \
		'-i -5s mail' '-i 30d mail' '-n two..dots mail' '-n -x mail' '-l 127.0.0.1 mail' '-l mail' \
		'-l 127.0.0.1: mail' '-l ::1:0 mail'; do
		status=0
		# shellcheck disable=SC2086 # a word each
		smtp-server $wrong </dev/null >out 2>err || status=$?
		[ "$status" -eq 64 ] && [ ! -s out ] && has_line 'usage: smtp-server*' err || {
			echo "smtp-server $wrong: expected 64 and the usage, got $status"
			cat out err
			return 1
		}
	done
}

@test "without -n the name is localhost; MAIL and postmaster are made" {
	printf 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster@localhost>\r\nDATA\r\n.\r\n' |
		smtp-server fresh >replies
	codes 220 250 250 250 354 250
	head -n 1 replies | grep -q '^220 localhost'
	case $(ls -ld fresh) in drwx------*) ;; *) return 1 ;; esac
	ls fresh/postmaster/new/*
}

@test "MAIL that cannot be made is told on stderr, 74" {
	: >file
	run smtp-server file </dev/null
	ends 74
	says 'smtp-server: file'
	run smtp-server no/such/folder </dev/null
	ends 74
}

@test "port 0 takes a free one and announces it" {
	listens
	[ "${address%:*}" = 127.0.0.1 ]
	[ "$port" -gt 0 ]
	has_exactly 1 '*' "$server_out"
	first=$port
	listens
	[ "$port" != "$first" ]
}

@test "a port in use is told on stderr, 69" {
	listens
	run smtp-server -l "$address" mail
	ends 69
	says "smtp-server: $address: "
}

@test "IPv6 is served where the machine has it" {
	smtp-server -l '[::1]:0' mail >out 2>err 3>&- </dev/null &
	pid=$!
	pids="$pids $pid"
	until_true [ -s out -o -s err ]
	[ -s out ] || skip "no IPv6: $(cat err)"
	read -r _ _ address <out
	printf '%s\n' 'S:220 localhost' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<>' 'S:250 {any}' \
		'C:RCPT TO:<postmaster>' 'S:250 {any}' 'C:DATA' 'S:354 {any}' 'C:.' 'S:250 {any}' >transcript
	replay -x "$address" transcript
	in_new 1 postmaster
	grep -q '^Received: from x (\[IPv6:::1\])$' "$mail"
}

@test "standard output that takes nothing is told by exit 74" {
	[ -e /dev/full ] || skip "no /dev/full"
	run bash -c "printf 'NOOP\r\n' | smtp-server mail >/dev/full"
	ends 74
}

# The end of everything.

# deliver_for_ever NAME: sends message after message to whatever server the file
# address names; those that were answered 250 go into NAME.accepted.
deliver_for_ever() {
	local n=0 line reply
	trap '' PIPE
	while [ ! -e enough ]; do
		read -r port <address || continue
		dial 2>/dev/null || continue
		printf 'HELO x\r\n' >&4 || : # it may be dead already
		while [ ! -e enough ]; do
			n=$((n + 1))
			printf '%b' "MAIL FROM:<>\\r\\nRCPT TO:<bob@hamburger.edu>\\r\\nRCPT TO:<carol@hamburger.edu>\\r\\nDATA\\r\\nSubject: $1.$n\\r\\n\\r\\n${body}end $1.$n\\r\\n.\\r\\n" >&4 || break
			reply=
			while IFS= read -r -t 120 -u 4 line; do
				case $line in '250 Message'*) reply=250; break ;; 4* | 5*) break ;; esac
			done
			[ "$reply" = 250 ] || break
			echo "$1.$n" >>"$1.accepted"
		done
		hang_up
	done 2>/dev/null
}

# count_accepted: so many have been answered 250 by now, in $accepted. accepted_in_all N: N have.
count_accepted() {
	local file
	accepted=0
	for file in ./*.accepted; do
		[ -e "$file" ] || continue
		count_lines '*' "$file"
		accepted=$((accepted + n_lines))
	done
}
accepted_in_all() {
	count_accepted
	[ "$accepted" -ge "$1" ]
}

# all_there USER: each message that was accepted is in new, once, and all there whole.
all_there() {
	local whole=$(($(printf '%b' "$body" | wc -l) + 6))
	awk -v whole="$whole" '
		FNR == 1 && NR > 1 && lines != whole { print "not whole:", file; bad = 1 }
		{ file = FILENAME; lines = FNR }
		/^Subject: / { subject = $2 }
		/^end / { if ($2 != subject) { print "not whole:", file; bad = 1 }; print $2 >"stored" }
		END { exit bad || lines != whole }' "mail/$1/new"/* || return 1
	sort stored >stored.sorted
	cat ./*.accepted | sort >accepted.sorted
	[ -z "$(uniq -d stored.sorted)" ] || { echo "twice in new"; return 1; }
	comm -13 stored.sorted accepted.sorted >lost
	[ ! -s lost ] || { echo "lost:"; cat lost; return 1; }
}

@test "kill -9 loses no message that was answered 250, and leaves none in new that is not whole" {
	# Between a rename and what should have come before it lies a flush to disk: a real
	# disk, not memory, gives the killer the time to find it out of order.
	body=$(n_of 400 'line of the message\\r\\n')
	killings=${KILLINGS-5}
	clients=
	for n in 1 2 3; do
		deliver_for_ever "$n" 3>&- || : &
		clients="$clients $!"
	done
	pids="$pids $clients"
	for ((killed = 0; killed < killings; killed++)); do
		listens
		echo "$port" >address.new
		mv address.new address
		count_accepted
		until_true accepted_in_all $((accepted + 1 + RANDOM % 20))
		kill -9 "$pid"
		wait "$pid" 2>/dev/null || :
	done
	: >enough
	for client in $clients; do wait "$client"; done
	all_there bob
	all_there carol
}

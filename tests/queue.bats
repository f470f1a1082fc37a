# smtp-server -q: mail for other domains becomes entries of a queue. What mail-queue
# makes of them is in mail-queue.bats.
load common

setup() {
	common_setup
	mkdir -p mail/alice
	opened='HELO crepes.fr\r\nMAIL FROM:<alice@crepes.fr>\r\n'
	letter='DATA\r\nSubject: test\r\n\r\n..\r\nKetchup?\r\n.\r\n'
}
teardown() { common_teardown; }

# given BYTES [OPTION...]: one conversation on standard input; replies go to the file.
given() {
	local bytes=$1
	shift
	printf '%b' "$bytes" >said
	smtp-server -n crepes.fr -q queue "$@" mail <said >replies
}

# to ADDRESS...: RCPT for each.
to() { printf 'RCPT TO:<%s>\\r\\n' "$@"; }

# entries N: so many are in the queue, and nothing half-written. Sets $entry to one.
entries() {
	local file
	count_files queue/new
	for file in queue/new/*; do entry=$file && break; done
	[ "$n_files" -eq "$1" ] && is_empty queue/tmp && return 0
	echo "expected $1 entries, got $n_files"
	return 1
}

in_mailbox() {
	count_files mail/alice/new
	[ "$n_files" -eq "$1" ]
}

# delivered_to_nobody: neither here nor in the queue is anything left.
delivered_to_nobody() { entries 0 && [ -z "$(find mail -type f)" ]; }

@test "an entry is the envelope as it will be said, an empty line, and the message" {
	given "$opened$(to bob@hamburger.edu)$letter"
	codes 220 250 250 250 354 250
	entries 1
	awk '{ sub(/SIZE=[0-9]+$/, "SIZE=N"); sub(/ [A-Z]..,.*:.*/, "")
		sub(/^\t/, ""); print }' "$entry" >got
	cat >expected <<-'END'
		MAIL FROM:<alice@crepes.fr> SIZE=N
		RCPT TO:<bob@hamburger.edu>

		Received: from crepes.fr
		by crepes.fr with SMTP
		for <bob@hamburger.edu>;
		Subject: test

		.
		Ketchup?
	END
	same expected got
}

# octets FILE: of its message on the wire, each LF being a CRLF.
octets() { sed '1,/^$/d' "$1" | awk '{ n += length($0) + 2 } END { print n }'; }

@test "SIZE is the octets of the message as it will be sent" {
	given "$opened$(to bob@hamburger.edu)$letter"
	grep -qx "MAIL FROM:<alice@crepes.fr> SIZE=$(octets "$(echo queue/new/*)")" queue/new/*
	rm queue/new/*
	given "$opened$(to bob@hamburger.edu)"'DATA\r\n.\r\n'
	grep -qx "MAIL FROM:<alice@crepes.fr> SIZE=$(octets "$(echo queue/new/*)")" queue/new/*
}

@test "a message without a header keeps its body a body" {
	given "$opened$(to bob@hamburger.edu)"'DATA\r\nDo you like ketchup?\r\n.\r\n'
	entries 1
	tail -n 2 "$entry" >got
	printf '\nDo you like ketchup?\n' >expected
	same expected got
}

@test "each domain has an entry of its own, in whatever case it was said" {
	given "$opened$(to bob@hamburger.edu carol@Ketchup.ORG dave@HAMBURGER.edu erin@ketchup.org)$letter"
	codes 220 250 250 250 250 250 250 354 250
	entries 2
	grep -h '^RCPT' queue/new/*0 >got
	printf 'RCPT TO:<%s>\n' bob@hamburger.edu dave@HAMBURGER.edu >expected
	same expected got
	grep -h '^RCPT' queue/new/*1 >got
	printf 'RCPT TO:<%s>\n' carol@Ketchup.ORG erin@ketchup.org >expected
	same expected got
	sed '1,/^$/d' queue/new/*0 >one
	sed '1,/^$/d' queue/new/*1 >two
	same one two
	has_exactly 0 '*for <*' one
	[ "$(grep -c ^Received: one)" -eq 1 ]
}

@test "a recipient that is named twice gets it once" {
	given "$opened$(to bob@hamburger.edu bob@hamburger.edu)$letter"
	entries 1
	[ "$(grep -c ^RCPT "$entry")" -eq 1 ]
}

@test "a name in the queue begins with the second in which the entry was born" {
	before=$(date +%s)
	given "$opened$(to bob@hamburger.edu)$letter" -n "$(printf 'n%060d.' 1 2 3 4)fr"
	after=$(date +%s)
	entries 1
	name=${entry##*/}
	[ "${name%%.*}" -ge "$before" ] && [ "${name%%.*}" -le "$after" ]
	[ "${#name}" -le 200 ]
}

@test "one transaction may be for mailboxes here and for other domains" {
	given "$opened$(to alice@crepes.fr bob@hamburger.edu carol@ketchup.org)$letter"
	codes 220 250 250 250 250 250 354 250
	entries 2
	in_mailbox 1
	[ "$(grep -c ^Return-Path: mail/alice/new/*)" -eq 1 ]
	[ "$(cat queue/new/* | grep -c ^Return-Path:)" -eq 0 ]
	sed '1,/^$/d' "$entry" >elsewhere
	sed '/^Return-Path:/d' mail/alice/new/* >here
	same here elsewhere
}

@test "several messages of one conversation are entries of their own" {
	given "$opened$(to bob@hamburger.edu)${letter}MAIL FROM:<>\r\n$(to carol@ketchup.org)$letter"
	entries 2
	grep -l '^RCPT TO:<carol@ketchup.org>' queue/new/* >which
	[ "$(head -n 1 "$(cat which)" | sed 's/ SIZE.*//')" = 'MAIL FROM:<>' ]
	[ "$(grep -c bob "$(cat which)")" -eq 0 ]
	given "$opened$(to bob@hamburger.edu)"'RSET\r\nMAIL FROM:<a@b>\r\n'"$(to carol@ketchup.org)$letter"
	entries 3
	[ "$(cat queue/new/* | grep -c ^RCPT)" -eq 3 ]
}

# many COUNT DOMAIN: RCPT for so many there.
many() { awk -v n="$1" -v d="$2" 'BEGIN { while (i < n) printf "RCPT TO:<u%d@%s>\\r\\n", i++, d }'; }

@test "1000 recipients are taken in all, here and elsewhere; the next is 452" {
	given "$opened$(to alice@crepes.fr)$(many 999 hamburger.edu)$(to one@x postmaster u0@hamburger.edu)$letter"
	[ "$(grep -c ^452 replies)" -eq 2 ]
	grep -c '^250.*Recipient OK' replies >ok
	reads ok 1001 # one of them for the second time
	entries 1
	[ "$(grep -c ^RCPT "$entry")" -eq 999 ]
	in_mailbox 1
}

@test "without -q, other domains are 550" {
	printf '%b' "$opened$(to bob@hamburger.edu)" | smtp-server -n crepes.fr mail >replies
	codes 220 250 250 550
}

# over ADDRESS: what a client there is answered to a recipient elsewhere.
over() {
	serve smtp-server -l "$1" -n crepes.fr -q queue mail
	printf '%s\n' 'S:220 {any}' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<alice@crepes.fr>' \
		'S:250 {any}' 'C:RCPT TO:<bob@hamburger.edu>' "S:$2" 'C:QUIT' 'S:221 {any}' >script
	run replay "${3-127.0.0.1}:$port" script
	ends 0
}

# another_address: one of this machine that is not loopback. Sets $far.
another_address() {
	far=$(ip -4 -o addr 2>/dev/null | awk '!/ 127\./ { sub("/.*", "", $4); print $4; exit }')
	[ -n "$far" ] || skip "this machine has no other address"
}

@test "loopback clients may send elsewhere: 127.0.0.1, ::1, and both as one" {
	over 127.0.0.1:0 '250 {any}'
	has_ipv6 || skip "no IPv6"
	over '[::1]:0' '250 {any}' '[::1]'
	over '[::]:0' '250 {any}' # ::ffff:127.0.0.1
}

@test "nobody else may" {
	another_address
	over "$far:0" '550 {any}' "$far"
}

@test "a client that is gone before anyone asked for its name may not either" {
	another_address
	serve smtp-server -l "$far:0" -n crepes.fr -q queue mail
	printf '%s\n' 'C:HELO x' 'C:MAIL FROM:<alice@crepes.fr>' 'C:RCPT TO:<bob@hamburger.edu>' \
		'C:RCPT TO:<alice@crepes.fr>' 'C:DATA' 'C:hi' 'C:.' '!C resets' >script
	kill -STOP "$pid"
	replay "$address" script || :
	kill -CONT "$pid"
	over "$far:0" '550 {any}' "$far"
	kill "$pid"
	wait "$pid"
	entries 0
}

@test "a message that is refused leaves nothing in the queue" {
	for wrong in 'a\nb' 'a\rb' 'a\0b' "$(printf 'Received: x\\r\\n%.0s' $(seq 101))"; do
		given "$opened$(to alice@crepes.fr bob@hamburger.edu)DATA\r\n$wrong\r\n.\r\n"
		[ "$(tail -n 1 replies | cut -c 1-2)" = 55 ]
		delivered_to_nobody
	done
	given "$opened$(to bob@hamburger.edu)$letter" -s 10
	codes 220 250 250 250 354 552
	entries 0
}

@test "a message whose end never came leaves nothing in the queue" {
	given "$opened$(to alice@crepes.fr bob@hamburger.edu)"'DATA\r\nhalf\r\n.\r'
	codes 220 250 250 250 250 354
	delivered_to_nobody
}

@test "a message that is on its way here is on the disk of the queue, without a name" {
	[ -d /proc/self/fd ] || skip "this system has no /proc/PID/fd"
	serve smtp-server -l 127.0.0.1:0 -n crepes.fr -q queue mail
	dial
	say "$opened$(to bob@hamburger.edu)DATA\r\nSubject: test\r\n\r\nKetchup"
	hear '220 *' && hear '250 *' && hear '250 *' && hear '250 *' && hear '354 *'
	spooled() { readlink "/proc/$pid/fd/"* | grep -q "^$work/queue/tmp/.*(deleted)"; }
	until_true spooled
	is_empty queue/tmp
	hang_up
}

@test "where there is no room the answer is 452, and nothing is left behind" {
	big=$(awk 'BEGIN { while (n++ < 2000) printf "0123456789012345678901234567890123456789\\r\\n" }')
	printf '%b' "$opened$(to alice@crepes.fr bob@hamburger.edu)DATA\r\n$big.\r\n" >said
	# Blocks of 512 octets, or of 1024.
	(ulimit -f 64 && exec smtp-server -n crepes.fr -q queue mail <said >replies)
	codes 220 250 250 250 250 354 452
	delivered_to_nobody
}

@test "where the queue cannot be written the mailboxes do not get it either" {
	serve smtp-server -l 127.0.0.1:0 -n crepes.fr -q queue mail
	rmdir queue/new
	: >queue/new
	printf 'hi\n' >message
	run smtp-send -f a@b -t alice@crepes.fr -t bob@hamburger.edu "$address" message
	ends 75
	says '452 <bob@hamburger.edu>'
	[ -z "$(find mail -type f)" ]
	is_empty queue/tmp
}

@test "whoever waits at the trigger is woken, and nobody there is no error" {
	given 'QUIT\r\n'
	exec 5<>queue/trigger
	dd bs=1 count=1 <&5 >woken 2>/dev/null 3>&- &
	pids=$!
	given "$opened$(to bob@hamburger.edu)$letter"
	until_true test -s woken
	[ "$(wc -c <woken)" -eq 1 ]
	exec 5<&-
	given "$opened$(to bob@hamburger.edu)$letter"
	entries 2
}

@test "QUEUE is made where it is missing, for us alone" {
	(umask 000 && given 'QUIT\r\n')
	for folder in queue queue/tmp queue/new queue/bad; do
		[ "$(ls -ld "$folder" | cut -c 1-10)" = drwx------ ]
	done
	[ "$(ls -l queue/trigger | cut -c 1-10)" = prw------- ]
	given "$opened$(to bob@hamburger.edu)$letter"
	[ "$(ls -l queue/new/* | cut -c 1-10)" = -rw------- ]
}

@test "what cannot be a queue is told before anything is served: 74" {
	: >queue
	run given 'QUIT\r\n'
	run smtp-server -n crepes.fr -q queue mail
	ends 74
	says 'smtp-server: queue: '
	rm queue
	mkdir -p queue
	: >queue/trigger
	run smtp-server -n crepes.fr -q queue mail
	ends 74
	says 'smtp-server: queue: '
}

@test "smtp-send delivers an entry to the letter" {
	given "$opened$(to bob@hamburger.edu carol@hamburger.edu)$letter"
	entries 1
	mkdir -p far/bob far/carol
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu far
	run smtp-send -q "$address" "$entry"
	ends 0
	for user in bob carol; do
		sed '1,/^	by hamburger.edu/d' "far/$user/new"/* >got
		sed '1,/^$/d' "$entry" >sent
		same sent got
	done
}

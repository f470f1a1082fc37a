#!/usr/bin/env bats
# smtp-server: the mailbox of a recipient, right and wrong paths, replies on
# demand, and clients that are not heard at all.
load common

setup() {
	common_setup
	mkdir -p mail/bob
}
teardown() { common_teardown; }

# given BYTES [OPTION...]: one conversation, in the escapes of printf %b; replies are in the file replies.
given() {
	local bytes=$1
	shift
	printf '%b' "$bytes" >said
	smtp-server -n hamburger.edu "$@" mail <said >replies 2>told
}

# in_new N USER: so many messages are there.
in_new() {
	count_files "mail/$2/new"
	[ "$n_files" -eq "$1" ] && return 0
	echo "expected $1 messages in new of $2, got $n_files"
	return 1
}

# over_tcp CODE DOMAIN...: somebody calls $address, and sends to Bob at each of these; all are answered so.
over_tcp() {
	local code=$1 domain
	shift
	dial
	hear '220*'
	say 'HELO x\r\nMAIL FROM:<a@b>\r\n'
	hear '250*'
	hear '250*'
	for domain; do
		say "RCPT TO:<bob@$domain>\\r\\n"
		hear "$code *" || { echo "to $domain"; return 1; }
	done
	hang_up
}

# The names of this host.

@test "the literal of the address that the connection came to is this host, and another is not" {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	over_tcp 250 '[127.0.0.1]' '[127.000.0.01]' '[IPv6:::ffff:127.0.0.1]' '[ipv6:::FFFF:7f00:1]' hamburger.edu
	over_tcp 550 '[127.0.0.2]' '[10.0.0.1]' '[IPv6:::1]' localhost
	serve smtp-server -l 127.0.0.3:0 -n hamburger.edu mail
	replay "$address" <(printf '%s\n' 'S:220 {any}' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<a@b>' 'S:250 {any}' \
		'C:RCPT TO:<bob@[127.0.0.3]>' 'S:250 {any}' 'C:RCPT TO:<POSTMASTER@[127.0.0.3]>' 'S:250 {any}' \
		'C:RCPT TO:<carol@[127.0.0.3]>' 'S:550 {any}' 'C:RCPT TO:<bob@[127.0.0.1]>' 'S:550 {any}' \
		C:DATA 'S:354 {any}' C: C:hi C:. 'S:250 {any}' C:QUIT 'S:221 {any}')
	in_new 1 bob
	in_new 1 postmaster
}

@test "so is the literal of IPv6, however it is written" {
	has_ipv6 || skip "no IPv6"
	serve smtp-server -l '[::1]:0' -n hamburger.edu mail
	replay "$address" <(printf '%s\n' 'S:220 {any}' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<a@b>' 'S:250 {any}' \
		'C:RCPT TO:<bob@[IPv6:::1]>' 'S:250 {any}' 'C:RCPT TO:<bob@[IPv6:0:0:0:0:0:0:0:1]>' 'S:250 {any}' \
		'C:RCPT TO:<bob@[IPV6:0::0001]>' 'S:250 {any}' 'C:RCPT TO:<bob@[127.0.0.1]>' 'S:550 {any}' \
		'C:RCPT TO:<bob@[IPv6:::2]>' 'S:550 {any}' C:QUIT 'S:221 {any}')
}

@test "with -q what is for this host by its literal is delivered, not queued" {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu -q queue mail
	printf 'Subject: hi\n\nhi\n' >letter
	smtp-send -f a@b -t 'bob@[127.0.0.1]' -t 'bob@HAMBURGER.EDU' "$address" letter
	in_new 1 bob
	is_empty queue/new
	smtp-send -f a@b -t 'bob@[127.0.0.2]' "$address" letter
	grep -qxF 'RCPT TO:<bob@[127.0.0.2]>' queue/new/*
}

@test "a dot at the end names the same host, in any case of letters; elsewhere it is no path" {
	given 'HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu.>\r\nRCPT TO:<bob@Hamburger.EDU.>\r\nRCPT TO:<bob@hamburger.edu..>\r\nRCPT TO:<bob@crepes.fr.>\r\nRCPT TO:<bob.>\r\nRCPT TO:<postmaster.>\r\nRSET\r\nMAIL FROM:<a@b.>\r\n' -q queue
	codes 220 250 250 250 250 501 501 501 501 250 501
}

@test "a name that is a literal itself is read as one" {
	printf '%s\r\n' 'HELO x' 'MAIL FROM:<a@b>' 'RCPT TO:<bob@[10.0.0.1]>' 'RCPT TO:<bob@[010.0.00.1]>' 'RCPT TO:<bob@[10.0.0.2]>' |
		smtp-server -n '[10.0.0.1]' mail >replies 2>told
	codes 220 250 250 250 250 550
}

# Paths.

@test "anything but a path is 501, and nothing is the null sender but <>" {
	for path in '<@a.org:>' '<@a.org,@b.org:>' '<@a.org:alice>' '<@[127.0.0.1]:a@b>' '<@a.org@b.org:a@b>' '<@a.org,:a@b>' \
		'<@a.org a@b>' '<@:a@b>' '<:a@b>' '<@a-:a@b>' '<a@[....]>' '<a@[]>' '<a@[999.1.1.1]>' '<a@[1.2.3]>' '<a@[1.2.3.4.5]>' \
		'<a@[1.2.3.256]>' '<a@[1.2.3.0004]>' '<a@[1.2.3.4>' '<a@[::1]>' '<a@[IPv6:]>' '<a@[IPv6:::1::]>' '<a@[IPv6:1]>' \
		'<a@[IPv4:1.2.3.4]>' '<a@[x:y]>' '<a@[1.2.3.4]b>' '<a@b-.c>' '<a@-b.c>' '<a@b.-c>' '<a@b.c->' '<a@b..c>' '<a@.b>' \
		'<a@_b>' '<a@b_>' '<a@\0303\0251.fr>' '<\0303\0251@b>' '< >' '<@>' '<@a>' '<"">' '<" >' '<a"b"@c>' '<"a"b@c>' \
		'<a@b>>' '<<a@b>' '<a@b@c>' '""' '<a@b' '>'; do
		given "EHLO x\\r\\nMAIL FROM:$path\\r\\nMAIL FROM:<>\\r\\n"
		codes 220 250 501 250 || { echo "with $path"; return 1; }
	done 2>/dev/null
}

@test "what is a path is taken" {
	for path in '<>' '<""@crepes.fr>' '<"\\""@x>' '<" "@x>' '<a@[1.2.3.4]>' '<a@[001.02.3.255]>' '<a@[IPv6:::1]>' '<a@[IPv6:1:2:3:4:5:6:7:8]>' \
		'<a@[IPv6:::ffff:1.2.3.4]>' '<@a.org,@b-c.org:a@b>' '<a@b--c.d>' '<a@1.2>' '<a.b.c@d>' "<!#\$%%&'*+-/=?^_{|}~@x>" '<a@my_pc.x>'; do
		given "EHLO x\\r\\nMAIL FROM:$path\\r\\nDATA\\r\\n"
		codes 220 250 250 503 || { echo "with $path"; return 1; }
	done
	given 'HELO x\r\nMAIL FROM:<""@x>\r\nRCPT TO:<""@hamburger.edu>\r\nRCPT TO:<@a.org:postmaster>\r\nRCPT TO:<@a.org:bob@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	codes 220 250 250 550 501 250 354 250
	[ "$(head -n 1 mail/bob/new/*)" = 'Return-Path: <""@x>' ]
}

@test "a reply has at most 512 octets, whatever names were said" {
	name=$(n_of 63 d).$(n_of 63 d).$(n_of 63 d).$(n_of 63 d)
	printf '%s\r\n' "EHLO $name" "HELO $name" "MAIL FROM:<$(n_of 64 l)@$(n_of 189 d)>" "RCPT TO:<$(n_of 64 l)@$(n_of 189 d)>" \
		"RCPT TO:<$(n_of 64 l)@$(n_of 189 d)>" QUIT | smtp-server -n "$name" mail >replies
	codes 220 250 250 250 550 550 221
	awk 'length($0) + 1 > 512 { print length($0) + 1; bad = 1 } !/\r$/ { bad = 1 } END { exit bad }' replies
}

# A browser.

@test "a client that begins with HTTP is told 554, and nothing of what follows is heard" {
	letter='HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nBuy!\r\n.\r\nQUIT\r\n'
	for line in 'GET / HTTP/1.1' 'POST / HTTP/1.1' 'HEAD / HTTP/1.0' 'PUT /x HTTP/1.1' 'OPTIONS * HTTP/1.1' 'CONNECT h:25 HTTP/1.1' \
		'PATCH / HTTP/1.1' 'DELETE / HTTP/1.1' 'TRACE / HTTP/1.1' 'PRI * HTTP/2.0' 'PROPFIND / HTTP/1.1' 'GET /' GET 'post /'; do
		given "$line\\r\\nHost: x\\r\\n\\r\\n$letter"
		codes 220 554 || { echo "with $line"; return 1; }
	done
	given "GET / HTTP/1.1\\n$letter"
	codes 220 554
	given "POST /$(n_of 2000 x) HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n$letter"
	codes 220 500 554
	in_new 0 bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	run replay "$address" "$root/lessons/03-the-transcript/browser.txt"
	[ "$status" -ne 0 ]
	says 'S:554 hamburger.edu'
	in_new 0 bob
}

@test "a client that begins with anything else is heard, also with what is nearly HTTP" {
	given 'NOOP\r\nGET / HTTP/1.1\r\nPOSTMASTER\r\nQUIT\r\n'
	codes 220 250 500 500 221
	for line in 'GETS' 'POSTING x' 'HELP GET' 'NOOP HTTP'; do
		given "$line\\r\\nQUIT\\r\\n"
		has_line '221*' replies || { echo "with $line"; return 1; }
	done
}

# A reply on demand.

# rcpt N: Bob is said so many times, by one client.
rcpt() {
	local all='' i
	for ((i = 0; i < $1; i++)); do all=$all'RCPT TO:<bob@hamburger.edu>\r\n'; done
	given 'HELO x\r\nMAIL FROM:<a@b>\r\n'"$all"
}

@test "MAIL/user/reply is what RCPT is answered, a line for each, and the last one stays" {
	echo '450 greylisted, come back' >mail/bob/reply
	rcpt 3
	codes 220 250 250 450 450 450
	has_line $'450 greylisted, come back\r' replies
	printf '451 one\r\n452 two\n250 bob is here\n\n' >mail/bob/reply
	rcpt 4
	codes 220 250 250 451 452 250 250
	tail -n 1 replies | grep -q '^250 bob is here.$'
	reads mail/bob/reply '250 bob is here'
	given 'HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nRCPT TO:<postmaster>\r\nDATA\r\nhi\r\n.\r\n'
	codes 220 250 250 250 250 354 250
	in_new 1 bob
	in_new 1 postmaster
	[ ! -s told ]
}

@test "a refusal on demand is for one alone; 421 closes, as it says" {
	for reply in 550 '554 spam' '552 full' '354 what?' 559; do
		echo "$reply" >mail/bob/reply
		given 'HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nRCPT TO:<postmaster>\r\nDATA\r\nhi\r\n.\r\n'
		codes 220 250 250 "${reply%% *}" 554 250 354 250
	done
	in_new 0 bob
	echo '421 not now' >mail/bob/reply
	rcpt 2
	codes 220 250 250 421
}

@test "what is no reply of one line is told, and is as if it were not there" {
	for reply in '' ' 450 x' '45 x' '4500' '450-x' '650 x' '150 x' '499 x' '450 \0303\0251' '450 \033[2J' '450 a\0000b' 'what?' \
		"450 $(n_of 507 x)" '\n450 x'; do
		printf '%b\n' "$reply" >mail/bob/reply
		rcpt 1
		codes 220 250 250 250 || { echo "with $reply"; return 1; }
		has_exactly 1 '*' told
		has_line 'smtp-server: mail/bob/reply: *' told
	done
	printf '450 %s' "$(n_of 506 x)" >mail/bob/reply
	rcpt 1
	codes 220 250 250 450
	awk 'length($0) + 1 > 512 { exit 1 }' replies
}

@test "what is no file of ours is told, and is waited for by nobody" {
	echo '550 stolen' >secret
	ln -s ../../secret mail/bob/reply
	rcpt 1
	codes 220 250 250 250
	rm mail/bob/reply
	mkfifo mail/bob/reply
	rcpt 1
	codes 220 250 250 250
	rm mail/bob/reply
	mkdir mail/bob/reply
	rcpt 1
	codes 220 250 250 250
	rmdir mail/bob/reply
	head -c 5000 /dev/zero | tr '\0' '5' >mail/bob/reply
	rcpt 1
	codes 220 250 250 250
	reads secret '550 stolen'
}

@test "clients that come at once get a line each" {
	for n in 1 2 3 4 5 6 7 8; do echo "451 line $n"; done >mail/bob/reply
	echo '250 last' >>mail/bob/reply
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	echo hi >letter
	clients=
	for n in 1 2 3 4 5 6 7 8; do
		smtp-send -f a@b -t bob@hamburger.edu "$address" letter >"said$n" 3>&- &
		clients="$clients $!"
	done
	for client in $clients; do wait "$client" || :; done
	[ "$(cat said? | sort)" = "$(for n in 1 2 3 4 5 6 7 8; do echo "451 <bob@hamburger.edu> letter line $n"; done)" ]
	reads mail/bob/reply '250 last'
}

@test "greylisted mail waits in the queue, and arrives once it is tried again" {
	printf '451 greylisted, come back\n451 greylisted, come back\n250 bob is here\n' >mail/bob/reply
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	echo "hamburger.edu $address" >routes
	printf '%s\r\n' 'HELO x' 'MAIL FROM:<a@crepes.fr>' 'RCPT TO:<bob@hamburger.edu>' DATA hi . | smtp-server -n crepes.fr -q queue home >replies
	for told in 'put off 30m: 451 greylisted, come back' 'put off 30m: 451 greylisted, come back' 'delivered: 250'; do
		run mail-queue -1 -n crepes.fr -m routes queue
		says "$told"
		touch queue/new/* 2>/dev/null || :
	done
	in_new 1 bob
}

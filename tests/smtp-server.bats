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
	printf '%b' "$bytes" | smtp-server -n hamburger.edu "$@" mail >replies
}

# answers: the server said the lines on standard input, each with its CRLF.
answers() {
	awk '{ printf "%s\r\n", $0 }' >expected
	same expected replies
}

# codes CODE...: the codes of its replies, in order.
codes() {
	local got
	got=$(tr -d '\r' <replies | awk '$1 ~ /^[0-9][0-9][0-9]$/ { printf "%s ", $1 }')
	[ "$got" = "$* " ] && return 0
	printf 'expected %s \ngot      %s, with:\n' "$*" "$got"
	cat -vet replies
	return 1
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
	set -- "$1" "$(find "mail/$user" -path '*/tmp/*' | wc -l)"
	[ "$n" -eq "$1" ] && [ "$2" -eq 0 ] && return 0
	echo "expected $1 messages in new of $user, got $n; in tmp: $2"
	return 1
}

# holds TEXT: the only message in bob's mailbox is this, behind its trace lines.
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

# The conversation.

@test "the article's conversation is held in its very words" {
	given "$to_data"'Do you like ketchup?\r\nHow about pickles?\r\n.\r\nQUIT\r\n'
	answers <<-'END'
		220 hamburger.edu
		250 Hello crepes.fr, pleased to meet you
		250 alice@crepes.fr ... Sender OK
		250 bob@hamburger.edu ... Recipient OK
		354 Enter mail, end with "." on a line by itself
		250 Message accepted for delivery
		221 hamburger.edu closing connection
	END
	holds '\nDo you like ketchup?\nHow about pickles?\n'
}

@test "the greeting comes before anything is said" {
	listens
	dial
	hear '220 hamburger.edu'
	say 'QUIT\r\n'
	hear '221 *'
	silence
}

@test "EHLO is answered with the name, then SIZE, 8BITMIME and PIPELINING" {
	given 'EHLO crepes.fr\r\nQUIT\r\n' -s 10M
	answers <<-'END'
		220 hamburger.edu
		250-hamburger.edu Hello crepes.fr, pleased to meet you
		250-SIZE 10485760
		250-8BITMIME
		250 PIPELINING
		221 hamburger.edu closing connection
	END
}

@test "verbs and parameters are understood in any case" {
	given 'eHLo crepes.fr\r\nmail from:<alice@crepes.fr> size=2 body=7bit\r\nRcpt To:<BOB@HAMBURGER.EDU>\r\nnoop\r\nvrfy bob\r\nhelp\r\ndata\r\n.\r\nrset\r\nquit\r\n'
	codes 220 250 250 250 250 252 214 354 250 250 221
	in_new 1
}

@test "one blank after the colon is taken, as textbooks print it; two are 501" {
	given 'HELO x\r\nMAIL FROM: <alice@crepes.fr>\r\nRCPT TO: <bob@hamburger.edu>\r\nRCPT TO:  <bob@hamburger.edu>\r\nRSET\r\nMAIL FROM:  <alice@crepes.fr>\r\n'
	codes 220 250 250 250 501 250 501
}

@test "blanks at the end of a command are no argument" {
	given 'HELO x \r\nMAIL FROM:<alice@crepes.fr> \r\nRCPT TO:<bob@hamburger.edu>  \r\nDATA \r\n.\r\nRSET \r\nQUIT \r\n'
	codes "$opened" 354 250 250 221
}

@test "an unknown verb is 500, also one that begins like a known one, and none at all" {
	given 'TURN\r\nHEL x\r\nHELOO x\r\nMAILFROM:<a@b>\r\n\r\n HELO x\r\nQUI\r\nNOOP\r\n'
	codes 220 500 500 500 500 500 500 500 250
}

@test "NOOP and HELP ignore an argument; VRFY wants one" {
	given 'NOOP for a while\r\nHELP MAIL\r\nVRFY\r\nVRFY bob\r\n'
	codes 220 250 214 501 252
}

@test "DATA, RSET and QUIT take no argument: 501, and they are not obeyed" {
	given "$transaction"'QUIT now\r\nRSET all\r\nDATA 5\r\nDATA\r\nhi\r\n.\r\nQUIT\r\n'
	codes "$opened" 501 501 501 354 250 221
	holds '\nhi\n'
}

@test "HELO and EHLO take a domain name or an address literal, and nothing else" {
	given 'HELO\r\nEHLO\r\nHELO two words\r\nHELO -x\r\nHELO a..b\r\nHELO a.\r\nHELO a/b\r\nHELO [127.0.0.1\r\nMAIL FROM:<>\r\nHELO [127.0.0.1]\r\nEHLO [IPv6:::1]\r\nEHLO my_pc-1.local\r\n'
	codes 220 501 501 501 501 501 501 501 501 503 250 250 250
}

@test "MAIL FROM wants a path with a domain, RCPT TO one with somebody in it" {
	given 'HELO x\r\nMAIL\r\nMAIL alice\r\nMAIL FROM\r\nMAIL FROM:\r\nMAIL FROM:alice@crepes.fr\r\nMAIL FROM:<alice>\r\nMAIL FROM:<alice@crepes.fr\r\nMAIL FROM:<alice@>\r\nMAIL FROM:<@crepes.fr>\r\nMAIL FROM:<a..b@crepes.fr>\r\nMAIL FROM:<.a@crepes.fr>\r\nMAIL FROM:<a.@crepes.fr>\r\nMAIL FROM:<a b@crepes.fr>\r\nMAIL FROM:<a@b>x\r\nMAIL TO:<a@b>\r\n'
	codes 220 250 501 501 501 501 501 501 501 501 501 501 501 501 501 501 501
	given 'HELO x\r\nMAIL FROM:<a@b>\r\nRCPT\r\nRCPT bob\r\nRCPT TO:\r\nRCPT TO:bob@hamburger.edu\r\nRCPT TO:<>\r\nRCPT TO:<bob>\r\nRCPT TO:<bob@hamburger.edu\r\nRCPT TO:<bob@hamburger.edu>x\r\nRCPT FROM:<bob@hamburger.edu>\r\n'
	codes 220 250 250 501 501 501 501 501 501 501 501 501
}

@test "MAIL takes SIZE and BODY; a wrong value is 501, another parameter 555" {
	given 'EHLO x\r\nMAIL FROM:<a@b> SIZE=\r\nMAIL FROM:<a@b> SIZE=ten\r\nMAIL FROM:<a@b> SIZE=-1\r\nMAIL FROM:<a@b> BODY=\r\nMAIL FROM:<a@b> BODY=9BIT\r\nMAIL FROM:<a@b> SMTPUTF8\r\nMAIL FROM:<a@b> SIZE=1 AUTH=<>\r\nMAIL FROM:<a@b> BODY=8BITMIME SIZE=1\r\n'
	codes 220 250 501 501 501 501 501 555 555 250
	given 'EHLO x\r\nMAIL FROM:<a@b> BODY=7BIT\r\nRCPT TO:<bob@hamburger.edu> NOTIFY=NEVER\r\n'
	codes 220 250 250 555
}

# Order.

@test "MAIL needs HELO, RCPT needs MAIL, DATA needs a recipient: else 503" {
	given 'MAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nHELO x\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nMAIL FROM:<a@b>\r\nDATA\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n.\r\nDATA\r\n'
	codes 220 503 503 503 250 503 503 250 503 250 354 250 503
}

@test "a second MAIL is 503 and the first one stands" {
	given "$transaction"'MAIL FROM:<eve@crepes.fr>\r\nDATA\r\n.\r\n'
	codes "$opened" 503 354 250
	in_new 1
	grep -qx 'Return-Path: <alice@crepes.fr>' "$mail"
}

@test "DATA with all recipients refused is 554, and the session goes on" {
	given 'HELO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<nobody@hamburger.edu>\r\nDATA\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n.\r\n'
	codes 220 250 250 550 554 250 354 250
}

@test "a new HELO or EHLO forgets the transaction; one that is 501 does not" {
	given "$transaction"'HELO\r\nHELO x\r\nRCPT TO:<bob@hamburger.edu>\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nEHLO x\r\nDATA\r\n'
	codes "$opened" 501 250 503 250 250 250 503
}

@test "RSET forgets the transaction and does not close; HELO is still known" {
	given "$transaction"'RSET\r\nDATA\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nRSET\r\nRSET\r\nQUIT\r\n'
	codes "$opened" 250 503 250 250 250 250 221
}

@test "several messages go through one conversation, each with a HELO or without" {
	message='MAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	given "HELO x\r\n$message$message"'HELO x\r\n'"$message"'QUIT\r\n'
	codes 220 250 250 250 354 250 250 250 354 250 250 250 250 354 250 221
	in_new 3
}

@test "nothing is read behind QUIT" {
	given 'QUIT\r\nNOOP\r\n'
	codes 220 221
}

@test "the end without QUIT drops only the transaction in hand" {
	given "$to_data"'one\r\n.\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\ntwo\r\n.\r'
	codes "$opened" 354 250 250 250 354
	holds '\none\n'
	given "$transaction"'DAT'
	codes "$opened"
}

@test "commands of a pipeline are answered in their order" {
	given 'EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<nobody@hamburger.edu>\r\nRCPT TO:<bob@hamburger.edu>\r\nRCPT TO:<bob@example.com>\r\nDATA\r\nhi\r\n.\r\nRSET\r\nNOPE\r\nQUIT\r\n'
	codes 220 250 250 550 250 550 354 250 250 500 221
	holds '\nhi\n'
}

@test "replies to a pipeline are sent before the server waits" {
	listens
	dial
	hear '220 *'
	say 'EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\nNot y'
	hear '250-*'
	hear '250-*'
	hear '250-*'
	hear '250 *'
	hear '250 *'
	hear '250 *'
	hear '354 *'
	say 'et.\r\n.\r\nNO'
	hear '250 Message accepted*'
	say 'OP\r\nQUIT\r\n'
	hear '250 *'
	hear '221 *'
	silence
}

# Lines.

@test "a command that ends in a bare LF is told so, and the next one is obeyed" {
	given 'HELO x\nHELO x\r\nMAIL FROM:<a@b>\nQUIT\n\nMAIL FROM:<a@b>\r\n'
	answers <<-'END'
		220 hamburger.edu
		500 end lines with CRLF
		250 Hello x, pleased to meet you
		500 end lines with CRLF
		500 end lines with CRLF
		500 end lines with CRLF
		250 a@b ... Sender OK
	END
}

@test "a NUL in a command is 500, and the next one is obeyed" {
	given 'NOOP\0\r\nNO\0OP\r\n\0NOOP\r\nNOOP\0\nNOOP\r\n'
	codes 220 500 500 500 500 250
}

@test "a bare CR in a command ends nothing" {
	given 'NOOP\rQUIT\r\nHELO x\rQUIT\r\nVRFY x\rQUIT\r\n'
	codes 220 500 501 252
}

@test "a command of 1000 octets with its CRLF is taken, one of 1001 is 500" {
	fits=$(n_of 993 x)
	given "NOOP $fits\\r\\nNOOP x$fits\\r\\nNOOP\\r\\n"
	codes 220 250 500 250
}

@test "the tail of a line too long is never taken for a command, however long it is" {
	full=$(n_of 1000 x)
	many=$(n_of 60000 y)
	given "${full}QUIT\\r\\n$full\\r\\nNOOP $many QUIT\\r\\n${full}QUIT\\nNOOP\\r\\n"
	codes 220 500 500 500 500 250
}

@test "a line too long is read past wherever TCP cuts it" {
	listens
	{
		echo "S:220 hamburger.edu"
		echo "C:$(n_of 1000 x)QUIT"
		echo "S:500 {any}"
		echo "C:NOOP"
		echo "S:250 {any}"
	} >transcript
	replay -x -c 500 "$address" transcript >heard
	replay -x -c 999 "$address" transcript >heard
	replay -x -c 1001 "$address" transcript >heard
}

# Paths.

@test "the null sender of a bounce is taken" {
	given 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n.\r\n'
	codes "$opened" 354 250
	in_new 1
	[ "$(head -n 1 "$mail")" = 'Return-Path: <>' ]
}

@test "postmaster is there in any case, with a domain and without" {
	given 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<Postmaster>\r\nRCPT TO:<postmaster@hamburger.edu>\r\nRCPT TO:<"POSTMASTER">\r\nRCPT TO:<PostMaster@Hamburger.EDU>\r\nDATA\r\nhelp\r\n.\r\n'
	codes 220 250 250 250 250 250 250 354 250
	in_new 1 postmaster
	grep -qx help "$mail"
}

@test "a local part is compared without case" {
	given 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<BoB@hamburger.edu>\r\nDATA\r\n.\r\n'
	codes "$opened" 354 250
	in_new 1
}

@test "a source route is taken, and ignored" {
	given 'HELO x\r\nMAIL FROM:<@here,@there.org:alice@crepes.fr>\r\nRCPT TO:<@relay.org:bob@hamburger.edu>\r\nRCPT TO:<@hamburger.edu:bob@example.com>\r\nRCPT TO:<@a,bob@hamburger.edu>\r\nRCPT TO:<@a:@b:bob@hamburger.edu>\r\nDATA\r\n.\r\n'
	codes "$opened" 550 501 501 354 250
	in_new 1
	[ "$(head -n 1 "$mail")" = 'Return-Path: <alice@crepes.fr>' ]
}

@test "a quoted local part means what is quoted" {
	mkdir 'mail/a b'
	given 'HELO x\r\nMAIL FROM:<"A. \\"Lice\\""@crepes.fr>\r\nRCPT TO:<"bob"@hamburger.edu>\r\nRCPT TO:<"\\b\\ob"@hamburger.edu>\r\nRCPT TO:<"A b"@hamburger.edu>\r\nRCPT TO:<""@hamburger.edu>\r\nRCPT TO:<"bob@hamburger.edu>\r\nDATA\r\n.\r\n'
	codes "$opened" 250 250 501 501 354 250
	in_new 1
	[ "$(head -n 1 "$mail")" = 'Return-Path: <"A. \"Lice\""@crepes.fr>' ]
	in_new 1 'a b'
}

@test "a recipient that is not here is 550: no such user" {
	given 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@hamburger.edu>\r\nRCPT TO:<bobb@hamburger.edu>\r\nRCPT TO:<bo@hamburger.edu>\r\n'
	codes 220 250 250 550 550 550
	tail -n 1 replies | grep -q 'no such user'
}

@test "a recipient of another domain is 550: no relaying" {
	given 'HELO x\r\nMAIL FROM:<alice@hamburger.edu>\r\nRCPT TO:<bob@example.com>\r\nRCPT TO:<bob@mail.hamburger.edu>\r\nRCPT TO:<bob@[127.0.0.1]>\r\nRCPT TO:<bob%example.com@hamburger.edu>\r\nRCPT TO:<"bob@example.com"@hamburger.edu>\r\n'
	codes 220 250 250 550 550 550 550 550
	[ "$(grep -c 'no relaying' replies)" -eq 3 ]
}

@test "a recipient that is no name but a path is nobody" {
	mkdir -p etc mail/.hidden mail/bob/new
	: >mail/file
	given 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<../../etc/passwd@hamburger.edu>\r\nRCPT TO:<../etc@hamburger.edu>\r\nRCPT TO:<"../etc"@hamburger.edu>\r\nRCPT TO:<"..\\/etc"@hamburger.edu>\r\nRCPT TO:<bob/new@hamburger.edu>\r\nRCPT TO:</etc@hamburger.edu>\r\nRCPT TO:<.@hamburger.edu>\r\nRCPT TO:<..@hamburger.edu>\r\nRCPT TO:<".."@hamburger.edu>\r\nRCPT TO:<"."@hamburger.edu>\r\nRCPT TO:<".hidden"@hamburger.edu>\r\nRCPT TO:<file@hamburger.edu>\r\nDATA\r\n'
	codes 220 250 250 501 501 550 550 550 550 501 501 550 550 550 550 554
}

@test "a path of 256 octets with its brackets is taken, one of 257 is 501" {
	local=$(n_of 64 l)
	domain=$(n_of 93 d).$(n_of 95 d)
	given "HELO x\\r\\nMAIL FROM:<$local@$domain>\\r\\nRSET\\r\\nMAIL FROM:<$local@d$domain>\\r\\nMAIL FROM:<>\\r\\nRCPT TO:<$local@$domain>\\r\\nRCPT TO:<$local@d$domain>\\r\\n"
	codes 220 250 250 250 501 250 550 501
	route=@$(n_of 235 r)
	given "HELO x\\r\\nMAIL FROM:<>\\r\\nRCPT TO:<$route:bob@hamburger.edu>\\r\\nRCPT TO:<${route}r:bob@hamburger.edu>\\r\\nDATA\\r\\n.\\r\\n"
	codes "$opened" 501 354 250
}

@test "a local part of 64 octets is taken, one of 65 is 501, also in quotes" {
	local=$(n_of 64 l)
	quoted="\"$(n_of 62 q)\""
	mkdir "mail/$local" "mail/$(n_of 62 q)"
	given "HELO x\\r\\nMAIL FROM:<$local@d>\\r\\nRCPT TO:<$local@hamburger.edu>\\r\\nRCPT TO:<$quoted@hamburger.edu>\\r\\nRCPT TO:<l$local@hamburger.edu>\\r\\nRCPT TO:<\"q${quoted#?}@hamburger.edu>\\r\\nDATA\\r\\n.\\r\\nMAIL FROM:<l$local@d>\\r\\n"
	codes "$opened" 250 501 501 354 250 501
	in_new 1 "$local"
}

@test "a domain of 255 octets is taken, one of 256 is 501" {
	domain=$(n_of 63 d).$(n_of 63 d).$(n_of 63 d).$(n_of 63 d)
	given "HELO $domain\\r\\nHELO d$domain\\r\\nEHLO d$domain\\r\\n"
	codes 220 250 501 501
}

@test "a server whose own name has 255 octets delivers" {
	domain=$(n_of 63 d).$(n_of 63 d).$(n_of 63 d).$(n_of 63 d)
	printf 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<postmaster>\r\nDATA\r\n.\r\n' |
		smtp-server -n "$domain" mail >replies
	codes "$opened" 354 250
	in_new 1 postmaster
	run smtp-server -n "d$domain" mail </dev/null
	ends 64
}

# The message.

@test "one leading dot is taken off every line but the last" {
	given "$to_data"'.profile\r\n'
	given "$to_data"'..\r\n...\r\n..profile\r\n. .\r\na.\r\n.\r\n'
	holds '\n.\n..\n.profile\n .\na.\n'
}

@test "the CRLF before the last dot belongs to the message, and an empty one is one" {
	given "$to_data"'one\r\n\r\n.\r\n'
	holds '\none\n\n'
	rm "$mail"
	given "$to_data"'.\r\n'
	codes "$opened" 354 250
	holds '\n'
}

@test "the end of data may come in pieces of any size" {
	listens
	cat >transcript <<-'END'
		S:220 hamburger.edu
		C:HELO crepes.fr
		S:250 Hello crepes.fr, pleased to meet you
		C:MAIL FROM:<alice@crepes.fr>
		S:250 alice@crepes.fr ... Sender OK
		C:RCPT TO:<bob@hamburger.edu>
		S:250 bob@hamburger.edu ... Recipient OK
		C:DATA
		S:354 Enter mail, end with "." on a line by itself
		C:..
		C:
		C:..two
		C:.
		C:NOOP
		S:250 Message accepted for delivery
		S:250 OK
		C:QUIT
		S:221 hamburger.edu closing connection
		!S closes
	END
	for size in 1 2 3 5; do
		replay -x -c "$size" "$address" transcript >heard
		holds '\n.\n\n.two\n'
		rm "$mail"
	done
}

# not_the_end NAME BYTES REASON: they end no message; it is refused, whole, and the
# conversation is in step.
not_the_end() {
	given "$to_data"'one\r\n'"$1"'RSET\r\n\r\n.\r\nNOOP\r\nQUIT\r\n'
	codes "$opened" 354 550 250 221 || return 1
	in_new 0 || return 1
	tr -d '\r' <replies | grep -q "^550 $2 in the message" && return 0
	echo "expected 550 $2, got:"
	cat replies
	return 1
}

@test "LF . LF ends no message" { not_the_end '\n.\n' 'a bare LF'; }
@test "LF . CR LF ends no message" { not_the_end '\n.\r\n' 'a bare LF'; }
@test "CR LF . LF ends no message" { not_the_end '\r\n.\n' 'a bare LF'; }
@test "CR . CR ends no message" { not_the_end '\r.\r' 'a bare CR'; }
@test "CR LF . CR ends no message" { not_the_end '\r\n.\r' 'a bare CR'; }
@test "CR . CR LF ends no message" { not_the_end '\r.\r\n' 'a bare CR'; }
@test "LF . CR ends no message" { not_the_end '\n.\r' 'bare CR and LF'; }
@test "CR . LF ends no message" { not_the_end '\r.\n' 'bare CR and LF'; }
@test "CR LF . CR CR LF ends no message" { not_the_end '\r\n.\r\r\n' 'a bare CR'; }
@test "CR CR LF . CR LF does end one, and its bare CR is refused" {
	given "$to_data"'one\r\r\n.\r\nNOOP\r\n'
	codes "$opened" 354 550 250
	in_new 0
}
@test "CR LF . NUL CR LF ends no message" { not_the_end '\r\n.\0\r\n' 'a NUL'; }
@test "CR LF NUL . CR LF ends no message" { not_the_end '\r\n\0.\r\n' 'a NUL'; }
@test "CR LF . CR NUL LF ends no message" { not_the_end '\r\n.\r\0\n' 'bare CR and LF'; }
@test "CR NUL LF . CR LF ends no message" { not_the_end '\r\0\n.\r\n' 'bare CR and LF'; }
@test "LF NUL . LF ends no message" { not_the_end '\n\0.\n' 'a NUL'; }

@test "what is smuggled behind a false end is no second message, wherever TCP cuts it" {
	listens
	cat >transcript <<-'END'
		S:220 {any}
		C:HELO crepes.fr
		S:250 {any}
		C:MAIL FROM:<alice@crepes.fr>
		S:250 {any}
		C:RCPT TO:<bob@hamburger.edu>
		S:250 {any}
		C:DATA
		S:354 {any}
		C:one\n
		C:.
		C:MAIL FROM:<eve@crepes.fr>
		C:RCPT TO:<carol@hamburger.edu>
		C:DATA
		C:two
		C:.
		S:550 {any}
		C:QUIT
		S:221 {any}
	END
	for size in 1 2 3 5; do
		replay -x -c "$size" "$address" transcript >heard
	done
	in_new 0
	in_new 0 carol
}

@test "a bare CR as the last octet before the end, and a bare LF as the first, are refused" {
	given "$to_data"'\none\r\n.\r\nNOOP\r\n'
	codes "$opened" 354 550 250
	given "$to_data"'one\r\r\n.\r\nNOOP\r\n'
	codes "$opened" 354 550 250
	in_new 0
}

@test "bytes above 127 pass" {
	given "$to_data"'Subject: x\r\n\r\n\0304\0343\0272\0303\0377\0200\r\n.\r\n'
	codes "$opened" 354 250
	holds 'Subject: x\n\n\0304\0343\0272\0303\0377\0200\n'
}

@test "a text line has no limit" {
	long=$(n_of 70000 x)
	given "$to_data$long\\r\\n.\\r\\n"
	codes "$opened" 354 250
	holds "\\n$long\\n"
}

@test "a message with a header follows its trace lines, one without gets an empty line" {
	given "$to_data"'Subject: hi\r\n\r\nbody\r\n.\r\n'
	holds 'Subject: hi\n\nbody\n'
	rm "$mail"
	given "$to_data"'Subject \t: an old habit\r\n\r\nbody\r\n.\r\n'
	holds 'Subject \t: an old habit\n\nbody\n'
	rm "$mail"
	given "$to_data"'X-Only:\r\n.\r\n'
	holds 'X-Only:\n'
	rm "$mail"
	given "$to_data"'\r\nbody: an empty header before it\r\n.\r\n'
	holds '\nbody: an empty header before it\n'
	rm "$mail"
	given "$to_data"'Dear Bob: no header\r\n.\r\n'
	holds '\nDear Bob: no header\n'
	rm "$mail"
	given "$to_data"'Hello\r\nSubject: no header\r\n.\r\n'
	holds '\nHello\nSubject: no header\n'
	rm "$mail"
	given "$to_data"': no name\r\n.\r\n'
	holds '\n: no name\n'
}

@test "where its header begins is seen wherever TCP cuts it" {
	listens
	cat >transcript <<-'END'
		S:220 {any}
		C:HELO crepes.fr
		S:250 {any}
		C:MAIL FROM:<alice@crepes.fr>
		S:250 {any}
		C:RCPT TO:<bob@hamburger.edu>
		S:250 {any}
		C:DATA
		S:354 {any}
		C:Subject: hi
		C:
		C:body
		C:.
		S:250 {any}
	END
	replay -c 1 "$address" transcript >heard
	holds 'Subject: hi\n\nbody\n'
}

@test "exactly one Return-Path and one Received stand before the message" {
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
	grep -q 'by hamburger.edu with ESMTP$' "$mail"
}

@test "Received names the recipient only where there is one" {
	given "$transaction"'RCPT TO:<carol@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	codes "$opened" 250 354 250
	in_new 1
	in_new 1 carol
	no grep -q 'for <' "$mail"
	grep -q 'with SMTP; ' "$mail"
}

@test "the same recipient twice gets one copy, and is the only one" {
	given "$transaction"'RCPT TO:<BOB@hamburger.edu>\r\nRCPT TO:<"bob"@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	codes "$opened" 250 250 354 250
	in_new 1
	grep -q 'for <' "$mail"
}

@test "a refused recipient does not keep the others from their copy" {
	given "$transaction"'RCPT TO:<nobody@hamburger.edu>\r\nRCPT TO:<carol@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	codes "$opened" 550 250 354 250
	in_new 1
	in_new 1 carol
}

@test "a mailbox is the owner's alone" {
	given "$to_data"'hi\r\n.\r\n'
	in_new 1
	[ -z "$(find mail/postmaster mail/bob/new mail/bob/tmp mail/bob/cur -perm -0001 -o -perm -0010)" ]
	case $(ls -l "$mail") in -rw-------*) ;; *) return 1 ;; esac
	[ -d mail/bob/cur ]
}

@test "100 Received lines are taken, 101 are a loop: 554" {
	hops=$(n_of 99 'Received: by x\\r\\n')
	given "$to_data${hops}rEcEiVeD: by x\\r\\n\\r\\nReceived: of the body\\r\\n.\\r\\n"
	codes "$opened" 354 250
	in_new 1
	rm "$mail"
	given "$to_data${hops}Subject: hi\\r\\n Received: of the subject\\r\\nrEcEiVeD:\\r\\nReceived: by x\\r\\n.\\r\\nNOOP\\r\\n"
	codes "$opened" 354 554 250
	in_new 0
}

@test "a message of as many octets as -s says is taken, one more is 552 after the dot" {
	given "$to_data"'..234567\r\n.\r\n' -s 9
	codes "$opened" 354 250
	in_new 1
	given "$to_data"'..2345678\r\n.\r\nNOOP\r\n' -s 9
	codes "$opened" 354 552 250
	in_new 1
	given "$to_data$(n_of 65534 x)\\r\\n.\\r\\n" -s 64k
	codes "$opened" 354 250
	in_new 2
	given "$to_data$(n_of 65535 x)\\r\\n.\\r\\n" -s 64k
	codes "$opened" 354 552
	in_new 2
}

@test "SIZE over -s is 552 at MAIL, as is one that no number holds" {
	given 'EHLO x\r\nMAIL FROM:<a@b> SIZE=1025\r\nMAIL FROM:<a@b> SIZE=18446744073709551616\r\nMAIL FROM:<a@b> SIZE=99999999999999999999\r\nMAIL FROM:<a@b> SIZE=1024\r\n' -s 1k
	codes 220 250 552 552 552 250
}

@test "1000 recipients are taken, the next one is 452, and the 1000 get the message" {
	{
		printf 'HELO x\r\nMAIL FROM:<a@b>\r\n'
		for n in {1..1001}; do echo "mail/u$n"/{tmp,new,cur} >&2; printf 'RCPT TO:<u%s@hamburger.edu>\r\n' "$n"; done
		printf 'RCPT TO:<u7@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\n'
	} >said 2>folders
	xargs mkdir -p <folders
	smtp-server -n hamburger.edu mail <said >replies
	[ "$(grep -c 'Recipient OK' replies)" -eq 1001 ]
	[ "$(grep -c '^452' replies)" -eq 1 ]
	tr -d '\r' <replies | tail -n 4 >got
	grep -q '^452' got
	grep -q '^250 Message' got
	[ "$(find mail -path '*/new/*' | wc -l)" -eq 1000 ]
	[ -z "$(ls mail/u1001/new)" ]
}

# Mailboxes that cannot be written.

@test "a mailbox that cannot be written is 452, and the conversation goes on" {
	mkdir mail/dave mail/erin
	: >mail/dave/tmp
	: >mail/erin/new
	for user in dave erin; do
		given 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<'$user'@hamburger.edu>\r\nDATA\r\nhi\r\n.\r\nRSET\r\nNOOP\r\n'
		grep -q '^452' replies
		no grep -q '^250 Message' replies
		tail -n 1 replies | grep -q '^250 OK'
		[ -z "$(find mail/$user -name '*.hamburger.edu')" ]
	done
}

@test "where one of three mailboxes cannot be written, nobody gets the message" {
	mkdir mail/dave
	for bad in tmp new; do
		rm -rf mail/dave/*
		: >mail/dave/$bad
		for order in 'dave bob carol' 'bob dave carol' 'bob carol dave'; do
			said='HELO x\r\nMAIL FROM:<>\r\n'
			for user in $order; do said="$said"'RCPT TO:<'$user'@hamburger.edu>\r\n'; done
			given "$said"'DATA\r\nhi\r\n.\r\n'
			grep -q '^452' replies
			no grep -q '^250 Message' replies
			[ -z "$(find mail -name '*.hamburger.edu')" ]
		done
	done
}

@test "a full mailbox is 452, and the next small message gets through" {
	# Both are over 32 kilobytes; of the shorter one only the last flush tells.
	for size in 65000 33000; do
		big=$(n_of $size x)
		(
			ulimit -f 32
			given "$to_data$big\\r\\n.\\r\\nMAIL FROM:<>\\r\\nRCPT TO:<bob@hamburger.edu>\\r\\nDATA\\r\\nsmall\\r\\n.\\r\\n"
		)
		codes "$opened" 354 452 250 250 354 250
		holds '\nsmall\n'
		rm "$mail"
	done
}

# Time, and many at once.

@test "a client that is silent, or says an octet now and then, is told 421 and closed" {
	listens -i 1s
	printf '%s\n' 'S:220 {any}' 'S:421 {any}' '!S closes' >silent
	printf '%s\n' 'S:220 {any}' 'C:N\c' '!wait 0.6' 'C:O\c' '!wait 0.6' 'C:OP' \
		'S:421 {any}' '!S closes' >slow
	printf '%s\n' 'S:220 {any}' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<>' 'S:250 {any}' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 {any}' 'C:DATA' 'S:354 {any}' \
		'C:on\c' '!wait 0.6' 'C:e\c' '!wait 0.6' 'C:' 'C:.' \
		'S:421 {any}' '!S closes' >slow-message
	printf '%s\n' 'S:220 {any}' 'C:NOOP' '!wait 0.6' 'C:NOOP' '!wait 0.6' 'C:NOOP' \
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
	until_true grep -q '^421' replies || { kill -9 "$pid"; return 1; }
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
	[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 1024 ] || ulimit -n 1024 ||
		skip "too few descriptors"
	listens
	# In a shell of its own: bats looks at every command, and has descriptors open.
	cat >hold <<-'END'
		server=/dev/tcp/127.0.0.1/$1
		# greeted DESCRIPTOR: prints the greeting.
		greeted() { IFS= read -r -t 20 -u "$1" line && echo "$line"; }
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
	[ -z "$(cat "$server_err")" ]
}

@test "INT ends it as TERM does, and after that nobody is let in" {
	listens
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
	until_true grep -q '^250' replies
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
		[ "$status" -eq 64 ] && [ ! -s out ] && grep -q '^usage: smtp-server' err || {
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
	[ "$(wc -l <"$server_out")" -eq 1 ]
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
			printf '%b' "MAIL FROM:<>\\r\\nRCPT TO:<bob@hamburger.edu>\\r\\nRCPT TO:<carol@hamburger.edu>\\r\\nDATA\\r\\nSubject: $1.$n\\r\\n\\r\\n${body}end $1.$n\\r\\n.\\r\\n" | cat >&4 || break
			reply=
			while IFS= read -r -t 20 -u 4 line; do
				case $line in '250 Message'*) reply=250; break ;; 4* | 5*) break ;; esac
			done
			[ "$reply" = 250 ] || break
			echo "$1.$n" >>"$1.accepted"
		done
		hang_up
	done 2>/dev/null
}

# accepted_in_all N: so many have been answered 250 by now.
accepted_in_all() { [ "$(cat ./*.accepted 2>/dev/null | wc -l)" -ge "$1" ]; }

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
		until_true accepted_in_all $((($(cat ./*.accepted 2>/dev/null | wc -l)) + 1 + RANDOM % 20))
		kill -9 "$pid"
		wait "$pid" 2>/dev/null || :
	done
	: >enough
	for client in $clients; do wait "$client"; done
	all_there bob
	all_there carol
}

#!/usr/bin/env bats
# smtp-send: what it says to a server, and what it tells about each recipient. The
# server is a transcript that replay performs, or smtp-server.

load common

setup() {
	common_setup
	printf 'Do you like ketchup?\nHow about pickles?\n' >letter
}

teardown() {
	common_teardown
}

# server LINE...: replay performs these lines, and is waited for by replayed.
server() {
	printf '%s\n' "$@" >script
	serve replay -x -l 127.0.0.1:0 script
}

# replayed: the server heard all that its transcript expects.
replayed() {
	wait "$pid" || {
		cat "$server_err" "$server_out"
		return 1
	}
}

send() {
	run smtp-send -f alice@crepes.fr -t bob@hamburger.edu "$@"
}

@test "-H satisfies the server side of the article's transcript, to the letter" {
	serve replay -x -l 127.0.0.1:0 "$root/lessons/03-the-transcript/expected.txt"
	send -H -n crepes.fr "$address" letter
	ends 0
	says '250 <bob@hamburger.edu> letter Message accepted for delivery'
	replayed
}

@test "-H says HELO before each message, and QUIT after the last alone" {
	server 'S:220 x' 'C:HELO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' \
		'S:250 x' 'C:HELO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' \
		'S:250 x' 'C:QUIT' 'S:221 x'
	send -H "$address" letter letter
	ends 0
	replayed
}

@test "it begins with EHLO, says SIZE and BODY where they are offered, and DATA is stuffed" {
	printf '.\n..x\n\303\251' >letter
	server 'S:220 x' 'C:EHLO crepes.fr' 'S:250-x' 'S:250-size 1000' 'S:250 8BITMIME' \
		'C:MAIL FROM:<alice@crepes.fr> SIZE=12 BODY=8BITMIME' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' \
		'C:..' 'C:...x' 'C:é' 'C:.' 'S:250 x' 'C:QUIT' 'S:221 x'
	send -n crepes.fr "$address" letter
	ends 0
	replayed
}

@test "where EHLO is refused it says HELO" {
	server 'S:220 x' 'C:EHLO localhost' 'S:500 what?' 'C:HELO localhost' 'S:250 SIZE 1' \
		'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' 'C:RCPT TO:<bob@hamburger.edu>' \
		'S:250 x' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' 'S:250 x' 'C:QUIT' 'S:221 x'
	send "$address" letter
	ends 0
	replayed
}

@test "octets above 127 are sent as they are, with a warning, where 8BITMIME is not offered" {
	printf '\303\251\n' >letter
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:é' 'C:.' \
		'S:250 x' 'C:QUIT' 'S:221 x'
	send "$address" letter
	ends 0
	says '8BITMIME'
	replayed
}

@test "some recipients may be refused and the rest are served" {
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	run smtp-send -f alice@crepes.fr -t carol@hamburger.edu -t bob@hamburger.edu "$address" letter
	ends 69
	says '550 <carol@hamburger.edu> letter carol@hamburger.edu ... no such user'
	says '250 <bob@hamburger.edu> letter Message accepted for delivery'
	[ "$(ls mail/bob/new | wc -l)" -eq 1 ]
}

@test "where all are refused the next message begins anew, with RSET" {
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:550 no' 'C:RSET' 'S:250 x' \
		'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' \
		'S:250 x' 'C:QUIT' 'S:221 x'
	send "$address" letter letter
	ends 69
	[ "$output" = "550 <bob@hamburger.edu> letter no
250 <bob@hamburger.edu> letter x" ]
	replayed
}

@test "a reply 4xx is for later: 75; it outranks a refusal" {
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:452 full' 'C:RCPT TO:<carol@hamburger.edu>' \
		'S:550 who?' 'C:RSET' 'S:250 x' 'C:QUIT' 'S:221 x'
	run smtp-send -f '' -t bob@hamburger.edu -t carol@hamburger.edu "$address" letter
	ends 75
	says '452 <bob@hamburger.edu> letter full'
	says '550 <carol@hamburger.edu> letter who?'
	replayed
}

@test "a sender that is refused is refused for every recipient" {
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' \
		'S:552-too' 'S:552 large' 'C:RSET' 'S:250 x' 'C:QUIT' 'S:221 x'
	run smtp-send -f alice@crepes.fr -t bob@hamburger.edu -t carol@hamburger.edu "$address" letter
	ends 69
	[ "$output" = "552 <bob@hamburger.edu> letter too large
552 <carol@hamburger.edu> letter too large" ]
	replayed
}

@test "421 may come at any moment: it is for later, and nothing more is said" {
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' \
		'S:421 x shutting down' '!S closes' '!C closes'
	send "$address" letter letter
	ends 75
	[ "$output" = "421 <bob@hamburger.edu> letter x shutting down
--- <bob@hamburger.edu> letter not tried: the connection was lost" ]
	replayed
}

@test "a reply to the final dot that is lost is unknown: try again" {
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' \
		'!S closes' '!C closes'
	send "$address" letter
	ends 75
	says '--- <bob@hamburger.edu> letter the connection was lost'
	replayed
}

@test "a server that greets with 554 takes nothing, one with 421 nothing now" {
	server 'S:554 go away' 'C:QUIT' 'S:221 x'
	send "$address" letter
	ends 69
	says '554 <bob@hamburger.edu> letter go away'
	replayed
	server 'S:421 busy' '!S closes' '!C closes'
	send "$address" letter
	ends 75
	says '421 <bob@hamburger.edu> letter not tried: busy'
	replayed
}

@test "nobody listens: a line with --- for each recipient, and 75" {
	run smtp-send -f alice@crepes.fr -t bob@hamburger.edu -t carol@hamburger.edu 127.0.0.1:1 letter
	ends 75
	says '--- <bob@hamburger.edu> letter'
	says '--- <carol@hamburger.edu> letter'
}

@test "what is no reply of SMTP ends the conversation, its control bytes escaped" {
	server 'S:hello\x1b[2J' '!C closes'
	send "$address" letter
	ends 75
	says '--- <bob@hamburger.edu> letter not tried: not a reply of SMTP'
	server 'S:220 x' 'C:EHLO localhost' 'S:550 \x1b[2J' 'C:HELO localhost' 'S:550 \x1b[2J' \
		'C:QUIT' 'S:221 x'
	send "$address" letter
	ends 69
	says '550 <bob@hamburger.edu> letter \x1b[2J'
}

@test "octets that are not a line are told, and ends the conversation" {
	server 'S:220 x\x00' '!C closes'
	send "$address" letter
	ends 75
	says '--- <bob@hamburger.edu> letter not tried: a NUL in the line'
	server "S:220 $(n_of 1995 x)" '!C closes'
	send "$address" letter
	ends 75
	says '--- <bob@hamburger.edu> letter not tried: a line that is too long'
}

@test "every kind of line end goes out as CRLF, and a last line without one gets it" {
	printf 'a\nb\r\nc\rd' >letter
	server 'S:220 x' 'C:EHLO localhost' 'S:250-x' 'S:250 SIZE' \
		'C:MAIL FROM:<alice@crepes.fr> SIZE=12' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:a' 'C:b' 'C:c' \
		'C:d' 'C:.' 'S:250 x' 'C:QUIT' 'S:221 x'
	send "$address" letter
	ends 0
	replayed
}

@test "standard input is a message, a pipe too, and its SIZE is known" {
	server 'S:220 x' 'C:EHLO localhost' 'S:250-x' 'S:250 SIZE' \
		'C:MAIL FROM:<alice@crepes.fr> SIZE=42' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' \
		'S:250 x' 'C:QUIT' 'S:221 x'
	cat letter | smtp-send -f alice@crepes.fr -t bob@hamburger.edu "$address" >out
	reads out '250 <bob@hamburger.edu> - x'
	replayed
}

@test "with -q each file carries its envelope, and they share one connection" {
	printf 'MAIL FROM:<alice@crepes.fr> SIZE=4\nRCPT TO:<bob@hamburger.edu>\n\nhi\n' >one
	printf 'MAIL FROM:<>\nRCPT TO:<bob@hamburger.edu>\nRCPT TO:<"a b"@hamburger.edu>\n\n' >two
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' 'S:250 x' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' 'C:DATA' 'S:354 x' 'C:hi' 'C:.' \
		'S:250 x' 'C:MAIL FROM:<>' 'S:250 x' 'C:RCPT TO:<bob@hamburger.edu>' 'S:250 x' \
		'C:RCPT TO:<"a b"@hamburger.edu>' 'S:550 no' 'C:DATA' 'S:354 x' 'C:.' 'S:250 y' \
		'C:QUIT' 'S:221 x'
	run smtp-send -q "$address" one two
	ends 69
	[ "$output" = '250 <bob@hamburger.edu> one x
550 <"a b"@hamburger.edu> two no
250 <bob@hamburger.edu> two y' ]
	replayed
}

@test "what is not an entry of a queue is told, and the others are sent" {
	printf 'MAIL FROM:<alice@crepes.fr>\nRCPT TO:<bob@hamburger.edu>\n\nhi\n' >good
	printf 'RCPT TO:<bob@hamburger.edu>\n\nhi\n' >bad
	printf 'MAIL FROM:<alice@crepes.fr>\nRCPT TO:<bob@hamburger.edu>\n' >half
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	run smtp-send -q "$address" bad half good
	ends 65
	says 'smtp-send: bad: not an entry of a queue'
	says 'smtp-send: half: not an entry of a queue'
	says '250 <bob@hamburger.edu> good'
}

@test "a file that cannot be read is told for each recipient, and the others are sent" {
	mkdir -p mail/bob folder
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	send "$address" letter folder letter
	ends 65
	says 'smtp-send: folder: '
	says '--- <bob@hamburger.edu> folder not sent: the file cannot be read'
	[ "$(grep -c '^250 ' <<<"$output")" -eq 2 ]
	[ "$(find mail/bob/new -type f | wc -l)" -eq 2 ]
}

@test "what was not even tried is told so: no connection, no greeting, no introduction" {
	send 127.0.0.1:1 letter letter
	[ "$(grep -c '^--- <bob@hamburger.edu> letter not tried: ' <<<"$output")" -eq 2 ]
	server '!S closes' '!C closes'
	send "$address" letter
	says '--- <bob@hamburger.edu> letter not tried: the connection was lost'
	server 'S:220 x' 'C:EHLO localhost' 'S:450 not now' 'C:QUIT' 'S:221 x'
	send "$address" letter
	says '450 <bob@hamburger.edu> letter not tried: not now'
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' \
		'!S closes' '!C closes'
	send "$address" letter letter
	[ "$output" = "--- <bob@hamburger.edu> letter the connection was lost
--- <bob@hamburger.edu> letter not tried: the connection was lost" ]
}

@test "once nobody hears its report nothing more is sent: 74" {
	[ -e /dev/full ] || skip "no /dev/full"
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	status=0
	smtp-send -f alice@crepes.fr -t bob@hamburger.edu "$address" letter letter letter \
		2>err >/dev/full || status=$?
	ends 74
	reads err 'smtp-send: standard output: No space left on device'
	[ "$(find mail/bob/new -type f | wc -l)" -eq 1 ]
}

@test "a hearer who is gone is noticed while the server is waited for" {
	printf '%s\n' 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'C:MAIL FROM:<alice@crepes.fr>' \
		'!C closes' >script
	serve replay -x -i 5s -l 127.0.0.1:0 script
	mkfifo told
	smtp-send -f alice@crepes.fr -t bob@hamburger.edu "$address" letter >told 2>err 3>&- &
	sender=$!
	exec 5<told
	until_true has_line '*MAIL*' "$server_out"
	exec 5<&-
	status=0
	wait "$sender" || status=$?
	ends 74
	replayed
}

@test "usage: 64; a file that is not there: 66, before anything is said" {
	run smtp-send
	ends 64
	run smtp-send -f alice@crepes.fr 127.0.0.1:1 letter
	ends 64
	run smtp-send -f alice@crepes.fr -t bob@hamburger.edu nowhere letter
	ends 64
	run smtp-send -f 'alice@crepes.fr>
RCPT TO:<carol@hamburger.edu' -t bob@hamburger.edu 127.0.0.1:1 letter
	ends 64
	run smtp-send -q -t bob@hamburger.edu 127.0.0.1:1 letter
	ends 64
	run smtp-send -f alice@crepes.fr -t bob@hamburger.edu 127.0.0.1:1 letter missing
	ends 66
	says 'smtp-send: missing: '
	run smtp-send -h
	ends 0
	says 'usage: smtp-send'
}

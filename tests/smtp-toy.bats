#!/usr/bin/env bats
# server/smtp-toy: five commands, and where a message ends.

# What is said is a format of printf here, and common sets what looks unset.
# shellcheck disable=SC2059,SC2154,SC2034

load common

hello='HELO crepes.fr\r\n'
envelope='MAIL FROM:<alice@crepes.fr>\r\nRCPT TO:<bob@hamburger.edu>\r\n'
data="$hello${envelope}DATA\r\n"

setup() {
	common_setup
	transcript=$root/lessons/03-the-transcript/expected.txt
}

teardown() { common_teardown; }

# session BYTES...: they are said, QUIT behind them; $output is what was answered after
# the greeting and before the farewell, the CRs taken off.
session() {
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "$@" >&5
	printf 'QUIT\r\n' >&5
	timeout 20 cat <&5 >answered
	exec 5>&-
	output=$(tr -d '\r' <answered | sed '1d;$d')
}

# answered_with LINE...: what the last session was answered, line by line.
answered_with() {
	printf '%s\n' "$@" >expected
	printf '%s\n' "$output" >got
	same expected got
}

# refuses CODE BYTES...: a message of these bytes (they end the data) is refused with
# that code, nothing is stored, and the session is in step: one answer for each of the
# four commands, one for the message.
refuses() {
	local code=$1
	shift
	session "$data$1"
	[ "$(printf '%s\n' "$output" | wc -l)" -eq 5 ] || { echo "out of step: $output"; return 1; }
	[ "$(printf '%s\n' "$output" | cut -c 1-4 | tr -d '\n')" = "250 250 250 354 $code " ] ||
		{ echo "expected $code: $output"; return 1; }
	nothing_is_stored
}

nothing_is_stored() {
	[ -z "$(ls -A mailbox 2>/dev/null)" ] || { ls -lA mailbox; return 1; }
}

# letters N: that many x.
letters() { printf "%$1s" '' | tr ' ' x; }

@test "the article's transcript, said line by line, is answered word for word" {
	serve smtp-toy 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	while IFS= read -r line; do
		case $line in
		C:*) printf '%s\r\n' "${line#C:}" >&5 ;;
		S:*)
			IFS= read -r -t 20 answer <&5
			[ "$answer" = "${line#S:}"$'\r' ] || { echo "$line / $answer"; return 1; }
			;;
		esac
	done <"$transcript"
	[ -z "$(timeout 20 cat <&5)" ]
	exec 5>&-
	printf 'Do you like ketchup?\nHow about pickles?\n' >expected
	same expected mailbox/1
	[ "$(ls -A mailbox)" = 1 ]
}

@test "in pieces of 1, 2, 3 and 5 bytes the transcript leaves the same message" {
	serve smtp-toy 0
	sed -n 's/^C:\(.*\)/\1\r/p' "$transcript" >said
	sed -n 's/^S:\(.*\)/\1\r/p' "$transcript" >expected-answers
	printf 'Do you like ketchup?\nHow about pickles?\n' >expected
	n=0
	for size in 1 2 3 5; do
		n=$((n + 1))
		exec 5<>"/dev/tcp/127.0.0.1/$port"
		dd bs="$size" if=said 2>/dev/null >&5
		timeout 20 cat <&5 >answered
		exec 5>&-
		same expected-answers answered
		same expected "mailbox/$n"
	done
}

@test "commands that come in one segment are answered one by one" {
	serve smtp-toy 0
	printf "${data}one\r\n.\r\n${hello}${envelope}DATA\r\ntwo\r\n.\r\nQUIT\r\n" >said
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	cat said >&5
	[ "$(timeout 20 cat <&5 | cut -c 1-3 | tr '\n' ' ')" = \
		"220 250 250 250 354 250 250 250 250 354 250 221 " ]
	exec 5>&-
	[ "$(cat mailbox/1 mailbox/2)" = "one
two" ]
}

@test "several messages go over one connection, with or without a new HELO" {
	serve smtp-toy 0
	session "${data}1\r\n.\r\n${envelope}DATA\r\n2\r\n.\r\n${data}3\r\n.\r\n"
	[ "$(cat mailbox/1 mailbox/2 mailbox/3 | tr '\n' ' ')" = "1 2 3 " ]
}

@test "one dot is taken off a line that begins with one, and only there" {
	serve smtp-toy 0
	session "$data"'..\r\n...\r\n.x\r\na.\r\n..x\r\n\r\n.\r\n'
	says '250 Message accepted'
	printf '.\n..\nx\na.\n.x\n\n' >expected
	same expected mailbox/1
}

@test "a message may be empty, and hold any byte but NUL, bare CR and bare LF" {
	serve smtp-toy 0
	session "$data.\r\n"
	[ -f mailbox/1 ]
	[ ! -s mailbox/1 ]
	session "$data"'\001\033\177\200\377\303\251\t\r\n.\r\n'
	printf '\001\033\177\200\377\303\251\t\n' >expected
	same expected mailbox/2
}

@test "LF.LF does not end the data" {
	serve smtp-toy 0
	refuses 550 'a\n.\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
}

@test "LF.CRLF does not end the data" {
	serve smtp-toy 0
	refuses 550 'a\n.\r\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
}

@test "CRLF.LF does not end the data" {
	serve smtp-toy 0
	refuses 550 'a\r\n.\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
}

@test "CR.CR and CR.CRLF do not end the data" {
	serve smtp-toy 0
	refuses 550 'a\r.\rMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
	refuses 550 'a\r.\r\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
}

@test "CRLF.CR does not end the data" {
	serve smtp-toy 0
	refuses 550 'a\r\n.\rMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
	refuses 550 'a\r\n.\r\r\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
}

@test "a dot with a NUL beside it does not end the data" {
	serve smtp-toy 0
	refuses 550 'a\r\n.\000\r\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
	refuses 550 'a\r\n\000.\r\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
	refuses 550 'a\r\n.\r\000\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
	refuses 550 'a\r\000\n.\r\nMAIL FROM:<eve@crepes.fr>\r\n.\r\n'
}

@test "CRLF.CRLF ends the data even after a bare CR, a bare LF or a NUL" {
	serve smtp-toy 0
	refuses 550 'a\rb\r\n.\r\n'
	refuses 550 'a\r\r\n.\r\n'
	refuses 550 'a\nb\r\n.\r\n'
	refuses 550 'a\000b\r\n.\r\n'
	session "${data}good\r\n.\r\n"
	[ "$(cat mailbox/1)" = good ]
}

@test "a text line of 1000 octets with CRLF is taken, one of 1001 refused after the dot" {
	serve smtp-toy 0
	refuses 500 "$(letters 999)\r\n.\r\n"
	refuses 500 "$(letters 999)\r\n$(letters 5)\r\n.\r\n"
	refuses 500 "$(letters 99999)\r\n.\r\n"
	session "$data$(letters 998)\r\n.\r\n"
	[ "$(cat mailbox/1)" = "$(letters 998)" ]
}

@test "a command line of 1000 octets with CRLF is read, one of 1001 is too long" {
	serve smtp-toy 0
	session "HELO $(letters 993)\r\nHELO $(letters 994)\r\n"
	answered_with '501 HELO name, DATA, QUIT' '500 line too long'
}

@test "the tail of a line too long is never taken for a command" {
	serve smtp-toy 0
	for n in 995 998 999 1000 1001 4090 4096 8192; do
		session "$(letters "$n")MAIL FROM:<a>\r\nHELO x\r\n"
		answered_with '500 line too long' '250 Hello x, pleased to meet you'
	done
}

@test "an address of 254 octets is taken, one of 255 is not" {
	serve smtp-toy 0
	session "${hello}MAIL FROM:<$(letters 254)>\r\nMAIL FROM:<$(letters 255)>\r\n"
	answered_with '250 Hello crepes.fr, pleased to meet you' \
		"250 $(letters 254) ... Sender OK" '501 MAIL FROM:<you>, RCPT TO:<them>'
}

@test "a command that ends in a bare LF is told so, at once" {
	serve smtp-toy 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf 'HELO crepes.fr\n' >&5
	IFS= read -r -t 20 greeting <&5
	IFS= read -r -t 20 answer <&5
	exec 5>&-
	[ "$answer" = $'500 end lines with CRLF\r' ]
}

@test "a command with a bare CR or a NUL in it is not obeyed" {
	serve smtp-toy 0
	session 'HELO a\rb\r\nHELO a\000b\r\nHELO\000\r\nHELO a\r\r\nMAIL FROM:<a>\r\n'
	answered_with '500 end lines with CRLF' '500 end lines with CRLF' \
		'500 end lines with CRLF' '500 end lines with CRLF' '503 wrong order'
}

@test "an unknown command is answered 500" {
	serve smtp-toy 0
	session 'EHLO x\r\n\r\nDATAX\r\nHELOx y\r\nMAILFROM:<a>\r\n HELO x\r\n\303\251\r\n'
	printf '500 unknown command\n%.0s' 1 2 3 4 5 6 7 >expected
	printf '%s\n' "$output" >got
	same expected got
}

@test "a bad argument is answered 501 and changes nothing" {
	serve smtp-toy 0
	session "$hello"'HELO\r\nHELO \r\nHELO \303\251\r\nHELO \033[2J\r\nMAIL\r\nMAIL FROM:\r\nMAIL FROM:alice\r\nMAIL FROM:<a\r\nMAIL FROM:a>\r\nMAIL TO:<a>\r\nMAIL FROM:<a>b\r\nMAIL FROM:<a><b>\r\nMAIL FROM:<\303\251>\r\nMAIL FROM:<a\tb>\r\nMAIL FROM:<\033[2J>\r\nMAIL FROM:  <a>\r\nRCPT TO:<a>\r\n'
	[ "$(printf '%s\n' "$output" | cut -c 1-3 | uniq -c | tr -s ' \n' ' ')" = \
		" 1 250 16 501 1 503 " ]
	[ -z "$(LC_ALL=C tr -d '\r\n -~' <answered)" ]
}

@test "DATA and QUIT take no argument, RCPT TO no empty address" {
	serve smtp-toy 0
	session "$hello$envelope"'RCPT TO:<>\r\nDATA now\r\nQUIT now\r\nDATA\r\nx\r\n.\r\n'
	[ "$(printf '%s\n' "$output" | cut -c 1-3 | tr '\n' ' ')" = \
		"250 250 250 501 501 501 354 250 " ]
}

@test "commands in the wrong order are answered 503" {
	serve smtp-toy 0
	session 'MAIL FROM:<a>\r\nRCPT TO:<b>\r\nDATA\r\nHELO x\r\nRCPT TO:<b>\r\nDATA\r\nMAIL FROM:<a>\r\nDATA\r\nRCPT TO:<b>\r\nHELO x\r\nDATA\r\nMAIL FROM:<a>\r\nRCPT TO:<b>\r\nMAIL FROM:<c>\r\nDATA\r\n'
	[ "$(printf '%s\n' "$output" | cut -c 1-3 | tr '\n' ' ')" = \
		"503 503 503 250 503 503 250 503 250 250 503 250 250 250 503 " ]
}

@test "after a message, taken or refused, the next begins with MAIL FROM" {
	serve smtp-toy 0
	session "${data}x\r\n.\r\nRCPT TO:<b>\r\nDATA\r\n${envelope}DATA\r\na\rb\r\n.\r\nDATA\r\n"
	[ "$(printf '%s\n' "$output" | cut -c 1-3 | tr '\n' ' ')" = \
		"250 250 250 354 250 503 503 250 250 354 550 503 " ]
}

@test "verbs in any case, a space after the colon, the null sender, any recipient" {
	serve smtp-toy 0
	session 'helo x\r\nMail From: <>\r\nrcpt TO:<"a b"@c>\r\nRCPT to: <postmaster>\r\ndata\r\n.\r\n'
	answered_with '250 Hello x, pleased to meet you' '250  ... Sender OK' \
		'250 "a b"@c ... Recipient OK' '250 postmaster ... Recipient OK' \
		'354 Enter mail, end with "." on a line by itself' \
		'250 Message accepted for delivery'
}

@test "a percent sign in an address is only a percent sign" {
	serve smtp-toy 0
	session "$hello"'MAIL FROM:<%%s%%n%%999d>\r\n'
	says '250 %s%n%999d ... Sender OK'
}

@test "a number that is taken is never written over" {
	mkdir mailbox
	echo first >mailbox/1
	ln -s elsewhere mailbox/2
	echo third >mailbox/3
	serve smtp-toy 0
	session "${data}mine\r\n.\r\n"
	[ "$(cat mailbox/1 mailbox/3 mailbox/4 | tr '\n' ' ')" = "first third mine " ]
	[ ! -e elsewhere ]
}

@test "a client that leaves within a message leaves nothing behind" {
	serve smtp-toy 0
	for last in '' 'half' 'half\r\n' 'half\r\n.' 'half\r\n.\r'; do
		exec 5<>"/dev/tcp/127.0.0.1/$port"
		printf "$data$last" >&5
		for n in 1 2 3 4 5; do
			IFS= read -r -t 20 answer <&5
		done
		exec 5>&-
	done
	session "$hello"
	nothing_is_stored
}

@test "killed within a message the server leaves no numbered file" {
	serve smtp-toy 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "${data}half\r\n" >&5
	until_true grep -q half -r mailbox
	kill -9 "$pid"
	wait "$pid" || :
	exec 5>&-
	[ "$(echo mailbox/[0-9]*)" = 'mailbox/[0-9]*' ]
	serve smtp-toy 0
	session "${data}whole\r\n.\r\n"
	[ "$(cat mailbox/1)" = whole ]
}

@test "where the mailbox cannot be written the answer is 452, and 250 when it can again" {
	: >mailbox
	serve smtp-toy 0
	session "${data}lost\r\n.\r\n"
	says '452 '
	rm mailbox
	mkdir mailbox
	session "${data}kept\r\n.\r\n"
	says '250 Message accepted'
	[ "$(cat mailbox/*)" = kept ]
}

@test "where the disk is full in the middle of a message the answer is 452" {
	serve bash -c 'ulimit -f 8; exec smtp-toy 0'
	for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		letters 998
		printf '\\r\\n'
	done >large
	session "$data$(cat large).\r\n"
	says '452 '
	nothing_is_stored
	session "${data}small\r\n.\r\n"
	[ "$(cat mailbox/1)" = small ]
	[ "$(ls -A mailbox)" = 1 ]
}

@test "clients that do not read their answers and go do not end the server" {
	serve smtp-toy 0
	for n in 1 2 3 4 5 6 7 8; do
		exec 5<>"/dev/tcp/127.0.0.1/$port"
		printf 'HELO x\r\nnonsense\r\n%.0s' 1 2 3 4 5 6 7 8 9 >&5 || :
		exec 5>&-
	done
	session "$hello"
	answered_with '250 Hello crepes.fr, pleased to meet you'
	kill -0 "$pid"
}

@test "a client that is silent too long is answered 421 and another is served" {
	command -v "${CC:-cc}" >/dev/null || skip "no C compiler: ${CC:-cc}"
	grep -q 'tv_sec = 300' "$root/server/smtp-toy.c"
	sed 's/tv_sec = 300/tv_sec = 1/' "$root/server/smtp-toy.c" >hasty.c
	"${CC:-cc}" -o hasty hasty.c
	serve ./hasty 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "${data}half" >&5
	timeout 20 cat <&5 >answered
	exec 5>&-
	tail -n 1 answered | grep -q '^421 '
	session "$hello"
	answered_with '250 Hello crepes.fr, pleased to meet you'
	nothing_is_stored
}

@test "stopped and continued, as by Ctrl-Z and fg, the server goes on with the conversation" {
	serve smtp-toy 0
	stop_and_continue "$pid"
	dial
	hear '220 *'
	stop_and_continue "$pid"
	say "${data}ketchup\r"
	for n in 250 250 250 354; do
		hear "$n *"
	done
	stop_and_continue "$pid"
	say '\n.\r\nQUIT\r\n'
	hear '250 Message accepted*'
	hear '221 *'
	silence
	hang_up
	[ "$(cat mailbox/1)" = ketchup ]
}

# filled CLIENT: it has said all, or there is no more room on the way.
filled() { ! kill -0 "$1" || has_state S "$1"; }

@test "stopped and continued while a client takes no answers, the server loses none" {
	serve smtp-toy 0
	dial
	awk 'BEGIN { while (i++ < 300000) printf "x\r\n"; printf "QUIT\r\n" }' >&4 3>&- &
	client=$!
	pids="$pids $client"
	until_true filled "$client"
	stop_and_continue "$pid"
	stop_and_continue "$pid"
	timeout 60 cat <&4 >answered
	hang_up
	[ "$(grep -c '^500 unknown command' answered)" -eq 300000 ]
	[ "$(tail -n 1 answered)" = $'221 hamburger.edu closing connection\r' ]
}

@test "ended by SIGTERM, what was answered 250 is there" {
	serve smtp-toy 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "${data}kept\r\n.\r\n" >&5
	for n in 1 2 3 4 5 6; do
		IFS= read -r -t 20 answer <&5
	done
	kill "$pid"
	exec 5>&-
	[ "$answer" = $'250 Message accepted for delivery\r' ]
	[ "$(cat mailbox/1)" = kept ]
}

@test "only 127.0.0.1 is listened to" {
	serve smtp-toy 0
	[ "$address" = "127.0.0.1:$port" ]
	run bash -c "exec 5<>/dev/tcp/127.0.0.2/$port"
	[ "$status" -ne 0 ]
}

@test "a port in use is refused with its reason, and the status for later" {
	serve smtp-toy 0
	run smtp-toy "$port"
	ends 75
	says "smtp-toy: 127.0.0.1:$port: "
}

@test "a bad command line is answered with the usage" {
	for argument in '' x 65536 99999999999 -1 25x -x; do
		run timeout 20 smtp-toy "$argument"
		ends 64
		says 'usage: smtp-toy PORT'
	done
	run smtp-toy
	ends 64
	run smtp-toy 1 2
	ends 64
	[ -z "$(smtp-toy 2>/dev/null)" ]
	[ "$(smtp-toy -h 2>/dev/null)" = 'usage: smtp-toy PORT' ]
}

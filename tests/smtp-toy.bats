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
}

teardown() { common_teardown; }

# session BYTES...: they are said, QUIT after them; $output is what was answered after
# the greeting and before the farewell, the CRs taken off.
session() {
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "$@" >&5
	printf 'QUIT\r\n' >&5
	timeout 300 cat <&5 >answered
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

@test "every sentence of tests/conversations/smtp-toy holds" { conversations smtp-toy; }

@test "a text line of 1000 octets with CRLF is taken, one of 1001 refused after the dot" {
	serve smtp-toy 0
	refuses 500 "$(letters 999)\r\n.\r\n"
	refuses 500 "$(letters 999)\r\n$(letters 5)\r\n.\r\n"
	refuses 500 "$(letters 99999)\r\n.\r\n"
	session "$data$(letters 998)\r\n.\r\n"
	reads mailbox/1 "$(letters 998)"
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
			IFS= read -r -t 120 answer <&5
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
	reads mailbox/1 whole
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
	reads mailbox/1 small
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
	has_line '*tv_sec = 300*' "$root/server/smtp-toy.c"
	sed 's/tv_sec = 300/tv_sec = 1/' "$root/server/smtp-toy.c" >hasty.c
	"${CC:-cc}" -o hasty hasty.c
	serve ./hasty 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "${data}half" >&5
	timeout 300 cat <&5 >answered
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
	reads mailbox/1 ketchup
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
	timeout 300 cat <&4 >answered
	hang_up
	has_exactly 300000 '500 unknown command*' answered
	[ "$(tail -n 1 answered)" = $'221 hamburger.edu closing connection\r' ]
}

@test "ended by SIGTERM, what was answered 250 is there" {
	serve smtp-toy 0
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf "${data}kept\r\n.\r\n" >&5
	for n in 1 2 3 4 5 6; do
		IFS= read -r -t 120 answer <&5
	done
	kill "$pid"
	exec 5>&-
	[ "$answer" = $'250 Message accepted for delivery\r' ]
	reads mailbox/1 kept
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
		run timeout 300 smtp-toy "$argument"
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

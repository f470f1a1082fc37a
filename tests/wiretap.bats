#!/usr/bin/env bats
# wiretap: what passes through it, and what it writes down. Both sides of the
# conversation are transcripts that replay performs.

load common

setup() {
	common_setup
}

teardown() {
	common_teardown
}

# between SCRIPT OPTION...: a wiretap in front of replay, which performs the S: side.
between() {
	serve replay -x -k -l 127.0.0.1:0 "$1"
	far=$server_out
	shift
	serve wiretap "$@" -l 127.0.0.1:0 "$address"
}

# record: what it wrote of the conversation, without its first lines.
record() {
	grep -v '^listening\|^#' "$server_out"
}

@test "what it writes down is what was said, and replay can perform it" {
	article=$root/lessons/03-the-transcript/expected.txt
	between "$article"
	replay -x "$address" "$article" >said
	same "$article" said
	until_true grep -q '^!S closes' "$server_out"
	record | grep -v '^!' >heard
	same "$article" heard
	record >whole
	serve replay -x -l 127.0.0.1:0 whole
	replay -x "$address" whole
	wait "$pid"
}

@test "no byte is changed, whatever it is, and however the stream was cut" {
	awk 'BEGIN { for (i = 0; i < 256; i++) if (i != 10)
		printf "C:\\x%02x%s\n", i, i % 3 ? "\\c" : i % 2 ? "\\n" : "" }' >script
	echo 'S:got it' >>script
	between script
	replay -x -c 1 "$address" script >said
	[ "$(tail -n 1 said)" = 'S:got it' ]
	until_true grep -q '^!S closes' "$server_out"
	record | grep -v '^!' >one
	replay -x "$address" script >said
	until_true has_lines 2 '^!S closes' "$server_out"
	record | grep -v '^!' | tail -n "$(wc -l <one)" >two
	same one two
}

@test "an unfinished line is held until the direction turns" {
	printf 'S:Name? \\c\nC:Alice\nS:Hello\n' >script
	between script
	run replay -x "$address" script
	ends 0
	until_true grep -q '^!S closes' "$server_out"
	record | head -n 3 >heard
	same script heard
}

@test "each direction is closed as its peer did" {
	printf 'S:220 x\nC:last words\n!C closes\nS:I heard\n!S closes\n' >script
	between script
	run replay -x "$address" script
	ends 0
	until_true grep -q '^!S closes' "$server_out"
	record >heard
	same script heard
}

@test "a reset is passed on as a reset" {
	printf 'S:220 x\nC:one\n!S resets\n' >script
	between script
	run replay -x "$address" script
	ends 0
	until_true grep -q '^!S resets' "$server_out"
}

@test "with -o there is a file for each conversation, never over an older one" {
	printf 'S:220 x\nC:QUIT\n' >script
	mkdir heard
	echo precious >heard/1.txt
	between script -o heard
	replay -x "$address" script
	replay -x "$address" script
	until_true grep -q '^!C closes' heard/3.txt
	[ "$(cat heard/1.txt)" = precious ]
	[ "$(sed -n 2,3p heard/2.txt)" = "$(cat script)" ]
}

@test "several conversations at once stay whole on standard output" {
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	serve wiretap -l 127.0.0.1:0 "$address"
	echo hello >letter
	children=
	for i in 1 2 3 4 5 6 7 8; do
		smtp-send -n "host$i" -f alice@crepes.fr -t bob@hamburger.edu "$address" letter letter \
			>"out$i" 3>&- &
		children="$children $!"
	done
	for child in $children; do wait "$child"; done
	until_true has_lines 8 '^!S closes' "$server_out"
	# In each block one host introduces itself, and the server says hello to that one.
	awk '/^# conversation/ { name = ""; n++ }
		/^C:EHLO/ { if (name != "") exit 1; name = substr($0, 8) }
		/^S:250-hamburger/ && $3 != name "," { exit 1 }
		END { exit n != 8 }' "$server_out"
}

@test "-m leaves passwords out" {
	printf 'S:+OK\nC:USER bob\nS:+OK\nC:pass sesame\nS:+OK\nC:AUTH LOGIN\nS:334 x\nC:c2VzYW1l\nS:235 x\n' >script
	between script -m
	replay -x "$address" script
	until_true grep -q '^!S closes' "$server_out"
	record >heard
	run grep -ci 'sesame\|c2VzYW1l' heard
	[ "$output" = 0 ]
	grep -q '^C:USER bob$' heard
	grep -q '^C:pass {any}$' heard
}

@test "where the server is not there the client is closed, and the next one is served" {
	serve wiretap -l 127.0.0.1:0 127.0.0.1:1
	printf '!S closes\n' >script
	run replay "$address" script
	ends 0
	run replay "$address" script
	ends 0
	grep -q 'wiretap: 127.0.0.1:1: ' "$server_err"
}

@test "usage: 64; a folder that is not there: 74; TERM ends it with 0" {
	run wiretap 127.0.0.1:1
	ends 64
	run wiretap -l 127.0.0.1:0
	ends 64
	run wiretap -h
	ends 0
	run wiretap -o nowhere -l 127.0.0.1:0 127.0.0.1:1
	ends 74
	serve wiretap -l 127.0.0.1:0 127.0.0.1:1
	kill -TERM "$pid"
	wait "$pid"
}

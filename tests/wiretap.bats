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
	serve replay -x -i 60s -k -l 127.0.0.1:0 "$1"
	far_address=$address
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
	until_true has_line '!S closes*' "$server_out"
	record | grep -v '^!' >heard
	same "$article" heard
	record >whole
	serve replay -x -l 127.0.0.1:0 whole
	replay -x "$address" whole
	wait "$pid"
}

@test "not a byte is changed, whatever it is, and however the stream was cut" {
	awk 'BEGIN { for (i = 0; i < 256; i++) if (i != 10)
		printf "C:\\x%02x%s\n", i, i % 3 ? "\\c" : i % 2 ? "\\n" : "" }' >script
	echo 'S:got it' >>script
	between script
	replay -x -c 1 "$address" script >said
	[ "$(tail -n 1 said)" = 'S:got it' ]
	until_true has_line '!S closes*' "$server_out"
	record | grep -v '^!' >one
	replay -x "$address" script >said
	until_true has_lines 2 '!S closes*' "$server_out"
	record | grep -v '^!' | tail -n "$(wc -l <one)" >two
	same one two
}

@test "SMTP, POP3 and HTTP leave the same record, in single bytes and in one piece" {
	local name
	{ cat "$root/lessons/03-the-transcript/expected.txt" && printf '!S closes\n!C closes\n'; } >smtp
	printf 'S:+OK\nC:RETR 1\nS:+OK\nS:250-a\nS:..\nS:.\nC:QUIT\nS:+OK\n!S closes\n!C closes\n' >pop3
	{
		printf 'C:POST / HTTP/1.1\nC:\nC:a=1\\c\nS:HTTP/1.1 200 OK\nS:\n'
		awk 'BEGIN { printf "S:"; for (i = 0; i < 256; i++) if (i != 10) printf "\\x%02x", i; print "\\c" }'
		printf 'C:GET / HTTP/1.1\nC:\nS:HTTP/1.1 404 no\nS:\n!C closes\n!S closes\n'
	} >http
	for name in smtp pop3 http; do
		serve replay -x -k -l 127.0.0.1:0 $name
		whole=$address
		serve replay -x -k -c 1 -l 127.0.0.1:0 $name
		single=$address
		mkdir $name.d
		serve wiretap -o $name.d -l 127.0.0.1:0 "$whole"
		replay -x "$address" $name
		until_true has_line '!S closes*' $name.d/1.txt
		until_true has_line '!C closes*' $name.d/1.txt
		serve wiretap -o $name.d -l 127.0.0.1:0 "$single"
		replay -x -c 1 "$address" $name
		until_true has_line '!S closes*' $name.d/2.txt
		until_true has_line '!C closes*' $name.d/2.txt
		same <(tail -n +2 $name.d/1.txt) <(tail -n +2 $name.d/2.txt)
		compare-transcripts $name $name.d/1.txt
	done
}

@test "an unfinished line is held until the direction turns" {
	printf 'S:Name? \\c\nC:Alice\nS:Hello\n' >script
	between script
	run replay -x "$address" script
	ends 0
	until_true has_line '!S closes*' "$server_out"
	record | head -n 3 >heard
	same script heard
}

@test "each direction is closed as its peer did" {
	printf 'S:220 x\nC:last words\n!C closes\nS:I heard\n!S closes\n' >script
	between script
	run replay -x "$address" script
	ends 0
	until_true has_line '!S closes*' "$server_out"
	record >heard
	same script heard
}

@test "a reset is passed on as a reset" {
	printf 'S:220 x\nC:one\n!S resets\n' >script
	between script
	run replay -x "$address" script
	ends 0
	until_true has_line '!S resets*' "$server_out"
}

@test "with -o there is a file for each conversation, never over an older one" {
	printf 'S:220 x\nC:QUIT\n' >script
	mkdir heard
	echo precious >heard/1.txt
	between script -o heard
	replay -x "$address" script
	replay -x "$address" script
	until_true has_line '!C closes*' heard/3.txt
	reads heard/1.txt precious
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
	until_true has_lines 8 '!S closes*' "$server_out"
	# In each block one host introduces itself, and the server says hello to that one.
	awk '/^# conversation/ { name = ""; n++ }
		/^C:EHLO/ { if (name != "") exit 1; name = substr($0, 8) }
		/^S:250-hamburger/ && $3 != name "," { exit 1 }
		END { exit n != 8 }' "$server_out"
}

@test "-d: what either side says arrives so much later" {
	printf 'S:220 x\nC:QUIT\nS:221 x\n' >script
	between script -d 2s
	run replay -i 1s "$address" script
	ends 1
	says 'expected 220, but the other side is silent'
	serve wiretap -d 10ms -l 127.0.0.1:0 "$far_address"
	run replay -x -i 60s "$address" script
	ends 0
}

@test "-d: a new connection costs a round trip, before the server hears of it" {
	printf 'S:220 x\n' >script
	between script -d 3s -o .
	dial
	kill -TERM "$pid" # long before the round trip is over
	wait "$pid"
	hang_up
	[ ! -e 1.txt ]
}

@test "-d: not an octet is changed or lost on a long way, and each side closes after its last words" {
	{
		printf 'S:220 x\n'
		awk 'BEGIN { for (i = 0; i < 300; i++) printf "C:%0200d\n", i }'
		printf 'C:last words\n!C closes\n'
		awk 'BEGIN { for (i = 0; i < 300; i++) printf "S:%0200d\n", i }'
		printf 'S:I heard\n!S closes\n'
	} >script
	for pieces in 8192 1000; do
		between script -d 15ms
		run replay -x -i 60s -c "$pieces" "$address" script
		ends 0
		until_true has_line '!S closes*' "$server_out"
		record >heard
		same script heard
	done
}

@test "-d: a reset arrives after what was said before it" {
	printf 'S:220 x\nC:one\nS:two\n!S resets\n' >script
	between script -d 20ms
	run replay -x "$address" script
	ends 0
	until_true has_line '!S resets*' "$server_out"
	says 'S:two'
}

# masked SCRIPT SECRET...: what -m writes down of it is in the file heard, none of the
# secrets is.
masked() {
	printf '%b' "$1" >script
	shift
	script_masked "$@"
}
# script_masked SECRET...: the same of the file script.
script_masked() {
	local secret
	between script -m
	replay -x "$address" script >played
	until_true has_line '!S closes*' "$server_out"
	record >heard
	for secret in "$@"; do
		run grep -i "$secret" heard
		ends 1
	done
}

@test "-m leaves passwords out" {
	masked 'S:+OK\nC:USER bob\nS:+OK\nC:pass sesame\nS:+OK\nC:APOP bob c4c9334b\nS:+OK\n' sesame c4c9
	has_line 'C:USER bob' heard
	has_line 'C:pass {any}' heard
}

@test "-m leaves out what AUTH is told, and each answer to its challenges" {
	masked 'S:220 x\nC:AUTH LOGIN\nS:334 x\nC:Ym9i\nS:334 x\nC:c2VzYW1l\nS:235 x\nC:NOOP\nS:250 x\n' Ym9i c2Vz
	has_line 'C:AUTH LOGIN' heard
	has_line 'C:NOOP' heard
	masked 'S:220 x\nC:auth plain AGJvYgBzZXNhbWU=\nS:535 x\nC:AUTH CRAM-MD5\nS:334 PDE+\nC:Ym9iIGZm\nS:235 x\n' AGJv Ym9i
	has_line 'C:auth plain {any}' heard
	masked 'S:+OK\nC:AUTH PLAIN\nS:+\\x20\nC:AGJvYgBzZXNhbWU=\nS:+OK\n' AGJv
	masked 'S:220 x\nC:AUTH LOGIN\nC:Ym9i\nC:c2VzYW1l\nS:334 x\nS:334 x\nS:235 x\n' Ym9i c2Vz
}

@test "-m leaves a password out however it was cut" {
	masked 'S:+OK\nC:USER bob\nC:PA\\c\nS:+OK\nC:SS sesame\nS:+OK\n' sesame
	masked 'S:+OK\nC:USER bob\nC:PASS krypt\\c\nS:+OK\nC:onite\nS:+OK\n' krypt onite
	masked 'S:+OK\nC:NOOP\nC:PASS\\c\nS:+OK\nC: sesame\nS:+OK\n' sesame
	masked 'S:220\nC:NOOP\nC:AUTH PLA\\c\nS:250\nC:IN sesame\nS:235\n' sesame
	masked 'S:220\nC:AUTH LOGIN\nC:krypt\\c\nS:33\\c\nC:onite\nS:4\nC:krypton\nS:235\n' krypt onite
	masked 'C:PASS\\x09sesame\nS:+OK\nC:  PASS sesame\nS:+OK\nC:PASS sesame\\n\nS:+OK\n' sesame
	masked 'S:+OK\nC:NO\\c\nS:+OK\nC:OP\nS:+OK\n' NO.c
	has_line 'C:NOOP' heard
	awk 'BEGIN { printf "S:+OK\nC:PASS \\c\n"; for (i = 0; i < 200; i++) {
		for (j = 0; j < 700; j++) printf j ? "sesame" : "C:"; print "\\c" }
		print "C:sesame\nS:+OK" }' >script
	script_masked sesame
}

@test "-m leaves out what HTTP knows a person by" {
	masked 'C:GET / HTTP/1.1\nC:Host: a\nC:authorization: Basic c2VzYW1l\nC:Cookie: id=sesame\nC: sesame\nC:Accept: a\nC:\nS:HTTP/1.1 200 OK\nS:Set-Cookie: id=sesame\nS:Server: b\nS:\n' sesame c2Vz
	has_line 'C:Accept: a' heard
	has_line 'S:Server: b' heard
	has_line 'C:authorization: {any}' heard
}

@test "where the server is not there the client meets a reset, and so does the next one" {
	serve wiretap -l 127.0.0.1:0 127.0.0.1:1
	printf '!S resets\n' >script
	for client in one two; do
		run replay "$address" script
		# It may be met while the client is still dialling.
		[ "$status" -eq 0 ] || { ends 75 && says 'Connection reset by peer'; }
	done
	[ "$(cat "$server_err")" = 'wiretap: 127.0.0.1:1: Connection refused
wiretap: 127.0.0.1:1: Connection refused' ]
}

@test "a server's last words are heard before its reset" {
	{ echo 'S:220 a' && awk 'BEGIN { for (i = 0; i < 99999; i++) printf "C:%0200d\n", i }'; } >client
	printf 'S:220 a\nC:{any}\nS:421 enough\n!S resets\n' >script
	serve replay -l 127.0.0.1:0 script
	serve wiretap -l 127.0.0.1:0 "$address"
	run replay "$address" client
	ends 1
	until_true has_line '!S resets*' "$server_out"
	[ "$(record | grep -v '^C:')" = "$(grep -v '^C:' script)" ]
	says 'S:421 enough'
}

@test "however many conversations end while the first goes on, the next is served" {
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	serve bash -c "ulimit -n 24; exec wiretap -l 127.0.0.1:0 $address"
	dial
	hear 220*
	until_true has_line 'S:220*' "$server_out"
	for name in 1 2 3 4 5 6 7 8 9 10 11 12; do
		printf 'S:220\nC:HELO %s.fr\nS:250\nC:QUIT\nS:221\n' "$name" >client
		run replay "$address" client
		ends 0
	done
	[ "$(record)" = 'S:220 hamburger.edu' ]
	say 'HELO 0.fr\r\nQUIT\r\n'
	hear 250*
	hear 221*
	hang_up
	until_true has_lines 13 '!S closes*' "$server_out"
	[ "$(record | sed -n 's/^C:HELO //p' | tr '\n' ' ')" = "$(printf '%s.fr ' 0 1 2 3 4 5 6 7 8 9 10 11 12)" ]
}

@test "told to end in the middle of a line it writes down what was said" {
	printf 'S:220 x\nC:{any}\nS:Name? \\c\nC:{any}\n' >script
	between script -o .
	dial
	hear 220*
	say 'one\r\n'
	until_true has_line 'C:one*' 1.txt
	IFS= read -r -t 120 -u 4 -n 6 name # the record holds it back, for its line has not ended
	[ "$name" = 'Name? ' ]
	say 'two'
	until_true has_line 'S:Name[?] ?c*' 1.txt
	kill -TERM "$pid"
	wait "$pid"
	hang_up
	printf '# conversation 1\nS:220 x\nC:one\nS:Name? \\c\nC:two\\c\n' >expected
	same expected 1.txt
}

# lossy: a conversation of 100 lines passes whole, though its record does not; one clear
# line, and 74 at the end.
lossy() {
	run replay -x "$address" script
	ends 0
	[ "$(printf '%s\n' "$output" | grep -c '^C:')" -eq 100 ]
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	output=$(cat "$server_err")
	ends 74
	has_line "wiretap: conversation 1 is written down no further: $1*" "$server_err"
	has_exactly 1 '*' "$server_err"
}

@test "where the disk is full the conversation goes on, and it ends with 74" {
	awk 'BEGIN { print "S:220 x"; for (i = 0; i < 100; i++) printf "C:%099d\n", i; print "S:250 x" }' >script
	between script -o .
	kill "$pid"
	serve bash -c "ulimit -f 2; exec wiretap -o . -l 127.0.0.1:0 ${far_address:?}"
	lossy 'File too large'
	[ "$(wc -c <1.txt)" -le 2048 ]
}

@test "where the folder has vanished the conversation goes on, and it ends with 74" {
	awk 'BEGIN { print "S:220 x"; for (i = 0; i < 100; i++) printf "C:%099d\n", i; print "S:250 x" }' >script
	mkdir heard
	between script -o heard
	rmdir heard
	lossy 'No such file'
}

@test "where nobody reads standard output any more the conversation goes on, and it ends with 74" {
	printf 'S:220 x\nC:one\nS:250 x\n' >script
	serve replay -x -k -l 127.0.0.1:0 script
	mkfifo pipe
	wiretap -l 127.0.0.1:0 "$address" >pipe 2>told 3>&- &
	pid=$!
	pids="$pids $pid"
	address=$(head -n 1 pipe | sed 's/^listening on //')
	run replay -x "$address" script
	ends 0
	kill -TERM "$pid"
	status=0
	wait "$pid" || status=$?
	ends 74
	reads told 'wiretap: conversation 1 is written down no further: Broken pipe'
}

@test "where standard output is closed or full that is one line, and 74" {
	article=$root/lessons/03-the-transcript/expected.txt
	between "$article"
	kill "$pid"
	wait "$pid"
	for output in '>&-' '>/dev/full'; do
		[ "$output" = '>&-' ] || [ -e /dev/full ] || continue
		bash -c "exec wiretap -l $address $far_address $output" 2>told 3>&- &
		pid=$!
		pids="$pids $pid"
		until_true replay -x "$address" "$article"
		kill -TERM "$pid"
		status=0
		wait "$pid" || status=$?
		ends 74
		[ "$(cut -d: -f 1,2 told)" = 'wiretap: conversation 1 is written down no further' ]
	done
}

@test "usage: 64; a wrong folder: 74; a port that is taken: 69; TERM ends it with 0" {
	local arguments
	for arguments in '127.0.0.1:1' '-l 127.0.0.1:0' '-l 127.0.0.1:0 nowhere' '-l x 127.0.0.1:1' \
		'-l 127.0.0.1:0 a:1 b:1' '-d soon -l 127.0.0.1:0 127.0.0.1:1' '-z -l 127.0.0.1:0 127.0.0.1:1'; do
		# shellcheck disable=SC2086 # each is several arguments
		run wiretap $arguments
		echo "of: $arguments"
		ends 64
		says 'usage: wiretap'
	done
	run wiretap -l 127.0.0.1:2525 127.0.0.1:2525
	ends 64
	says 'wiretap: 127.0.0.1:2525: it cannot be its own server'
	run wiretap -h
	ends 0
	says 'Example: wiretap '
	: >file
	for folder in nowhere file ''; do
		run wiretap -o "$folder" -l 127.0.0.1:0 127.0.0.1:1
		ends 74
		says "wiretap: $folder: "
	done
	serve wiretap -l 127.0.0.1:0 127.0.0.1:1
	run wiretap -l "$address" 127.0.0.1:1
	ends 69
	kill -TERM "$pid"
	wait "$pid"
}

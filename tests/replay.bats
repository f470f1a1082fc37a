# replay: it performs a side of a transcript, prints what was really said, and
# says where reality departs from it. How a line is spelled is in transcript.bats.
load common

setup() {
	common_setup
	article=$root/lessons/03-the-transcript/expected.txt
}
teardown() { common_teardown; }

# plays SERVER CLIENT [OPTION...]: one replay is the server of a transcript, another
# the client of one, with the options; $output and $status are the client's, and
# $server_status the server's.
plays() {
	printf '%b' "$1" >server
	printf '%b' "$2" >client
	shift 2
	serve replay -x -i 5s -l 127.0.0.1:0 server
	run replay "$@" "$address" client
	server_status=0
	wait "$pid" || server_status=$?
}

# agrees SERVER CLIENT [OPTION...]
agrees() {
	plays "$@"
	ends 0 || { echo "of: $1 and $2"; return 1; }
}

# departs SERVER CLIENT WHAT [OPTION...]: it exits 1 and says what, and where.
departs() {
	local server=$1 client=$2 what=$3
	shift 3
	plays "$server" "$client" "$@"
	if ! { ends 1 && says "replay: client:$what"; }; then
		echo "of: $server and $client"
		return 1
	fi
}

# served_ends STATUS: of the server that serve started.
served_ends() {
	status=0
	wait "$pid" || status=$?
	output=$(cat "$server_out" "$server_err")
	ends "$1"
}

@test "client and server of the article's transcript both print it, line by line" {
	serve replay -x -l 127.0.0.1:0 "$article"
	replay -x "$address" "$article" >got
	served_ends 0
	same "$article" got
	tail -n +2 "$server_out" >got
	same "$article" got
}

@test "pieces of 1, 2, 3 and 5 octets make no difference" {
	local piece clients=
	for piece in 1 2 3 5; do
		serve replay -x -c "$piece" -l 127.0.0.1:0 "$article"
		replay -x -c "$piece" "$address" "$article" >"got$piece" 3>&- &
		clients="$clients $!"
	done
	for pid in $clients; do wait "$pid"; done
	for piece in 1 2 3 5; do same "$article" "got$piece"; done
}

@test "smtp-server says what the article says, whole and in pieces" {
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	replay -x "$address" "$article" >got
	same "$article" got
	replay -x -c 1 "$address" "$article" >got
	same "$article" got
}

@test "smtp-toy says so too" {
	serve smtp-toy 0
	replay -x "$address" "$article" >got
	same "$article" got
}

@test "what was printed is a transcript again, and plays again" {
	mkdir -p mail/bob
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	printf 'S:220 {any}\nC:EHLO crepes.fr\nS:250 {any}\nC:HELP me\nS:214 x\nC:QUIT\nS:221 x\n' >t
	replay "$address" t >first
	has_line 'S:250-hamburger.edu Hello crepes.fr*' first
	replay -x "$address" first >second
	same first second
	serve replay -x -l 127.0.0.1:0 first
	replay -x "$address" first >third
	same first third
}

@test "a reply is held to its code; with -x to its words" {
	agrees 'S:220 one\nC:A\nS:250 two\n' 'S:220 x\nC:A\nS:250\n'
	agrees 'S:220\n' 'S:220 hamburger.edu\n'
	agrees 'S:250 \\x20\nS:250\\x20\n' 'S:250 a\nS:250\n'
	departs 'S:220 one\n' 'S:220 two\n' \
		'1: expected 220, got 220: the code is right, the words are not' -x
	says $'\texpected  S:220 two'
	says $'\tgot       S:220 one'
	departs 'S:220 one\n' 'S:220\n' '1: expected 220, got 220: the code' -x
	departs 'S:25 one\n' 'S:250 one\n' '1: expected 250, got 25: something else was said'
	departs 'S:2500 one\n' 'S:250 one\n' '1: expected 250, got 2500: something else'
}

@test "a reply of many lines is one reply, however many each side has" {
	agrees 'S:250-a\nS:250-b\nS:250 c\nC:A\nS:221 x\n' 'S:250 z\nC:A\nS:221 x\n'
	agrees 'S:250 c\nC:A\nS:221 x\n' 'S:250-x\nS:250-y\nS:250 z\nC:A\nS:221 x\n'
	agrees 'S:250-a\nS:250 b\nC:A\n' 'S:250-x\n!wait 0\nS:250-y\nS:250 z\nC:A\n'
	departs 'S:250-a\nS:250 b\n' 'S:250 a\n' '1: expected 250, got 250' -x
	departs 'S:250-a\nS:250 b\n' 'S:250-a\nS:250-b\nS:250 c\n' '2: expected 250, got 250' -x
}

@test "the lines of one reply all have its code" {
	departs 'S:250-a\nS:550 b\n' 'S:250 a\n' \
		'1: expected the rest of the reply, got 550: this was not to be said'
	departs 'S:250-a\nS:250x\n' 'S:250 a\n' '1: expected the rest of the reply, got 250x'
	departs 'S:250-a\nS:hello\n' 'S:250 a\n' '1: expected the rest of the reply, got hello'
	departs 'S:250-a\nS:250 b\\n\n' 'S:250 a\n' '1: expected the rest of the reply, got 250'
	departs 'S:250-a\n' 'S:250 a\n' \
		'1: expected the rest of the reply, but the other side has closed the connection'
}

@test "of POP3 the first word counts, of HTTP the status" {
	agrees 'S:+OK ready\nC:A\nS:-ERR no\n' 'S:+OK\nC:A\nS:-ERR never\n'
	departs 'S:-ERR no\n' 'S:+OK\n' '1: expected +OK, got -ERR: refused'
	agrees 'C:A\nS:HTTP/1.0 200 OK\n' 'C:A\nS:HTTP/1.1 200 Fine\n'
	departs 'C:A\nS:HTTP/1.1 404 Not Found\n' 'C:A\nS:HTTP/1.1 200 OK\n' \
		'2: expected 200, got 404: the request cannot be served'
	departs 'C:A\nS:HTTP/1.1 301 Moved\n' 'C:A\nS:HTTP/1.1 200 OK\n' \
		'2: expected 200, got 301: it is to be had elsewhere'
	departs 'C:A\nS:HTTP/1.1 503 Busy\n' 'C:A\nS:HTTP/1.1 200 OK\n' \
		'2: expected 200, got 503: the server has failed'
}

@test "a line of a text that POP3 or HTTP serves is no reply, even if it looks like one" {
	local text='S:+OK\nC:RETR 1\nS:+OK\nS:250-one\nS:two\nS:.\nC:QUIT\nS:+OK\n'
	agrees "$text" "$text"
	text='C:GET / HTTP/1.1\nC:\nS:HTTP/1.1 200 OK\nS:\nS:250-one\\c\nC:GET / HTTP/1.1\nC:\nS:HTTP/1.1 404 x\nS:\n'
	agrees "$text" "$text"
}

@test "a departure is told with the line expected, the line got, and what it means" {
	departs 'S:220 a\nC:MAIL\nS:550 no such user\n' '# so\nS:220 a\nC:MAIL\nS:250 OK\n' \
		'4: expected 250, got 550: refused for good'
	[ "$output" = 'S:220 a
C:MAIL
S:550 no such user
replay: client:4: expected 250, got 550: refused for good
	expected  S:250 OK
	got       S:550 no such user' ]
	departs 'S:450 a\n' 'S:250 b\n' '1: expected 250, got 450: not now: try again later'
	departs 'S:421 a\n' 'S:250 b\n' '1: expected 250, got 421: the server closes the conversation'
	departs 'S:354 a\n' 'S:250 b\n' '1: expected 250, got 354: it waits for more'
	departs 'S:250 a\n' 'S:354 b\n' '1: expected 354, got 250: done'
	departs 'S:hello there\n' 'S:250 b\n' '1: expected 250, got hello: something else was said'
	departs 'S:\nC:A\n' 'S:250\nC:A\n' '1: expected 250, got an empty line: something else'
	departs 'S:250\nC:A\n' 'S:\nC:A\n' '1: expected an empty line, got 250'
}

@test "a bare LF and a line without end are departures, whatever the code" {
	departs 'S:250 a\\n\n' 'S:250 a\n' '1: expected 250, got 250: the line ends in a bare LF, not in CRLF (RFC 5321, 2.3.8)'
	departs 'S:250\\n\n' 'S:250\n' '1: expected 250, got 250: the line ends in a bare LF'
	departs 'S:250 a\\c\n' 'S:250 a\n' '1: expected 250, got 250: the line has no end'
	departs 'S:250 a\n' 'S:250 a\\n\n' '1: expected 250, got 250: the line ends in CRLF'
	agrees 'S:250 a\\n\n' 'S:250 b\\n\n'
	departs 'S:550 \\\\n\n' 'S:250 a\n' '1: expected 250, got 550: refused for good'
}

@test "a close, a reset and silence are told, each in its words" {
	departs 'S:220 a\nC:A\n!S closes\n' 'S:220 a\nC:A\nS:250 b\n' \
		'3: expected 250, but the other side has closed the connection'
	says $'\texpected  S:250 b'
	departs 'S:220 a\nC:A\n!S resets\n' 'S:220 a\nC:A\nS:250 b\n' \
		'3: expected 250, but the other side has reset the connection'
	departs 'S:220 a\n!C closes\n' 'S:220 a\nS:250 b\n' \
		'2: expected 250, but the other side is silent' -i 3s
}

@test "anything said after the last line is a departure" {
	departs 'S:220 a\nS:220 b\n' 'S:220 a\n' \
		'1: expected nothing more, got 220: this was not to be said'
	plays 'S:220 a\n' 'S:220 a\nC:HELO\n'
	ends 0
	output=$(cat "$server_err")
	says 'replay: server:1: expected nothing more, got HELO: this was not to be said'
	[ "$server_status" -eq 1 ]
}

@test "what a client says is held to the letter" {
	plays 'C:HELO crepes.fr\nS:250 a\n' 'C:HELO cr\xc3\xaapes.fr\nS:250 a\n'
	[ "$server_status" -eq 1 ]
	output=$(cat "$server_err")
	says 'replay: server:1: expected HELO, got HELO: the first word is right, the rest is not'
	plays 'C:HELO a\nS:250 a\n' 'C:QUIT\nS:250 a\n'
	output=$(cat "$server_err")
	says 'replay: server:1: expected HELO, got QUIT: something else was said'
}

@test "{any} is any text within a line" {
	agrees 'S:220 hamburger.edu ready\nS:\nS:aXbXc\n' 'S:220 {any} ready\nS:{any}\nS:{any}a{any}X{any}c{any}\n' -x
	departs 'S:220 a b\n' 'S:220 {any}c\n' '1: expected 220, got 220' -x
	departs 'S:220 a\\n\n' 'S:220 {any}\n' '1: expected 220, got 220: the line ends in a bare LF' -x
	agrees 'S:a {{any} b\n' 'S:a {any} b\n' -x
	departs 'S:a x b\n' 'S:a {{any} b\n' '1: expected a, got a' -x
}

@test "{NAME} is the same everywhere, and is said as it was heard" {
	agrees 'S:+OK <1.2@b>\nC:APOP bob <1.2@b> x\nS:+OK <1.2@b> again\n' \
		'S:+OK {STAMP}\nC:APOP bob {STAMP} x\nS:+OK {STAMP} {any}\n' -x
	says 'C:APOP bob <1.2@b> x'
	departs 'S:1 a\nS:2 b\n' 'S:1 {X}\nS:2 {X}\n' '2: expected 2, got 2' -x
	agrees 'S:1-2-1-2-3-1-2\n' 'S:{A}-{B}-{A}\n' -x
	agrees 'S:x1-1\n' 'S:{any}{A}-{A}\n' -x
	departs 'S:1-2\n' 'S:{A}-{A}\n' '1: expected {A}-{A}, got 1-2' -x
	agrees 'S:a\\\\ {{ \\x01\\xff\nC:<a\\\\ {{ \\x01\\xff>\n' 'S:{X}\nC:<{X}>\n' -x
	[ "$server_status" -eq 0 ]
}

@test "a name that was not heard cannot be said, nor can {any} and {lines}" {
	local line
	for line in '{NAME}' '{any}' '{lines}'; do
		plays 'C:{lines}\n' "C:HELO\nC:$line\n"
		ends 65
		says 'replay: client:2: this cannot be said'
		says 'C: is played without -l, S: with -l'
	done
}

@test "{lines} is any number of lines before the one that comes next" {
	agrees 'S:a\nS:b\nS:.\nC:QUIT\n' 'S:{lines}\nS:.\nC:QUIT\n' -x
	agrees 'S:.\nC:QUIT\n' 'S:{lines}\nS:.\nC:QUIT\n' -x
	agrees 'C:{lines}\nC:.\nS:250 a\n' 'C:one\nC:..\nC:.\nS:250 a\n'
	[ "$server_status" -eq 0 ]
	departs 'S:a\nS:b\n!S closes\n' 'S:{lines}\nS:.\n' \
		'2: expected ., but the other side has closed the connection' -x
}

@test "{lines} before our turn is the rest of the reply, or a whole one" {
	agrees 'S:220 a\nC:EHLO\nS:250-a\nS:250-b\nS:250 c\nC:QUIT\nS:221 a\n' \
		'S:220 a\nC:EHLO\nS:250-{any}\nS:{lines}\nC:QUIT\nS:221 a\n' -x
	agrees 'S:220 a\nC:EHLO\nS:250-a\nS:250-b\nS:250 c\nC:QUIT\nS:221 a\n' \
		'S:{lines}\nC:EHLO\nS:{lines}\nC:QUIT\nS:221 a\n' -x
	agrees 'S:250-a\nS:250-b\nS:250 c\nC:A\n' 'S:250-x\nS:{lines}\nS:250 z\nC:A\n'
	departs 'S:250-a\nS:250-b\nS:250 c\nC:A\n' 'S:250-a\nS:{lines}\nS:250 z\nC:A\n' \
		'3: expected 250, got 250: the code is right' -x
}

@test "{lines} at the end, or before a close or a reset, is all that comes" {
	agrees 'S:a\nS:b\nS:c\n' 'S:{lines}\n' -x
	agrees 'S:a\nS:b\n!S closes\n' 'S:{lines}\n!S closes\n' -x
	agrees 'C:x\n!S resets\n' 'C:x\nS:{lines}\n!S resets\n' -x
	departs 'C:x\n!S resets\n' 'C:x\nS:{lines}\n!S closes\n' \
		'3: expected the end, but the other side has reset the connection' -x
	agrees 'S:a\n!C closes\nS:b\n' 'S:{lines}\n!C closes\nS:b\n' -x
	[ "$server_status" -eq 0 ]
}

@test "events are performed, expected, and printed" {
	local events
	for events in 'C:A\n!C closes\nS:250 a\n!S closes\n' 'S:a\n!S closes\nC:b\n!C closes\n' \
		'S:a\nC:b\n!C resets\n' 'C:b\nS:a\n!S resets\n' 'S:a\n!wait 0.2\nC:b\n'; do
		agrees "$events" "$events" -x
		[ "$server_status" -eq 0 ]
		[ "$output" = "$(printf '%b' "$events")" ]
		[ "$(tail -n +2 "$server_out")" = "$output" ]
	done
	departs 'S:a\nS:b\n!S closes\n' 'S:a\n!S closes\n' \
		'2: expected the end, got b: this was not to be said'
	departs 'S:a\n!S closes\n' 'S:a\n!S resets\n' \
		'2: expected a reset, but the other side has closed the connection'
}

@test "a line without end is heard where one is expected, before the rest comes" {
	agrees 'S:Password: \\c\nC:x\nS: welcome\nS:back\n' 'S:Password: \\c\nC:x\nS: welcome\nS:back\n' -x
	agrees 'S:one line\nC:x\n' 'S:one\\c\nS: line\nC:x\n' -x
	agrees 'S:a\\\\c longer\nC:x\nS:b\n' 'S:a\\\\c\nC:x\nS:b\n'
}

@test "a peer that goes while it is told much more is a departure with its last words" {
	{ echo 'S:220 a' && awk 'BEGIN { for (i = 0; i < 99999; i++) printf "C:%0200d\n", i }'; } >client
	printf 'S:220 a\nC:{any}\nS:421 enough\n!wait 0.2\n!S resets\n' >server
	serve replay -l 127.0.0.1:0 server
	status=0 output=
	replay "$address" client >got 2>told || status=$?
	ends 1
	output=$(cat told)
	says ': expected to be heard, got 421: this was not to be said'
	[ "$(tail -n 1 got)" = 'S:421 enough' ]
	[ "$(wc -l <got)" -lt 99999 ]
}

@test "with -k it performs again and again, and each conversation begins anew" {
	printf 'S:220 {{ a\nC:HELO {NAME}\nS:250 {NAME}\n' >t
	serve replay -k -x -l 127.0.0.1:0 t
	printf 'S:220 {{ a\nC:HELO one\nS:250 one\n' >one
	printf 'S:220 {{ a\nC:HELO two\nS:250 two\n' >two
	replay -x "$address" one
	run replay -i 3s "$address" <(printf 'S:220 a\nC:NOOP\nS:250 b\n')
	ends 1
	replay -x "$address" two
	grep -v '^listening' "$server_out" >got
	{ echo '# conversation 1'; cat one; printf '# conversation 2\nS:220 {{ a\nC:NOOP\n'; echo '# conversation 3'; cat two; } >expected
	same expected got
}

@test "what a program that listened has printed is a transcript too" {
	printf 'S:220 a\nC:A\n' >t
	serve replay -x -l 127.0.0.1:0 t
	replay -x "$address" t >first
	served_ends 0
	cp "$server_out" second
	serve replay -x -l 127.0.0.1:0 second
	run replay -x "$address" second
	ends 0
	served_ends 0
}

@test "a record of several conversations is refused: each is a transcript of its own" {
	printf 'listening on 127.0.0.1:1\n# conversation 1\nS:220 a\n!S closes\n!C closes\n# conversation 2\nS:220 b\n!S closes\n!C closes\n' >t
	run replay 127.0.0.1:1 t
	ends 65
	[ "$output" = 'replay: t:7: said after the end of S: does another conversation begin here? Each has to be a file of its own' ]
	awk '/^# conversation/ { n++ } n == 2' t >second
	serve replay -x -l 127.0.0.1:0 second
	run replay -x "$address" second
	ends 0
	says 'S:220 b'
	run replay 127.0.0.1:1 <(printf 'C:a\n!C resets\nS:b\n')
	ends 65
	says ":3: said after the end of S: "
}

@test "it prints line by line, as it happens" {
	printf 'S:220 a\nC:A\nS:250 b\n' >t
	serve replay -l 127.0.0.1:0 t
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	until_true has_line 'S:220 a*' "$server_out"
	printf 'A\r\n' >&5
	until_true has_line 'S:250 b*' "$server_out"
	exec 5>&-
}

@test "a transcript may come from a pipe" {
	printf 'S:220 a\nC:A\n' >t
	serve replay -x -l 127.0.0.1:0 t
	replay -x "$address" /dev/stdin < <(cat t) >got
	same t got
	served_ends 0
}

@test "what a peer sent is escaped, in what is printed and in what is told" {
	departs 'S:\\x1b[2J\\x07 \\xc2\\x9b\\x7f\n' 'S:220 a\n' '1: expected 220, got '
	says 'S:\x1b[2J\x07 \xc2\x9b\x7f'
	printf '%s' "$output" >got
	LC_ALL=C run grep -c "[$(printf '\001-\010\013-\037\177')]" got
	[ "$output" = 0 ]
	departs "S:$(printf '%08000d' 0)\n" 'S:220 a\n' \
		"1: expected 220, got $(printf '%060d' 0): something else was said"
}

@test "an endless line ends nothing but the conversation" {
	echo 'C:A' >t
	serve replay -l 127.0.0.1:0 t
	head -c 30000000 /dev/zero | drive-wire dial "$address" || : # which SIGPIPE may end
	served_ends 1
	says 'replay: t:1: expected A, got \x00'
	has_exactly 1 'C:*' "$server_out"
}

@test "placeholders are not tried for ever on a line made for that" {
	printf 'S:%02000d\n' 0 >server
	printf 'S:{any}0{any}0{any}0{any}0{any}0{any}0{any}0{any}0{any}x\n' >client
	serve replay -x -l 127.0.0.1:0 server
	run replay -x "$address" client
	ends 1
	printf 'S:{A}0{B}0{C}0{A}{B}{C}0{A}x{B}\n' >client
	serve replay -x -l 127.0.0.1:0 server
	run replay -x "$address" client
	ends 1
}

@test "where nobody listens it is 75; where it cannot listen it is 69" {
	run replay 127.0.0.1:1 "$article"
	ends 75
	says 'replay: 127.0.0.1:1: Connection refused'
	serve replay -l 127.0.0.1:0 "$article"
	run replay -l "$address" "$article"
	ends 69
	says "replay: $address: Address"
}

@test "-h prints the usage; a missing or senseless argument is a usage error" {
	run replay -h
	ends 0
	says 'usage: replay [-x] [-c BYTES] [-i IDLE] HOST:PORT TRANSCRIPT'
	[ "$(replay -h 2>/dev/null)" = "$output" ]
	local arguments
	for arguments in '' '127.0.0.1:1' '1.2.3.4 t' '127.0.0.1:1 t t' '-k 127.0.0.1:1 t' \
		'-c 0 127.0.0.1:1 t' '-c x 127.0.0.1:1 t' '-c 1x 127.0.0.1:1 t' '-c -1 127.0.0.1:1 t' \
		'-i 0 127.0.0.1:1 t' '-i x 127.0.0.1:1 t' '-l t' '-l 127.0.0.1:0' '-z 127.0.0.1:1 t'; do
		# shellcheck disable=SC2086 # each is several arguments
		run replay $arguments
		echo "of: $arguments"
		ends 64
		says 'usage: replay'
	done
}

# In step.

# against SERVER CLIENT: two transcripts, lines parted by commas, perform each other; the client's
# exit status is in $status, what it tells in $output.
against() {
	tr ',' '\n' <<<"$1" >server
	tr ',' '\n' <<<"$2" >client
	serve replay -l 127.0.0.1:0 server
	run replay "$address" client
}

@test "a reply that comes before its command is a departure of the server" {
	for lines in 'S:220 x,S:250 early' 'S:220 x,C:HELO x,S:250 x,S:250 x' 'S:220 x,C:HELO x,S:250-x,S:250 x,S:421 x'; do
		expected=$(sed 's/,S:\(250 early\|250 x\|421 x\)$//' <<<"$lines")
		against "$lines,C:{lines}" "$expected,C:NOOP,S:250 x"
		ends 1
		says ': expected nothing before we speak, got '
	done
	# Within DATA: what comes with 354, and a second reply to the dot.
	data='S:220 x,C:DATA,S:354 x'
	against "$data,S:250 early,C:{lines}" "$data,C:one,C:two,C:.,S:250 x"
	ends 1
	says 'got 250: this was not to be said'
	against "$data,C:one,C:two,C:.,S:250 x,S:550 y,C:{lines}" "$data,C:one,C:two,C:.,S:250 x,C:QUIT,S:221 x"
	ends 1
	says 'got 550: this was not to be said'
	against 'S:+OK,C:STAT,S:+OK 0 0,S:+OK,C:{lines}' 'S:+OK,C:STAT,S:+OK 0 0,C:QUIT,S:+OK'
	ends 1
	says 'got +OK: this was not to be said'
}

@test "in a group of commands replies and commands may come before each other" {
	# The server has offered it, or its transcript has the group.
	hello='S:220 x,C:EHLO x,S:250-x,S:250 PIPELINING'
	group='C:MAIL,C:RCPT,C:RSET,S:250 x'
	against "$hello,C:MAIL,S:250 x,C:RCPT,S:250 y,C:RSET,S:250 z,C:DATA,S:354 x,C:.,S:250 x" \
		"$hello,$group,S:250 y,S:250 z,C:DATA,S:354 x,C:.,S:250 x"
	ends 0
	against "S:220 x,$group,S:250 y,S:250 z,C:NOOP,S:250 x" "S:220 x,$group,C:NOOP,S:250 y,S:250 z,S:250 x"
	ends 0
	# DATA is the last of a group: the message waits for 354.
	against "$hello,C:DATA,S:354 x,C:.,S:250 x" "$hello,C:DATA,C:.,S:354 x,S:250 x"
	ends 1
	wait "$pid" || grep -q 'expected nothing before we speak, got ' "$server_err"
}

@test "a client that does not wait for its reply is a departure, where replay is the server" {
	printf '%s\n' 'S:220 x' 'C:HELO x' 'S:250 x' 'C:MAIL' 'S:250 x' 'C:QUIT' 'S:221 x' >server
	serve replay -l 127.0.0.1:0 server
	dial
	say 'HELO x\r\nMAIL\r\n'
	hear '220 x'
	status=0
	wait "$pid" || status=$?
	hang_up
	[ "$status" -eq 1 ]
	has_line '*server:3: expected nothing before we speak, got MAIL*' "$server_err"
	# In a group it need not, and 421 is for those who do not listen.
	printf '%s\n' 'S:220 x' 'C:HELO x' 'C:MAIL' 'S:250 x' 'S:250 x' 'C:QUIT' 'S:421 x' >server
	serve replay -l 127.0.0.1:0 server
	dial
	say 'HELO x\r\nMAIL\r\n'
	hear '220 x'
	hear '250 x'
	hear '250 x'
	say 'QUIT\r\n'
	hear '421 x'
	hang_up
	wait "$pid"
}

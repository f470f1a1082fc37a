# wire, peer and serve: lines and spans of a stream, HOST:PORT, many conversations.
# drive-wire says of each line what was read, its octets, and its text.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# reads INPUT EXPECTED [OPTION...]: of this input drive-wire lines says this.
reads() {
	local input=$1 expected=$2
	shift 2
	printf '%b' "$expected" >expected
	printf '%b' "$input" | drive-wire "$@" lines | tr -d '\r' >got
	same expected got
}

# hears LINE: the next line on the connection of descriptor 5.
hears() {
	local line
	IFS= read -r -t 10 -u 5 line || line="nothing, or '$line'"
	[ "$line" = "$1"$'\r' ] && return 0
	printf 'expected to hear: %s\ngot: %s\n' "$1" "$line"
	return 1
}

@test "a line ends in CRLF and is given without it" {
	reads 'HELO crepes.fr\r\n\r\n a b \r\n' \
		'line 14 HELO crepes.fr\nline 0 \nline 5  a b \nend\n'
}

@test "a CR within a line is part of it" {
	reads 'a\rb\r\r\n' 'line 4 a\rb\r\nend\n' | tr -d '\r'
	printf 'line 4 ab\nend\n' >expected
	same expected got
}

@test "a bare LF ends a line, and is told" {
	reads 'a\n\nb\r\n' 'bare LF 1 a\nbare LF 0 \nline 1 b\nend\n'
}

@test "a NUL in a line is told; the line after it is whole" {
	reads 'a\0b\r\n\0\r\nc\0\nd\r\n' 'NUL 3 a\nNUL 1 \nNUL 2 c\nline 1 d\nend\n'
}

@test "the end in the middle of a line is the end, not a line" {
	reads '' 'end\n'
	reads 'a\r\nHELO' 'line 1 a\nend\n'
	reads 'a\r\nHELO\r' 'line 1 a\nend\n'
}

@test "a line may have as many octets as there is room for, with its CRLF" {
	reads '12345678\r\n123456789\r\n123456789\n1234567890\n' \
		'line 8 12345678\ntoo long\nbare LF 9 123456789\ntoo long\nend\n' -s 10
	printf '%0998d\r\n%0999d\r\na\r\n' 0 0 | drive-wire lines | cut -c 1-10 >got
	printf 'line 998 0\ntoo long\r\nline 1 a\r\nend\r\n' >expected
	same expected got
}

@test "the tail of a line that is too long is never another line" {
	reads '0123456789QUIT\r\nNOOP\r\n' 'too long\nline 4 NOOP\nend\n' -s 10
	{
		head -c 100000 /dev/zero | tr '\0' a
		printf '\r\nNOOP\r\n'
	} | drive-wire lines | tr -d '\r' >got
	printf 'too long\nline 4 NOOP\nend\n' >expected
	same expected got
}

@test "lines are the same however the stream is cut" {
	printf 'HELO crepes.fr\r\nab\n\r\nMAIL' >stream
	drive-wire lines <stream >expected
	drive-wire -s 1 drip 1 <stream | drive-wire lines >got
	same expected got
	[ "$(wc -l <got)" -eq 4 ]
}

@test "the limit on waiting is for the whole line: an octet now and then is no help" {
	printf 'NOOP\r\n%0200d\r\n' 0 | drive-wire -s 1 drip 5 |
		drive-wire -i 500 lines >got
	printf 'line 4 NOOP\r\ntime out\r\n' >expected
	same expected got
}

@test "the limit begins anew with each line, so lines may come for longer" {
	awk 'BEGIN { for (i = 0; i < 20; i++) printf "0123456\r\n" }' >stream
	drive-wire -s 1 drip 5 <stream | drive-wire -i 600 lines >got
	awk 'BEGIN { for (i = 0; i < 20; i++) print "line 7 0123456\r"; print "end\r" }' >expected
	same expected got
	drive-wire -s 1 drip 5 <stream | drive-wire -i 600 spans >got
	{ cat stream; printf 'end\r\n'; } >expected
	same expected got
}

@test "spans without a line end are not waited for beyond the limit either" {
	printf '%0200d\r\n' 0 | drive-wire -s 1 drip 5 | drive-wire -i 500 spans | tail -c 11 >got
	printf '0time out\r\n' >expected
	same expected got
}

@test "but a long line without end may come for longer, as each thousand octets do" {
	{ head -c 4000 /dev/zero | tr '\0' a; echo; } >stream
	drive-wire -s 20 drip 5 <stream | drive-wire -i 800 spans >got
	{ cat stream; printf 'end\r\n'; } >expected
	same expected got
}

@test "spans give every octet as it came, in pieces of any size" {
	awk 'BEGIN { for (i = 0; i < 20000; i++) printf "%d\n%c", i, i % 256 }' >stream
	{ cat stream; printf 'end\r\n'; } >expected
	drive-wire spans <stream >got
	same expected got
	drive-wire -s 7 spans <stream >got
	same expected got
}

@test "standard output that takes nothing is an input/output error" {
	[ -c /dev/full ] || skip "no /dev/full"
	status=0
	printf 'a\r\n' | drive-wire lines >/dev/full || status=$?
	output=
	ends 74
}

@test "at a terminal Enter is CRLF" {
	script --version 2>/dev/null | grep -q util-linux || skip "no script(1) of util-linux"
	printf 'HELO crepes.fr\nquit\n' |
		script -q -e -c 'drive-wire lines' /dev/null | tr -d '\r' >got
	grep -x 'line 14 HELO crepes.fr' got || { cat -v got; false; }
	run grep 'bare LF' got
	[ "$output" = '' ]
}

@test "port 0 is any that is free, and announced" {
	serve drive-wire -l 127.0.0.1:0 lines
	[[ $address =~ ^127\.0\.0\.1:[1-9][0-9]*$ ]]
	printf 'quit\r\n' | drive-wire dial "$address" >got
	same got <(printf 'line 4 quit\r\n')
}

@test "localhost and no host at all are this machine's loopback" {
	serve drive-wire -l localhost:0 lines
	[[ $address = 127.0.0.1:* || $address = '[::1]:'* ]]
	printf 'quit\r\n' | drive-wire dial "localhost:$port" >got
	same got <(printf 'line 4 quit\r\n')
	serve drive-wire -l :0 lines
	[[ $address = 127.0.0.1:* || $address = '[::1]:'* ]]
	printf 'quit\r\n' | drive-wire dial ":$port" >got
	same got <(printf 'line 4 quit\r\n')
}

@test "[::1]:0 is IPv6" {
	run drive-wire dial '[::1]:1'
	case $output in *refused*) ;; *) skip "no IPv6: $output" ;; esac
	serve drive-wire -l '[::1]:0' lines
	[[ $address =~ ^\[::1\]:[1-9][0-9]*$ ]]
	printf 'quit\r\n' | drive-wire dial "$address" >got
	same got <(printf 'line 4 quit\r\n')
}

@test "what has the form HOST:PORT, and what has not" {
	local name
	for name in localhost:25 127.0.0.1:0 '[::1]:2525' :65535 hamburger.edu:smtp; do
		drive-wire named "$name" || { echo "refused: '$name'"; return 1; }
	done
	for name in '' : 1.2.3.4 ::1:25 host: '[::1]' '[::1]25' '[::1:25' a:b:25 '[]:25' \
		host:65536 host:99999 host:99999999999999999999 host:-1 host:+1 'host: 25' \
		host:25x "$(printf '%0300d' 0):25"; do
		run drive-wire named "$name"
		[ "$status" -eq 1 ] || { echo "taken: '$name'"; return 1; }
	done
}

@test "where nobody can listen or nobody listens, the reason is told" {
	serve drive-wire -l 127.0.0.1:0 lines
	run drive-wire -l "$address" lines
	ends 69
	says "drive-wire: $address: Address"
	run drive-wire -l 1.2.3.4 lines
	ends 69
	says 'drive-wire: 1.2.3.4: not HOST:PORT'
	run drive-wire dial 127.0.0.1:1
	ends 69
	says 'drive-wire: 127.0.0.1:1: Connection refused'
}

@test "what is said is there before the server waits, and lines that came together are answered in order" {
	serve drive-wire -l 127.0.0.1:0 lines
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf 'a\r\nb\r\nc' >&5
	hears 'line 1 a'
	hears 'line 1 b'
	printf 'd\r\nquit\r\n' >&5
	hears 'line 2 cd'
	hears 'line 4 quit'
	exec 5>&-
}

@test "one silent client keeps nobody else waiting, and is told after the limit" {
	serve drive-wire -i 1000 -l 127.0.0.1:0 lines
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf 'a\r\n' >&5
	hears 'line 1 a'
	printf 'quit\r\n' | drive-wire dial "$address" >got
	same got <(printf 'line 4 quit\r\n')
	hears 'time out'
	exec 5>&-
}

@test "a client that resets, or reads nothing of what it is sent, ends nothing but itself" {
	serve drive-wire -i 300 -l 127.0.0.1:0 spans
	printf 'C:a\nS:a\n!C resets\n' >resets
	replay "$address" resets
	head -c 30000000 /dev/zero | drive-wire dial "$address" | cat >/dev/null
	printf 'still here\r\n' | drive-wire dial "$address" >got
	same got <(printf 'still here\r\ntime out\r\n')
}

@test "stopped and continued, as by Ctrl-Z and fg, both sides go on, and lose nothing" {
	serve drive-wire -l 127.0.0.1:0 lines
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf 'half ' >&5
	stop_and_continue "$pid"
	printf 'a line\r\nquit\r\n' >&5
	hears 'line 11 half a line'
	hears 'line 4 quit'
	exec 5>&-
	serve drive-wire -i 20000 -l 127.0.0.1:0 spans # who takes nothing of it for a while
	awk 'BEGIN { while (i++ < 1500000) print "octets" }' >octets
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	cat octets >&5 3>&- &
	client=$!
	pids="$pids $client"
	until_true has_state S "$client"
	stop_and_continue "$pid"
	stop_and_continue "$pid"
	head -c "$(wc -c <octets)" <&5 >got
	exec 5>&-
	wait "$client"
	same octets got
}

@test "TERM: what has come is still answered, who waits is let go, and the server exits 0" {
	serve drive-wire -l 127.0.0.1:0 lines
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf 'a\r\n' >&5
	hears 'line 1 a'
	kill -STOP "$pid"
	printf 'b\r\nhalf a line' >&5
	kill -TERM "$pid"
	kill -CONT "$pid"
	hears 'line 1 b'
	hears stop
	exec 5>&-
	status=0 output=
	wait "$pid" || status=$?
	ends 0
	run drive-wire dial "$address"
	ends 69
}

@test "INT ends it as TERM does, and so does TERM on standard input and output" {
	serve drive-wire -l 127.0.0.1:0 lines
	kill -INT "$pid"
	status=0 output=
	wait "$pid" || status=$?
	ends 0
	mkfifo input
	drive-wire lines <input >got 3>&- &
	pid=$!
	exec 5>input
	printf 'a\r\n' >&5
	until_true grep -q 'line 1 a' got
	kill -TERM "$pid"
	wait "$pid" || status=$?
	ends 0
	same got <(printf 'line 1 a\r\nstop\r\n')
	exec 5>&-
}

room_for_one() { drive-wire crowd "$address" 1 | grep -q '^line 4 here'; }

@test "a thousand conversations at once; the next one is told it is busy here" {
	[ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge 4100 ] ||
		skip "only $(ulimit -Hn) descriptors allowed"
	ulimit -Sn 1100
	serve bash -c "ulimit -Sn 256; exec drive-wire -i 60000 -l 127.0.0.1:0 lines"
	run drive-wire crowd "$address" 1000
	says 'line 4 here'
	serve drive-wire -i 60000 -l 127.0.0.1:0 lines
	run drive-wire crowd "$address" 1001
	says busy
	until_true room_for_one
}

@test "a time is seconds, or has its unit behind it" {
	local pair
	for pair in 30=30000 30s=30000 5m=300000 4h=14400000 4d=345600000 24d=2073600000; do
		[ "$(drive-wire time "${pair%=*}")" = "${pair#*=}" ] || { echo "$pair"; return 1; }
	done
}

@test "what is no time, or none at all, or too long, is refused" {
	local text
	for text in '' 0 0s -1 +1 ' 1' 1x 1S '1 s' 1ss s 0x10 1.5 25d 99999999999d \
		99999999999999999999; do
		[ "$(drive-wire time "$text")" = -1 ] || { echo "taken: '$text'"; return 1; }
	done
}

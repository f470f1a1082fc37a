# wire, peer and serve: lines and spans of a stream, HOST:PORT, many conversations.
# drive-wire says of each line what was read, its octets, and its text.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# hears LINE: the next line on the connection of descriptor 5.
hears() {
	local line
	IFS= read -r -t 120 -u 5 line || line="nothing, or '$line'"
	[ "$line" = "$1"$'\r' ] && return 0
	printf 'expected to hear: %s\ngot: %s\n' "$1" "$line"
	return 1
}

@test "every row of tests/rows/wire holds" { rows wire; }

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
	serve drive-wire -i 3000 -l 127.0.0.1:0 lines
	exec 5<>"/dev/tcp/127.0.0.1/$port"
	printf 'a\r\n' >&5
	hears 'line 1 a'
	printf 'quit\r\n' | drive-wire dial "$address" >got
	same got <(printf 'line 4 quit\r\n')
	hears 'time out'
	exec 5>&-
}

@test "a client that resets, or reads nothing of what it is sent, ends nothing but itself" {
	serve drive-wire -i 2000 -l 127.0.0.1:0 spans
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

@test "INT that was ignored when it began stays so: it is for the program in the foreground" {
	serve drive-wire -l 127.0.0.1:0 lines # in the background, without job control
	kill -INT "$pid"
	dial
	hang_up
	kill -TERM "$pid"
	wait "$pid"
}

@test "INT ends it as TERM does, and so does TERM on standard input and output" {
	heeding_int serve afresh drive-wire -l 127.0.0.1:0 lines
	kill -INT "$pid"
	status=0 output=
	wait "$pid" || status=$?
	ends 0
	mkfifo input
	drive-wire lines <input >got 3>&- &
	pid=$!
	exec 5>input
	printf 'a\r\n' >&5
	until_true has_line '*line 1 a*' got
	kill -TERM "$pid"
	wait "$pid" || status=$?
	ends 0
	same got <(printf 'line 1 a\r\nstop\r\n')
	exec 5>&-
}

room_for_one() { drive-wire crowd "$address" 1 | grep -q '^1 line 4 here'; }

@test "a thousand conversations at once; the next one is told it is busy here" {
	[ "$(ulimit -Hn)" = unlimited ] || [ "$(ulimit -Hn)" -ge 4100 ] ||
		skip "only $(ulimit -Hn) descriptors allowed"
	ulimit -Sn 1100
	serve bash -c "ulimit -Sn 256; exec drive-wire -i 60000 -l 127.0.0.1:0 lines"
	drive-wire crowd "$address" 1001 >got
	printf '1000 line 4 here\r\n1 busy\r\n' >expected
	same expected got
	until_true room_for_one
}

#!/usr/bin/env bats
# http-server: bytes in, bytes out. Most of it is a conversation on standard input and
# output; what needs several clients, or time, goes over TCP.
load common

setup() {
	common_setup
	mkdir -p www/sub/deep www/empty
	echo 'Do you like ketchup?' >www/index.html
	echo sub >www/sub/index.html
	echo deep >www/sub/deep/note.txt
	echo secret >secret.txt
	host='Host: crepes.fr\r\n'
	get='GET / HTTP/1.1\r\n'$host'\r\n'
}
teardown() { common_teardown; }

# given BYTES [OPTION...]: what the client says in one conversation, in the escapes of
# printf %b; what the server says to it goes to the file replies.
given() {
	local bytes=$1
	shift
	printf '%b' "$bytes" >said
	http-server "$@" www <said >replies
}
# codes CODE...: those of the responses, in order.
codes() {
	local line got=
	while IFS= read -r line; do
		[[ ! $line =~ ^'HTTP/1.1 '([0-9]{3})' ' ]] || got="$got${got:+ }${BASH_REMATCH[1]}"
	done <replies
	[ "$got" = "$*" ] && return 0
	printf 'expected %s \ngot      %s, with:\n' "$*" "$got"
	cat -vet replies
	return 1
}
# asked CODE TARGET...: each of these targets, on a connection of its own, is answered so.
asked() {
	local code=$1 target
	shift
	for target; do
		printf 'GET %s HTTP/1.1\r\nHost: x\r\n\r\n' "$target" >said
		http-server www <said >replies
		codes "$code" || { echo "asked for $target"; return 1; }
	done
}
# has LINE: a response has this line in its head. hasnt PATTERN: none has such a line.
has() {
	read_in replies
	[[ $'\n'$content == *$'\n'"$1"$'\r\n'* ]] && return 0
	echo "expected $1, got:"
	cat -vet replies
	return 1
}
hasnt() {
	grep -q "$1" replies || return 0
	echo "expected no $1, got:"
	cat -vet replies
	return 1
}
# body: what comes after the head of the only response.
body() { LC_ALL=C awk 'over; /^\r$/ { over = 1 }' replies; }

listens() { serve http-server -l 127.0.0.1:0 "$@" www; }
stopped_well() {
	local status=0
	wait "$pid" || status=$?
	[ "$status" -eq 0 ] && return 0
	echo "expected exit status 0, got $status"
	return 1
}

# A request and its response.

@test "every sentence of tests/conversations/http-server holds" { conversations http-server; }

@test "a file is answered with its length, its type, and itself" {
	printf 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n' | SOURCE_DATE_EPOCH=1 http-server www >replies
	{
		printf '%s\r\n' 'HTTP/1.1 200 OK' 'Date: Thu, 01 Jan 1970 00:00:01 GMT' \
			'Content-Type: text/html; charset=utf-8' 'Content-Length: 21' \
			'X-Content-Type-Options: nosniff' ''
		echo 'Do you like ketchup?'
	} >expected
	same expected replies
}

@test "a refusal is a line that tells why" {
	printf 'GET /x HTTP/1.0\r\n\r\n' | SOURCE_DATE_EPOCH=1 http-server www >replies
	{
		printf '%s\r\n' 'HTTP/1.1 404 Not Found' 'Date: Thu, 01 Jan 1970 00:00:01 GMT' \
			'Connection: close' 'Content-Type: text/plain; charset=utf-8' 'Content-Length: 42' \
			'X-Content-Type-Options: nosniff' ''
		echo '404 Not Found: there is no such file here'
	} >expected
	same expected replies
}

@test "HEAD is answered as GET is, without the body" {
	export SOURCE_DATE_EPOCH=1
	for request in '/' '/sub' '/x' '/sub/deep/note.txt' '/ HTTP/3.0' 'x' '/%'; do
		case $request in *HTTP*) ;; *) request="$request HTTP/1.1" ;; esac
		given "GET $request\\r\\n$host\\r\\n"
		LC_ALL=C awk '{ print } /^\r$/ { exit }' replies >expected
		given "HEAD $request\\r\\n$host\\r\\n"
		same expected replies
	done
	given "HEAD / HTTP/1.1\\r\\n$host\\r\\nHEAD /x HTTP/1.1\\r\\n$host\\r\\n$get"
	codes 200 404 200
}

@test "files of any size come as they are, with their length" {
	for n in 0 1 16383 16384 16385 32767 32768 32769 65536 100000; do
		awk -v n=$n 'BEGIN { while (i++ < n) printf "%c", i % 251 ? "x" : "\r\n" }' >www/file
		size=$(($(wc -c <www/file)))
		given 'GET /file HTTP/1.0\r\n\r\n'
		has "Content-Length: $size"
		tail -c "$size" replies >got
		same www/file got
		[ "$(($(wc -c <replies)))" -eq $((size + $(LC_ALL=C awk '{ n += length($0) + 1 } /^\r$/ { print n; exit }' replies))) ]
	done
	cat "$root/lessons/07-base64/picture.jpg" >www/picture.jpg
	given 'GET /picture.jpg HTTP/1.0\r\n\r\n'
	tail -c 23763 replies >got
	same www/picture.jpg got
}

@test "the time is told in Greenwich's, whatever the time zone is" {
	TZ=Asia/Shanghai given "$get"
	tr -d '\r' <replies | grep -q '^Date: [A-Z][a-z][a-z], [0-3][0-9] [A-Z][a-z][a-z] 20[0-9][0-9] [0-2][0-9]:[0-5][0-9]:[0-6][0-9] GMT$'
	TZ=XYZ-9 SOURCE_DATE_EPOCH=0 given "$get"
	has 'Date: Thu, 01 Jan 1970 00:00:00 GMT'
}

# Names.

@test "a symbolic link is not followed, wherever it leads and wherever it is" {
	mkdir out linked
	echo secret >out/index.html
	ln -s ../secret.txt www/file
	ln -s ../out www/folder
	ln -s index.html www/inside
	ln -s sub www/insub
	ln -s /etc www/etc
	ln -s nowhere www/nowhere
	ln -s ../../secret.txt www/empty/index.html
	ln -s . www/sub/loop
	asked 404 /file /folder /folder/ /folder/index.html /inside /insub /insub/ /insub/index.html /insub/deep/note.txt \
		/etc/passwd /nowhere /empty/ /empty/index.html /sub/loop/ /sub/loop/index.html /sub/loop/loop/index.html /file/
	ln -s "$work/www" root
	printf '%b' "$get" | http-server root >replies # what the person at this machine says is another thing
	codes 200
}

@test "nothing but a regular file is served, and nothing is waited for" {
	mkfifo www/fifo
	mkdir www/sub/deep/index.html
	asked 404 /fifo /fifo/ /sub/deep/ /index.html/ /index.html/x /sub/index.html/
	if [ "$(id -u)" -ne 0 ]; then
		: >www/mine && chmod 0 www/mine
		mkdir www/closed && chmod 0 www/closed
		asked 404 /mine /closed /closed/ /closed/x
	fi
	if [ -d /dev/shm ]; then
		printf 'GET /null HTTP/1.0\r\n\r\nGET /zero HTTP/1.0\r\n\r\n' | http-server /dev >replies
		codes 404
	fi
}

# with_descriptors N FILE: what the client says is in the file, and so many may be open.
with_descriptors() {
	# Those that make and bats have left open would be in the way of a number here and there.
	bash -c 'exec <"$2" >replies 2>/dev/null; for fd in {3..63}; do eval "exec $fd>&-"; done
		ulimit -n "$1"; exec http-server www' - "$@" || :
}

@test "where there is no descriptor left it is 503, and the conversation goes on" {
	printf '%b' "$get$get" >two
	printf 'GET /sub/deep/note.txt HTTP/1.0\r\n\r\n' >deeper
	few=
	for ((n = 4; n < 60; n++)); do
		with_descriptors $n two
		[ -s replies ] || continue # too few to begin with
		codes 200 200 >/dev/null && break
		codes 503 503
		few=$n
	done
	[ "$few" = $((n - 1)) ]
	# On the way to a folder two are open: one more than was enough.
	with_descriptors $n deeper
	codes 503
	with_descriptors $((n + 1)) deeper
	codes 200
}

@test "a descriptor is never lost, whatever is asked for" {
	mkfifo www/fifo
	ln -s index.html www/link
	for ((n = 0; n < 20; n++)); do
		for target in / /sub /sub/deep/note.txt /sub/.x /sub/deep/x /empty/ /fifo /link /sub//x; do
			printf 'GET %s HTTP/1.1\r\nHost: x\r\n\r\n' "$target"
		done
	done >many
	with_descriptors 40 many
	[ "$(grep -c '^HTTP/1.1 [234]' replies)" -eq 180 ]
}

# Time, and many at once.

@test "a head that is not whole in time is 408, a silent client is closed without a word" {
	listens -i 3s
	printf '%s\n' '!S closes' >silent
	printf '%s\n' 'C:' '!S closes' >blank
	printf '%s\n' 'C:GET / HT\c' 'S:HTTP/1.1 408 {any}' 'S:{lines}' '!S closes' >begun
	printf '%s\n' 'C:GET / HTTP/1.1' '!wait 1.6' 'C:Host: x' '!wait 1.6' 'C:X: y' '!wait 1.6' 'C:' \
		'S:HTTP/1.1 408 {any}' 'S:{lines}' '!S closes' >line-by-line
	printf '%s\n' 'C:GE\c' '!wait 1.6' 'C:T\c' '!wait 1.6' 'C: \c' '!wait 1.6' 'C:/\c' \
		'S:HTTP/1.1 408 {any}' 'S:{lines}' '!S closes' >octet-by-octet
	{
		for n in 1 2; do
			printf '%s\n' '!wait 1.6' 'C:HE\c' '!wait 1.6' 'C:AD / HTTP/1.1' 'C:Host: x' 'C:' 'S:HTTP/1.1 200 OK' \
				'S:{any}' 'S:{any}' 'S:{any}' 'S:{any}' 'S:'
		done
	} >slow-but-whole
	players=
	for transcript in silent blank begun line-by-line octet-by-octet slow-but-whole; do
		replay -x "$address" $transcript >$transcript.heard 2>&1 3>&- &
		players="$players $!"
	done
	for player in $players; do
		wait "$player" || { cat ./*.heard; return 1; }
	done
}

@test "a head without an end is 408 too, though it never pauses" {
	http-server -i 1s www </dev/zero >replies 3>&- &
	pid=$!
	pids="$pids $pid"
	until_true has_line 'HTTP/1.1 408*' replies || { kill -9 "$pid"; return 1; }
	stopped_well
}

@test "a client that takes nothing is closed" {
	yes ketchup | head -c 30000000 >www/large
	listens -i 1s
	printf '%s\n' 'C:GET /large HTTP/1.0' 'C:' '!wait 4' 'S:HTTP/1.1 200 OK' 'S:{lines}' '!S closes' >transcript
	replay "$address" transcript >heard || :
	[ "$(grep -c ketchup heard)" -gt 0 ]
	[ "$(grep -c ketchup heard)" -lt 3750000 ]
}

@test "of a file that shrinks meanwhile what is left is sent, then the end; of one that grows what was said" {
	head -c 30000000 /dev/zero >www/large
	listens
	dial
	say 'GET /large HTTP/1.1\r\n'"$host\\r\\n$get"
	hear 'HTTP/1.1 200 OK'
	: >www/large
	[ "$(cat <&4 | wc -c)" -lt 30000000 ]
	hang_up
	head -c 20000000 /dev/zero >www/large
	dial
	say 'GET /large HTTP/1.1\r\n'"$host\\r\\n"'GET /sub/ HTTP/1.0\r\n\r\n'
	for line in 'HTTP/1.1 200 OK' 'Date: *' 'Content-Type*' 'Content-Length: 20000000' 'X-*' ''; do hear "$line"; done
	echo more >>www/large
	[ "$(head -c 20000000 <&4 | tr -d '\0' | wc -c)" -eq 0 ]
	hear 'HTTP/1.1 200 OK'
}

@test "a client that says nothing keeps nobody waiting" {
	listens
	dial
	exec 5<&4
	dial
	say "$get"
	hear 'HTTP/1.1 200 OK'
	exec 5<&-
}

@test "1000 conversations are held at once and all are answered, one more is told 503; then there is room again" {
	needs_descriptors 1024
	listens
	cat >hold <<-'END'
		server=/dev/tcp/127.0.0.1/$1
		# asked DESCRIPTOR: prints the status line of what is answered.
		asked() {
			printf 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n' >&"$1"
			IFS= read -r -t 120 -u "$1" line && echo "$line"
		}
		for ((n = 10; n <= 1009; n++)); do
			[ "$n" -ne 255 ] || continue # the shell's own
			eval "exec $n<>$server"
		done
		exec 4<>"$server" # number 1000
		asked 4
		asked 1009
		asked 10
		exec 5<>"$server"
		cat <&5 >busy
		head -n 1 busy
		exec 10>&-
		for ((n = 0; n < 1000; n++)); do
			exec 5<>"$server"
			case $(trap '' PIPE; asked 5 2>/dev/null) in *200*) break ;; esac
		done
		[ "$n" -lt 1000 ] && echo "room again"
	END
	bash hold "$port" 3>&- | tr -d '\r' >got
	printf '%s\n' 'HTTP/1.1 200 OK' 'HTTP/1.1 200 OK' 'HTTP/1.1 200 OK' 'HTTP/1.1 503 Service Unavailable' \
		'room again' >expected
	same expected got
	cp busy replies
	has 'Connection: close'
	has "Content-Length: $(($(body | wc -c)))"
	body | grep -q '^503 Service Unavailable: '
}

@test "TERM: a client that has begun a request is told 503, any other is closed; exit 0" {
	listens
	dial
	exec 5<&4 6>&4
	say "$get"
	hear 'HTTP/1.1 200 OK' # it is being waited for the next one
	dial
	say 'GET / HTTP/1.1\r\n'
	printf '%s\n' 'C:GET / HTTP/1.1' 'C:Host: x' 'C:' 'S:HTTP/1.1 200 OK' 'S:{lines}' >another
	replay "$address" another >heard
	kill -TERM "$pid"
	hear 'HTTP/1.1 503 *'
	cat <&4 >replies
	has 'Connection: close'
	[ "$(cat <&5 | tail -n 1)" = 'Do you like ketchup?' ]
	exec 5<&- 6>&-
	stopped_well
	[ ! -s "$server_err" ]
}

@test "what goes wrong in one conversation does not end the server" {
	listens
	printf '%s\n' 'C:GET / HTTP/1.1' '!C resets' >resets
	replay "$address" resets >heard
	head -c 20000000 /dev/zero >www/large
	printf '%s\n' 'C:GET /large HTTP/1.0' 'C:' 'S:HTTP/1.1 200 OK' '!C resets' >resets
	replay "$address" resets >heard || :
	dial
	say "$get"
	hear 'HTTP/1.1 200 OK'
}

# The command line.

@test "-h prints the usage and exits 0; a wrong argument prints it on stderr, 64" {
	run http-server -h
	ends 0
	says 'usage: http-server [-1] [-l HOST:PORT] [-i IDLE] ROOT'
	for wrong in '' '-x www' 'www more' '-i 0 www' '-i soon www' '-i -5s www' '-l 127.0.0.1 www' '-l www' '-l ::1:0 www'; do
		status=0
		# shellcheck disable=SC2086 # a word each
		http-server $wrong </dev/null >out 2>err || status=$?
		[ "$status" -eq 64 ] && [ ! -s out ] && has_line 'usage: http-server*' err || {
			echo "http-server $wrong: expected 64 and the usage, got $status"
			return 1
		}
	done
}

@test "a ROOT that is not there, or no folder, is 66; a port in use is 69" {
	run http-server nowhere </dev/null
	ends 66
	says 'http-server: nowhere: '
	run http-server secret.txt </dev/null
	ends 66
	listens
	run http-server -l "$address" www
	ends 69
	says "http-server: $address: "
}

@test "standard output that takes nothing is told by exit 74" {
	[ -e /dev/full ] || skip "no /dev/full"
	run bash -c "printf '%b' '$get' | http-server www >/dev/full"
	ends 74
	run bash -c "printf '%b' '$get' | http-server www >&-"
	ends 74
}

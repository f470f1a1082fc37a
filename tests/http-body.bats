#!/usr/bin/env bats
# http-get: how it finds the end of an object (RFC 9112, 6 and 7.1), and what it makes of
# one that has none.
load common
load answering

setup() { common_setup; }
teardown() { common_teardown; }

@test "Content-Length, chunks, and the end of the connection: each tells where an object ends" {
	answered "${ok[@]}" 'S:Content-Length: 5' 'S:' 'S:hello\c'
	ends 0
	printed hello
	answered "${ok[@]}" 'S:transfer-encoding: Chunked' 'S:' 'S:5;a=b' 'S:hello' 'S:00A\x20' 'S:, Bob!\n' 'S:\n' 'S:' 'S:' 'S:0' 'S:X-Trailer: y' 'S:'
	ends 0
	printed 'hello, Bob!\n\n\r\n'
	answered "${ok[@]}" 'S:' 'S:hello' 'S:' '!S closes'
	ends 0
	printed 'hello\r\n\r\n'
	servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:' 'S:hello\c' '!S closes' '!C closes'
	get /a /b
	[ "$output" = hellohello ]
	[ ! -s "$server_err" ]
	answered 'S:HTTP/1.0 200 OK' 'S:Connection: keep-alive' 'S:' '!S closes'
	ends 0
	printed ''
}

@test "octets may arrive one at a time" {
	printf '%s\n' 'C:GET /a HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 7' 'S:X: y' 'S:' 'S:hello' \
		'C:GET /b HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 100 Continue' 'S:' "${ok[@]}" 'S:Transfer-Encoding: chunked' 'S:' 'S:5' 'S:hello' 'S:0' 'S:' \
		'C:GET /c HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:' 'S:hello' '!S closes' >script
	for size in 1 2 3; do
		serve replay -x -c $size -l 127.0.0.1:0 script
		http-get "http://$address/a" "http://$address/b" "http://$address/c" >out
		printed 'hello\r\nhellohello\r\n'
		replayed
	done
}

# chunks SIZE STATUS STREAM BODY: a server says this stream of chunks, in the escapes of printf
# %b, in pieces of SIZE octets, and closes; http-get gets this body, and ends so.
chunks() {
	local stream=$3
	stream=${stream//'\r\n'/$'\nS:'}
	stream=${stream//'\n'/'\n'$'\nS:'}
	stream=S:$stream'\c'
	stream=${stream%S:'\c'}
	stream=${stream%$'\n'}
	printf '%s\n' 'C:GET /x HTTP/1.1' 'C:Host: {any}' 'C:' "${ok[@]}" 'S:Transfer-Encoding: chunked' 'S:' \
		${stream:+"$stream"} '!S closes' >script
	serve replay -c "$1" -l 127.0.0.1:0 script
	status=0
	http-get "http://$address/x" >out 2>err || status=$?
	read_in err
	output=${content%$'\n'}
	ends "$2"
	printed "$4"
}

@test "chunks are read alike wherever the stream is cut" {
	for size in 1 3 1000; do
		chunks $size 0 '5\r\nhello\r\n0\r\n\r\n' hello
		chunks $size 0 '5\r\nhello\r\n6\r\n, Bob!\r\n000\r\n\r\nHTTP' 'hello, Bob!'
		chunks $size 0 '0\r\n\r\n\r\n' ''
		chunks $size 0 'a\r\n0123456789\r\nB\r\n0123456789b\r\n0\r\nX: y\r\nZ\r\n\r\n' '01234567890123456789b'
		chunks $size 0 '4\r\n\r\n\r\n\r\n0;x="y"\r\n\r\n' '\r\n\r\n'
		chunks $size 0 '4 ;x\r\nabcd\r\n1\x09\r\ne\r\n0\r\n\r\n' 'abcde'
		chunks $size 75 '' ''
		chunks $size 75 '5\r\nhel' hel
		chunks $size 75 '5\r\nhello\r\n0\r\n\r' hello
		chunks $size 75 '5\r\nhello\r\n0\r\nX: y\r\n' hello
		chunks $size 75 'fffffffffffffff\r\nx' x
		chunks $size 65 '5\r\nhello!\r\n' hello
		chunks $size 65 '5\r\nhello\r!0\r\n\r\n' hello
	done
}

@test "octets that are not a chunk are wrong" {
	for wrong in '\r\n' ';x\r\n' 'x\r\n' '-1\r\n' '+1\r\n' '\x201\r\n' '0x1\r\n' '1\n' '1\rx\r\n' '1;x\n' '1;\r\r\n' '1;\x00\r\n' \
		'10000000000000000\r\n' '0\r\nX: y\n' '0\r\n\n' '0\r\n\r\r\n' '0\r\nX\rY\r\n'; do
		chunks 1000 65 "$wrong" ''
	done
	chunks 1000 65 '1\r\na\r\n\r\n' a
	chunks 1000 65 '1\r\na\r\nffffffffffffffff\r\n' a
	for wrong in '\n0\r\n\r\n' '!\n0\r\n\r\n' '0\r\n\r\n'; do
		chunks 1000 65 "5\\r\\nhello$wrong" hello
	done
}

@test "an extension or a field of the trailer without an end is wrong, and so is a trailer" {
	chunks 1000 0 "1;$(n_of 7998 x)\\r\\na\\r\\n0\\r\\n$(n_of 8000 x)\\r\\n\\r\\n" a
	chunks 1000 65 "1;$(n_of 7999 x)\\r\\na\\r\\n0\\r\\n\\r\\n" ''
	chunks 1000 65 "0\\r\\n$(n_of 8001 x)\\r\\n\\r\\n" ''
	fields=
	for ((i = 0; i < 100; i++)); do fields+='X: y\r\n'; done
	chunks 1000 0 "0\\r\\n$fields\\r\\n" ''
	chunks 1000 65 "0\\r\\nX: y\\r\\n$fields\\r\\n" ''
	chunks 1000 65 "$(printf %08100d 0)\\r\\n" ''
}

@test "information before the response is skipped, but not for ever" {
	answered 'S:HTTP/1.1 100 Continue' 'S:' 'S:HTTP/1.1 103 Early Hints' 'S:Content-Length: 9' 'S:Link: x' 'S:' \
		"${ok[@]}" 'S:Content-Length: 5' 'S:' 'S:hello\c'
	ends 0
	printed hello
	information=()
	for ((n = 0; n < 99; n++)); do information+=('S:HTTP/1.1 100 Continue' 'S:'); done
	answered "${information[@]}" "${ok[@]}" 'S:' 'S:x\c' '!S closes'
	ends 0
	printed x
	answered "${information[@]}" 'S:HTTP/1.1 100 Continue' 'S:' "${ok[@]}" 'S:' 'S:x\c' '!S closes'
	ends 65
	answered 'S:HTTP/1.1 101 Switching Protocols' 'S:' "${ok[@]}" 'S:'
	ends 65
	printed ''
}

@test "204 has no body, whatever its head says, and is no file" {
	server 'C:GET /a HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 204 No Content' 'S:Content-Length: 5' 'S:' \
		'C:GET /b HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 304 Not Modified' 'S:Content-Length: 5' 'S:' \
		'C:GET /c HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 5' 'S:' 'S:hello\c'
	get -o page /a /b /c
	ends 69
	[ "$output" = "http-get: http://$address/b: 304 Not Modified
fetched c 5 octets" ]
	only c
	replayed
}

@test "with Content-Length beside chunks the chunks count, and the connection is not used again" {
	for order in 'S:Content-Length: 99|S:Transfer-Encoding: chunked' 'S:Transfer-Encoding: chunked|S:Content-Length: 1'; do
		servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${ok[@]}" "${order%|*}" "${order#*|}" 'S:' 'S:5' 'S:hello' 'S:0' 'S:' '!C closes'
		get /x /x
		ends 0
		[ "$output" = hellohello ]
		[ ! -s "$server_err" ]
	done
}

@test "a line of the head may end in a bare LF; a NUL, or a line too long, is told: 65" {
	answered 'S:HTTP/1.1 200 OK\n' 'S:Content-Length: 5\n' 'S:\n' 'S:hello\c'
	ends 0
	printed hello
	answered "${ok[@]}" 'S:X: \x00' 'S:'
	ends 65
	says ': a NUL in the line'
	answered "${ok[@]}" "S:X: $(n_of 7998 x)" 'S:'
	ends 65
	says ': a line that is too long'
}

@test "a size of a chunk that never ends is wrong: nothing of it is read" {
	answered "${ok[@]}" 'S:Transfer-Encoding: chunked' 'S:' "S:$(n_of 8100 f)\\c" '!S closes'
	ends 75
	says 'the connection was lost before the end'
	answered "${ok[@]}" 'S:Transfer-Encoding: chunked' 'S:' "S:$(n_of 8100 f)" 'S:'
	ends 65
	printed ''
}

@test "a wrong Content-Length, or two, and any other coding are not HTTP: 65" {
	for field in 'Content-Length: 5x' 'Content-Length: -5' 'Content-Length: +5' 'Content-Length:' 'Content-Length: 18446744073709551616' \
		'Content-Length: 5, 6' 'Content-Length: 5|S:Content-Length: 6' 'Transfer-Encoding: gzip' 'Transfer-Encoding: gzip, chunked' \
		'Transfer-Encoding: identity' 'Transfer-Encoding: chunked|S:Transfer-Encoding: chunked' 'Transfer-Encoding:'; do
		mapfile -t fields < <(tr '|' '\n' <<<"S:$field")
		answered "${ok[@]}" "${fields[@]}" 'S:' 'S:0' 'S:' # five octets, or chunks
		ends 65
		printed ''
	done
	for field in 'Content-Length: 5, 5' 'Content-Length: 5|S:content-length:5' 'Content-Length: 00005'; do
		mapfile -t fields < <(tr '|' '\n' <<<"S:$field")
		answered "${ok[@]}" "${fields[@]}" 'S:' 'S:hello\c'
		ends 0
		printed hello
	done
}

@test "an object that is cut off is 75, and with -o nothing of it is left" {
	for end in 'S:Content-Length: 6|S:|S:hello\c|!S closes' 'S:Content-Length: 18446744073709551615|S:|S:hello\c|!S closes' \
		'S:Content-Length: 6|S:|!S closes' 'S:Transfer-Encoding: chunked|S:|S:6|S:hello\c|!S closes' \
		'S:Transfer-Encoding: chunked|S:|S:5|S:hello|!S closes' 'S:Transfer-Encoding: chunked|S:|S:5|S:hello|S:0|!S closes' \
		'S:|S:hello|!S resets' 'S:Content-Length: 9|S:|S:hello|!S resets' 'S:Content-Length: 9|!S closes' 'S:Conte\c|!S closes'; do
		mapfile -t said < <(tr '|' '\n' <<<"$end")
		server 'C:GET /x HTTP/1.1' "${asks[@]}" "${ok[@]}" "${said[@]}"
		get -o page /x
		ends 75
		says "http-get: http://$address/x: the connection was lost"
		[ "${#lines[@]}" -eq 1 ]
		[ ! -d page ] || only
	done
	answered "${ok[@]}" 'S:Content-Length: 6' 'S:' 'S:hello\c' '!S closes'
	ends 75
	printed hello
}

@test "wrong chunks are 65, and with -o nothing of them is left" {
	server 'C:GET /x HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Transfer-Encoding: chunked' 'S:' 'S:5' 'S:hello!' 'S:0' 'S:'
	get -o page /x
	ends 65
	only
	servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Transfer-Encoding: chunked' 'S:' 'S:5' 'S:hello!\c' '!C closes'
	get /a /b
	ends 65
	[ -z "$(cat "$server_err")" ]
}

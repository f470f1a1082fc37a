#!/usr/bin/env bats
# http-get: what it says to a server, what it makes of the answers, and what it never
# does. The server is http-server, or where it has to misbehave a transcript that replay
# performs.
load common
load answering

setup() {
	common_setup
	mkdir -p www/sub
	echo 'Do you like ketchup?' >www/index.html
	echo sub >www/sub/index.html
	cp "$root/lessons/07-base64/picture.jpg" www
}
teardown() { common_teardown; }

listens() { serve http-server -l 127.0.0.1:0 www; }

# From http-server.

@test "objects go to standard output, one after the other, as they are" {
	listens
	get / /sub/ /index.html
	ends 0
	[ "$output" = 'Do you like ketchup?
sub
Do you like ketchup?' ]
	http-get "http://$address/picture.jpg" >got
	same www/picture.jpg got
	http-get -1 "http://$address/picture.jpg" "http://$address/picture.jpg" | cmp - <(cat www/picture.jpg www/picture.jpg)
}

@test "with -o each is a file, and a line tells its name and size" {
	listens
	for option in '' -1; do
		rm -rf page
		# shellcheck disable=SC2086 # none, or one
		get $option -o page / /picture.jpg /sub/index.html
		ends 0
		[ "$output" = 'fetched index.html 21 octets
fetched picture.jpg 23763 octets
fetched index-2.html 4 octets' ]
		only index.html picture.jpg index-2.html
		same page/index.html www/index.html
		same page/picture.jpg www/picture.jpg
		same page/index-2.html www/sub/index.html
	done
}

@test "objects of any size come whole" {
	for n in 0 1 16384 32767 32768 32769 65536 1000000; do head -c $n /dev/zero >"www/$n"; done
	listens
	get -o page /0 /1 /16384 /32767 /32768 /32769 /65536 /1000000
	ends 0
	for n in 0 1 16384 32767 32768 32769 65536 1000000; do cmp "www/$n" "page/$n"; done
}

@test "what is not there is told, 69, and the others are got" {
	listens
	get -o page /x /picture.jpg /sub / /..
	ends 69
	says "http-get: http://$address/x: 404 Not Found
fetched picture.jpg 23763 octets
http-get: http://$address/sub: 301 Moved Permanently, it is at /sub/
fetched index.html 21 octets
http-get: http://$address/..: 404 Not Found"
	only picture.jpg index.html
}

# What it says.

@test "objects in one place share a connection, one request after the other" {
	server 'C:GET /a HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 2' 'S:' 'S:a\n' \
		'C:GET /b?c HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 2' 'S:' 'S:b\n' \
		'C:GET / HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 404 No' 'S:Content-Length: 3' 'S:' 'S:no\n' \
		'C:GET /d HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 0' 'S:'
	run http-get "http://$address/a" "HTTP://$address/b?c#d" "http://$address" "http://$address/d"
	ends 69
	[ "$output" = "a
b
http-get: http://$address: 404 No" ]
	replayed
	grep -q "^C:Host: $address\$" "$server_out"
}

@test "with -1 each object has a connection, and Connection: close says so" {
	servers 'C:GET {any} HTTP/1.1' 'C:Host: {any}' 'C:Connection: close' 'C:' "${ok[@]}" 'S:Content-Length: 2' 'S:' 'S:a\n' '!C closes'
	get -1 /a /b /c
	ends 0
	[ ! -s "$server_err" ]
	[ "$(grep -c '^# conversation' "$server_out")" -ge 3 ]
	has_exactly 3 'C:Connection: close*' "$server_out"
}

@test "another port or another name is another connection" {
	listens
	first=$address
	listens
	run http-get "http://$first/" "http://$address/" "http://localhost:$port/sub/" "http://LOCALHOST:$port/"
	ends 0
	[ "$(grep -c ketchup <<<"$output")" -eq 3 ]
}

@test "Host is what was typed; the target begins with a slash; a fragment stays here" {
	for pair in '=/' '/=/' '#top=/' '?q=/?q' '/a?b=/a?b' '/a#b?c=/a' '/..=/..' '//a=//a' '/%0d%0aX=/%0d%0aX' '/a:b@c=/a:b@c'; do
		server "C:GET ${pair#*=} HTTP/1.1" "${asks[@]}" "${ok[@]}" 'S:Content-Length: 0' 'S:'
		run http-get "http://127.0.0.1:000$port${pair%%=*}"
		ends 0
		replayed
		grep -qx "C:Host: 127.0.0.1:000$port" "$server_out"
	done
}

@test "the port is 80 where none is said" {
	http-server -l 127.9.8.7:80 www >listening 2>/dev/null 3>&- </dev/null &
	pids="$pids $!"
	until_true has_line '*listening*' listening || skip "no port 80"
	for url in http://127.9.8.7 http://127.9.8.7/ http://127.9.8.7:/ http://127.9.8.7:80/ http://127.9.8.7:0080/; do
		run http-get "$url"
		ends 0
		[ "$output" = 'Do you like ketchup?' ]
	done
}

@test "an address of IPv6 is in brackets" {
	http-server -l '[::1]:0' www >out 2>err 3>&- </dev/null &
	pids="$pids $!"
	until_true [ -s out -o -s err ]
	[ -s out ] || skip "no IPv6: $(cat err)"
	read -r _ _ address <out
	run http-get "http://$address/sub/"
	ends 0
	[ "$output" = sub ]
}

# Wrong URLs.

@test "a URL that cannot be got here is told in a line, 64, before anything is got" {
	listens
	# tries URL WHY
	tries() {
		run http-get "http://$address/" "$1"
		ends 64
		[ "${#lines[@]}" -eq 1 ] && case $output in "http-get: "*": $2"*) return 0 ;; esac
		printf 'for %q expected %s, got %s\n' "$1" "$2" "$output"
		return 1
	}
	tries https://localhost/ 'https, which is HTTP within TLS, is not spoken here'
	tries HTTPS://localhost/ 'https, which is HTTP within TLS, is not spoken here'
	for url in http://bob@localhost/ http://bob:pickles@localhost:80/ http://@localhost/; do tries $url "a user's name"; done
	for url in '' localhost /x http: http:/x ftp://localhost/ 'file:///etc/passwd' http//x http:localhost; do
		tries "$url" 'not a URL'
	done
	for url in http:// http:///x http://:80/ http://a:b/ http://a:80x/ http://a:65536/ http://a:-1/ http://a:1:2/ http://::1/ \
		'http://[::1/' 'http://[]/' 'http://[::1]x/' 'http://[::1]80/' 'http://a[::1]/' 'http://a\b/' 'http://a%41/' 'http://[a%b]/' \
		"http://$(n_of 300 a)/" "http://a:$(n_of 300 0)/" 'http://[::1]:smtp/' 'http://a:smtp/' 'http://a[/' 'http://a]/' 'http://[a-b]/'; do
		tries "$url" 'not HOST'
	done
	for end in '\r\nX: y' '\n' ' HTTP/1.1' '\t' '\303\252' '\033[2J' '\177'; do
		tries "$(printf "http://localhost/$end.")" 'an octet in it'
	done
	[ "${output#*$'\177'}" = "$output" ]
	tries "$(printf 'http://local\r\nhost/')" 'an octet'
}

# Names.

@test "the name of a file is the last part of the path, decoded: a name, never a path" {
	reply=("${ok[@]}" 'S:Content-Length: 1' 'S:Connection: close' 'S:' 'S:x\c')
	servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${reply[@]}"
	mkdir page
	for pair in '/a/b.txt=b.txt' '/a/=index.html' '=index.html' '?x/y=index.html' '/b?c/d=b' '/c#/d=c' '/..=index.html' \
		'/%2e%2e=index.html' '/..%2f..%2fevil=evil' '/%2Fetc%2Fpasswd=passwd' '/a%5cb=b' '/.hidden=hidden' '/%2ehidden=hidden' '/-rf=_rf' \
		'/a%20b=a b' '/a%00b=a_b' '/a%0ab=a_b' '/%1b[2J=_[2J' '/%ff=_' '/cr%C3%AApe=crêpe' '/%zz%4=%zz%4' '/%2541=%41'; do
		get -o page "http://$address${pair%%=*}"
		ends 0
		[ "$output" = "fetched ${pair#*=} 1 octets" ] || { echo "$pair: $output"; return 1; }
		only "${pair#*=}"
		rm -f page/* page/.[!.]*
	done
	get -o page "/$(n_of 5000 n).jpg"
	ends 0
	[ "$(ls page | wc -c)" -le 201 ]
}

@test "a file is never written over, be it a link that leads to nowhere" {
	listens
	mkdir page
	echo mine >page/picture.jpg
	ln -s ../evil page/index.html
	get -o page /picture.jpg /
	ends 0
	reads page/picture.jpg mine
	[ ! -e evil ]
	only picture.jpg index.html picture-2.jpg index-2.html
}

# Connections.

@test "a kept connection that was closed before any octet of the answer: once more on a new one" {
	servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 5' 'S:' 'S:hello\c' '!S closes'
	get /a /b /c
	ends 0
	[ "$output" = hellohellohello ]
	[ "$(grep -c '^# conversation' "$server_out")" -ge 3 ]
}

@test "a new one that is closed so is not tried again, nor one that had begun to answer: 75" {
	server 'C:GET /x HTTP/1.1' "${asks[@]}" '!S closes'
	get /x
	ends 75
	says "http-get: http://$address/x: the connection was closed without an answer"
	replayed
	servers 'C:GET /a HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 5' 'S:' 'S:hello\c' 'C:GET /b HTTP/1.1' "${asks[@]}" \
		'S:H\c' '!S closes'
	get /a /b
	ends 75
	[ "$output" = "hellohttp-get: http://$address/b: the connection was lost" ]
	has_exactly 2 'C:GET*' "$server_out"
}

@test "Connection: close and HTTP/1.0 are one connection each, and so is an end that is told by closing" {
	for reply in 'HTTP/1.1 200 OK|S:Connection: Close|S:Content-Length: 5' 'HTTP/1.0 200 OK|S:Content-Length: 5' \
		'HTTP/1.0 200 OK|S:Connection: keep-alive|S:Content-Length: 5' 'HTTP/1.1 200 OK|S:Content-Length: 5|S:connection: x, close' \
		'HTTP/1.1 200 OK|S:Connection: close|S:Connection: x|S:Content-Length: 5'; do
		IFS='|' read -r -a said <<<"S:$reply"
		servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${said[@]}" 'S:' 'S:hello\c' '!C closes'
		get /a /b
		ends 0
		[ "$output" = hellohello ]
		[ -z "$(cat "$server_err")" ]
	done
}

@test "what comes after an object is not taken for the next answer" {
	servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 5' 'S:' 'S:helloHTTP/1.1 200 OK' 'S:Content-Length: 4' 'S:' 'S:evil\c' '!C closes'
	get /a /b
	ends 0
	[ "$output" = hellohello ]
	[ -z "$(cat "$server_err")" ]
}

@test "octets after an answer without a body are not an answer" {
	for status in '204 No Content' '304 Not Modified'; do
		servers 'C:GET {any} HTTP/1.1' "${asks[@]}" "S:HTTP/1.1 $status" 'S:' \
			'S:HTTP/1.1 200 OK' 'S:Content-Length: 4' 'S:' 'S:evil\c' '!C closes'
		get /a /b
		[ "${output#*evil}" = "$output" ]
	done
}

@test "a refusal's body is read past if it is short; else the connection is given up" {
	server 'C:GET /a HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 404 Not Found' 'S:Content-Length: 5' 'S:' 'S:hello\c' \
		'C:GET /b HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 1' 'S:' 'S:b\c'
	get /a /b
	ends 69
	[ "$output" = "http-get: http://$address/a: 404 Not Found
b" ]
	replayed
	servers 'C:GET {any} HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 304 Not Modified' 'S:Connection: close' 'S:' '!C closes'
	get /a /b
	ends 69
	[ -z "$(cat "$server_err")" ]
	x8190=S:$(n_of 8190 x)
	server 'C:GET /a HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 404 Not Found' 'S:Content-Length: 65536' 'S:' \
		"$x8190" "$x8190" "$x8190" "$x8190" "$x8190" "$x8190" "$x8190" "$x8190" \
		'C:GET /b HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:Content-Length: 1' 'S:' 'S:b\c'
	get /a /b
	replayed
	for head in 'S:Content-Length: 65537' 'S:X: y' 'S:Transfer-Encoding: chunked' 'S:Content-Length: 50|S:Connection: close'; do
		IFS='|' read -r -a head <<<"$head"
		servers 'C:GET {any} HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 404 Not Found' "${head[@]}" 'S:' 'S:5' 'S:hello' 'S:0' 'S:' '!C closes'
		get /a /b
		ends 69
		[ "$output" = "http-get: http://$address/a: 404 Not Found
http-get: http://$address/b: 404 Not Found" ]
		[ -z "$(cat "$server_err")" ]
	done
}

@test "a server that is not there is 75, and the others are got" {
	listens
	run http-get http://127.0.0.1:1/ "http://$address/sub/"
	ends 75
	says 'http-get: http://127.0.0.1:1/: '
	says 'sub'
}

# What is refused, and what is no answer.

@test "4xx and 3xx are 69; 408, 429 and 5xx are 75; the worst counts" {
	for pair in 300:69 302:69 400:69 403:69 410:69 418:69 499:69 408:75 429:75 500:75 503:75 599:75; do
		answered "S:HTTP/1.1 ${pair%:*} Whatever it is" 'S:' 'S:hello' '!S closes'
		ends "${pair#*:}"
		printed ''
		[ "$output" = "http-get: http://$address/x: ${pair%:*} Whatever it is" ]
	done
	listens
	run http-get "http://$address/x" http://127.0.0.1:1/ "http://$address/x"
	ends 75
	answered 'S:HTTP/1.1 201' 'S:Content-Length: 1' 'S:' 'S:x\c'
	ends 0
	printed x
}

@test "where it is instead is told, and not followed" {
	server 'C:GET /x HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 302 Found' 'S:Location: http://evil.example/' 'S:Content-Length: 0' 'S:'
	get /x
	ends 69
	[ "$output" = "http-get: http://$address/x: 302 Found, it is at http://evil.example/" ]
	replayed
	answered 'S:HTTP/1.1 302 Found' 'S:Location: http://evil.example/\xff\xc2\x9b' 'S:Content-Length: 0' 'S:'
	ends 69
	[ "$output" = "http-get: http://$address/x: 302 Found, it is at http://evil.example/\\xff\\xc2\\x9b" ]
	server 'C:GET /a HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 302 Found' 'S:Location: /b' 'S:Content-Length: 0' 'S:' \
		'C:GET /b HTTP/1.1' "${asks[@]}" 'S:HTTP/1.1 302 Found' 'S:Content-Length: 0' 'S:'
	get /a /b
	[ "$output" = "http-get: http://$address/a: 302 Found, it is at /b
http-get: http://$address/b: 302 Found" ]
	answered 'S:HTTP/1.1 404 Not Found' 'S:Location: http://evil.example/' 'S:Content-Length: 0' 'S:'
	[ "$output" = "http-get: http://$address/x: 404 Not Found" ]
}

@test "the words of a status command no terminal" {
	answered 'S:HTTP/1.1 404 \x1b[2J\x07\xff\xc2\x9b' 'S:Content-Length: 0' 'S:'
	ends 69
	[ "$output" = "http-get: http://$address/x: 404 \\x1b[2J\\x07\\xff\\xc2\\x9b" ]
}

@test "what is no response of HTTP/1 is 65, and told" {
	for said in '220 hamburger.edu' '+OK' 'HTTP/2.0 200 OK' 'HTTP/0.9 200 OK' 'HTTP/1.1 2000 OK' 'HTTP/1.1 20 OK' 'HTTP/1.1  200 OK' \
		'HTTP/1.1 600 OK' 'HTTP/1.1 099 OK' 'HTTP/1.1 2OO OK' 'http/1.1 200 OK' 'HTTP/1.1' 'HTTP/1.1200 OK' 'HTTP/1.1 200OK' 'HTTP/1.1x200 OK' '' ' HTTP/1.1 200 OK' \
		'HTTP/1.1 200 OK\x00' "HTTP/1.1 200 $(n_of 7990 x)"; do
		answered "S:$said" 'S:'
		ends 65
		printed ''
		says "http-get: http://$address/x: "
	done
	for said in 'no field' ': x' 'a b: c' 'X : y' ' X: y' 'X: \x00' 'X: \x1b' "X: $(n_of 7998 x)"; do
		answered "${ok[@]}" "S:$said" 'S:Content-Length: 0' 'S:'
		ends 65
	done
}

@test "a bare LF ends a line of a head, and a field may go on in the next one" {
	answered 'S:HTTP/1.1 200 OK\n' 'S:Content-Length: 5\n' 'S:\n' 'S:hello\c'
	ends 0
	printed hello
	answered "${ok[@]}" 'S:X: y' 'S: z' 'S:Content-Length:' 'S:\x20' 'S:\x095' 'S:' 'S:hello\c'
	ends 0
	printed hello
	answered "${ok[@]}" 'S:Content-Length: 5' 'S: 6' 'S:' 'S:hello\c'
	ends 65
	answered "${ok[@]}" "S:X: $(n_of 4000 x)" "S: $(n_of 3000 x)" "S: $(n_of 995 x)" 'S:Content-Length: 0' 'S:'
	ends 0
	answered "${ok[@]}" "S:X: $(n_of 4000 x)" "S: $(n_of 3000 x)" "S: $(n_of 996 x)" 'S:Content-Length: 0' 'S:'
	ends 65
}

@test "a line of 8000 octets and 100 fields are taken, one more is 65" {
	answered "S:HTTP/1.1 200 $(n_of 7987 x)" "S:X:$(n_of 7998 x)" 'S:Content-Length: 0' 'S:'
	ends 0
	answered "S:HTTP/1.1 200 $(n_of 7988 x)" 'S:Content-Length: 0' 'S:'
	ends 65
	answered "${ok[@]}" "S:X:$(n_of 7999 x)" 'S:Content-Length: 0' 'S:'
	ends 65
	fields=()
	for ((n = 0; n < 99; n++)); do fields+=('S:X: y'); done
	answered "${ok[@]}" "${fields[@]}" 'S:Content-Length: 0' 'S:'
	ends 0
	answered "${ok[@]}" "${fields[@]}" 'S:X: y' 'S:Content-Length: 0' 'S:'
	ends 65
}

# What cannot be written.

@test "a DIR or a standard output that takes nothing is 74, and nothing is left" {
	listens
	: >file
	get -o file /
	ends 74
	says 'http-get: file: '
	get -o no/such/folder /
	ends 74
	head -c 100000 /dev/zero >www/large
	run bash -c "ulimit -f 32; http-get -o page http://$address/large"
	ends 74
	says 'http-get: page'
	only
	[ -e /dev/full ] || return 0
	server 'C:GET /x HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:' "S:$(n_of 8000 x)" "S:$(n_of 8000 x)" '!C closes'
	run bash -c "http-get http://$address/x >/dev/full" # it waits for no more
	ends 74
	replayed
	listens
	run bash -c "http-get http://$address/large >/dev/full"
	ends 74
	says 'http-get: standard output: '
	run bash -c "http-get -o page http://$address/ >/dev/full"
	ends 74
	run bash -c "http-get http://$address/ >&-"
	ends 74
}

@test "a server that is silent for longer than -i is left, and what came is not kept" {
	server 'C:GET /x HTTP/1.1' "${asks[@]}" "${ok[@]}" 'S:' 'S:Do you like' '!C closes'
	run http-get -i 3s -o page "http://$address/x"
	ends 75
	says "http-get: http://$address/x: nothing more came in time"
	only
	replayed
}

@test "once nobody reads what it prints it ends" {
	listens
	head -c 3000000 /dev/zero >www/large
	run bash -c "http-get http://$address/large | head -c 1 | wc -c; echo \${PIPESTATUS[0]}"
	[ "${lines[${#lines[@]} - 1]}" = 74 ]
}

@test "-h prints the usage and exits 0; a wrong argument prints it on stderr, 64" {
	run http-get -h
	ends 0
	says 'usage: http-get [-1] [-i IDLE] [-o DIR] URL...'
	says 'never over an older file: the new one is then index-2.html'
	for wrong in '' -1 '-o page' '-x http://localhost/' '-i 0 http://localhost/' '-i soon http://localhost/' -o; do
		status=0
		# shellcheck disable=SC2086 # a word each
		http-get $wrong </dev/null >out 2>err || status=$?
		[ "$status" -eq 64 ] && [ ! -s out ] && grep -q '^usage: http-get' err || {
			echo "http-get $wrong: expected 64 and the usage, got $status"
			return 1
		}
	done
}

#!/usr/bin/env bats
# compare-http-smtp, and measure-transcript.awk, which counts what its table tells.

load common

# It is performed once, and what it printed is looked at by several tests.
setup_file() {
	local root=${BATS_TEST_DIRNAME%/*}
	performed=${BATS_FILE_TMPDIR:-$(mktemp -d "${TMPDIR:-/tmp}/mail-lab.XXXXXX")}
	MAIL_LAB_WORDS=
	export performed MAIL_LAB_WORDS
	mkdir "$performed/tmp"
	TMPDIR=$performed/tmp MAIL_LAB_BUILD=${MAIL_LAB_BUILD:-$root/build} sh "$root/scripts/compare-http-smtp" \
		>"$performed/printed" 2>&1
}
teardown_file() { [ -n "${BATS_FILE_TMPDIR-}" ] || rm -rf "$performed"; }
setup() { common_setup; }
teardown() { common_teardown; }

# measured [AWK...]: the table of the records 1.txt, 2.txt, 3.txt, as far as there are any.
measured() {
	LC_ALL=C "${@:-awk}" -v titles='one|two|three' -f "$root/scripts/classroom/spoken.awk" -f "$root/scripts/drawing/measure-transcript.awk" [123].txt
}

# is LABEL EXPECTED: a row of the table; | is between its columns.
is() {
	local line words got=
	while IFS= read -r line; do
		read -r words <<<"${line:0:34}"
		[ "$words" = "$1" ] || continue
		read -r got <<<"${line:34}"
		while [[ $got =~ ^(.*[^ ])\ \ +([^ ].*)$ ]]; do got="${BASH_REMATCH[1]}|${BASH_REMATCH[2]}"; done
		break
	done <<<"$output"
	[ "$got" = "$2" ] && return
	printf 'expected %s: %s, got %s\n%s\n' "$1" "$2" "$got" "$output"
	return 1
}
# printed: $output is what it printed when it was performed.
printed() {
	read_in "$performed/printed"
	output=$content
}

# http LINE...: a record of a conversation over HTTP. mail LINE...: one over SMTP, in which
# these lines are the message.
http() { printf '%s\n' '# conversation 1' "$@" '!C closes' '!S closes' >>1.txt; }
mail() {
	printf '%s\n' '# conversation 1' 'S:220 a' 'C:HELO b' 'S:250 a' 'C:DATA' 'S:354 go' "$@" \
		'C:.' 'S:250 ok' 'C:QUIT' 'S:221 a' '!S closes' '!C closes' >1.txt
}

# refused WHY: there is no table.
refused() {
	run measured
	ends 65
	[ "${#lines[@]}" -eq 1 ] && says "$1"
}

@test "an octet is an octet, however the record spells it" {
	http 'C:GET / HTTP/1.1' C: 'S:HTTP/1.1 200 OK' 'S:Content-Length: 20' S: \
		'S:a\\c' 'S:\x00{{\r\xff\n' 'S:{{b}\\n' 'S:??\\\c'
	run measured
	ends 0
	is 'octets from the client' 18
	is 'octets from the server' 59
	is 'of both: the files themselves' 20
	is 'requests, or commands' 18
	is 'heads of responses, or replies' 39
	is 'of both: what frames them' 57
	is 'framing, in percent of the files' '285.0 %'
}

@test "HTTP: each response is a file, and somebody waits for each, or for many at once" {
	head='S:HTTP/1.1 200 OK'
	http 'C:GET /a HTTP/1.1' C: "$head" 'S:content-length:2' S: 'S:ab\c' \
		'C:GET /b HTTP/1.1' C: "$head" 'S:Content-Length: 0' S:
	http 'C:GET /c HTTP/1.1' C: 'C:GET /d HTTP/1.1' C: "$head" 'S:Content-Length: 3' S: \
		"S:\\n" "S:ab${head#S:}" 'S:Content-Length: 1' S: 'S:x\c'
	run measured
	ends 0
	is 'TCP connections' 2
	is 'opened by' 'the receiver'
	is 'so the files are moved by' pull
	is 'the first to speak is' 'the client'
	is 'files carried' 4
	is 'in so many messages' 4
	is 'times the client waits, in all' 5
	is 'for TCP to connect' 2
	is 'for the server to answer' 3
	is 'of both: the files themselves' 6
}

@test "SMTP: a message is a file; its dots and line ends are framing" {
	mail 'C:Subject: x' C: 'C:hi' 'C:..dot'
	run measured
	ends 0
	is 'opened by' 'the sender'
	is 'so the files are moved by' push
	is 'the first to speak is' 'the server'
	is 'files carried' 1
	is 'in so many messages' 1
	is 'for the server to answer' 5
	is 'octets from the client' 48
	is 'octets from the server' 37
	is 'of both: the files themselves' 8
	is 'requests, or commands' 20
	is 'heads of responses, or replies' 37
	is 'header lines of the message' 14
	is 'boundaries between its parts' 0
	is 'line ends, dots' 6
	is 'what base64 adds' 0
}

@test "SMTP: each part of a message is a file; boundaries and base64 are framing" {
	mail 'C:Content-Type: multipart/mixed; boundary="=_b"' C: 'C:for none' 'C:--=_b' \
		'C:Content-Transfer-Encoding: 7bit' C: 'C:hi' C: 'C:--=_b' \
		'C:content-transfer-encoding:  BASE64' C: 'C:AAEC' 'C:/w==' C: \
		'C:--=_b' C: 'C:ok' C: 'C:--=_b--' 'C:for none'
	run measured
	ends 0
	is 'files carried' 3
	is 'in so many messages' 1
	is 'of both: the files themselves' 10
	is 'header lines of the message' $((45 + 2 + 2 + 31 + 2 + 2 + 34 + 2 + 2 + 2))
	is 'boundaries between its parts' $((10 + 7 + 2 + 7 + 2 + 7 + 2 + 9 + 10))
	is 'line ends, dots' 5
	is 'what base64 adds' 8
	mv 1.txt many
	mail 'C:Content-Transfer-Encoding: base64' C: 'C:AAEC'
	cat 1.txt >one
	mail C: 'C:hi'
	cat many one 1.txt >all && mv all 1.txt
	run measured
	ends 0
	is 'files carried' 5
	is 'in so many messages' 3
	is 'of both: the files themselves' 16
	is 'what base64 adds' 11
}

@test "a record that is not whole, or not measured, is refused" {
	head='S:HTTP/1.1 200 OK'
	http 'C:GET / HTTP/1.1' C: "$head" 'S:Content-Length: 3' S: 'S:ab\c'
	refused 'a conversation ends too soon'
	http 'C:GET / HTTP/1.1' C: "$head" 'S:Content-Length: 1' S: 'S:a\c'
	refused '1.txt:10: a conversation ends too soon'
	rm 1.txt
	http 'C:GET / HTTP/1.1' C: "$head" 'S:Transfer-Encoding: chunked' S: 'S:0' S:
	refused '1.txt:6: a response without Content-Length'
	rm 1.txt
	http 'C:GET / HTTP/1.1' C: 'S:HTTP/1.1 404 Not Found' 'S:Content-Length: 0' S:
	refused '1.txt:4: this response brings no object'
	mail 'C:Content-Transfer-Encoding: quoted-printable' C: 'C:=41'
	refused '1.txt:7: quoted-printable is not measured'
	mail 'C:Content-Type: multipart/mixed; boundary="a"' C: C:--a \
		'C:Content-Type: multipart/mixed; boundary="b"' C:
	refused '1.txt:10: a multipart in a multipart is not measured'
	mail C:
	sed '/^C:[.]/,$d' 1.txt >part && mv part 1.txt
	refused 'a conversation ends too soon'
	printf '# nothing\n' >1.txt
	refused 'column 1: nothing was carried'
}

@test "every awk at hand measures the same" {
	http 'C:GET / HTTP/1.1' C: 'S:HTTP/1.1 200 OK' 'S:Content-Length: 8' S: 'S:a\\{{\r\x00\n' 'S:? \c'
	mv 1.txt 2.txt
	mail 'C:Content-Type: multipart/mixed; boundary="=_b"' C: 'C:--=_b' C: 'C:..hi' C: 'C:--=_b' \
		'C:Content-Transfer-Encoding: base64' C: 'C:AAEC' 'C:/w==' C: 'C:--=_b--'
	measured >expected
	for one_awk in mawk 'gawk --posix' 'busybox awk' original-awk; do
		command -v "${one_awk%% *}" || continue
		# shellcheck disable=SC2086 # a word each
		measured $one_awk >got
		same expected got
	done
}

@test "the page and its pictures arrive each time, and nothing is left behind" {
	printed
	is 'TCP connections' '1|4|1'
	is 'opened by' 'the receiver|the receiver|the sender'
	is 'so the files are moved by' 'pull|pull|push'
	is 'the first to speak is' 'the client|the client|the server'
	is 'files carried' '4|4|4'
	is 'in so many messages' '4|4|1'
	is 'times the client waits, in all' '5|8|8'
	is 'for TCP to connect' '1|4|1'
	is 'for the server to answer' '4|4|7'
	is 'boundaries between its parts' '0|0|105'
	is_empty "$performed/tmp"
}

# adds_up: the files have their sizes, and each octet is in one row.
adds_up() {
	local page=$root/lessons/13-pull-and-push/page
	local octets
	octets=$(cat "$page"/* "$root/lessons/07-base64/picture.jpg" | wc -c | tr -d ' ')
	is 'of both: the files themselves' "$octets|$octets|$octets"
	awk '/^octets from/ { for (i = 1; i <= 3; i++) all[i] += $(i + 4) }
		/^  of both: the files/ { for (i = 0; i < 3; i++) all[3 - i] -= $(NF - i) }
		/^    [a-z].* [0-9]+$/ { rows++; for (i = 0; i < 3; i++) all[3 - i] -= $(NF - i) }
		END { exit rows != 6 || all[1] || all[2] || all[3] }' <<<"$output"
}

@test "the numbers are right, with every awk at hand" {
	mkdir awks
	printed
	adds_up
	for one_awk in mawk gawk busybox original-awk; do
		path=$(command -v "$one_awk") || continue
		ln -sf "$path" awks/awk
		PATH=$PWD/awks:$PATH run compare-http-smtp
		ends 0
		adds_up
	done
}

@test "what awk is given is ASCII, since some count characters whatever the locale says" {
	mkdir awks
	printf '#!/bin/sh\n! grep -q "[^ -~]" persistent.txt each.txt smtp.txt || exit 1\n%s\n' \
		"exec $(command -v awk) \"\$@\"" >awks/awk
	chmod +x awks/awk
	PATH=$PWD/awks:$PATH run compare-http-smtp
	ends 0
}

@test "it fits 80 columns, and has no colours where it is not a terminal" {
	printed
	[ "$output" = "${output//$'\033'/}" ]
	[ -z "$(awk 'length($0) > 80' <<<"$output")" ]
}

@test "a terminal gets colours, but not with NO_COLOR" {
	script -qec true /dev/null >/dev/null 2>&1 || skip "no script(1) to make a terminal with"
	TERM=xterm run script -qec compare-http-smtp /dev/null </dev/null
	says $'\033'
	NO_COLOR=1 TERM=xterm run script -qec compare-http-smtp /dev/null </dev/null
	says 'What to see'
	[ "$output" = "${output//$'\033'/}" ]
}

# with PROGRAM COMMAND: has PROGRAM be run by this line of shell, in place of it.
with() {
	mkdir -p programs
	ln -s "$build"/* programs
	rm "programs/$1"
	printf '#!/bin/sh\n%s\n' "$2" >"programs/$1"
	chmod +x "programs/$1"
	mkdir tmp
	TMPDIR=$work/tmp MAIL_LAB_BUILD=$work/programs run compare-http-smtp
	ends 1
	is_empty tmp && rm -r programs tmp
}

@test "what did not arrive as it was sent, or not at all, is told in place of a table" {
	with http-get "'$build/http-get'"' "$@"; for d in got/*; do echo >>$d/pickle.png; done'
	[ "${lines[0]}" = 'compare-http-smtp: pickle.png has not arrived as it was sent: persistent' ]
	with mime-decode "'$build/mime-decode'"' "$@"; echo >>got/smtp/picture.jpg'
	[ "${lines[0]}" = 'compare-http-smtp: picture.jpg has not arrived as it was sent: smtp' ]
	with smtp-send 'exit 75'
	says 'hamburger.edu did not take the message'
	with http-get 'echo no such page >&2; exit 69'
	says 'http-get did not get everything'
	says 'no such page'
	with wiretap 'exit 69'
	says 'wiretap did not start'
}

@test "usage: 64; programs that are not built: 69; output that cannot be written: 74" {
	run compare-http-smtp -h
	ends 0
	says 'usage: compare-http-smtp'
	for bad in --bogus '-h -h' x ''; do
		# shellcheck disable=SC2086 # a word each
		run compare-http-smtp ${bad:-''}
		ends 64
	done
	mkdir empty
	MAIL_LAB_BUILD=$work/empty run compare-http-smtp
	ends 69
	says make
	[ -c /dev/full ] || skip "no /dev/full"
	run bash -c 'compare-http-smtp >/dev/full'
	ends 74
}

@test "installed it is found, and runs" {
	mkdir -p libexec/mail-lab share/mail-lab
	cp -R "$build"/* "$root"/scripts/* libexec/mail-lab 2>/dev/null || :
	cp -R "$root/lessons" share/mail-lab
	unset MAIL_LAB_BUILD
	run libexec/mail-lab/compare-http-smtp
	ends 0
	is 'files carried' '4|4|4'
}

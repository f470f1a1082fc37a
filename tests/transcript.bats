# The transcript as a format, all of it through replay: what a line that was said
# looks like, what a text says, and what is no transcript.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# The status of the server that serve started, once it has ended.
server_ends() {
	local status=0 output
	wait "$pid" || status=$?
	output=$(cat "$server_out" "$server_err")
	ends "$1"
}

# said_as TEXT OCTETS: the text of a server says this.
said_as() {
	printf '%s\n' "$1" >text
	serve replay -l 127.0.0.1:0 text
	drive-wire dial "$address" </dev/null >got
	server_ends 0
	printf '%b' "$2" >expected
	same expected got
}

# refused TRANSCRIPT LINE WHY: it is refused before anybody is called.
refused() {
	printf '%b' "$1" >t
	run replay 127.0.0.1:1 t
	ends 65 || { echo "of: ${1:0:100}"; return 1; }
	[[ $output = "replay: t:$2: "* && $output = *"$3"* ]] ||
		{ echo "of: ${1:0:100}; expected line $2, got: $output"; return 1; }
}

# taken TRANSCRIPT: it is not one of those.
taken() {
	printf '%b' "$1" >t
	run replay 127.0.0.1:1 t
	ends 75 || { echo "of: ${1:0:100}"; return 1; }
}

@test "every row of tests/rows/transcript holds" { rows transcript; }

@test "every sentence of tests/conversations/transcript holds" { conversations transcript; }

@test "all 256 octets: what one replay says, the other hears, and prints as it was written" {
	local hex='0 1 2 3 4 5 6 7 8 9 a b c d e f' high low octet
	{
		for high in $hex; do
			for low in $hex; do
				octet=$high$low
				case $octet in
				0a) printf 'S:\\n\nS:' ;;
				0d) printf '\\r' ;;
				5c) printf '%s' "\\\\" ;;
				7b) printf '{{' ;;
				[2-6]? | 7[0-9a-e]) printf '%b' "\\x$octet" ;;
				*) printf '\\x%s' "$octet" ;;
				esac
			done
		done | sed '1s/^/S:/'
		echo
	} >all
	serve replay -x -l 127.0.0.1:0 all
	replay -x "$address" all >got
	server_ends 0
	same all got
	tail -n +2 "$server_out" >got
	same all got
	serve replay -l 127.0.0.1:0 all
	[ "$(drive-wire dial "$address" </dev/null | od -An -v -tu1 | tr -s ' ' '\n' |
		grep . | sort -n | uniq | wc -l)" -eq 256 ]
}

@test "an endless line is cut into pieces that end in \\c, which feed back" {
	head -c 20000 /dev/zero | tr '\0' a >long
	echo 'C:{lines}' >any
	serve replay -l 127.0.0.1:0 any
	{ cat long; printf '\r\n'; } | drive-wire dial "$address"
	server_ends 0
	tail -n +2 "$server_out" >pieces
	[ "$(grep -c '^C:a\{8192\}\\c$' pieces)" -eq 2 ]
	[ "$(sed -n 3p pieces)" = "C:$(head -c 3616 long)" ]
	sed 's/^C/S/' pieces >said
	serve replay -l 127.0.0.1:0 said
	drive-wire dial "$address" </dev/null | tr -d '\r\n' >got
	same long got
	serve replay -x -l 127.0.0.1:0 said
	replay -x "$address" said >got
	same said got
}

@test "comments, a byte order mark and the CRLF of a file are no part of it" {
	said_as $'\xef\xbb\xbf# the greeting\r\nS:220 a\r\n#\r\nS:b\\r\r' '220 a\r\nb\r\r\n'
	said_as $'\xef\xbb\xbfS:220 a' '220 a\r\n'
	printf 'S:no newline' >text
	serve replay -l 127.0.0.1:0 text
	[ "$(drive-wire dial "$address" </dev/null)" = $'no newline\r' ]
}

@test "a file that cannot be read is 66, one of another kind is 66 or 65" {
	run replay 127.0.0.1:1 nowhere
	ends 66
	says 'replay: nowhere: No such file or directory'
	run replay 127.0.0.1:1 .
	ends 66
	says 'replay: .: Is a directory'
	run replay 127.0.0.1:1 "$root/lessons/07-base64/picture.jpg"
	ends 65
}

@test "the article's own transcript is refused at its first mistake" {
	run replay 127.0.0.1:1 "$root/lessons/03-the-transcript/as-printed.txt"
	ends 65
	says 'as-printed.txt:2: an empty line; an empty line that was said'
	grep . "$root/lessons/03-the-transcript/as-printed.txt" >t
	run replay 127.0.0.1:1 t
	ends 65
	says 't:13: a semicolon; probably S: was meant'
	taken "$(cat "$root/lessons/03-the-transcript/expected.txt")"
}

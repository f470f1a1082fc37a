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

# heard_as OCTETS TEXT: what a client says is printed so.
heard_as() {
	echo 'C:{lines}' >any
	serve replay -l 127.0.0.1:0 any
	printf '%b' "$1" | drive-wire dial "$address"
	server_ends 0
	printf '%s\n' "$2" >expected
	tail -n +2 "$server_out" >got
	same expected got
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

# both_ways TEXT OCTETS: a text in the spelling that replay prints itself.
both_ways() {
	said_as "S:$1" "$2"
	heard_as "$2" "C:$1"
}

# refused TRANSCRIPT LINE WHY: it is refused before anybody is called.
refused() {
	printf '%b' "$1" >t
	run replay 127.0.0.1:1 t
	ends 65 || { echo "of: ${1:0:100}"; return 1; }
	[[ $output = "replay: t:$2: "* && $output = *"$3"* ]] ||
		{ echo "of: ${1:0:100}; expected line $2, got: $output"; return 1; }
}

# taken TRANSCRIPT: it is none of those.
taken() {
	printf '%b' "$1" >t
	run replay 127.0.0.1:1 t
	ends 75 || { echo "of: ${1:0:100}"; return 1; }
}

@test "printable octets and UTF-8 stand as they are, and the CRLF is not shown" {
	both_ways 'HELO crepes.fr ~!"}' 'HELO crepes.fr ~!"}\r\n'
	both_ways 'crêpes à 5 € 🍅' 'crêpes à 5 € 🍅\r\n'
	heard_as ' a blank\r\n' 'C: a blank'
	said_as $'S: a blank\nS:after some colons' ' a blank\r\nafter some colons\r\n'
	both_ways '' '\r\n'
}

@test "a backslash is two, and so is a brace that was said" {
	both_ways '\\ \\n {{any} }' '\\ \\n {any} }\r\n'
	both_ways 'a\\c' 'a\\c\r\n'
}

@test "a blank at the end of a line is \\x20" {
	both_ways '250 \x20' '250  \r\n'
	both_ways '\x20' ' \r\n'
}

@test "a bare LF is \\n, a bare CR \\r, and \\c where no line end comes" {
	both_ways 'QUIT\n' 'QUIT\n'
	both_ways '\n' '\n'
	both_ways 'a\rb\r' 'a\rb\r\r\n'
	both_ways 'QU\c' 'QU'
	both_ways 'QU\r\c' 'QU\r'
	both_ways 'a blank \n' 'a blank \n'
}

@test "control octets, C1 controls and what is not UTF-8 are \\xNN" {
	both_ways '\x00\x07\x1b[2J\x7f\x09' '\0000\0007\0033[2J\0177\t\r\n'
	both_ways '\xc2\x85\xc2\x9b\x80' '\0302\0205\0302\0233\0200\r\n'
	both_ways 'caf\xe9 \xc3' 'caf\0351 \0303\r\n'
	both_ways '\xc0\xaf\xe0\x80\xaf\xed\xa0\x80\xf4\x90\x80\x80\xf5' \
		'\0300\0257\0340\0200\0257\0355\0240\0200\0364\0220\0200\0200\0365\r\n'
	both_ways 'é\xff' 'é\0377\r\n'
}

@test "any octet may be spelled by its number, in either case" {
	said_as 'S:\x48\x45\x4C\x4f \x7b\x5c\x5C\xE9' 'HELO {\\\\\0351\r\n'
}

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

@test "an empty line is refused, and how to write one that was said is told" {
	refused 'S:220 a\n\nC:QUIT\n' 2 'an empty line; an empty line that was said is C: or S: alone'
	refused '\n' 1 'an empty line'
	refused '\r\nS:220 a\n' 1 'an empty line'
}

@test "what a line was probably meant to be is told" {
	refused 'S:220 a\nS;250 b\n' 2 'a semicolon; probably S: was meant'
	refused 'C:QUIT\nS：221 b\n' 2 'a full-width colon; probably S: was meant'
	refused 'C；QUIT\n' 1 'a full-width semicolon; probably C: was meant'
	refused 'C :QUIT\n' 1 'a blank; probably C: was meant'
	refused 's:220 a\n' 1 'a small letter; probably C: or S: was meant'
	refused ' C:QUIT\n' 1 'a blank before it; probably C: or S: was meant'
	refused 'HELO crepes.fr\n' 1 'neither C: nor S:, no # comment and no ! event'
	refused 'Client:QUIT\n' 1 'neither C: nor S:'
	refused 'X:QUIT\n' 1 'neither C: nor S:'
}

@test "a blank after every colon is refused, but not after some of them" {
	refused '# so\nS: 220 a\nC: QUIT\nS: 221 b\n' 2 'a blank after every colon: C:HELO, not C: HELO, was probably meant'
	taken 'S:220 a\nC: QUIT\n'
}

@test "a lone brace and an escape that is none are refused, and how to write them is told" {
	refused 'S:220 {\n' 1 'a brace that was said is {{, else it is {any}, {lines} or {NAME} in capitals'
	refused 'S:220 {name}\nC:x' 1 'a brace that was said is {{'
	refused 'S:220 {A\n' 1 'a brace that was said is {{'
	refused 'S:{}\n' 1 'a brace that was said is {{'
	refused 'S:220 {lines}\n' 1 '{lines} stands alone after the colon, for whole lines; within a line it is {any}'
	refused 'S:220 \\q\n' 1 'no such escape: a backslash that was said is \\, else it is \xNN, \r, or \n or \c at the end'
	refused 'S:\\x4\n' 1 'no such escape'
	refused 'S:\\xgg\n' 1 'no such escape'
	refused 'S:a\\nb\n' 1 'no such escape'
	refused 'S:a\\\n' 1 'no such escape'
	refused 'S:a\\x0ab\n' 1 'an LF ends a line: end it in \n, go on in the next'
	taken 'S:a {{ {any} {B} {{{C}\n'
}

@test "\\r\\n at the end, and \\c with nothing before it, are refused" {
	refused 'C:QUIT\\r\\n\n' 1 '\r\n is how every line ends: leave it out'
	refused 'C:\\x0d\\n\n' 1 '\r\n is how every line ends: leave it out'
	refused 'C:\\c\n' 1 'nothing at all was said: leave the line out'
	taken 'C:a\\r\\c\n'
}

@test "an event that does not exist is refused, and those that do are told" {
	refused '!S hangs up\n' 1 'no such event: there are !C closes, !S closes, !C resets, !S resets and !wait SECONDS'
	refused '!S close\n' 1 'no such event'
	refused '!wait\n' 1 'no such event'
	refused '!wait long\n' 1 'how long? !wait takes seconds, as in !wait 0.5'
	refused '!wait -1\n' 1 'how long?'
	refused '!wait 1s\n' 1 'how long?'
	refused '!wait nan\n' 1 'how long?'
	refused '!wait 1e9\n' 1 'how long?'
	taken '!wait 0.5\n!C closes\n!S closes\n!C resets\n!S resets\n'
}

@test "octets that have to be escaped, NUL and blanks at the end are refused" {
	refused 'S:220 a\0000\n' 1 'a control character, NUL'
	refused 'S:a\tb\n' 1 'an octet that has to stand as \x09'
	refused 'S:a\0033[2J\n' 1 'an octet that has to stand as \x1b'
	refused 'S:a\rb\n' 1 'an octet that has to stand as \x0d'
	refused 'S:caf\0351\n' 1 'not UTF-8: an octet that has to stand as \xe9'
	refused 'S:caf\0303\n' 1 'not UTF-8: an octet that has to stand as \xc3'
	refused 'S:a\0302\0205\n' 1 'an octet that has to stand as \xc2'
	refused 'S:220 a \n' 1 'a blank at the end of the line: \x20 if it was said, else nothing'
	refused 'S:{lines} \n' 1 'a blank at the end of the line'
	refused '\0377\0376S\0000:\0000' 1 'a control character, NUL'
}

@test "a line that is too long is refused, whether as a text or as octets" {
	refused "S:ok\nS:$(printf '%08191d' 0)\n" 2 'a line of over 8192 octets with its end: cut it into lines that end in \c'
	refused "S:$(printf '%040000d' 0)\n" 1 'octets: cut it into lines that end in \c'
	taken "S:$(printf '%08190d' 0)\n"
	taken "S:$(printf '%08190d' 0 | sed 's/0/\\\\x30/g')\n"
}

@test "a name of 32 octets and a 33rd name are refused" {
	refused 'S:{ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF}\n' 1 'a brace'
	taken 'S:{ABCDEFGHIJKLMNOPQRSTUVWXYZABCDE}\n'
	refused "$(for i in {1..33}; do printf 'S:{N%d}\\n' "$i"; done)" 33 'more than 32 different {NAME}s'
	taken "$(for i in {1..32} {1..32}; do printf 'S:{N%d}\\n' "$i"; done)"
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

# dots: the end of a message and the dots before its lines, in pieces of every
# size, since TCP cuts a stream where it likes.
load common

setup() { common_setup; }
teardown() { common_teardown; }

sizes=(0 1 2 3 4 5 6 7 8 64) # each of them has to give the same

# unstuffs STREAM MESSAGE END: of this stream this is the message, and so it ends.
unstuffs() {
	printf '%b' "$1" | drive-dots unstuff "${sizes[@]}" >got || return 1
	{ printf '%b' "$2"; echo "$3"; } >expected
	same expected got || { echo "of $1"; return 1; }
}

# stuffs MESSAGE STREAM: as SMTP sends it; stuffs_stored MESSAGE STREAM: as POP3 does.
stuffs() { stuffs_as stuff "$@"; }
stuffs_stored() { stuffs_as stuff-stored "$@"; }
stuffs_as() {
	printf '%b' "$2" | drive-dots "$1" "${sizes[@]}" >got || return 1
	shift
	printf '%b' "$2" >expected
	same expected got || { echo "of $1"; return 1; }
}

@test "the message ends at CRLF.CRLF, and its CRLF is part of it" {
	unstuffs 'ketchup?\r\npickles?\r\n.\r\n' 'ketchup?\r\npickles?\r\n' 'end, 0 left'
}

@test "what follows the end is left to the caller" {
	unstuffs 'a\r\n.\r\nQUIT\r\n' 'a\r\n' 'end, 6 left'
	unstuffs 'a\r\n.\r\n\n.\r\n' 'a\r\n' 'end, 4 left'
	unstuffs 'a\r\n.\r\n.\r\n' 'a\r\n' 'end, 3 left'
}

@test "an empty message is .CRLF right at the start" {
	unstuffs '.\r\n' '' 'end, 0 left'
	unstuffs '.\r\nQUIT\r\n' '' 'end, 6 left'
}

@test "a dot is taken off each line that begins with one, and no other" {
	unstuffs '..\r\n...\r\n.profile\r\na.\r\na..b\r\n.\r\n' \
		'.\r\n..\r\nprofile\r\na.\r\na..b\r\n' 'end, 0 left'
	unstuffs '. \r\n.\t\r\n.\r\n' ' \r\n\t\r\n' 'end, 0 left'
}

@test "an unfinished end is no end, and its CR is held back until it is known" {
	unstuffs '' '' 'no end, 0 left'
	unstuffs 'a\r\n' 'a\r\n' 'no end, 0 left'
	unstuffs 'a\r\n.' 'a\r\n' 'no end, 0 left'
	unstuffs 'a\r\n.\r' 'a\r\n' 'no end, 0 left'
	unstuffs 'a\r\n.\rb\r\n.\r\n' 'a\r\n\rb\r\n' 'end, 0 left, bare CR'
}

@test "LF.LF and LF.CRLF do not end a message" {
	unstuffs 'a\n.\nb\r\n.\r\n' 'a\n.\nb\r\n' 'end, 0 left, bare LF'
	unstuffs 'a\n.\r\nb\r\n.\r\n' 'a\n.\r\nb\r\n' 'end, 0 left, bare LF'
	unstuffs '\n.\r\n' '\n.\r\n' 'no end, 0 left, bare LF'
}

@test "CRLF.LF does not" {
	unstuffs 'a\r\n.\nb\r\n.\r\n' 'a\r\n\nb\r\n' 'end, 0 left, bare LF'
	unstuffs '.\n' '\n' 'no end, 0 left, bare LF'
}

@test "CR.CR, CR.CRLF and CRLF.CR do not" {
	unstuffs 'a\r.\rb\r\n.\r\n' 'a\r.\rb\r\n' 'end, 0 left, bare CR'
	unstuffs 'a\r.\r\nb\r\n.\r\n' 'a\r.\r\nb\r\n' 'end, 0 left, bare CR'
	unstuffs 'a\r\n.\r.\r\nb\r\n.\r\n' 'a\r\n\r.\r\nb\r\n' 'end, 0 left, bare CR'
}

@test "CRLF.CRCRLF and CRCRLF.CRLF: one CR too many does not end it, or is in it" {
	unstuffs 'a\r\n.\r\r\nb\r\n.\r\n' 'a\r\n\r\r\nb\r\n' 'end, 0 left, bare CR'
	unstuffs 'a\r\r\n.\r\nb' 'a\r\r\n' 'end, 1 left, bare CR'
}

@test "NUL anywhere in it does not end a message" {
	unstuffs 'a\r\n.\0\r\nb\r\n.\r\n' 'a\r\n\0\r\nb\r\n' 'end, 0 left, NUL'
	unstuffs 'a\r\n\0.\r\nb\r\n.\r\n' 'a\r\n\0.\r\nb\r\n' 'end, 0 left, NUL'
	unstuffs 'a\r\n.\r\0\nb\r\n.\r\n' 'a\r\n\r\0\nb\r\n' \
		'end, 0 left, bare CR, bare LF, NUL'
	unstuffs 'a\r\0\n.\r\nb\r\n.\r\n' 'a\r\0\n.\r\nb\r\n' \
		'end, 0 left, bare CR, bare LF, NUL'
}

@test "a second LF and a second CR are faults, wherever they stand" {
	unstuffs 'a\r\n\n.\r\n' 'a\r\n\n.\r\n' 'no end, 0 left, bare LF'
	unstuffs 'a\r' 'a\r' 'no end, 0 left'
	unstuffs '\r\r\n.\r\n' '\r\r\n' 'end, 0 left, bare CR'
}

@test "a sender puts a dot before each line that begins with one" {
	stuffs '.profile\n..\n.\na.\n' '..profile\r\n...\r\n..\r\na.\r\n.\r\n'
}

@test "LF, CRLF and CR line ends all go out as CRLF" {
	stuffs 'a\n.b\n\n' 'a\r\n..b\r\n\r\n.\r\n'
	stuffs 'a\r\n.b\r\n\r\n' 'a\r\n..b\r\n\r\n.\r\n'
	stuffs 'a\r.b\r\r' 'a\r\n..b\r\n\r\n.\r\n'
	stuffs 'a\n\r\n\rb\r' 'a\r\n\r\n\r\nb\r\n.\r\n'
}

@test "a last line without an end gets one; a message of nothing is .CRLF" {
	stuffs 'a' 'a\r\n.\r\n'
	stuffs '.' '..\r\n.\r\n'
	stuffs 'a\r' 'a\r\n.\r\n'
	stuffs '' '.\r\n'
	stuffs '\n' '\r\n.\r\n'
}

@test "a stored message keeps a CR without LF, which begins no line; LF and CRLF are line ends" {
	stuffs_stored '.a\n..\n.\nb.\n\n' '..a\r\n...\r\n..\r\nb.\r\n\r\n.\r\n'
	stuffs_stored 'a\r\n.b\r\n\r\n' 'a\r\n..b\r\n\r\n.\r\n'
	stuffs_stored 'a\rb\r.c\n\r\r\n' 'a\rb\r.c\r\n\r\r\n.\r\n'
	stuffs_stored '\r.\n.\r.\n' '\r.\r\n..\r.\r\n.\r\n'
	stuffs_stored 'a\r' 'a\r\r\n.\r\n'
	stuffs_stored 'a' 'a\r\n.\r\n'
	stuffs_stored '' '.\r\n'
}

@test "all octets but CR and LF go through both unchanged" {
	local octal
	for octal in {0..3}{0..7}{0..7}; do
		[ "$octal" = 012 ] || [ "$octal" = 015 ] || printf '%b' "\\0$octal"
	done >expected
	printf '\r\n' >>expected
	[ "$(wc -c <expected)" -eq 256 ]
	drive-dots stuff "${sizes[@]}" <expected >stream
	echo 'end, 0 left, NUL' >>expected
	drive-dots unstuff "${sizes[@]}" <stream >got
	same expected got
}

# returns MESSAGE CRLF: what stuff puts on, unstuff takes off; nothing is left.
returns() {
	drive-dots stuff "${sizes[@]}" <"$1" >stream
	{ cat "$2"; echo 'end, 0 left'; } >expected
	drive-dots unstuff "${sizes[@]}" <stream >got
	same expected got
}

@test "what is stuffed and unstuffed is the message, with CRLF" {
	printf '.\n..\n.a\n\n\n.\r.\n a.\n' >lf
	printf '.\r\n..\r\n.a\r\n\r\n\r\n.\r\n.\r\n a.\r\n' >crlf
	returns lf crlf
	returns crlf crlf
	printf '.\n..\n...' >lf
	printf '.\r\n..\r\n...\r\n' >crlf
	returns lf crlf
	returns /dev/null /dev/null
	awk 'BEGIN { for (i = 0; i < 3000; i++)
		printf "%s%s\n", i % 3 ? "." : "", i % 7 ? "pickles" : "" }' >lf
	awk '{ printf "%s\r\n", $0 }' lf >crlf
	returns lf crlf
}

@test "memory of n + 1, 2 n and 5 octets is enough where the most comes out" {
	unstuffs '.\r.\r\r\r.\r\n.\r\r' '\r.\r\r\r.\r\n\r\r' 'no end, 0 left, bare CR'
	stuffs '.' '..\r\n.\r\n'
	stuffs '\n\n\n\r\r\r' '\r\n\r\n\r\n\r\n\r\n\r\n.\r\n'
}

#!/usr/bin/env bats
# mime-encode -w: a message is forwarded, RFC 2046, 5.2.1; RFC 2045, 6.4.

# shellcheck disable=SC2154
load common
load writing

setup() {
	common_setup
	SOURCE_DATE_EPOCH=1252454400
	export SOURCE_DATE_EPOCH
}

teardown() { common_teardown; }

# original MESSAGE: what is forwarded, in the notation of printf %b, is the file original.
original() { printf '%b' "$1" >original; }
# alice TEXT OPTION...: she forwards it after her text.
alice() {
	local text=$1
	shift
	printf '%b' "$text" >text
	mime-encode -f alice@crepes.fr -w original "$@" <text >message
	find_boundary
}
# is N FIELD TEXT: the field is in part N like that, in the message for 0; without
# TEXT it is not there.
is() { is_in_part "$@"; }
# body N: of the part, or of the message where it has none.
body() {
	LC_ALL=C awk -v n="$1" -v line="--$boundary" -v whole="$boundary" '
		$0 == line || $0 == line "--" { at++; body = 0; next }
		at + 0 == n && body { if (body++ > 1) printf "\n"; printf "%s", $0 }
		/^$/ && !body { body = 1 }
		END { if (whole == "") printf "\n" }' message
}

@test "the message comes after the text, as it was" {
	original 'From: bob@hamburger.edu\nSubject: crepes\n\nDo you like ketchup?\n'
	alice 'He asks:\n' -t carol@crepes.fr
	is 0 Subject 'Fwd: crepes'
	is 0 To carol@crepes.fr
	is 1 Content-Type 'text/plain; charset=us-ascii'
	is 1 Content-Disposition
	body 1 >got
	printf 'He asks:\n' | same got -
	is 2 Content-Type message/rfc822
	is 2 Content-Transfer-Encoding 7bit
	is 2 Content-Disposition
	body 2 >got
	same original got
	[ "$(grep -c "^--$boundary" message)" -eq 3 ]
}

@test "without a text it is the body" {
	original 'Subject: crepes\n\nDo you like ketchup?'
	alice ''
	[ -z "$boundary" ]
	is 0 Content-Type message/rfc822
	printf 'Subject: crepes\n\nDo you like ketchup?\n' >want
	body 0 >got
	same want got
	: >empty.txt
	alice unread empty.txt
	body 0 >got
	same want got
}

@test "-s is the subject, and a message without one is forwarded too" {
	original 'Subject: crepes\n\nhi\n'
	alice '' -s tea
	is 0 Subject tea
	original 'From: bob@hamburger.edu\n\nhi\n'
	alice ''
	is 0 Subject Fwd:
	original 'Subject: fwd:Fwd:  crepes\n\nhi\n'
	alice ''
	is 0 Subject 'Fwd: crepes'
}

@test "a file without a header is not a message, and is not forwarded" {
	for what in '' 'no header\n' '\n' '\0377\0330\0377\0340'; do
		original "$what"
		run bash -c 'mime-encode -t bob@hamburger.edu -w original </dev/null'
		ends 65
		[ "$output" = 'mime-encode: original: no header: not a message' ]
	done
}

@test "the subject is decoded and encoded anew, and brings nothing along" {
	original 'Subject: =?iso-8859-1?q?Cr=EApes=3F?=\n\nhi\n'
	alice ''
	is 0 Subject '=?UTF-8?B?RndkOiBDcsOqcGVzPw==?='
	original 'Subject: =?utf-8?q?hi=0D=0ABcc:_carol@crepes.fr?=\n\nhi\n'
	alice ''
	is 0 Subject 'Fwd: hi  Bcc: carol@crepes.fr'
	original 'Subject: a\033[2J\0177b\n\nhi\n'
	alice ''
	is 0 Subject 'Fwd: a [2J b'
}

@test "a message in 8bit is one, and all that hold it say so" {
	original 'Subject: x\n\nCrêpes\n'
	alice 'hi\n'
	is 0 Content-Transfer-Encoding 8bit
	is 1 Content-Transfer-Encoding 7bit
	is 2 Content-Transfer-Encoding 8bit
	is 2 Content-Type message/rfc822
	body 2 >got
	same original got
	alice ''
	is 0 Content-Transfer-Encoding 8bit
	is 0 Content-Type message/rfc822
	body 0 >got
	same original got
}

@test "what lines cannot carry goes as data, under a name" {
	for text in 'a\000b' 'a\rb' "$(awk 'BEGIN { while (n++ < 999) printf "x" }')"; do
		original "Subject: x\n\n$text"
		alice 'hi\n'
		is 0 Content-Transfer-Encoding 7bit
		is 2 Content-Transfer-Encoding base64
		is 2 Content-Type application/octet-stream
		is 2 Content-Disposition 'attachment; filename="message.eml"'
		body 2 | b64 -d >got
		same original got
		alice '' # and it is the body
		is 0 Content-Disposition 'attachment; filename="message.eml"'
		body 0 | b64 -d >got
		same original got
		alice 'hi\n' -e binary
		is 0 Content-Transfer-Encoding binary
		is 2 Content-Type message/rfc822
		[ "$text" = 'a\000b' ] || body 2 | cmp - original # awk knows no NUL
	done
}

@test "a message with CRLF line ends, and one without an end, are as they were" {
	original 'Subject: x\r\n\r\nhi\r\n'
	alice 'hi\n'
	is 0 Subject 'Fwd: x'
	is 2 Content-Transfer-Encoding 7bit
	tr -d '\r' <original >want
	body 2 >got
	same want got
	original 'Subject: x\n\nhi'
	alice 'hi\n'
	body 2 >got
	same original got
}

@test "-e, -c and -T are for the others, and other files follow" {
	original 'Subject: x\n\né\n'
	printf 'é\n' >a.txt
	printf 'ü\n' >b.txt
	alice unread -e base64 -c iso-8859-1 -T text/html a.txt b.txt
	is 1 Content-Type 'text/html; charset=iso-8859-1'
	is 1 Content-Disposition 'inline; filename="a.txt"'
	is 2 Content-Type message/rfc822
	is 2 Content-Transfer-Encoding 8bit
	body 2 >got
	same original got
	is 3 Content-Disposition 'inline; filename="b.txt"'
	body 3 | b64 -d | od -An -tx1 | grep -q 'fc 0d 0a'
}

@test "a message with boundaries in it can be forwarded, again and again" {
	original 'Subject: x\n\nhi\n'
	for again in 1 2 3 4; do
		cp original "before$again"
		alice 'see below\n' -s x
		body 2 >got
		same original got
		cp message original
	done
	[ "$(sed -n 's/.*boundary=//p' message | sort -u | wc -l)" -eq 4 ]
}

@test "from a pipe it is the same, and what is missing is named" {
	original 'Subject: x\n\nCrêpes\n'
	alice 'hi\n'
	printf 'hi\n' >a.txt
	mime-encode -f alice@crepes.fr -w <(cat original) <a.txt >again
	same message again
	run mime-encode -w missing </dev/null
	ends 66
	says 'missing: No such file'
	run mime-encode -w . </dev/null
	ends 66
	says 'Is a directory'
	run mime-encode -w original missing
	ends 66
	says 'missing: No such file'
	run mime-encode -w original -r original
	ends 64
	says usage:
}

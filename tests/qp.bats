#!/usr/bin/env bats
# client/qp and client/quoted-printable: RFC 2045, 6.7.

# shellcheck disable=SC2154
load common

setup() { common_setup; }
teardown() { common_teardown; }

# encodes TEXT CODED, decodes CODED TEXT: both in the notation of printf %b.
encodes() {
	printf '%b' "$1" | qp >got
	printf '%b' "$2" >want
	same want got
}
decodes() {
	printf '%b' "$1" | qp -d >got
	printf '%b' "$2" >want
	same want got
}
letters() {
	awk -v n="$1" -v letter="${2:-x}" 'BEGIN { while (n-- > 0) printf "%s", letter }'
}
# keeps_rules FILE: what RFC 2045 has every encoded line be.
keeps_rules() {
	LC_ALL=C awk '
		length($0) > 76 { print "too long: " $0; bad = 1 }
		/[ \t]$/ { print "a blank at its end: " $0; bad = 1 }
		/[^\t -~]/ { print "not ASCII: " $0; bad = 1 }
		{
			sub(/=$/, "") # the soft line break
			gsub(/=[0-9A-F][0-9A-F]/, "")
			if (/=/) { print "a = that is no octet: " $0; bad = 1 }
		}
		END { exit bad }' "$1" && [ -z "$(tail -c 1 "$1" | tr -d '\n')" ]
}

@test "what is ASCII stays as it is, all else is = and two upper-case digits" {
	encodes '' ''
	encodes 'Do you like ketchup?\n' 'Do you like ketchup?\n'
	encodes 'Crêpes\n' 'Cr=C3=AApes\n'
	encodes '1+1=2\n' '1+1=3D2\n'
	encodes '\0000\0010\0033\0177\0200\0377\n' '=00=08=1B=7F=80=FF\n'
	encodes '!<>@~a\tb\n' '!<>@~a\tb\n'
}

@test "LF ends a line of text, a CR is data" {
	encodes '\n\na\n' '\n\na\n'
	encodes 'a\r\nb\rc\n\r' 'a=0D\nb=0Dc\n=0D=\n'
}

@test "in binary data CR and LF are octets like others" {
	printf 'a\r\nb\n \n' | drive-qp binary 9 >got
	printf 'a=0D=0Ab=0A =0A=\n' >want
	same want got
	drive-qp decode 9 <got >back
	printf 'a\r\nb\n \n' | cmp - back
}

@test "a blank at the end of a line is encoded, another one is not" {
	encodes 'a \n' 'a=20\n'
	encodes 'a\t\n' 'a=09\n'
	encodes 'a \t \n' 'a \t=20\n'
	encodes ' \n a\n' '=20\n a\n'
	encodes 'a \r\n' 'a =0D\n'
}

@test "a last line without a line end gets a soft one" {
	encodes 'a' 'a=\n'
	encodes 'a\n ' 'a\n =\n'
	encodes "$(letters 75)" "$(letters 75)=\n"
	encodes "$(letters 76)" "$(letters 75)=\nx=\n"
	encodes "$(letters 74) " "$(letters 74) =\n"
}

@test "a lone dot and From are left to those whom they concern" {
	encodes '.\nFrom me\n' '.\nFrom me\n'
}

@test "a line of 76 stands, a longer one is broken behind 75 and a =" {
	x75=$(letters 75)
	encodes "${x75}y\n" "${x75}y\n"
	encodes "${x75}yz\n" "$x75=\nyz\n"
	encodes "${x75}y" "$x75=\ny=\n"
	encodes "$x75${x75}y\n" "$x75=\n${x75}y\n"
	encodes "$x75$x75$x75" "$x75=\n$x75=\n$x75=\n"
}

@test "an encoded octet fits into 76 columns or goes to the next line, never split" {
	encodes "$(letters 70)é\n" "$(letters 70)=C3=A9\n"
	encodes "$(letters 71)é\n" "$(letters 71)=C3=\n=A9\n"
	encodes "$(letters 72)é\n" "$(letters 72)=C3=\n=A9\n"
	encodes "$(letters 73)é\n" "$(letters 73)=\n=C3=A9\n"
	encodes "$(letters 73)=\n" "$(letters 73)=3D\n"
	encodes "$(letters 74)=\n" "$(letters 74)=\n=3D\n"
	encodes "$(letters 72)=y\n" "$(letters 72)=3Dy\n"
	encodes "$(letters 72)=yz\n" "$(letters 72)=3D=\nyz\n"
	encodes "$(letters 73)=y\n" "$(letters 73)=\n=3Dy\n"
}

@test "a blank in the last columns is one or three of them" {
	encodes "$(letters 74) y\n" "$(letters 74) y\n"
	encodes "$(letters 74) yz\n" "$(letters 74) =\nyz\n"
	encodes "$(letters 75) y\n" "$(letters 75)=\n y\n"
	encodes "$(letters 73) \n" "$(letters 73)=20\n"
	encodes "$(letters 74) \n" "$(letters 74)=\n=20\n"
	encodes "$(letters 75) \n" "$(letters 75)=\n=20\n"
}

@test "every string of at most 5 octets that matter survives, as text and as data" {
	run drive-qp every 5
	ends 0
	[ "$output" = 177156 ] # 1 + 11 + ... + 11^5
}

@test "a text is encoded and decoded alike, wherever it is cut" {
	awk 'BEGIN {
		for (n = 0; n < 200; n++) {
			for (i = 0; i < n; i++)
				printf "%s", substr("a b=\t .\r\303\252", (i * i + n * 7) % 10 + 1, 1)
			printf "\n"
		}
		printf "the end "
	}' >text
	for way in encode binary; do
		drive-qp $way 4096 <text >want
		keeps_rules want
		for size in 1 2 3 5 7 64 75 76 77 1000; do
			drive-qp $way "$size" <text >got
			cmp want got
			drive-qp decode "$size" <got >back
			cmp text back
		done
	done
	qp text | cmp - <(drive-qp encode 4096 <text)
	qp <text | qp -d | cmp - text
}

@test "files larger than any buffer come back as they were" {
	octets=$root/lessons/07-base64/picture.jpg
	cat "$octets" "$octets" "$octets" "$octets" "$octets" "$octets" "$octets" >large
	qp large >coded
	keeps_rules coded
	qp -d coded | cmp - large
	awk 'BEGIN { while (i++ < 20000) print "Do you like ketchup, " i "?" }' >large
	qp large | cmp - large
	qp -d large | cmp - large
	letters 300000 >large
	qp large >coded
	[ "$(wc -l <coded)" -eq 4000 ]
	qp -d coded | cmp - large
}

@test "digits are read in either case" {
	decodes 'Cr=C3=AApes\n' 'Crêpes\n'
	decodes 'Cr=c3=aApes\n' 'Crêpes\n'
	decodes '=00=ff=7e\n' '\0000\0377~\n'
}

@test "a soft line break is no part of the text, with blanks behind the = too" {
	decodes 'one=\n two\n' 'one two\n'
	decodes 'one=\r\ntwo\n' 'onetwo\n'
	decodes 'one= \t \ntwo\n' 'onetwo\n'
	decodes 'one =\t\r\ntwo\n' 'one two\n'
	decodes '=\n=\n=\n' ''
}

@test "blanks at the end of a line are dropped, encoded ones are not" {
	decodes 'a \t \nb\t\r\n' 'a\nb\n'
	decodes ' \n a b\n' '\n a b\n'
	decodes 'a=20\n=09 \n' 'a \n\t\n'
	decodes 'a ' 'a'
	decodes 'a \t' 'a'
}

@test "line ends of a file, CRLF or LF, become LF, and in a message CRLF" {
	decodes 'a\r\n\nb\r\n' 'a\n\nb\n'
	printf 'a \r\n\nb=\r\n=0D=0A=\nc=0D\n' | drive-qp crlf 9 >got
	printf 'a\r\n\r\nb\r\nc\r\r\n' >want
	same want got
}

@test "a last line may lack its line end, and a last = its line" {
	decodes 'a' 'a'
	decodes 'a=' 'a'
	decodes 'a= \t' 'a'
	decodes 'a=3' 'a=3'
	decodes 'a=3D' 'a='
	decodes 'a \r' 'a \r'
	decodes 'a=\r' 'a=\r'
}

@test "a = that begins nothing passes as it stands" {
	decodes '1 = 2\n' '1 = 2\n'
	decodes '=ZZ=4G=G4\n' '=ZZ=4G=G4\n'
	decodes '=4\n=4 \n=4=41==41\n' '=4\n=4\n=4A=A\n'
	decodes '= =41=  x\n' '= A=  x\n'
	decodes '=\rx=4\r=\0000\n' '=\rx=4\r=\0000\n'
	decodes '=/0=:0=@A=`a=0/=0:\n' '=/0=:0=@A=`a=0/=0:\n' # around the digits in ASCII
}

@test "octets that should have been encoded pass, and so does a bare CR" {
	decodes 'Crêpes\0000\0377\0177\n' 'Crêpes\0000\0377\0177\n'
	decodes 'a\rb \rc\r\r\nd\r \n' 'a\rb \rc\r\nd\r\n'
}

@test "of more than 1000 octets at the end of a line all pass" {
	blanks=$(letters 999 ' ')
	decodes "a$blanks \nb\n" 'a\nb\n'
	decodes "a$blanks\t \nb\n" "a$blanks\t \nb\n"
	decodes "a$blanks$blanks$blanks \r\nb \n" "a$blanks$blanks$blanks \nb\n"
	decodes "a$blanks$blanks" "a$blanks$blanks"
	decodes "a=$blanks\nb\n" 'ab\n'
	decodes "a=$blanks \nb\n" "a=$blanks \nb\n"
	decodes "a$blanks$blanks=3D$blanks=41\n" "a$blanks$blanks=${blanks}A\n"
	printf 'a%s \r\n' "$blanks" | drive-qp decode 1 | cmp - <(echo a)
}

@test "whatever is read, a decoder ends well and says the same wherever it is cut" {
	printf 'A=C3= \t\r\n=\n==4=G1 \t\r\r\n=0D=0a \rx=\r\n' >base
	for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		mutate "$seed" 20 <base >spoilt
		qp -d spoilt >want
		for size in 1 2 3 7; do
			drive-qp decode "$size" <spoilt | cmp - want
		done
	done
}

@test "a wrong call is answered with the usage, and -h too" {
	run qp -h
	ends 0
	says 'usage: qp [-d] [FILE]'
	run qp -x
	ends 64
	says 'usage:'
	run qp one two
	ends 64
	qp one two 2>/dev/null >out || :
	[ ! -s out ]
}

@test "what cannot be read or written is told" {
	run qp missing
	ends 66
	says 'qp: missing: No such file'
	run qp .
	ends 74
	if [ -e /dev/full ]; then
		echo a >text
		run sh -c 'qp text >/dev/full'
		ends 74
		says 'qp: standard output: No space left'
		run sh -c 'qp -d text >/dev/full'
		ends 74
	fi
}

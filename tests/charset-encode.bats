#!/usr/bin/env bats
# client/write/charset-encode, through mime-encode -c: RFC 2046, 4.1; RFC 1468, RFC 1557.

# shellcheck disable=SC2154
load common
load writing

setup() {
	common_setup
	SOURCE_DATE_EPOCH=1252454400
	export SOURCE_DATE_EPOCH
}

teardown() { common_teardown; }

field() {
	awk -v name="$1:" '/^$/ { exit } /^[^ ]/ { on = $1 == name } on' message
}
# knows CHARSET: without it the test is skipped, for not every iconv(3) has them all.
# ISO-8859-1 is in each.
knows() {
	mime-encode -c "$1" </dev/null >/dev/null 2>&1 || skip "no $1 here"
}
# becomes CHARSET TEXT OCTETS: the text, in the notation of printf %b, goes as these.
becomes() {
	printf '%b' "$2" >text
	mime-encode -c "$1" -e base64 <text >message
	is_in_part 0 Content-Type "text/plain; charset=$1"
	sed '1,/^$/d' message | b64 -d >got
	printf '%b' "$3" >want
	same want got
}
# refused STATUS TEXT OPTION... <INPUT: nothing is written, and it is said in one line.
refused() { is_refused "$@"; }

@test "-c converts text from UTF-8 and names the charset" {
	becomes iso-8859-1 'Crêpes\n' 'Cr\0352pes\r\n'
	becomes ISO-8859-1 'ÿ' '\0377'
	becomes us-ascii 'Crepes\r\n' 'Crepes\r\n'
	becomes utf-8 'Crêpes 🍔\n' 'Crêpes 🍔\r\n'
	becomes utf-8 'Crepes\n' 'Crepes\r\n'
	becomes iso-8859-1 '' ''
}

@test "-c gb2312 is what the article has" {
	knows gb2312
	becomes gb2312 '你好\nhi\n' '\0304\0343\0272\0303\r\nhi\r\n'
	printf '你好, Bob, do you like ketchup? How about pickles?\n' | mime-encode -c gb2312 >message
	has_line '=C4=E3=BA=C3, Bob, do you like ketchup*' message
	mime-decode message >shown
	has_line '你好, Bob, do you*' shown
}

@test "the encoding follows from the octets of the charset" {
	printf 'ééé\n' | mime-encode -c iso-8859-1 -e 8bit >message
	[ "$(field Content-Transfer-Encoding)" = 'Content-Transfer-Encoding: 8bit' ]
	printf '\351\351\351\n' >want
	sed '1,/^$/d' message >got
	same want got
	# 998 octets in the one are 499 in the other, and the other way round.
	awk 'BEGIN { for (i = 0; i < 998; i++) printf "é"; print "" }' >long.txt
	mime-encode -c iso-8859-1 -e 8bit long.txt >message
	awk 'BEGIN { printf "é"; for (i = 0; i < 998; i++) printf "é"; print "" }' >long.txt
	refused 65 'long.txt: not 8bit' -c iso-8859-1 -e 8bit long.txt </dev/null
}

@test "a charset with states ends its lines as it should, and returns at the end" {
	knows iso-2022-jp
	becomes iso-2022-jp '日\nhi\n日' '\0033$BF|\0033(B\r\nhi\r\n\0033$BF|\0033(B'
	printf '日本\n' | mime-encode -c iso-2022-jp >message
	[ "$(field Content-Transfer-Encoding)" = 'Content-Transfer-Encoding: 7bit' ]
}

@test "a charset that announces itself does so once" {
	knows iso-2022-kr
	becomes iso-2022-kr '' ''
	becomes iso-2022-kr '한국\nab\n한' '\0033$)C\0016GQ19\0017\r\nab\r\n\0016GQ\0017'
}

@test "what is not UTF-8 is refused, with its line" {
	for text in '\0351' '\0303' '\0303x' '\0355\0240\0200' '\0300\0200' '\0364\0220\0200\0200' '\0200'; do
		printf '%b' "$text" | refused 65 'standard input: line 1: not UTF-8' -c iso-8859-1
		printf '%b' "é\n\né$text\né\n" | refused 65 'standard input: line 3: not UTF-8' -c utf-8
		printf '%b' "é\r\n$text\n" | refused 65 'standard input: line 2: not UTF-8' -c iso-8859-1
	done
	printf 'a\303' >a.txt
	refused 65 'a.txt: line 1: not UTF-8' -c iso-8859-1 a.txt </dev/null
}

@test "a character that the charset has not is refused, with its line" {
	printf 'é\né€\n' | refused 65 'standard input: line 2: a character that is not in iso-8859-1' -c iso-8859-1
	printf 'é' | refused 65 'line 1: a character that is not in us-ascii' -c us-ascii
	printf '你' | refused 65 'line 1: a character that is not in iso-8859-15' -c iso-8859-15
}

@test "a character that a system drops without a word is refused like others" {
	becomes utf-8 'a\0363\0240\0201\0201' 'a\0363\0240\0201\0201'
	printf 'a\n\363\240\201\201' | refused 65 'line 2: a character that is not in iso-8859-1' -c iso-8859-1
}

@test "a charset is one that the system knows, and that keeps the line ends of mail" {
	for charset in '' unheard-of 'iso-8859-1//TRANSLIT' '//' 'a b' \
		aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; do
		refused 64 'not a charset that this system knows' -c "$charset" </dev/null
	done
	for charset in utf-16 utf-16be utf-16le utf-32 utf-32be ucs-2; do
		refused 64 "-c $charset: not for text in mail" -c $charset </dev/null
	done
	knows ibm850 # where there are such, there are those of EBCDIC
	refused 64 '-c ebcdic-us: not' -c ebcdic-us </dev/null
}

@test "-c is for text: data and a message stay as they are" {
	printf '\351\000\377' >a.zip
	mime-encode -c iso-8859-1 a.zip >message
	sed '1,/^$/d' message | b64 -d >got
	same a.zip got
	printf 'Crêpes\000\n' >a.txt
	mime-encode -c iso-8859-1 a.txt >message
	sed '1,/^$/d' message | b64 -d >got
	same a.txt got
	[ "$(field Content-Type)" = 'Content-Type: application/octet-stream' ]
	printf 'Subject: x\n\nCrêpes\n' >a.eml
	mime-encode -c iso-8859-1 -e 8bit a.eml >message
	sed '1,/^$/d' message >got
	same a.eml got
	printf '<p>é\n' >a.html
	mime-encode -c iso-8859-1 -e 8bit a.html >message
	sed '1,/^$/d' message | od -An -tx1 | grep -q 'e9 0a'
	[ "$(field Content-Type)" = 'Content-Type: text/html; charset=iso-8859-1' ]
	refused 65 'names a charset, and so does -c' -T 'text/plain; charset=utf-8' -c utf-8 </dev/null
}

@test "a name that is not a token is in quotes" {
	knows ISO_8859-1:1987
	printf 'é\n' | mime-encode -c ISO_8859-1:1987 >message
	[ "$(field Content-Type)" = 'Content-Type: text/plain; charset="ISO_8859-1:1987"' ]
}

@test "a character may be cut anywhere between two buffers, and a line be in many" {
	for before in '' x xx xxx; do
		awk -v before="$before" 'BEGIN {
			printf "%s", before
			for (i = 0; i < 60000; i++) printf "é你🍔"
			printf "\né"
		}' >a.txt
		mime-encode -c utf-8 -e base64 <a.txt >message
		sed '1,/^$/d' message | b64 -d | tr -d '\r' >got
		same a.txt got
	done
	awk 'BEGIN { for (i = 0; i < 90000; i++) { printf "é"; if (i % 7 == 0) print "" } }' >a.txt
	cat a.txt | mime-encode -c iso-8859-1 >message
	tr -d '\303' <a.txt | tr '\251' '\351' >want
	sed '1,/^$/d' message | b64 -d | tr -d '\r' >got
	same want got
	printf '€' >>a.txt
	refused 65 "a.txt: line $(($(wc -l <a.txt) + 1)): a char" -c iso-8859-1 a.txt </dev/null
}

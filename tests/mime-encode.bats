#!/usr/bin/env bats
# client/mime-encode: RFC 5322, RFC 2045 to 2047, RFC 2231.

# shellcheck disable=SC2154
load common

setup() {
	common_setup
	SOURCE_DATE_EPOCH=1252454400 TZ=UTC
	export SOURCE_DATE_EPOCH TZ
}

teardown() { common_teardown; }

# alice OPTION...: what Alice's user agent writes to Bob goes to the file message.
alice() {
	mime-encode -f alice@crepes.fr -t bob@hamburger.edu "$@" >message
}
# field NAME: its lines in the message; also in $found.
field() {
	local line on=
	found=
	while IFS= read -r line && [ -n "$line" ]; do
		case $line in
		"$1:"*) on=yes ;;
		[!\ ]*) on= ;;
		esac
		[ -z "$on" ] || found=$found$line$'\n'
	done <message
	printf '%s' "$found"
}
body() {
	sed '1,/^$/d' message
}
# is FIELD TEXT: the field is in the message as TEXT, which has its line ends.
is() {
	local wanted
	printf -v wanted '%b\n' "$1: $2"
	field "$1" >got
	[ "$found" = "$wanted" ] || { printf '%s' "$wanted" >want && same want got; }
}
# longest FILE: the octets of its longest line.
longest() {
	LC_ALL=C awk 'length($0) > n { n = length($0) } END { print n + 0 }' "$1"
}
# refused STATUS TEXT OPTION...: nothing is written, and it is said why.
refused() {
	local status_wanted=$1 text=$2
	shift 2
	status=0
	mime-encode "$@" </dev/null >message 2>told || status=$?
	IFS= read -r -d '' output <told || :
	ends "$status_wanted" && says "$text" && [ ! -s message ]
}

@test "the article's picture becomes the article's message" {
	alice -s 'picture of mine' "$root/lessons/07-base64/picture.jpg"
	same "$root/lessons/07-base64/picture.eml" message
}

@test "text becomes a message of the fields in their order, an empty line and the text" {
	printf 'Do you like ketchup?\nHow about pickles?\n' | alice -s 'this is a test'
	cat >want <<-'END'
		From: alice@crepes.fr
		To: bob@hamburger.edu
		Subject: this is a test
		Date: Wed, 09 Sep 2009 00:00:00 +0000
		Message-ID: <1252454400.ID@crepes.fr>
		MIME-Version: 1.0
		Content-Transfer-Encoding: 7bit
		Content-Type: text/plain; charset=us-ascii

		Do you like ketchup?
		How about pickles?
	END
	sed '/^Message-ID/s/\.[0-9a-f]*@/.ID@/' message >got
	same want got
}

@test "without -s there is no subject, without -t nobody is named, and there is a sender" {
	LOGNAME=alice mime-encode >message <<<hi
	is From alice@localhost
	is To 'undisclosed-recipients:;'
	[ -z "$(field Subject)" ]
}

@test "several recipients are in one field" {
	alice -t carol@crepes.fr -t 'Dave <dave@hamburger.edu>' <<<hi
	is To 'bob@hamburger.edu, carol@crepes.fr, Dave <dave@hamburger.edu>'
}

@test "the date is in the local time zone, unless SOURCE_DATE_EPOCH fixes it" {
	TZ=XYZ-2 alice <<<hi
	is Date 'Wed, 09 Sep 2009 00:00:00 +0000'
	unset SOURCE_DATE_EPOCH
	TZ=XYZ-2 alice <<<hi
	field Date | grep -Eq '^Date: [A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} 20[0-9]{2} ([0-9]{2}:){2}[0-9]{2} \+0200$'
}

@test "a SOURCE_DATE_EPOCH without a moment is ignored" {
	for value in '' x -1 12.5 999999999999999999999 253402300800; do
		SOURCE_DATE_EPOCH=$value alice <<<hi
		field Date | grep -q ' 20[2-9][0-9] '
	done
	SOURCE_DATE_EPOCH=253402300799 alice <<<hi
	is Date 'Fri, 31 Dec 9999 23:59:59 +0000'
}

@test "no two messages have one Message-ID, but where SOURCE_DATE_EPOCH wants it" {
	alice <<<hi
	field Message-ID >first
	alice <<<hi
	field Message-ID >got
	same first got
	alice -s another <<<hi
	field Message-ID >second
	[ "$(cat first second | sort -u | wc -l)" -eq 2 ]
	unset SOURCE_DATE_EPOCH
	for i in 1 2 3 4 5 6 7 8; do
		alice <<<hi
		field Message-ID
	done | sort | uniq -d >twice
	[ ! -s twice ]
}

@test "the Message-ID is of the sender's domain, and never more than that" {
	mime-encode -f 'Alice <alice@crepes.fr>' >message <<<hi
	field Message-ID | grep -Eq '^Message-ID: <1252454400\.[0-9a-f]{8}@crepes\.fr>$'
	mime-encode -f 'alice@[127.0.0.1]' >message <<<hi
	field Message-ID | grep -q '@localhost>$'
}

@test "a line of 78 stays, a longer one is folded before a blank" {
	subject="$(letters 60) $(letters 8 y)" # with its name 78
	alice -s "$subject" <<<hi
	is Subject "$subject"
	alice -s "${subject}y" <<<hi
	is Subject "$(letters 60)\n $(letters 9 y)"
	set --
	for i in $(seq 100); do set -- "$@" -t "friend-number-$i@crepes.fr"; done
	alice "$@" <<<hi
	[ "$(longest message)" -le 78 ]
	[ "$(field To | tr -d '\n' | tr ' ' '\n' | grep -c @)" -eq 101 ]
}

@test "a line is not folded within quotes, if they fit on one" {
	name='my picture of the crepes that I ate in Paris.jpg'
	printf x >"$name"
	alice "$name"
	is Content-Disposition "attachment;\n filename=\"$name\""
	quoted="\"$(letters 37) $(letters 38)\"" # 78
	alice -s "a $quoted" <<<hi
	is Subject "a\n $quoted"
	quoted="\"$(letters 37) $(letters 39)\""
	alice -s "a $quoted" <<<hi
	is Subject "a \"$(letters 37)\n $(letters 39)\""
	alice -s "5\" or $(letters 60) $(letters 20)" <<<hi
	is Subject "5\" or $(letters 60)\n $(letters 20)"
}

@test "folding keeps every blank, and makes no line of blanks" {
	subject="$(letters 60)     $(letters 60 y)   z"
	alice -s "$subject" <<<hi
	[ "$(field Subject | tr -d '\n')" = "Subject: $subject" ]
	[ "$(field Subject | grep -c '[^ ]')" -eq "$(field Subject | wc -l)" ]
}

@test "a line of 998 is written, a longer one never: a word too long for it is encoded" {
	word=$(letters 989) # with its name 998
	alice -s "$word" <<<hi
	is Subject "$word"
	alice -s "${word}x" <<<hi
	[ "$(longest message)" -le 76 ]
	field Subject | tr ' ' '\n' | sed -n 's/^=?UTF-8?B?\(.*\)?=$/\1/p' | b64 -d >got
	printf '%s' "${word}x" | same got -
	alice -s "a $(letters 997)" <<<hi
	[ "$(longest message)" -eq 998 ]
	alice -s "a $(letters 998)" <<<hi
	[ "$(longest message)" -le 76 ]
	refused 65 'Content-Type: a word too long' -T "text/plain;a=$(letters 980)"
}

@test "a line end or a control byte never gets into the header" {
	refused 65 'Subject: a line end' -s "hi$(printf '\nBcc: x@crepes.fr')"
	refused 65 'Subject: a line end' -s "hi$(printf '\rBcc: x@crepes.fr')"
	refused 65 'Subject: a line end' -s "hé$(printf '\n\nx')"
	refused 65 'Subject: a control byte' -s "$(printf 'a\033[2J')"
	refused 65 'Subject: a control byte' -s "$(printf 'a\177')"
	refused 65 'Subject: a control byte' -s "$(printf 'a\302\2332J')"
	refused 65 'From: a line end' -f "$(printf 'a@b\nBcc: x')"
	refused 65 'To: a line end' -t "$(printf 'a@b\nBcc: x')"
	refused 65 'Content-Type: a line end' -T "$(printf 'text/plain; x=y\nBcc: x')"
	name=$(printf 'a\nb.jpg')
	printf x >"$name"
	refused 65 'file name: a line end' "$name"
	name=$(printf 'a\001b.txt')
	printf x >"$name"
	refused 65 'file name: a control byte' "$name"
}

@test "a subject that is not ASCII becomes encoded-words" {
	alice -s 'Crêpes?' <<<hi
	is Subject '=?UTF-8?B?Q3LDqnBlcz8=?='
	alice -s 'is =?this?= one' <<<hi
	is Subject '=?UTF-8?B?aXMgPT90aGlzPz0gb25l?='
	refused 65 'neither ASCII nor UTF-8' -s "$(printf 'Cr\352pes')"
}

@test "encoded-words have 75 at most, on lines of 76, and split no character" {
	for before in '' x xx; do
		alice -s "$before$(letters 150 é)🍔" <<<hi
		field Subject >words
		[ "$(longest words)" -le 76 ]
		tr ' ' '\n' <words | sed '1d;/^$/d' >each
		[ "$(longest each)" -le 75 ]
		[ "$(wc -l <each)" -ge 5 ]
		while read -r word; do
			word=${word#=?UTF-8?B?}
			printf '%s' "${word%?=}" >coded
			b64 -d coded >octets
			read_in octets
			# Each character here but x is two octets, or four.
			[ $(($(LC_ALL=C && word=${content//x/} && echo ${#word}) % 2)) -eq 0 ]
			printf '%s' "$content" >>whole
		done <each
	done
	for before in '' x xx; do printf '%s' "$before$(letters 150 é)🍔"; done >want
	same want whole
}

@test "a file's suffix, in any case, says its type" {
	while read -r name type; do
		printf 'x\n' >"$name"
		alice "$name"
		is Content-Type "$type"
	done <<-'END'
		a.txt text/plain; charset=us-ascii
		a.html text/html; charset=us-ascii
		a.jpg image/jpeg
		a.JPEG image/jpeg
		a.gif image/gif
		a.png image/png
		a.au audio/basic
		a.mpeg video/mpeg
		a.mpg video/mpeg
		a.mov video/quicktime
		a.qt video/quicktime
		a.doc application/msword
		a.pdf application/pdf
		a.zip application/zip
		a.eml message/rfc822
		a.unheard-of application/octet-stream
		noname application/octet-stream
		jpg application/octet-stream
	END
	alice -T 'image/x-icon; x=y' a.jpg
	is Content-Type 'image/x-icon; x=y'
	refused 65 'not a media type' -T text
	refused 65 'not a media type' -T ''
	for type in 'text/plain;' 'text/plain (' 'text/plain; x' 'text/plain; x=' 'text/plain; x="' \
		'text/plain; x="a\' 'text/plain/x' /plain text/ 'text/plain; =x' 'text/plain x' 'text/plain; x=a b'; do
		refused 65 'not a media type' -T "$type"
	done
	alice -T 'text/plain; x="a \"(;"; format=flowed' <<<hi
	is Content-Type 'text/plain; x="a \"(;"; format=flowed; charset=us-ascii'
}

@test "a file that is not text is an attachment under its own name, without its folders" {
	mkdir -p folder.txt
	printf x >folder.txt/picture.jpg
	alice folder.txt/picture.jpg
	is Content-Disposition 'attachment; filename="picture.jpg"'
	is Content-Type image/jpeg
	printf 'x\n' >a.txt
	alice a.txt
	[ -z "$(field Content-Disposition)" ]
	alice -T image/gif <a.txt
	[ -z "$(field Content-Disposition)" ]
}

@test "a file name of any letters goes by RFC 2231, in lines of 78" {
	printf x >'a "b"\c.jpg'
	alice 'a "b"\c.jpg'
	is Content-Disposition 'attachment; filename="a \\"b\\"\\\\c.jpg"'
	printf x >crêpe.jpg
	alice crêpe.jpg
	is Content-Disposition "attachment; filename*=UTF-8''cr%C3%AApe.jpg"
	name=$(letters 100 é).jpg
	printf x >"$name"
	alice "$name"
	field Content-Disposition >disposition
	[ "$(longest disposition)" -le 78 ]
	sed "s/^.*filename[^=]*=//;s/;$//;s/^UTF-8''//" disposition | tr -d '\n' >got
	printf 'attachment%s.jpg' "$(letters 100 %C3%A9)" >want
	sed -i.bak 's/^Content-Disposition: //' got
	same want got
	grep -q '^ filename\*0\*=UTF-8' disposition
	grep -q '^ filename\*1\*=%' disposition
}

@test "text goes as 7bit if mail passes it, else as what is readable, data as base64" {
	encoding() {
		printf '%b' "$1" | alice
		is Content-Transfer-Encoding "$2"
		is Content-Type "$3"
	}
	encoding 'hi\n' 7bit 'text/plain; charset=us-ascii'
	encoding '' 7bit 'text/plain; charset=us-ascii'
	encoding "$(letters 998)\n" 7bit 'text/plain; charset=us-ascii'
	encoding "$(letters 998)\r\n" 7bit 'text/plain; charset=us-ascii'
	encoding "$(letters 998)" 7bit 'text/plain; charset=us-ascii'
	encoding "$(letters 999)\n" quoted-printable 'text/plain; charset=us-ascii'
	encoding "$(letters 999)" quoted-printable 'text/plain; charset=us-ascii'
	encoding 'Crêpes, please\n' quoted-printable 'text/plain; charset=utf-8'
	encoding 'Cr\0352pes\n' quoted-printable 'text/plain; charset=unknown-8bit'
	[ "$(printf 'Cr\352pes\n' | mime-encode 2>&1 >/dev/null)" = 'mime-encode: standard input: not UTF-8: sent as unknown-8bit; -T can name its charset' ]
	encoding 'a\rb\n' base64 'text/plain; charset=us-ascii'
	encoding 'a\r' base64 'text/plain; charset=us-ascii'
	encoding 'Cr\0303\0252pes\n' base64 'text/plain; charset=utf-8'
	encoding 'Cr\0352p\n' base64 'text/plain; charset=unknown-8bit'
	encoding 'Cr\0303' base64 'text/plain; charset=unknown-8bit'
	encoding 'abcdef\0000\n' base64 application/octet-stream
	printf 'plain\n' >a.zip
	alice a.zip
	is Content-Transfer-Encoding base64
}

@test "quoted-printable is chosen where it encodes one octet in six at most" {
	encoding() {
		printf '%b' "$1" | alice
		is Content-Transfer-Encoding "$2"
	}
	encoding '\0351bcdef' quoted-printable
	encoding '\0351bcde' base64
	encoding 'é234567890\n' quoted-printable
	encoding 'é23456789\n' base64
	encoding '\0351==bcdefghijklmnop' quoted-printable
	encoding '\0351==bcdefghijklmno' base64
	encoding '\0033bcdef\0177bcdefé1234567890' quoted-printable
	encoding '\0033bcdef\0177bcdefé123456789' base64
	encoding 'a\rbcde' quoted-printable
	encoding 'a\rbcd' base64
	encoding 'abcde\r' quoted-printable
	encoding 'abcd\r' base64
	encoding '\0351\tb d\n' quoted-printable # blanks and line ends stay
	encoding '\0351\tb\r\n' base64
	encoding '\0351\tb \r\n' quoted-printable
	printf 'Crêpes, please\n' >a.zip
	alice a.zip
	is Content-Transfer-Encoding base64
}

@test "text in quoted-printable has the line ends of the message, data has none" {
	printf 'Crêpes or\r\nnot \r\r\n\n= this' >a.txt
	alice -e Quoted-Printable a.txt
	is Content-Transfer-Encoding quoted-printable
	printf 'Cr=C3=AApes or\nnot =0D\n\n=3D this=\n' >want
	body >got
	same want got
	printf 'a\r' | alice -e quoted-printable
	printf 'a=0D=\n' >want
	body >got
	same want got
	cp a.txt a.zip
	alice -e quoted-printable a.zip
	printf 'Cr=C3=AApes or=0D=0Anot =0D=0D=0A=0A=3D this=\n' >want
	body >got
	same want got
}

@test "8bit is lines of at most 998 of any octets but NUL and CR" {
	printf 'Crêpes\r\nor' | alice -e 8bit
	is Content-Transfer-Encoding 8bit
	printf 'Crêpes\nor\n' >want
	body >got
	same want got
	alice -e 8BIT <<<hi
	is Content-Transfer-Encoding 8bit
	printf 'é%s\n' "$(letters 996)" >a.txt
	alice -e 8bit a.txt
	body >got
	same a.txt got
	printf 'é%s\n' "$(letters 997)" >a.txt
	refused 65 'a.txt: not 8bit' -e 8bit a.txt
	printf 'é\000\n' >a.txt
	refused 65 'a.txt: not 8bit' -e 8bit a.txt
	printf 'é\ra\n' >a.txt
	refused 65 'a.txt: not 8bit' -e 8bit a.txt
	printf 'é\r\n' >a.zip
	refused 65 'a.zip: not 8bit' -e 8bit a.zip
	printf 'é\n' >a.zip
	refused 65 'a.zip: not 8bit' -e 8bit a.zip
}

@test "in binary all is as it was, to the octet" {
	printf 'a\r\nb\r\000\377%s' "$(letters 1000)" >a.zip
	alice -e Binary a.zip
	is Content-Transfer-Encoding binary
	body >got
	same a.zip got
	printf 'Subject: hi\n\nCrêpes\n' >a.eml
	for encoding in 8bit binary; do # which RFC 2045, 6.4 allows for a message
		alice -e $encoding a.eml
		is Content-Type message/rfc822
		body >got
		same a.eml got
	done
}

@test "-e says which encoding, and one that cannot be is refused" {
	alice -e base64 <<<hi
	is Content-Transfer-Encoding base64
	alice -e 7BIT <<<hi
	is Content-Transfer-Encoding 7bit
	printf 'Crêpes\n' >a.txt
	refused 65 'a.txt: not 7bit' -e 7bit a.txt
	printf 'a\000b' >a.zip
	refused 65 'a.zip: not 7bit' -e 7bit a.zip
	letters 999 >long.txt
	refused 65 'long.txt: not 7bit' -e 7bit long.txt
	for encoding in base-64 7bits quoted x-token ''; do
		refused 64 'not one of 7bit' -e "$encoding"
	done
}

@test "data whose line ends matter is never 7bit or 8bit: lines on their way end in CRLF" {
	for data in 'a\n' 'a\r\n' a; do
		printf '%b' "$data" >a.zip
		refused 65 'not 7bit' -e 7bit a.zip
		refused 65 'not 8bit' -e 8bit a.zip
	done
	: >a.zip
	alice -e 7bit a.zip
	body >got
	same a.zip got
}

@test "a message is never in base64 (RFC 2045, 6.4)" {
	printf 'Subject: hi\n\nhi\n' >a.eml
	alice a.eml
	is Content-Transfer-Encoding 7bit
	is Content-Type message/rfc822
	is Content-Disposition 'attachment; filename="a.eml"'
	body >got
	same a.eml got
	refused 65 'base64 may not be' -e base64 a.eml
	refused 65 'quoted-printable may not be' -e quoted-printable a.eml
	printf 'Subject: hi\n\nCrêpes\n' >a.eml
	alice a.eml
	is Content-Transfer-Encoding base64
	is Content-Type application/octet-stream
	refused 65 'base64 may not be' -T message/rfc822 a.eml
}

@test "text in base64 has CRLF inside, its canonical form, and data stays as it is" {
	printf 'Crêpes\nor\r\nnot\r\r\n\n' >a.txt
	alice -e base64 a.txt
	printf 'Crêpes\r\nor\r\nnot\r\r\n\r\n' >want
	body | b64 -d >got
	same want got
	cp a.txt a.zip
	alice a.zip
	body | b64 -d >got
	same a.zip got
}

@test "text in 7bit has LF in our files, and its last line ends like the others" {
	printf 'one\r\ntwo' | alice
	body >got
	printf 'one\ntwo\n' >want
	same want got
}

@test "text larger than a buffer, from a file and from a pipe, is the same" {
	awk 'BEGIN { while (i++ < 4000) print "Crêpes, " i "?\r" }' | tr -d '\r' >a.txt
	for encoding in base64 quoted-printable; do
		alice -e $encoding a.txt
		body >want
		alice -e $encoding <a.txt
		body >got
		same want got
		alice -e $encoding < <(cat a.txt)
		body >got
		same want got
		mv got $encoding
	done
	qp -d quoted-printable >got
	same a.txt got
	b64 -d base64 | tr -d '\r' >got
	same a.txt got
	[ "$(longest base64)" -eq 76 ]
}

@test "a wrong call is answered with the usage, and -h too" {
	run mime-encode -h
	ends 0
	says 'usage: mime-encode [-f FROM]'
	printf x >one
	refused 64 usage: -x
	refused 64 usage: -r one -w one
	refused 66 'missing: No such file' missing
	refused 66 'Is a directory' .
	if [ -e /dev/full ]; then
		run sh -c 'mime-encode one >/dev/full'
		ends 74
		says 'standard output: No space left'
	fi
}

@test "a standard input or output that is closed is an error, not a file of ours" {
	printf 'From: bob@hamburger.edu\n\nhi\n' >original
	run bash -c 'printf "hi\n" | mime-encode >&-'
	ends 74
	[ "$output" = 'mime-encode: standard output: Bad file descriptor' ]
	for how in '' '-w original' '-r original'; do
		run bash -c "mime-encode $how <&-"
		ends 74
		[ "$output" = 'mime-encode: standard input: Bad file descriptor' ]
	done
}

@test "where a file may grow no more it ends with one line and 74" {
	letters 3000000 >a.txt
	run bash -c 'ulimit -f 100; mime-encode a.txt >message'
	ends 74
	[ "$output" = 'mime-encode: standard output: File too large' ]
}

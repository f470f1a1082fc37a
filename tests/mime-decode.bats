#!/usr/bin/env bats
# client/mime-decode: RFC 5322, RFC 2045 to 2047, RFC 2183, RFC 2231.

# shellcheck disable=SC2154
load common

setup() { common_setup; }
teardown() { common_teardown; }

# bob MESSAGE OPTION...: what Bob's user agent makes of the message, a format of
# printf %b, goes to the file shown.
bob() {
	local message=$1
	shift
	printf '%b' "$message" >message
	mime-decode "$@" <message >shown
}
# shows TEXT: that is what was shown, in the notation of printf %b.
shows() {
	printf '%b' "$1" >want
	same want shown
}
# attached NAME: a picture that the message calls NAME, a format of printf %b.
attached() {
	bob "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n$(:
	)Content-Disposition: attachment; $1\n\nZm9v\n" -o new
}
# saves NAME: attached wrote a file of that name, and nothing else anywhere.
saves() {
	shows "image/jpeg, base64: saved $1, 3 bytes\n"
	only_in new "$1"
	reads "new/$1" foo
	rm -r new
	only_in . message shown want
}

@test "every sentence of tests/conversations/mime-decode holds" { conversations mime-decode; }

@test "the article's picture is read back as it was" {
	run mime-decode "$root/lessons/07-base64/picture.eml"
	ends 0
	says 'From: alice@crepes.fr
To: bob@hamburger.edu
Subject: picture of mine
Date: Wed, 09 Sep 2009 00:00:00 +0000

image/jpeg, base64: picture.jpg, 23763 bytes, not shown: -o DIR saves it'
	run mime-decode -o new "$root/lessons/07-base64/picture.eml"
	ends 0
	says '
image/jpeg, base64: saved picture.jpg, 23763 bytes'
	same new/picture.jpg "$root/lessons/07-base64/picture.jpg"
	[ "$(ls -A new)" = picture.jpg ]
}

@test "what mime-encode writes is read back as it was, text and file" {
	printf 'Crêpes\nand\ttea\n' >a.txt
	printf 'x\r\n\000\377' >a.zip
	for encoding in '' '-e base64' '-e quoted-printable' '-e 8bit' '-e binary'; do
		# shellcheck disable=SC2086
		mime-encode $encoding a.txt | mime-decode | sed '1,/shown/d;/shown/{n;d;}' | sed 1d >got
		same a.txt got
	done
	for encoding in base64 quoted-printable binary; do
		mime-encode -e $encoding a.zip | mime-decode -o new >shown
		same a.zip new/a.zip
		rm new/a.zip
	done
	mime-encode -s "$(letters 40 é) 🍔" a.txt | mime-decode >shown
	grep -q "^Subject: $(letters 40 é) 🍔\$" shown
}

@test "characters and line ends may lie anywhere between two buffers" {
	awk 'BEGIN { while (i++ < 20000) printf "ê🍔\r\n" }' >a
	tr -d '\r' <a >want
	for before in '' x xx xxx xxxx xxxxx xxxxxx xxxxxxx; do
		{
			printf '\n%s\n' "$before"
			cat a
		} >message
		mime-decode <message | sed 1,3d >got
		same want got
	done
}

# text_in CHARSET TEXT SHOWN LABEL: text in a charset, a format of printf %b, is shown,
# in its notation too, under a line that holds the label.
text_in() {
	local first line
	bob "Content-Type: text/plain; charset=$1\n\n$2\n"
	{
		IFS= read -r first
		IFS= read -r line
		while IFS= read -r line || [ -n "$line" ]; do
			case $line in '('?'xNN: '*) ;; *) printf '%s\n' "$line" ;; esac
		done
	} <shown >got
	printf '%b\n' "$3" >want
	same want got
	[ "$first" = "text/plain$4, 7bit: shown" ] || { echo "not of $4: $first" && return 1; }
}
# needs CHARSET: iconv of this system knows it, or the test is skipped.
needs() {
	bob "Content-Type: text/plain; charset=$1\n\n"
	! has_line '*not known*' shown || skip "iconv does not know $1"
}

@test "a character of any charset may lie between two buffers" {
	n_of 16384 '\0304\0343a\0351\0106\0201\0060\0212\0071\r\n' >a
	n_of 16384 '你a镕ñ\n' >want
	[ "$(wc -c <a)" -gt 100000 ]
	for before in '' x xx xxx xxxx xxxxx xxxxxx xxxxxxx xxxxxxxx xxxxxxxxx xxxxxxxxxx; do
		{
			printf 'Content-Type: text/plain; charset=gb2312\n\n%s\n' "$before"
			cat a
		} >message
		mime-decode <message | sed 1,3d >got
		same want got
	done
}

@test "UTF-16 is read, and its line ends are characters, not octets" {
	needs utf-16
	text_in utf-16 '\0376\0377\0000h\0000\0352\0000\r\0000' 'hê' ', charset utf-16'
	bob 'Content-Type: text/plain; charset=utf-16\n\n\0377\0376h\0000\0352\0000\n\0000'
	shows 'text/plain, charset utf-16, 7bit: shown\n\nhê\n'
	text_in utf-16be '\r\n\0000' ഊ ', charset utf-16be'
}

@test "ISO-2022-JP is read" {
	needs iso-2022-jp
	text_in iso-2022-jp 'a \033$BF|8l\033(B b' 'a 日語 b' ', charset iso-2022-jp (read as CP932)'
}

@test "octets that belong to no character come out as \\xNN, and nothing after them is lost" {
	local gb=', charset gb2312 (read as GB18030)'
	text_in gb2312 '\0377\0304\0343\0377\0377' '\\xff你\\xff\\xff' "$gb"
	text_in gb2312 '\0201' '\\x81' "$gb"
	text_in gb2312 '\0201\0060\0201\nb' '\\x810\\x81\nb' "$gb"
	text_in gb2312 'a\0304\0343b\n\0304' 'a你b\n\\xc4' "$gb"
	text_in euc-kr '\0311\0241' '\\xc9\\xa1' ', charset euc-kr (read as CP949)' # ɡ in UTF-8
	bob 'Content-Type: text/plain; charset=gb2312\n\n\0304\0343\0304'
	shows 'text/plain, charset gb2312 (read as GB18030), 7bit: shown\n\n你\\xc4\n'
	bob 'Content-Type: text/plain; charset=gb2312\n\n\0201\0060\0201'
	shows 'text/plain, charset gb2312 (read as GB18030), 7bit: shown\n\n\\x810\\x81\n'
	for before in '' x xx xxx; do
		text_in gb2312 "$before$(letters 40000 '\\0377')" "$before$(letters 40000 '\\\\xff')" "$gb"
	done
	needs utf-16be
	text_in utf-16be '\0330\0000\0000A\0000' '\\xd8\\x00A' ', charset utf-16be'
}

@test "no charset hides a control from the screen" {
	text_in gb2312 'a\033[2J\0177\0000' 'a\\x1b[2J\\x7f\\x00' ', charset gb2312 (read as GB18030)' 'a.[2J..'
	text_in iso-8859-2 '\0233' '\\xc2\\x9b' ', charset iso-8859-2' é
	needs utf-16be
	text_in utf-16be '\0000\033\0000[\0000\0233\0000' '\\x1b[\\xc2\\x9b' ', charset utf-16be' '.[é'
	needs utf-7
	text_in utf-7 '+ABs-[2J +AJs-' '\\x1b[2J \\xc2\\x9b' ', charset utf-7' '.[2J é'
}

@test "no file that is there is written over" {
	mkdir new
	echo mine >new/picture.jpg
	ln -s nowhere new/picture-2.jpg
	attached 'filename=picture.jpg'
	shows 'image/jpeg, base64: saved picture-3.jpg, 3 bytes\n'
	reads new/picture.jpg mine
	[ ! -e new/nowhere ]
	reads new/picture-3.jpg foo
	attached 'filename=.picture'
	attached 'filename=.picture'
	shows 'image/jpeg, base64: saved picture-2, 3 bytes\n'
}

@test "twenty at once save twenty files" {
	for i in $(seq 20); do
		mime-decode -o new "$root/lessons/07-base64/picture.eml" >shown &
		others="${others-} $!"
	done
	for other in $others; do wait "$other"; done
	[ "$(find new -type f | wc -l)" -eq 20 ]
	for file in new/*; do same "$file" "$root/lessons/07-base64/picture.jpg"; done
}

@test "where the disk is full nothing half-written is left" {
	head -c 300000 "$build/mime-decode" | cat - "$build/mime-decode" >a.zip
	mime-encode a.zip >message
	run bash -c 'ulimit -f 40; mime-decode -o new message'
	ends 74
	says 'mime-decode: new: File too large'
	is_empty new
}

@test "a folder that cannot be is told" {
	printf x >file
	run mime-decode -o file "$root/lessons/07-base64/picture.eml"
	ends 74
	says 'mime-decode: file: Not a directory'
	run mime-decode -o no/where "$root/lessons/07-base64/picture.eml"
	ends 74
	says 'mime-decode: no/where: No such file'
}

@test "a field of any length is read, the first 64 KB of it kept" {
	{
		printf 'Subject: '
		letters 200000
		printf '\n%s\nFrom: alice@crepes.fr\n\nhi\n' " $(letters 200000 y)"
	} | mime-decode >shown
	[ "$(head -n 1 shown | wc -c)" -eq 65537 ]
	sed 1d shown >got
	printf 'From: alice@crepes.fr\n\ntext/plain, 7bit: shown\n\nhi\n' >want
	same want got
}

@test "a wrong call is answered with the usage, and -h too" {
	run mime-decode -h
	ends 0
	says 'usage: mime-decode [-l] [-a] [-o DIR] [FILE]'
	run mime-decode -x
	ends 64
	says usage:
	run mime-decode one two
	ends 64
	run mime-decode missing
	ends 66
	says 'mime-decode: missing: No such file'
	for option in -l '-o new' ''; do
		# shellcheck disable=SC2086
		run mime-decode $option .
		ends 66
		[ "$output" = 'mime-decode: .: Is a directory' ]
	done
	if [ -e /dev/full ]; then
		run sh -c 'echo hi | mime-decode >/dev/full'
		ends 74
		says 'standard output: No space left'
	fi
}

@test "the line that names a part is bold on a terminal, unless its user wants no colours" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	printf 'hi\n' >message
	(TERM=xterm NO_COLOR='' on_terminal 'mime-decode message' </dev/null >screen 3>&-)
	grep -q "$(printf '\033')\[1mtext/plain, 7bit$(printf '\033')\[0m: shown" screen
	for plain in 'TERM=dumb' 'TERM=xterm NO_COLOR=1' 'TERM='; do
		(on_terminal "env $plain mime-decode message" </dev/null >screen 3>&-)
		has_line "text/plain, 7bit: shown*" screen
	done
}

@test "a standard input or output that is closed is an error" {
	run bash -c 'printf "hi\n" | mime-decode >&-'
	ends 74
	says 'mime-decode: standard output: Bad file descriptor'
	run bash -c 'mime-decode <&-'
	ends 74
	says 'mime-decode: standard input: Bad file descriptor'
}

@test "what vendors added to a charset is read under the name of the standard" {
	text_in shift_jis '\0207@\0207\0212 \0373\0374 C:\\\\a ~' '①㈱ 髙 C:\\a ~' ', charset shift_jis (read as CP932)' ||
		{ grep -q 'x87' got && skip "iconv has no CP932"; }
	text_in iso-2022-jp '\033$B-!-j\033(J \033(I6E\033(B' '①㈱ ｶﾅ' ', charset iso-2022-jp (read as CP932)'
	text_in tis-620 '\0241\0205' 'ก…' ', charset tis-620 (read as WINDOWS-874)'
	text_in euc-kr '\0214\0143' '똠' ', charset euc-kr (read as CP949)'
	text_in big5 '\0210\0146' 'ê̌' ', charset big5 (read as BIG5-HKSCS)' || text_in big5 '\0373\0375' '嘅' ', charset big5 (read as BIG5-HKSCS)'
}

@test "octets that nobody declared are UTF-8 if those about them are, wherever they are cut" {
	for before in '' x "$(letters 254)" "$(letters 255)" "$(letters 256)" "$(letters 4095)"; do
		bob "\n${before}Crêpes\n"
		sed 1,2d shown >got
		printf '%b\n' "${before}Crêpes" >want
		same want got
		bob "\n${before}\0352\n$before\0352"
		sed 1,2d shown >got
		printf '%b\n' "${before}ê\n${before}ê" >want
		same want got
	done
	bob '\n\0342\0202\0254'
	shows 'text/plain, 7bit: shown\n\n€\n'
	bob '\n\0342\0202'
	shows 'text/plain, 7bit: shown\n\nâ‚\n'
}

@test "a word that says utf-8 and is not is windows-1252" {
	bob 'Subject: =?utf-8?Q?caf=E9?= =?utf-8?Q?_=80?= =?utf-8?Q?caf=C3?=\n =?utf-8?Q?=A9?=\n\n'
	head -n 1 shown | grep -qx 'Subject: café €cafÃ©'
	bob 'Subject: =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?= =?iso-8859-1?Q?_=96_5_=80?=\n\n'
	head -n 1 shown | grep -qx 'Subject: café – 5 €'
}

@test "the charset of a page is found wherever its octets are cut" {
	for n in 0 1 900 995 996 997 1003 2000 70000; do
		{
			printf 'Content-Type: text/html\n\n<!--%s--><meta charset=koi8-r><p>\360\322\311' "$(letters "$n")"
		} | mime-decode | tail -n 1 >got
		if [ "$n" -le 996 ]; then echo При; else echo ðÒÉ; fi >want
		same want got
	done
}

@test "a file name in sections may be of any octets, and its words are joined first" {
	touch shown want
	attached 'filename*0="=?UTF-8?Q?cr=C3=AA"; filename*1="pe.jpg?="'
	saves crêpe.jpg
	attached 'filename=two words (2).jpg; size=3'
	saves 'two words (2).jpg'
	attached 'filename="cr\0352pe.jpg" size=3'
	saves crêpe.jpg
}

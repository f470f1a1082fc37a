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
	printf '%b' "$message" | mime-decode "$@" >shown
}
# shows TEXT: that is what was shown, in the notation of printf %b.
shows() {
	printf '%b' "$1" >want
	same want shown
}
letters() {
	awk -v n="$1" -v letter="${2:-x}" 'BEGIN { while (n-- > 0) printf "%s", letter }'
}
# attached NAME: a picture that the message calls NAME, a format of printf %b.
attached() {
	bob "Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\n$(:
	)Content-Disposition: attachment; $1\n\nZm9v\n" -o new
}
# saves NAME: attached wrote a file of that name, and nothing else anywhere.
saves() {
	shows "image/jpeg, base64: saved $1, 3 bytes\n"
	[ "$(find new -type f)" = "new/$1" ]
	[ "$(cat "new/$1")" = foo ]
	rm -r new
	[ "$(find . -type f | sort | tr '\n' ' ')" = './shown ./want ' ]
}

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
	cmp new/picture.jpg "$root/lessons/07-base64/picture.jpg"
	[ "$(ls -A new)" = picture.jpg ]
}

@test "text is shown under the line that says by which rule" {
	bob 'From: alice@crepes.fr\nSubject: hi\n\nDo you like ketchup?\n'
	shows 'From: alice@crepes.fr\nSubject: hi\n\ntext/plain, 7bit: shown\n\nDo you like ketchup?\n'
	bob 'Content-Type: text/html\nContent-Transfer-Encoding: 8BIT\n\n<p>hi\n'
	shows 'text/html, 8bit: shown as text\n\nhi\n'
	bob 'Content-Transfer-Encoding: binary (all of it)\n\nhi\n'
	shows 'text/plain, binary: shown\n\nhi\n'
	bob 'Content-Transfer-Encoding: Base64\n\naGkNCmhvDQo=\n'
	shows 'text/plain, base64: shown\n\nhi\nho\n'
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
		cmp a.zip new/a.zip
		rm new/a.zip
	done
	mime-encode -s "$(letters 40 é) 🍔" a.txt | mime-decode >shown
	grep -q "^Subject: $(letters 40 é) 🍔\$" shown
}

@test "a field is shown unfolded, in the order of the message, and others are not" {
	bob 'Received: x\nSUBJECT: a\n b\n\tc\nto : bob@hamburger.edu\nX-From: y\nCC: carol\n\nhi\n'
	shows 'Subject: a b c\nTo: bob@hamburger.edu\nCc: carol\n\ntext/plain, 7bit: shown\n\nhi\n'
}

@test "a file with CRLF line ends reads like one with LF" {
	bob 'Subject: a\r\n b\r\nContent-Type: text/plain\r\n\r\nhi\r\nho\r\n'
	shows 'Subject: a b\n\ntext/plain, 7bit: shown\n\nhi\nho\n'
	bob 'Content-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nZm\r\n9v\r\n'
	shows 'image/gif, base64: part-1.gif, 3 bytes, not shown: -o DIR saves it\n'
}

@test "a message without a header is text" {
	for text in 'Do you like ketchup?\n' '\nhi\n' ' hi: ho\n' ': hi\n' 'hi' 'a\rb\n' '\r-\n'; do
		bob "$text"
		sed '1,2d' shown >got
		printf '%b' "${text#'\n'}" | sed "$(printf 's/\r/\\\\x0d/')" >want
		[ -z "$(tail -c 1 want)" ] || echo >>want
		same want got
		head -n 1 shown | grep -qx 'text/plain, 7bit: shown'
	done
	bob ''
	shows 'text/plain, 7bit: shown\n\n'
	bob 'Subject: hi\nno field\nFrom: x\n'
	shows 'Subject: hi\n\ntext/plain, 7bit: shown\n\nno field\nFrom: x\n'
}

@test "a type that is missing or cannot be read is text/plain" {
	for type in '' text image/ /jpeg 'im age/jpeg' a/b/c ';' '"image/jpeg"' 'imag\033e/jpeg' 'é/é'; do
		bob "Content-Type: $type\n\nhi\n"
		shows 'text/plain, 7bit: shown\n\nhi\n'
	done
}

@test "types, parameters and encodings are read in any case and with comments" {
	bob 'content-TYPE: (a (nested \\) one)) IMAGE/Jpeg (x) ; (y) NAME (z) = (q) "a\\"b;c.jpg" (r)\ncontent-transfer-encoding: (c) BASE64\n\nZm9v\n'
	shows 'image/jpeg, base64: a"b;c.jpg, 3 bytes, not shown: -o DIR saves it\n'
	bob 'Content-Type: image/jpeg; x="; name=no"; name=yes.jpg\n\nfoo'
	shows 'image/jpeg, 7bit: yes.jpg, 3 bytes, not shown: -o DIR saves it\n'
	bob 'Content-Type: image/jpeg;x;;=;name\n\nfoo'
	shows 'image/jpeg, 7bit: part-1.jpg, 3 bytes, not shown: -o DIR saves it\n'
	bob 'Content-Type: image/jpeg;\n name=one.jpg\nContent-Type: text/plain\n\nfoo'
	shows 'image/jpeg, 7bit: one.jpg, 3 bytes, not shown: -o DIR saves it\n'
}

@test "an encoding that is not known makes the part application/octet-stream (RFC 2045, 6.4)" {
	bob 'Content-Transfer-Encoding: x-rot13\n\nuv\n' -o new
	shows 'text/plain, x-rot13, not known: as application/octet-stream: saved part-1.bin, 3 bytes\n'
	[ "$(cat new/part-1.bin)" = uv ]
	bob 'Content-Transfer-Encoding: \033[2J\n\nuv\n'
	shows 'text/plain, unreadable, not known: as application/octet-stream: part-1.bin, 3 bytes, not shown: -o DIR saves it\n'
}

@test "text that is an attachment is saved with our line ends" {
	bob 'Content-Disposition: Attachment; filename=a.txt\n\nhi\r\nho\r' -o new
	shows 'text/plain, 7bit: saved a.txt, 6 bytes\n'
	printf 'hi\nho\r' | cmp - new/a.txt
	bob 'Content-Disposition: inline; filename=a.txt\n\nhi\n' -o new
	shows 'text/plain, 7bit: shown\n\nhi\n'
}

@test "data is saved to the octet, whatever its line ends" {
	bob 'Content-Type: image/gif\n\na\r\nb\r\0000\n\n' -o new
	printf 'a\r\nb\r\000\n\n' | cmp - new/part-1.gif
}

@test "base64 in mail is read kindly" {
	picture() {
		bob "Content-Type: image/gif\nContent-Transfer-Encoding: base64\n\n$1" -o new
		printf '%b' "$2" | cmp - new/part-1.gif
		rm -r new
	}
	picture 'Zm 9\n!vY\0000\0377g' foob
	picture 'Zg==\nmore text\n' f
	picture '' ''
	picture 'Z' ''
}

@test "text in quoted-printable has lines, and our line ends, also those it encodes" {
	text() {
		bob "Content-Transfer-Encoding: Quoted-Printable\n\n$1"
		sed '1,2d' shown >got
		printf '%b' "$2" >want
		same want got
	}
	text 'Cr=C3=AApes =\nor=3F \t\nnot\n' 'Crêpes or?\nnot\n'
	text 'Cr=c3=aapes =\r\nor=3f \t\r\nnot\r\n' 'Crêpes or?\nnot\n'
	text 'a=0D=0Ab=0D=\n=0Ac\r=0A' 'a\nb\nc\n'
	text 'a=0D\nb\n' 'a\\x0d\nb\n'
	text 'a=' 'a\n'
	text 'a=3' 'a=3\n'
	text 'a=\r' 'a=\\x0d\n'
	text 'a =ZZ = b=' 'a =ZZ = b\n'
	bob 'Content-Transfer-Encoding: quoted-printable\n\na=0D=\n'
	shows 'text/plain, quoted-printable: shown\n\na\\x0d\n'
	bob 'Content-Transfer-Encoding: quoted-printable\n\n'
	shows 'text/plain, quoted-printable: shown\n\n'
}

@test "data in quoted-printable has the octets that are encoded, and its line ends" {
	bob 'Content-Type: image/gif\nContent-Transfer-Encoding: quoted-printable\n\na=0D=0Ab=0A=\n=00 =\r\n=FF\r\n' -o new
	shows 'image/gif, quoted-printable: saved part-1.gif, 9 bytes\n'
	printf 'a\r\nb\n\000 \377\n' | cmp - new/part-1.gif
}

@test "control bytes of a text come out as \\xNN, line ends and tabs as they are" {
	bob '\na\tb\033[2Jc\0000d\0177e\rf\r\ng\b\n'
	shows 'text/plain, 7bit: shown\n\na\tb\\x1b[2Jc\\x00d\\x7fe\\x0df\ng\\x08\n'
}

@test "what is not well-formed UTF-8 comes out as \\xNN" {
	text() {
		bob "\n$1\n"
		sed '1,2d; /^(.xNN: /d' shown >got
		printf '%b\n' "$2" >want
		same want got
	}
	text 'Crêpes 漢 🍔' 'Crêpes 漢 🍔'
	text 'Cr\0352pes' 'Cr\\xeapes'
	text '\0302\0200\0302\0237' '\\xc2\\x80\\xc2\\x9f' # C1 controls
	text '\0302\0240' '\0302\0240'
	text '\0300\0257' '\\xc0\\xaf' # too long a form
	text '\0340\0237\0277' '\\xe0\\x9f\\xbf'
	text '\0340\0240\0200' '\0340\0240\0200'
	text '\0355\0237\0277' '\0355\0237\0277'
	text '\0355\0240\0200' '\\xed\\xa0\\x80' # a surrogate
	text '\0360\0217\0277\0277' '\\xf0\\x8f\\xbf\\xbf'
	text '\0364\0217\0277\0277' '\0364\0217\0277\0277'
	text '\0364\0220\0200\0200' '\\xf4\\x90\\x80\\x80' # past U+10FFFF
	text '\0365' '\\xf5'
	text '\0342\0202\0302\0251' '\\xe2\\x82©'
	text '\0342\0202A' '\\xe2\\x82A'
	text '\0342\0202' '\\xe2\\x82'
	bob '\n\0342\0202'
	shows 'text/plain, 7bit: shown\n\n\\xe2\\x82\n(\\xNN: octets that are no UTF-8; no charset is named)\n'
	bob 'Content-Type: text/plain; charset=utf-8\n\n\0351\n'
	shows 'text/plain, 7bit: shown\n\n\\xe9\n(\\xNN: octets that are no UTF-8)\n'
}

@test "characters and line ends may lie anywhere between two buffers" {
	awk 'BEGIN { while (i++ < 20000) printf "ê🍔\r\n" }' >a
	tr -d '\r' <a >want
	for before in '' x xx xxx xxxx xxxxx xxxxxx xxxxxxx; do
		{
			printf '\n%s\n' "$before"
			cat a
		} | mime-decode | sed 1,3d >got
		cmp want got
	done
}

@test "values of the header are shown as safely, also what encoded-words hold" {
	bob 'Subject: a\033[2Jb\0000c\0377\n\n'
	grep -qF 'Subject: a\x1b[2Jb?c\xff' shown
	bob 'Subject: =?UTF-8?Q?a=0AFrom:_b=1B[2J=C2=85=00?=\n\n'
	grep -qF 'Subject: a\x0aFrom: b\x1b[2J\xc2\x85\x00' shown
}

@test "encoded-words are decoded, and the white space between two goes" {
	subject() {
		bob "Subject: $1\n\n"
		head -n 1 shown >got
		printf 'Subject: %s\n' "$2" >want
		same want got
	}
	subject '=?UTF-8?B?Q3LDqnBlcz8=?=' 'Crêpes?'
	subject '=?utf-8?q?Cr=C3=aapes=3F_=5F?=' 'Crêpes? _'
	subject 'a =?UTF-8?B?w6o=?= b' 'a ê b'
	subject '=?UTF-8?B?w6o=?=\n =?UTF-8?B?w6o=?= \t=?us-ascii*en?Q?x?=' 'êêx'
	subject '=?UTF-8?B?w6o=?= x =?UTF-8?B?w6o=?=' 'ê x ê'
	subject '=?UTF-8?B?w?= =?UTF-8?Q?=C3?= =?UTF-8?Q?=AA?=' 'ê'
	for left in '=?UTF-8?X?w6o=?=' '=?x-klingon?B?w6o=?=' '=?UTF-8?B?w6o=' '=?UTF-8?B?w6o=?' \
		'=?UTF-8?B' '=?UTF-8' '=?' '=? =?UTF-8?' '=3D_'; do
		subject "$left" "$left"
	done
	subject '=?UTF-8?Q?=?= =?UTF-8?Q?=4?= =?UTF-8?Q?=zz?=' '==4=zz'
}

# text_in CHARSET TEXT SHOWN LABEL: text in a charset, a format of printf %b, is shown,
# in its notation too, under a line that holds the label.
text_in() {
	bob "Content-Type: text/plain; charset=$1\n\n$2\n"
	sed '1,2d; /^(.xNN: /d' shown >got
	printf '%b\n' "$3" >want
	same want got
	printf 'text/plain%s, 7bit: shown\n' "$4" >want
	head -n 1 shown >got
	same want got
}
# needs CHARSET: iconv of this system knows it, or the test is skipped.
needs() {
	bob "Content-Type: text/plain; charset=$1\n\n"
	! grep -q 'not known' shown || skip "iconv does not know $1"
}

@test "text is shown in UTF-8, whatever charset it came in" {
	text_in iso-8859-1 'Cr\0352pes' Crêpes ', charset iso-8859-1'
	text_in '"ISO-8859-1" (Latin)' 'Cr\0352pes' Crêpes ', charset iso-8859-1'
	text_in "x; charset*=iso-8859-1'en'koi8-r" '\0360' П ', charset koi8-r'
	text_in koi8-r '\0360\0322\0311' При ', charset koi8-r'
	bob 'Content-Type: text; charset=koi8-r\n\n\0360\n'
	shows 'text/plain, 7bit: shown\n\n\\xf0\n(\\xNN: octets that are no UTF-8; no charset is named)\n'
	text_in us-ascii hi hi ''
	text_in '""' hi hi ''
	text_in UTF-8 Crêpes Crêpes ''
	bob 'Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\n6g0K\n'
	shows 'text/html, charset iso-8859-1, base64: shown as text\n\nê\n'
}

@test "gb2312 is read as GB18030, for mailers mean GBK by it" {
	for name in GB2312 gb_2312-80 gbk x-gbk; do
		text_in "$name" '\0304\0343\0272\0303, \0351\0106' '你好, 镕' ", charset $(
			echo "$name" | tr G g | tr B b) (read as GB18030)"
	done
	text_in gb18030 '\0201\0060\0212\0071' ñ ', charset gb18030'
	bob 'Content-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: base64\n\nxOO6\nww==\n'
	shows 'text/plain, charset gb2312 (read as GB18030), base64: shown\n\n你好\n'
}

@test "a character of any charset may lie between two buffers" {
	printf '\304\343a\351\106\201\060\212\071\r\n' >a
	printf '你a镕ñ\n' >want
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do
		cat a a >b
		mv b a
		cat want want >b
		mv b want
	done
	[ "$(wc -c <a)" -gt 100000 ]
	for before in '' x xx xxx xxxx xxxxx xxxxxx xxxxxxx xxxxxxxx xxxxxxxxx xxxxxxxxxx; do
		{
			printf 'Content-Type: text/plain; charset=gb2312\n\n%s\n' "$before"
			cat a
		} | mime-decode | sed 1,3d >got
		cmp want got
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
	text_in iso-2022-jp 'a \033$BF|8l\033(B b' 'a 日語 b' ', charset iso-2022-jp'
}

@test "text in a charset that is not known is shown as far as it can be" {
	text_in X-Klingon 'Crêpes \0377' 'Crêpes \\xff' \
		', charset x-klingon (not known: as us-ascii)' 'Crêpes .'
	text_in us-ascii 'Crêpes \0352' 'Crêpes \\xea' '' 'Crêpes .'
}

@test "what can be no name of a charset never comes to iconv" {
	local none=', charset unreadable (not known: as us-ascii)'
	for name in iso-8859-1//IGNORE iso-8859-1//TRANSLIT iso-8859-1/ '"iso-8859-1\033"' \
		'"iso-8859-1 "' '"iso-8859-1\0377"' iso-8859-1,x "$(letters 41)"; do
		text_in "$name" '\0352' '\\xea' "$none" .
	done
	text_in "$(letters 40)" hi hi ", charset $(letters 40) (not known: as us-ascii)"
}

@test "octets that belong to no character come out as \\xNN, and nothing behind them is lost" {
	local gb=', charset gb2312 (read as GB18030)'
	text_in gb2312 '\0377\0304\0343\0377\0377' '\\xff你\\xff\\xff' "$gb"
	text_in gb2312 '\0201' '\\x81' "$gb"
	text_in gb2312 '\0201\0060\0201\nb' '\\x810\\x81\nb' "$gb"
	text_in gb2312 'a\0304\0343b\n\0304' 'a你b\n\\xc4' "$gb"
	text_in euc-kr '\0311\0241' '\\xc9\\xa1' ', charset euc-kr' # ɡ in UTF-8
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
	text_in iso-8859-1 '\0233' '\\xc2\\x9b' ', charset iso-8859-1' é
	needs utf-16be
	text_in utf-16be '\0000\033\0000[\0000\0233\0000' '\\x1b[\\xc2\\x9b' ', charset utf-16be' '.[é'
	needs utf-7
	text_in utf-7 '+ABs-[2J +AJs-' '\\x1b[2J \\xc2\\x9b' ', charset utf-7' '.[2J é'
}

@test "a text that is saved keeps its charset" {
	bob 'Content-Type: text/plain; charset=gb2312; name=a.txt\nContent-Disposition: attachment\n\n\0304\0343\n' -o new
	shows 'text/plain, 7bit: saved a.txt, 3 bytes\n'
	printf '\304\343\n' | cmp - new/a.txt
}

@test "encoded-words are read in any charset, as safely" {
	subject() {
		bob "Subject: $1\n\n"
		head -n 1 shown >got
		printf 'Subject: %s\n' "$2" >want
		same want got
	}
	subject '=?gb2312?B?xOO6ww==?= =?GBK*zh?b?6UY=?=' '你好镕'
	subject 'a =?iso-8859-1?Q?Cr=EApes_?= =?UTF-8?B?w6o=?= =?koi8-r?q?=F0?=' 'a Crêpes êП'
	subject '=?gb2312?B?xOP/?= x =?gb2312?Q?=C4?=' '你\xff x \xc4'
	subject '=?iso-8859-1?Q?=0A=1B=9B=00?=' '\x0a\x1b\xc2\x9b\x00'
	for left in '=?x-klingon?Q?=EA?=' '=?iso-8859-1//IGNORE?Q?=EA?=' "=?$(letters 41)?Q?x?="; do
		subject "$left" "$left"
	done
	subject "=?iso-8859-1?B?$(letters 16000 6urq)?=" "$(letters 48000 ê)"
	rm got
	attached 'filename="=?gb2312?B?xOO6ww==?=.jpg"'
	saves 你好.jpg
}

@test "a file name of another is a name, never a path" {
	touch shown want
	attached 'filename="../../x.jpg"'
	saves x.jpg
	attached 'filename="/etc/passwd"'
	saves passwd
	attached 'filename="C:\\\\windows\\\\x.jpg"'
	saves x.jpg
	attached 'filename=.bashrc'
	saves bashrc
	attached 'filename="... .x"'
	saves x
	attached 'filename=-rf'
	saves _rf
	attached "filename*=UTF-8''..%2F..%2Fx%00y"
	saves x
	attached 'filename="=?UTF-8?B?Li4vLi4vLng=?="'
	saves x
	for none in '' . .. / ../ a/ a/.. '  '; do
		attached "filename=\"$none\""
		saves part-1.jpg
	done
}

@test "a file name has no control bytes and no octets that are not characters" {
	touch shown want
	attached "filename*=UTF-8''a%0Ab%1B%7F%C2%85%FF%E2%82.jpg"
	saves a_b_______.jpg
	attached 'filename="a\tb\033\0377.jpg"'
	saves a_b__.jpg
	attached 'filename="crêpe.jpg"'
	saves crêpe.jpg
	attached "filename*=UTF-8''a%E2%82"
	saves a__
}

@test "a file name has 200 octets at most, and keeps its suffix" {
	touch shown want
	attached "filename=$(letters 196).jpg"
	saves "$(letters 196).jpg"
	attached "filename=$(letters 300).jpg"
	saves "$(letters 196).jpg"
	attached "filename=$(letters 300)"
	saves "$(letters 200)"
	attached "filename=x$(letters 300 é).jpg"
	saves "x$(letters 97 é).jpg"
	attached "filename=x.$(letters 300)"
	saves "x.$(letters 198)"
}

@test "a long or foreign file name comes in sections (RFC 2231)" {
	touch shown want
	attached "filename*=utf-8'fr'cr%c3%aape.jpg"
	saves crêpe.jpg
	attached "filename*0*=UTF-8''cr%C3;\n filename*1*=%AApe; filename*2=%41.jpg"
	saves crêpe%41.jpg
	attached "filename*0*=''a; filename*1*=b'c'd.jpg"
	saves "ab'c'd.jpg"
	attached 'filename*1=b.jpg; filename*0="a b"'
	saves 'a bb.jpg'
	attached "filename=plain.jpg; filename*=UTF-8''cr%C3%AApe.jpg"
	saves crêpe.jpg
	attached 'filename="=?UTF-8?Q?cr=C3=AApe?= =?UTF-8?Q?=2Ejpg?="'
	saves crêpe.jpg
}

@test "no file that is there is written over" {
	mkdir new
	echo mine >new/picture.jpg
	ln -s nowhere new/picture-2.jpg
	attached 'filename=picture.jpg'
	shows 'image/jpeg, base64: saved picture-3.jpg, 3 bytes\n'
	[ "$(cat new/picture.jpg)" = mine ]
	[ ! -e new/nowhere ]
	[ "$(cat new/picture-3.jpg)" = foo ]
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
	for file in new/*; do cmp "$file" "$root/lessons/07-base64/picture.jpg"; done
}

@test "where the disk is full nothing half-written is left" {
	head -c 300000 "$build/mime-decode" | cat - "$build/mime-decode" >a.zip
	mime-encode a.zip >message
	run bash -c 'ulimit -f 40; mime-decode -o new message'
	ends 74
	says 'mime-decode: new: File too large'
	[ -z "$(ls -A new)" ]
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
		(on_terminal "env $plain $build/mime-decode message" </dev/null >screen 3>&-)
		grep -q "^text/plain, 7bit: shown" screen
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

@test "marks that turn the direction of a text are no part of a file name" {
	touch shown want
	attached "filename*=UTF-8''e%E2%80%AEgpj.exe"
	saves e___gpj.exe
}

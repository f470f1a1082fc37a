#!/usr/bin/env bats
# The messages in lessons/: each is what its name and its lesson say it is.

# shellcheck disable=SC2154
load common

setup() {
	common_setup
	lessons=$root/lessons
}
teardown() { common_teardown; }

header() { LC_ALL=C sed '/^$/q' "$1"; }
body() { LC_ALL=C sed '1,/^$/d' "$1"; }
# text MESSAGE: the text that is shown, without the lines above it.
text() { mime-decode "$1" | awk 'seen > 1; seen || /: shown$/ { seen++ }'; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
# times COUNT OCTETS: these octets, in the notation of printf, so many times.
times() {
	# shellcheck disable=SC2059
	awk -v n="$1" 'BEGIN { while (n-- > 0) print }' | while read -r _; do printf "$2"; done
}

@test "every message keeps the rules of mail: short lines, and ASCII but where it says 8bit" {
	LC_ALL=C awk '
		FNR == 1 { high = 0 }
		tolower($0) == "content-transfer-encoding: 8bit" { high = 1 }
		length($0) > 998 || /\r/ || (/[^\t -~]/ && !high) { print FILENAME ": " $0 }' "$lessons"/*/*.eml >broken
	for message in "$lessons"/*/*.eml; do
		read_in "$message"
		[ "${content%$'\n'}" != "$content" ] || echo "$message: its last line has no end"
	done >>broken
	cat broken
	[ ! -s broken ]
}

@test "every header has From, Date and Message-ID, but the two that show why" {
	awk 'FNR == 1 { header = 1; n[FILENAME] = 0 } /^$/ { header = 0 }
		header && tolower($0) ~ /^(from|date|message-id):/ { n[FILENAME]++ }
		END { for (name in n) if (n[name] != 3) print name }' "$lessons"/*/*.eml | sort >without
	printf '%s\n' "$lessons"/05-*/as-printed.eml "$lessons"/05-*/without-a-header.eml >expected
	same expected without
	mime-decode "$lessons"/05-*/without-a-header.eml >shown
	[ -z "$(grep -i '^[a-z-]*: ' shown)" ]
	[ "$(header "$lessons"/05-*/as-printed.eml)" = "$(printf '%s\n' From:alice@crepes.fr \
		To:bob@hamburger.edu 'Subject:this is a test' '')" ]
}

@test "05: what was said without a header is a letter" {
	printf 'Do you like ketchup?\nHow about pickles?\n' >want
	text "$lessons/05-envelope-and-header/without-a-header.eml" >got
	same want got
}

@test "05: the envelope names others than the letter" {
	header "$lessons/05-envelope-and-header/delivered-by-a-list.eml" >delivered
	has_line 'Return-Path: <pancakes-owner@crepes.fr>' delivered
	has_line 'From: alice@crepes.fr' delivered
	sed -n '/^\tfor </{p;q;}' delivered | grep -q '<bob@hamburger.edu>'
	has_line 'To: pancakes@crepes.fr' delivered
	[ "$(grep -c ^Received: delivered)" -eq 2 ]
}

@test "05: folded fields, comments and encoded-words are read" {
	mime-decode "$lessons/05-envelope-and-header/fields-in-many-forms.eml" | sed '/^$/,$d' >got
	cat >want <<-'END'
		From: "Alice (of crepes.fr)" <alice@crepes.fr> (this is a comment)
		To: Bob (who likes (some say: loves) hamburgers) <bob@hamburger.edu>
		Subject: this is a test of a field in three lines
		Cc: alice@crepes.fr
		Date: Wed, 09 Sep 2009 00:00:00 +0000 (UTC)
	END
	same want got
	mime-decode "$lessons/05-envelope-and-header/encoded-words.eml" | sed '/^$/,$d' >got
	cat >want <<-'END'
		From: Alice des Crêpes <alice@crepes.fr>
		To: Боб <bob@hamburger.edu>
		Cc: Алиса <alice@crepes.fr>
		Subject: 你喜欢番茄酱吗? Crêpes? A = is =3D. and =?no-such?Q?charset?=
		Date: Wed, 09 Sep 2009 00:00:00 +0000
	END
	same want got
}

@test "08: the Chinese letter is one letter in three encodings" {
	cd "$lessons/08-quoted-printable"
	for encoding in 8bit quoted-printable base64; do
		has_line 'Content-Type: text/plain; charset=gb2312' "chinese-$encoding.eml"
		grep -qx "Content-Transfer-Encoding: $encoding" "chinese-$encoding.eml"
		text "chinese-$encoding.eml" >"$work/got"
		same chinese.txt "$work/got"
	done
}

@test "08: its octets are gb2312" {
	cd "$lessons/08-quoted-printable"
	body chinese-8bit.eml >"$work/octets"
	[ "$(head -n 1 "$work/octets" | hex)" = c4e3bac32c426f62210a ] # 你好,Bob!
	body chinese-quoted-printable.eml >"$work/body"
	qp "$work/octets" >"$work/got"
	same "$work/body" "$work/got"
	body chinese-base64.eml >"$work/body"
	LC_ALL=C sed "$(printf 's/$/\r/')" "$work/octets" | b64 >"$work/got"
	same "$work/body" "$work/got"
	command -v iconv || skip 'there is no iconv(1) here'
	iconv -f gb2312 -t utf-8 <"$work/octets" >"$work/got"
	same chinese.txt "$work/got"
}

@test "08: ISO-8859-1 has an octet for each letter" {
	message=$lessons/08-quoted-printable/latin-1.eml
	has_line 'Content-Type: text/plain; charset="ISO-8859-1"' "$message"
	body "$message" | grep -q 'cr=EApes'
	text "$message" | grep -q 'crêpes très légères'
}

@test "08: lines that mail could spoil are quoted, and come back" {
	body "$lessons/08-quoted-printable/lines.eml" >quoted
	for line in '=2E' '=46rom .*' '.*[^=]=' '.*: =20' '.*:=09'; do
		grep -qx "$line" quoted
	done
	[ -z "$(awk 'length($0) > 76' quoted)" ]
	qp -d quoted >got
	same "$lessons/08-quoted-printable/lines.txt" got
	text "$lessons/08-quoted-printable/lines.eml" >got
	same "$lessons/08-quoted-printable/lines.txt" got
}

# saves MESSAGE NAME OCTETS BEGINNING: the message holds a file of that name and
# length, and of that beginning in hexadecimal digits.
saves() {
	mime-decode -o saved "$lessons/09-content-types/$1.eml"
	[ "$(wc -c <"saved/$2")" -eq "$3" ]
	case $(head -c 64 "saved/$2" | hex) in "$4"*) ;; *) return 1 ;; esac
}

@test "09: each type of the article is there, and each file is of its type" {
	for type in text/plain text/html image/gif image/jpeg audio/basic audio/32kadpcm \
		video/mpeg video/quicktime application/msword application/octet-stream; do
		grep -q "^Content-Type: $type" "$lessons/09-content-types/${type%/*}-${type#*/}.eml"
	done
	saves image-gif hamburger.gif 92 47494638396110000c00               # GIF89a, 16 by 12
	saves image-jpeg crepe.jpg 276 ffd8ffe000104a46494600              # SOI, APP0 JFIF
	saves video-mpeg grey.mpeg 41 000001b3010010                       # a sequence, 16 by 16
	saves video-quicktime empty.mov 136 000000146674797071742020       # ftyp, qt
	[ "$(dd if=saved/empty.mov bs=4 skip=6 count=1 2>/dev/null)" = moov ]
	saves application-msword empty.doc 1536 d0cf11e0a1b11ae1           # OLE2
	[ "$(tail -c 2 saved/crepe.jpg | hex)" = ffd9 ]
	[ "$(tail -c 1 saved/hamburger.gif)" = ';' ]
}

@test "09: sound and data are what their descriptions say" {
	saves audio-basic tone.au 8000 1e0b0b1e9e8b8b9e # the 1000 Hz of G.711, table 6
	times 1000 '\036\013\013\036\236\213\213\236' >got
	same saved/tone.au got
	saves audio-32kadpcm silence.726 100 ff
	times 100 '\377' >got
	same saved/silence.726 got
	saves application-octet-stream octets.bin 256 000102
	awk 'BEGIN { while (i < 256) printf "%02x", i++ }' >want
	hex <saved/octets.bin >got
	same want got
}

# part TYPE MESSAGE: the body of the part of that type, as it is.
part() {
	awk -v type="Content-Type: $1" '
		$0 == type { found = 1 }
		found && /^$/ { inside = 1; next }
		inside && /^--/ { exit }
		inside' "$lessons/09-content-types/$2.eml"
}

@test "09: text, HTML and pictures are in one message" {
	saves image-gif hamburger.gif 92 47
	saves image-jpeg crepe.jpg 276 ff
	part image/gif text-html-and-pictures | b64 -d >got
	same saved/hamburger.gif got
	part image/jpeg text-html-and-pictures | b64 -d >got
	same saved/crepe.jpg got
	cd "$lessons/09-content-types"
	[ "$(grep ^Content-Type: text-html-and-pictures.eml | sed 's/Content-Type: //;s/;.*//' |
		tr '\n' ' ')" = "multipart/mixed multipart/alternative text/plain $(:
	)multipart/related text/html image/gif image/jpeg " ]
	id=$(sed -n 's/^Content-ID: <\(.*\)>/\1/p' text-html-and-pictures.eml)
	grep -qF "src=\"cid:$id\"" text-html-and-pictures.eml
}

@test "09: the folder is small" {
	[ "$(cat "$lessons"/09-content-types/{README.md,exercise,*.eml} | wc -c)" -lt 40960 ]
}

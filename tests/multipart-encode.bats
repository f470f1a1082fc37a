#!/usr/bin/env bats
# client/multipart and client/boundary, through mime-encode: RFC 2046, 5.1.

# shellcheck disable=SC2154
load common
load writing

setup() {
	common_setup
	SOURCE_DATE_EPOCH=1252454400
	export SOURCE_DATE_EPOCH
}

teardown() { common_teardown; }

# alice OPTION...: what Alice's user agent writes goes to the file message, its boundary
# is $boundary.
alice() {
	mime-encode -f alice@crepes.fr -t bob@hamburger.edu "$@" >message
	find_boundary
}
# field N NAME: of the part; N 0: of the message.
field() {
	awk -v n="$1" -v name="$2:" -v line="--$boundary" '
		$0 == line { at++; body = 0; next }
		/^$/ { body = 1 }
		/^[^ ]/ { on = $1 == name }
		at + 0 == n && !body && on' message
}
# is N FIELD TEXT: the field is in the part; N 0: in the header of the message.
is() { is_in_part "$@"; }
# body N: its octets, but for the line end before the boundary, which is not its own.
body() {
	LC_ALL=C awk -v n="$1" -v line="--$boundary" '
		$0 == line || $0 == line "--" { at++; body = 0; next }
		at == n && body { if (body++ > 1) printf "\n"; printf "%s", $0 }
		/^$/ && !body { body = 1 }' message
}
# repeated N TEXT
repeated() { n_of "$1" "$2"; }
# refused STATUS TEXT OPTION...
refused() { is_refused "$@" </dev/null; }

@test "several files become the parts of one message, in their order" {
	printf 'Do you like ketchup?\n' >letter.txt
	printf 'Crêpes, with everything' >menu.html
	printf '\377\330' >picture.jpg
	alice -s 'picture of mine' letter.txt menu.html picture.jpg
	cat >want <<-'END'
		From: alice@crepes.fr
		To: bob@hamburger.edu
		Subject: picture of mine
		Date: Wed, 09 Sep 2009 00:00:00 +0000
		Message-ID: <1252454400.ID@crepes.fr>
		MIME-Version: 1.0
		Content-Transfer-Encoding: 7bit
		Content-Type: multipart/mixed; boundary="=_part_ID"

		--=_part_ID
		Content-Transfer-Encoding: 7bit
		Content-Type: text/plain; charset=us-ascii
		Content-Disposition: inline; filename="letter.txt"

		Do you like ketchup?

		--=_part_ID
		Content-Transfer-Encoding: quoted-printable
		Content-Type: text/html; charset=utf-8
		Content-Disposition: inline; filename="menu.html"

		Cr=C3=AApes, with everything=

		--=_part_ID
		Content-Transfer-Encoding: base64
		Content-Type: image/jpeg
		Content-Disposition: attachment; filename="picture.jpg"

		/9g=

		--=_part_ID--
	END
	sed 's/\.[0-9a-f]*@/.ID@/; s/=_part_[0-9a-f]*/=_part_ID/' message >got
	same want got
}

@test "one file is no multipart" {
	printf 'hi\n' >a.txt
	alice a.txt
	[ -z "$boundary" ]
	[ "$(grep -c Disposition message)" -eq 0 ]
}

@test "a part ends as its data does: the line end before a boundary is the boundary's" {
	for data in '' '\n' '\n\n' hi 'hi\n' 'hi\n\n' '\nhi' '--\n' '-- \n--'; do
		printf '%b' "$data" >a.txt
		cp a.txt b.bin
		for encoding in 7bit 8bit binary; do
			alice -e $encoding a.txt a.txt
			for n in 1 2; do
				is $n Content-Transfer-Encoding $encoding
				body $n >got
				same a.txt got
			done
		done
		for encoding in quoted-printable base64; do
			decode=qp
			[ $encoding != base64 ] || decode=b64
			alice -e $encoding b.bin a.txt b.bin
			for n in 1 3; do
				body $n | $decode -d >got
				same b.bin got
			done
			body 2 | $decode -d | tr -d '\r' >got
			same a.txt got
		done
	done
}

@test "the line end after data that ends in a CR is not taken for its own" {
	printf 'a\nb\r' >a.bin
	alice -e binary a.bin a.bin
	{
		printf '%s\n' "--$boundary"
		sed -n '/^--/,/^$/p' message | sed '1d;/^$/q'
		printf 'a\nb\r\r\n%s\n' "--$boundary"
	} >want
	sed -n '/^--/,$p' message | head -c "$(wc -c <want)" >got
	same want got
}

@test "the boundary is in no part that goes as it is" {
	printf 'hi\n' >a.txt
	alice a.txt a.txt
	first=$boundary
	for before in 0 1 65520 65530 65535 65536; do
		repeated "$before" = >a.txt
		printf '%s' "$first" >>a.txt
		alice -e binary a.txt a.txt
		[ "$boundary" != "$first" ]
	done
	second=$boundary
	printf '%s' "$first" >a.txt
	printf '\n--%s--\n' "$second" >b.txt
	alice a.txt b.txt
	[ "$boundary" != "$first" ]
	[ "$boundary" != "$second" ]
	[ -n "$boundary" ]
	body 1 >got
	same a.txt got
	body 2 >got
	same b.txt got
	# Half of it and once more is it; what is encoded does not hold it.
	printf '=%s' "$first" >a.txt
	alice a.txt a.txt
	[ "$boundary" = "$second" ]
	printf '%s' "=_part_$first" >a.txt
	alice a.txt a.txt
	[ "$boundary" = "$second" ]
	printf '%s' "${first%?}x" >a.txt
	alice a.txt a.txt
	[ "$boundary" = "$first" ]
	printf '%s' "$first" >a.txt
	for encoding in base64 quoted-printable; do
		alice -e $encoding a.txt a.txt
		[ "$boundary" = "$first" ]
	done
}

@test "the boundary can be neither in base64 nor in quoted-printable, and differs" {
	printf '=_part_' >a.txt
	alice a.txt a.txt
	case $boundary in =_?*) ;; *) return 1 ;; esac
	[ "${#boundary}" -le 70 ]
	first=$boundary
	alice a.txt a.txt
	[ "$boundary" = "$first" ]
	unset SOURCE_DATE_EPOCH
	for i in 1 2 3 4 5 6 7 8; do
		alice a.txt a.txt
		echo "$boundary"
	done | sort | uniq -d >twice
	[ ! -s twice ]
}

@test "the message says of its parts what the channel has to pass for them" {
	printf 'hi\n' >a.txt
	printf 'é\n' >b.txt
	printf 'é\r\000' >c.bin
	alice a.txt b.txt c.bin
	is 0 Content-Transfer-Encoding 7bit
	alice -e 8bit a.txt b.txt c.bin
	is 0 Content-Transfer-Encoding 8bit
	is 1 Content-Transfer-Encoding 8bit
	alice -e binary c.bin a.txt
	is 0 Content-Transfer-Encoding binary
	printf 'Subject: x\n\nhi\n' >a.eml
	alice a.eml a.txt
	is 0 Content-Transfer-Encoding 7bit
	is 1 Content-Type message/rfc822
	is 1 Content-Disposition 'attachment; filename="a.eml"'
}

@test "where -e is for text, data among it goes in base64, and text that cannot is refused" {
	printf 'hi\n' >a.txt
	printf 'é\n' >b.txt
	printf 'a\r\n' >c.zip
	alice -e 7bit a.txt c.zip
	is 1 Content-Transfer-Encoding 7bit
	is 2 Content-Transfer-Encoding base64
	body 2 | b64 -d >got
	same c.zip got
	alice -e 8bit b.txt c.zip
	is 1 Content-Transfer-Encoding 8bit
	is 2 Content-Transfer-Encoding base64
	refused 65 'b.txt: not 7bit' -e 7bit a.txt b.txt
	refused 65 'c.zip: not 7bit' -e 7bit c.zip
	printf 'Subject: x\n\nhi\n' >a.eml
	refused 65 'base64 may not be' -e base64 a.txt a.eml
}

@test "-c and -T are for each file" {
	printf 'é\n' >a.txt
	printf 'é' >b.zip
	alice -c iso-8859-1 a.txt a.txt b.zip
	is 1 Content-Type 'text/plain; charset=iso-8859-1'
	is 2 Content-Type 'text/plain; charset=iso-8859-1'
	body 2 | b64 -d | od -An -tx1 | grep -q 'e9 0d 0a'
	body 3 | b64 -d >got
	same b.zip got
	alice -T text/x-c a.txt b.zip
	is 1 Content-Type 'text/x-c; charset=utf-8'
	is 2 Content-Type 'text/x-c; charset=utf-8'
	printf '€' >c.txt
	refused 65 'c.txt: line 1: a character' -c iso-8859-1 a.txt c.txt
}

@test "a file that cannot be taken is named, and nothing is written" {
	printf 'hi\n' >a.txt
	refused 66 'missing: No such file' a.txt missing
	refused 66 'Is a directory' a.txt .
	name=$(printf 'a\nb')
	printf 'hi\n' >"$name"
	refused 65 'file name: a line end' a.txt "$name"
}

@test "some hundred files are a message, and where there are too many it is said" {
	mkdir many
	for i in $(seq 300); do echo "$i" >"many/$i.txt"; done
	needs_descriptors 320
	alice many/*
	[ "$(grep -c "^--$boundary\$" message)" -eq 300 ]
	[ "$(grep -c "^--$boundary--\$" message)" -eq 1 ]
	ASAN_OPTIONS=detect_leaks=0 run sh -c 'ulimit -n 50; mime-encode many/*'
	ends 66
	case $output in *': Too many open files' | *': No file descriptors'*) ;; *) return 1 ;; esac
	[ "${#lines[@]}" -eq 1 ]
}

@test "parts larger than a buffer come back as they were" {
	awk 'BEGIN { while (i++ < 9000) print "Crêpes, " i "?\r" }' | tr -d '\r' >a.txt
	{ cat a.txt; printf 'end\000'; } >b.zip
	alice a.txt b.zip a.txt
	body 1 | qp -d >got
	same a.txt got
	body 2 | b64 -d >got
	same b.zip got
	body 3 | qp -d >got
	same a.txt got
	alice -e 8bit a.txt a.txt
	body 2 >got
	same a.txt got
	alice -e binary b.zip a.txt
	body 2 >got
	same a.txt got
}

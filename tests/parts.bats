#!/usr/bin/env bats
# client/mime-decode: multiparts and messages in messages. RFC 2046, 5.

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
# tree LINE...: -l lists these numbers, types and octets.
tree() {
	printf '%s\n' "$@" >want
	awk '{ print $1, $2, $5 }' shown >got
	same want got
}

mixed='Content-Type: multipart/mixed; boundary=b\n\n'
gif='Content-Type: image/gif\n\n'

@test "each part is read by its own header; preamble and epilogue are skipped" {
	bob "Subject: hi\n${mixed}preamble\n--b\n\nfirst\n\n--b\n${gif}second\n--b--\nepilogue\n--b\n\nno\n" -o new
	shows 'Subject: hi\n\n1.1 text/plain, 7bit: shown\n\nfirst\n\n1.2 image/gif, 7bit: saved part-1.2.gif, 6 bytes\n'
	reads new/part-1.2.gif second
}

@test "the line end before a delimiter belongs to the delimiter" {
	for end in '\n' '\r\n'; do
		rm -rf new
		bob "$mixed--b$end${gif}a$end--b$end${gif}a$end$end--b$end$gif--b$end$gif$end--b--" -o new
		printf 'a' >want
		same want new/part-1.1.gif
		printf '%b' "a$end" >want
		same want new/part-1.2.gif
		[ "$(wc -c <new/part-1.3.gif)" -eq 0 ]
		[ "$(wc -c <new/part-1.4.gif)" -eq 0 ]
	done
	bob "$mixed--b\n${gif}a\r\r\n--b--\n" -o other
	printf 'a\r' >want
	same want other/part-1.1.gif
}

@test "a delimiter is a line that begins with the boundary, and only blanks come after it" {
	bob "$mixed--b \t \n${gif}1\n--bb\n--b-\n-- b\n --b\nx--b\n--B\n-b\n--b no\n--b-- no\n--b-- \nend\n" -o new
	printf '1\n--bb\n--b-\n-- b\n --b\nx--b\n--B\n-b\n--b no\n--b-- no' >want
	same want new/part-1.1.gif
	bob 'Content-Type: multipart/mixed; boundary="a (b)=_?: "\n\n--a (b)=_?:\n\nhi\n--a (b)=_?:--\n' -l
	tree '1 multipart/mixed -' '1.1 text/plain 2'
}

@test "a boundary may be the beginning of another" {
	bob "${mixed}--b\nContent-Type: multipart/mixed; boundary=bb\n\n--bb\n\none\n--bb--\n--b\nContent-Type: multipart/mixed; boundary=b--\n\n--b--\n\nin\n--b----\n--b\n\ntwo\n--b--\n" -l
	tree '1 multipart/mixed -' '1.1 multipart/mixed -' '1.1.1 text/plain 3' '1.2 multipart/mixed -' \
		'1.2.1 text/plain 2' '1.3 text/plain 3'
}

@test "a missing last delimiter ends with the message, or with the multipart around it" {
	bob "$mixed--b\n\nhi" -l
	tree '1 multipart/mixed -' '1.1 text/plain 2'
	bob "$mixed--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\none\n--b\n\ntwo\n--b--\n" -l
	tree '1 multipart/mixed -' '1.1 multipart/mixed -' '1.1.1 text/plain 3' '1.2 text/plain 3'
	bob "$mixed--b" -l
	tree '1 multipart/mixed -' '1.1 text/plain 0'
	for nothing in '' '\n \n'; do
		bob "${mixed}$nothing" -l
		tree '1 multipart/mixed -'
		bob "${mixed}$nothing"
		shows 'multipart/mixed, 7bit: no part in it: no line --b\n'
	done
}

@test "a header ends where a delimiter comes, and a body may come without an empty line" {
	bob "$mixed--b\nContent-Type: image/gif\n--b\nContent-Type: image/png\n--b--\n" -l
	tree '1 multipart/mixed -' '1.1 image/gif 0' '1.2 image/png 0'
	bob 'Content-Type: multipart/mixed; boundary=b\n--b\nno header\n--b\n\nhi\n--b--\n' -l
	tree '1 multipart/mixed -' '1.1 text/plain 9' '1.2 text/plain 2'
	bob 'Content-Type: multipart/mixed; boundary="a:b"\n\n--a:b\nX: --a:b\n--a:b\n\nhi\n--a:b--\n' -l
	tree '1 multipart/mixed -' '1.1 text/plain 0' '1.2 text/plain 2'
}

@test "a delimiter is found wherever it is in the buffer" {
	# Parts of 257 octets each move through a buffer of 64 KB by every offset.
	awk 'BEGIN {
		print "Content-Type: multipart/mixed; boundary=\"=_a long boundary\"\n"
		text = sprintf("%231s", "")
		for (i = 0; i < 66000; i++)
			printf "--=_a long boundary\r\n\r\n\r%s\r\n", text
		print "--=_a long boundary--"
	}' >message
	mime-decode -l message >shown
	awk 'NR > 1 && ($1 != "1." (NR - 1) || $5 != 232) { print } END { print NR }' shown >got
	echo 66001 >want
	same want got
}

@test "of alternatives the last that can be shown is shown, wherever its parts lie" {
	alternative='Content-Type: multipart/alternative; boundary=b\n\n'
	bob "$alternative--b\n\nplain\n--b\nContent-Type: text/html\n\nrich\n--b\n${gif}x\n--b--\n"
	shows '1.1 text/plain, 7bit: another form of what is shown\n1.3 image/gif, 7bit: part-1.3.gif, 1 bytes, not shown: -o DIR saves it\n1.2 text/html, 7bit: shown as text\n\nrich\n\n'
	bob "$alternative--b\n\nplain\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\nContent-Type: text/html\n\nrich\n--c\n${gif}x\n--c--\n--b--\n" -o new
	shows '1.2.2 image/gif, 7bit: saved part-1.2.2.gif, 1 bytes\n1.1 text/plain, 7bit: another form of what is shown\n1.2.1 text/html, 7bit: shown as text\n\nrich\n\n'
	bob "$alternative--b\n${gif}x\n--b--\n"
	shows '1.1 image/gif, 7bit: part-1.1.gif, 1 bytes, not shown: -o DIR saves it\n'
}

@test "text of a kind that is not known gives way to one that is" {
	bob 'Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/x-old\n\nold\n--b\n\nplain\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n'
	shows '1.1 text/x-old, 7bit: another form of what is shown\n1.2 text/plain, 7bit: shown\n\nplain\n\n1.3 text/calendar, 7bit: another form of what is shown\n'
}

@test "a multipart of an unknown kind is as multipart/mixed (RFC 2046, 5.1.3)" {
	bob 'Content-Type: multipart/x-new; boundary=b\n\n--b\n\none\n--b\n\ntwo\n--b--\n'
	shows '1.1 text/plain, 7bit: shown\n\none\n\n1.2 text/plain, 7bit: shown\n\ntwo\n\n'
}

@test "the transfer encoding of a multipart is not looked at" {
	bob 'Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n--b\n\none\n--b--\n' -l
	tree '1 multipart/mixed -' '1.1 text/plain 3'
}

@test "a message in a message is looked into, and its header shown" {
	bob "Subject: out\n${mixed}--b\nContent-Type: message/rfc822\n\nSubject: in\nX: no\n\nhi\n--b\n\nlast\n--b--\n"
	shows 'Subject: out\n\n1.1 message/rfc822, 7bit: a message in this one\n\nSubject: in\n\n1.1.1 text/plain, 7bit: shown\n\nhi\n\n1.2 text/plain, 7bit: shown\n\nlast\n\n'
	bob 'Content-Type: message/rfc822\n\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhi\n--b--\n' -l
	tree '1 message/rfc822 -' '1.1 multipart/mixed -' '1.1.1 text/plain 2'
}

@test "a message in base64 breaks a rule, and is looked into all the same" {
	printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n' >message
	printf 'Subject: in\r\n\r\nhi\r\n' | b64 >>message
	bob "$(cat message)"
	shows 'message/rfc822, base64: a message in this one\n\nSubject: in\n\n1.1 text/plain, 7bit: shown\n\nhi\n\n'
}

@test "in a multipart/digest a part without a type is a message (RFC 2046, 5.1.5)" {
	bob 'Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: in\n\nhi\n--b\nContent-Type: text/plain\n\nhi\n--b--\n' -l
	tree '1 multipart/digest -' '1.1 message/rfc822 -' '1.1.1 text/plain 2' '1.2 text/plain 2'
}

@test "the line before a message in a mailbox of old is passed over" {
	bob 'From alice@crepes.fr Wed Sep  9 00:00:00 2009\nSubject: hi\n\nho\n'
	shows 'Subject: hi\n\ntext/plain, 7bit: shown\n\nho\n'
}

@test "a multipart whose boundary is missing, empty or over 1024 octets is text" {
	for boundary in '' '; boundary=' '; boundary=" "' "; boundary=$(printf '%01025d' 0)"; do
		bob "Content-Type: multipart/mixed$boundary\n\n--b\n\nhi\n--b--\n"
		shows 'multipart/mixed, 7bit, no boundary: shown as text/plain\n\n--b\n\nhi\n--b--\n'
	done
	long=$(printf '%01024d' 0)
	bob "Content-Type: multipart/mixed;\n boundary=\"$long\"\n\n--$long\n\nhi\n--$long--\n" -l
	tree '1 multipart/mixed -' '1.1 text/plain 2'
}

@test "fifty entities may be in one another; what is deeper is data" {
	awk 'BEGIN { for (i = 0; i < 10000; i++)
		printf "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i }' >message
	mime-decode -l message >shown
	awk 'END { print NR, $2, ($5 > 400000) }' shown >got
	echo 50 multipart/mixed 1 >want
	same want got
	awk 'BEGIN { for (i = 0; i < 10000; i++) printf "Content-Type: message/rfc822\n\n" }' >message
	run mime-decode message
	ends 0
	says ' message/rfc822, 7bit, too deep: not taken apart: '
	[ "$(grep -c 'a message in this one' <<<"$output")" -eq 49 ]
	awk 'BEGIN { for (i = 0; i < 48; i++)
		printf "Content-Type: multipart/alternative; boundary=b%d\n\n--b%d\n", i, i; print "\nhi" }' >message
	mime-decode message >shown
	grep -q '^1[.1]* text/plain, 7bit: shown$' shown
	has_exactly 48 '*, 7bit: cut off: no last line --b*' shown
}

@test "a hundred thousand empty parts are listed one by one" {
	awk 'BEGIN { print "Content-Type: multipart/mixed; boundary=b\n"; for (i = 0; i < 100000; i++) print "--b\n" }' >message
	mime-decode -l message | tail -n 1 >shown
	tree '1.100000 text/plain 0'
}

@test "-l prints number, type, encoding, charset, octets and name in columns" {
	bob "${mixed}--b\nContent-Type: Text/HTML; charset=GB2312\nContent-Transfer-Encoding: Base64\n\naGkNCg==\n--b\nContent-Type: image/jpeg; name=\"a\033[2J b.jpg\"\n\nx\n--b--\n" -l
	printf '%s\n' '1 multipart/mixed 7bit - - -' '1.1 text/html base64 gb2312 3 -' \
		'1.2 image/jpeg 7bit - 1 a\x1b[2J b.jpg' >want
	sed 's/  */ /g' shown >got
	same want got
	mime-decode -l "$root/lessons/07-base64/picture.eml" >shown
	shows '1       image/jpeg                 base64           -             23763  picture.jpg\n'
}

@test "however many parts have one name, each is a file" {
	awk 'BEGIN { print "Content-Type: multipart/mixed; boundary=b\n"
		for (i = 0; i < 300; i++) print "--b\nContent-Type: image/gif; name=a.gif\n\n" i
		print "--b--" }' >message
	mime-decode -o new message >shown
	[ "$(grep -c 'saved a.*\.gif, ' shown)" -eq 300 ]
	cat new/* | sort -n | uniq | wc -l | grep -qx ' *1' # they end in no line end
	[ "$(find new -name 'a*.gif' | wc -l)" -eq 300 ]
	[ -e new/a-10.gif ]
}

@test "messages in base64 in one another are looked into three times" {
	printf 'Subject: in\n\nhi\n' >message
	for i in 1 2 3 4 5; do
		{
			printf 'Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n'
			b64 <message
		} >outer
		mv outer message
	done
	mime-decode message >shown
	has_exactly 3 '*a message in this one*' shown
	has_line '1.1.1.1 message/rfc822, base64, too deep: not taken apart: *' shown
}

@test "two parts with one name are two files" {
	bob "${mixed}--b\nContent-Type: image/gif; name=a.gif\n\none\n--b\nContent-Type: image/gif; name=a.gif\n\ntwo\n--b--\n" -o new
	shows '1.1 image/gif, 7bit: saved a.gif, 3 bytes\n1.2 image/gif, 7bit: saved a-2.gif, 3 bytes\n'
	[ "$(cat new/a.gif new/a-2.gif)" = onetwo ]
}

@test "what a mail host reports of a failure is shown as text" {
	bob 'Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n--b\nContent-Type: text/rfc822-headers\n\nSubject: hi\n--b--\n'
	shows '1.1 message/delivery-status, 7bit: shown as text/plain\n\nStatus: 5.1.1\n\n1.2 text/rfc822-headers, 7bit: shown as text/plain\n\nSubject: hi\n\n'
}

@test "a multipart that is cut off says so, and what was there of it is shown" {
	bob "$mixed--b\n\nhi"
	shows '1.1 text/plain, 7bit: shown\n\nhi\n\nmultipart/mixed, 7bit: cut off: no last line --b--\n'
	bob 'Content-Type: multipart/alternative; boundary="\033[2J"\n\n--\033[2J\n\nhi'
	shows '1.1 text/plain, 7bit: shown\n\nhi\n\nmultipart/alternative, 7bit: cut off: no last line --\\x1b[2J--\n'
}

@test "an alternative that holds nothing to be shown still shows the header of its message" {
	bob 'Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: in\nContent-Type: image/gif\n\nx\n--b--\n'
	shows '1.1.1 image/gif, 7bit: part-1.1.1.gif, 1 bytes, not shown: -o DIR saves it\n1.1 message/rfc822, 7bit: a message in this one\n\nSubject: in\n\n'
}

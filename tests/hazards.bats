# What ends a message where it should not: smtp-server -7, a channel of 1982, and -b, which
# takes a bare LF for a line end; the strict server's side is in smtp-server.bats.
load common
load typing

setup() {
	common_setup
	mkdir -p mail/bob
	to_data='HELO crepes.fr\r\nMAIL FROM:<alice@crepes.fr>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n'
}
teardown() { common_teardown; }

# What is answered up to and with DATA.
opened='220 250 250 250 354'

# given BYTES [OPTION...]: what the client says, in the escapes of printf %b; what the server
# says to it goes to the file replies.
given() {
	local bytes=$1
	shift
	printf '%b' "$bytes" | smtp-server -n hamburger.edu "$@" mail >replies 2>told
}

# codes CODE...: the codes of its replies, in order.
codes() {
	local got
	got=$(tr -d '\r' <replies | awk '$1 ~ /^[0-9][0-9][0-9]$/ { printf "%s ", $1 }')
	[ "$got" = "$* " ] && return 0
	printf 'expected %s \ngot      %s, with:\n' "$*" "$got"
	cat -vet replies
	return 1
}

# holds TEXT...: these messages are in bob's mailbox, behind their trace lines.
holds() {
	local file
	: >expected
	: >got
	for text in "$@"; do printf '%b--\n' "$text" >>expected; done
	for file in mail/bob/new/*; do
		[ -f "$file" ] || continue
		LC_ALL=C sed '1,/^	for /d' "$file" >>got
		echo '--' >>got
	done
	rm -rf mail/bob/*
	same expected got
}

# message TEXT: all that is said, to the end of the message, and a NOOP.
message() { printf '%s' "${to_data}Subject: x\\r\\n\\r\\n$1\\r\\n.\\r\\nNOOP\\r\\n"; }

# A false end, what a file holds of it as data, what -b makes of it: an end, or a fault.
false_ends() {
	cat <<-'END'
		\n.\n       \n.\n      end
		\n.\r\n     \n.\n      end
		\r\n.\n     \n\n       end
		\r.\r       \r.\r      CR
		\r\n.\r     \n\r       CR
		\r.\r\n     \r.\n      CR
		\n.\r       \n.\r      CR
		\r.\n       \r.\n      CR
		\r\n.\r\r\n \n\r\n     CR
		\r\n.\0\r\n \n\0\n     NUL
		\r\n\0.\r\n \n\0.\n    NUL
		\r\n.\r\0\n \n\r\0\n   NUL
		\r\0\n.\r\n \r\0\n.\n  NUL and end
		\n\0.\n     \n\0.\n    NUL
	END
}

# Neither.

@test "without an option no false end is one, and the next message is delivered" {
	while read -r octets _; do
		echo "$octets"
		given "$to_data"'one'"$octets"'RSET\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\ntwo\r\n.\r\n'
		codes "$opened" 550 250 250 354 250
		holds '\ntwo\n'
		[ ! -s told ]
	done < <(false_ends)
}

# -7

@test "-7: no false end is one, and the octets are delivered" {
	while read -r octets stored _; do
		echo "$octets"
		given "$(message "one${octets}RSET")" -7
		codes "$opened" 250 250
		holds 'Subject: x\n\none'"$stored"'RSET\n'
	done < <(false_ends)
}

@test "-7: of every octet the lower seven bits arrive, CR, LF and NUL too" {
	all=$(printf '\\0%s' {0..3}{0..7}{0..7})
	half=$(printf '\\0%s' {0..1}{0..7}{0..7})
	given "$(message "$all")" -7
	codes "$opened" 250 250
	holds "Subject: x\\n\\n$half$half\\n"
	given "$(message '\0200\0341\0377')"
	codes "$opened" 250 250
	holds 'Subject: x\n\n\0200\0341\0377\n'
}

@test "-7: the end is looked for in what is left: 8d 8a ae 8d 8a is one, without -7 it is data" {
	said=$(message 'one\0215\0212\0256\0215\0212RSET')
	given "$said" -7
	codes "$opened" 250 250 500 250
	holds 'Subject: x\n\none\n'
	given "$said"
	codes "$opened" 250 250
	holds 'Subject: x\n\none\0215\0212\0256\0215\0212RSET\n'
}

@test "-7: the end is found wherever TCP cuts it" {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu -7 mail
	printf '%s\n' 'S:220 {any}' 'C:HELO crepes.fr' 'S:250 {any}' 'C:MAIL FROM:<>' 'S:250 {any}' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 {any}' 'C:DATA' 'S:354 {any}' \
		'C:\xef\xee\xe5\x8d\x8a\xae\x8d\x8a\c' 'S:250 Message {any}' >transcript
	for size in 1 2 3; do
		replay -x -c "$size" "$address" transcript >heard
		holds '\none\n'
	done
}

@test "-7: the bits of commands are cleared too; a bare LF and a NUL in them are 500 as ever" {
	noop='\0316\0317\0317\0320' # NOOP
	given "$noop\\0215\\0212${noop}\\r\\nNOOP\\nNO\\0200OP\\r\\nNOOP\\r\\n" -7
	codes 220 250 250 500 500 250
	given "$noop\\0215\\0212${noop}\\r\\nNOOP\\r\\n"
	codes 220 500 250
}

@test "-7: 8BITMIME is not offered, and so BODY is 555" {
	said='EHLO x\r\nMAIL FROM:<> BODY=8BITMIME\r\nRSET\r\nMAIL FROM:<> body=7bit\r\nRSET\r\nMAIL FROM:<> SIZE=1\r\n'
	given "$said" -7
	codes 220 250 555 250 555 250 250
	[ "$(grep -c 8BITMIME replies)" -eq 2 ] # both replies that refuse it
	grep -q '^250-SIZE' replies
	given "$said"
	codes 220 250 250 250 250 250 250
	grep -q '^250-8BITMIME' replies
}

# -b

@test "-b: LF . LF, LF . CR LF and CR LF . LF end a message; a bare CR and a NUL end none" {
	while read -r octets _ outcome; do
		echo "$octets"
		given "$(message "one${octets}RSET")" -b
		case $outcome in
		end)
			codes "$opened" 250 250 500 250
			holds 'Subject: x\n\none\n'
			continue
			;;
		*end) codes "$opened" 550 250 500 250 ;; # RSET is a command
		*) codes "$opened" 550 250 ;;
		esac
		holds
		grep -q "^550 .*${outcome% and end} in the message" replies
	done < <(false_ends)
}

@test "-b: a whole conversation without one CR is held, and no octet is added" {
	said='EHLO x\nMAIL FROM:<>\nRCPT TO:<bob@hamburger.edu>\nDATA\nSubject: x\n\n..one\n\n.\nQUIT\n'
	given "$said" -b
	codes 220 250 250 250 354 250 221
	holds 'Subject: x\n\n.one\n\n'
	given "$said"
	codes 220 500 500 500 500 500 500 500 500 500 500
}

@test "-b: CRLF is one line end, wherever TCP cuts it" {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu -b mail
	printf '%s\n' 'S:220 {any}' 'C:HELO crepes.fr' 'S:250 {any}' 'C:MAIL FROM:<>' 'S:250 {any}' \
		'C:RCPT TO:<bob@hamburger.edu>\n' 'S:250 {any}' 'C:DATA' 'S:354 {any}' \
		'C:Subject: x' 'C:\n' 'C:' 'C:one\n' 'C:two' 'C:.\n' 'S:250 Message {any}' \
		'C:QUIT' 'S:221 {any}' '!S closes' >transcript
	for size in 1 2 3 1000; do
		replay -x -c "$size" "$address" transcript >heard
		holds 'Subject: x\n\n\none\ntwo\n'
	done
}

@test "-b: a bare LF counts as the two octets that it stands for" {
	fits=$(n_of 993 x)
	given "NOOP $fits\\nNOOP x$fits\\nNOOP\\n" -b
	codes 220 250 500 250
	given "$to_data"'1234567\n.\n' -b -s 9
	codes "$opened" 250
	holds '\n1234567\n'
	given "$to_data"'12345678\n.\n' -b -s 9
	codes "$opened" 552
}

@test "-b: more lines than are read at once come through whole" {
	seq 9000 >lines
	given "$to_data"'Subject: x\n\n'"$(sed 's/$/\\n/' lines | tr -d '\n')"'\n.\n' -b
	codes "$opened" 250
	holds 'Subject: x\n\n'"$(sed 's/$/\\n/' lines | tr -d '\n')"'\n'
}

@test "-b says on standard error that it is unsafe, in one line; without it nothing is said" {
	given '' -b
	[ "$(cat told)" = 'smtp-server: -b: a bare LF ends a line: unsafe, a message can be two' ]
	given '' -7
	[ ! -s told ]
}

@test "-7 -b: the bits are cleared first, so 8a ae 8a ends a message; CR and NUL stay data" {
	given "$(message 'a\rb\0c\0212\0256\0212RSET')" -7 -b
	codes "$opened" 250 250 500 250
	holds 'Subject: x\n\na\rb\0c\n'
	given "$(message 'a\0212\0256\0212RSET')" -b
	codes "$opened" 250 250
	holds 'Subject: x\n\na\0212\0256\0212RSET\n'
}

# The lessons: what they say is to be typed.

# delivered N MAIL: so many messages are in bob's mailbox.
delivered() {
	local n
	n=$(find "$2/bob/new" -type f | wc -l)
	[ "$n" -eq "$1" ] && return 0
	echo "expected $1 messages, got $n:"
	cat seen
	return 1
}

# body FILE: what a mailbox holds, without the lines that the server put before it.
body() { LC_ALL=C sed '1,/^	for /d' "$1"; }

@test "04: not stuffed, a letter ends at its own dot; the rest is 500, or worse, obeyed" {
	tree
	taught 04-the-end-of-a-message/not-stuffed.txt
	delivered 1 build/not-stuffed
	sed '/^\.$/,$d' "$root/lessons/04-the-end-of-a-message/letter.eml" >expected
	body build/not-stuffed/bob/new/* >got
	same expected got
	grep -q '^S:250 forgotten' seen
	grep -q '^S:221' seen
	no_departure
}

@test "04: stuffed it is whole, by replay and by smtp-send, which says the transcript" {
	tree
	taught 04-the-end-of-a-message/stuffed.txt
	no_departure
	delivered 2 build/stuffed
	for message in build/stuffed/bob/new/*; do
		body "$message" >got
		same "$root/lessons/04-the-end-of-a-message/letter.eml" got
	done
	serve wiretap -l 127.0.0.1:0 "$address"
	smtp-send -n crepes.fr -f alice@crepes.fr -t bob@hamburger.edu "$address" \
		lessons/04-the-end-of-a-message/letter.eml
	until_true grep -q '^!S closes' "$server_out"
	grep -v '^listening\|^!' "$server_out" >record
	compare-transcripts lessons/04-the-end-of-a-message/stuffed.txt record
}

@test "04: a message of no octet ends with . CRLF behind the CRLF of DATA" {
	tree
	taught 04-the-end-of-a-message/empty.txt
	no_departure
	delivered 1 build/empty
	body build/empty/bob/new/* >got
	echo >expected # the end of a header
	same expected got
	[ "$(grep ^C: lessons/04-the-end-of-a-message/empty.txt | sed '1,/^C:DATA/d')" = "$(
		printf 'C:.\nC:QUIT')" ]
}

@test "04: with -b one message becomes two, and one of them is forged" {
	tree
	taught 04-the-end-of-a-message/smuggled.txt
	no_departure
	delivered 2 build/smuggled
	grep -q unsafe "$server_err"
	grep -lx 'Return-Path: <admin@hamburger.edu>' build/smuggled/bob/new/* >forged
	[ "$(wc -l <forged)" -eq 1 ]
	body "$(cat forged)" | grep -qx 'From: admin@hamburger.edu'
	[ "$(grep -cx 'Return-Path: <somebody@crepes.fr>' build/smuggled/bob/new/* | grep -c ':1$')" -eq 1 ]
}

@test "04: the strict server has one message there, refuses it, and delivers nothing" {
	tree
	taught 04-the-end-of-a-message/not-smuggled.txt
	[ "$(grep -c ^status seen)" -eq 1 ] # of the comparison with smuggled.txt
	[ -z "$(find build/not-smuggled -path '*/new/*')" ]
	cd lessons/04-the-end-of-a-message
	[ "$(grep ^C: smuggled.txt)" = "$(grep ^C: not-smuggled.txt)" ]
}

@test "04: LF . CR LF smuggles as LF . LF does" {
	sed 's/^C:\.\\n$/C:./' "$root/lessons/04-the-end-of-a-message/smuggled.txt" >transcript
	[ "$(grep -cxF 'C:.\n' transcript)" -eq 0 ]
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu -b mail
	replay -x "$address" transcript >heard
	delivered 2 mail
}

@test "04, 06: each file of a lesson delivers into folders that are its own, and made new" {
	: >folders
	for file in "$root"/lessons/04-*/*.txt "$root"/lessons/06-*/as-it-is "$root"/lessons/06-*/night-sky; do
		echo "$file"
		sed -n 's/^# \$ //p' "$file" | head -n 1 >first
		folders=$(sed -n 's/^rm -rf \(build.*\); mkdir -p build.*/\1/p' first)
		[ -n "$folders" ]
		made="rm -rf $folders; mkdir -p"
		for folder in $folders; do made="$made $folder/bob" && echo "$folder" >>folders; done
		[ "$(cat first)" = "$made" ]
		[ -z "$(sed -n 's/^# \$ .*smtp-server.* //p' "$file" | grep -vxF "$(printf '%s\n' $folders)")" ]
	done
	[ "$(wc -l <folders)" -eq 8 ]
	[ -z "$(sort folders | uniq -d)" ]
}

@test "06: a picture as it is: the strict server refuses it, -7 leaves half of its octets" {
	tree
	taught 06-seven-bits/as-it-is
	no_departure
	[ "$(grep -c '^550 bare CR and LF ' seen)" -eq 1 ]
	delivered 1 build/1982
	[ -z "$(find build/strict -path '*/new/*')" ]
	# As long as it was, but for the end of the last line; each octet over 127 is another.
	LC_ALL=C tr '\200-\377' '\000-\177' <lessons/07-base64/picture.jpg >expected
	echo >>expected
	cmp expected build/left.jpg
	grep -qx ' *23763 .*picture.jpg' seen
	grep -qx ' *23764 build/left.jpg' seen
	grep -qx ' *11547' seen
	[ "$(LC_ALL=C tr -d '\000-\177' <lessons/07-base64/picture.jpg | wc -c)" -eq 11547 ]
}

@test "06: a picture holds CRLF . CRLF by chance, and ends its own message; in base64 it does not" {
	tree
	taught 06-seven-bits/night-sky
	no_departure
	[ "$(od -An -v -tx1 build/sky.ppm | tr -d ' \n')" = 5036203220322032353520"$(n_of 4 0d0a2e)" ]
	delivered 1 build/night-sky
	body build/night-sky/bob/new/* >got
	printf '\nP6 2 2 255 \n' >expected
	same expected got
	[ "$(grep -c '^500 ' seen)" -eq 4 ]
	[ "$(grep -c ': byte for byte$' seen)" -eq 3 ]
}

@test "06: in base64 the picture goes through anything" {
	tree
	taught 06-seven-bits/through-anything
	printf '%s\n' 'strict: byte for byte' \
		'smtp-server: -b: a bare LF ends a line: unsafe, a message can be two' \
		'-7: byte for byte' '-b: byte for byte' | sort >expected
	sort seen >got
	same expected got
	for way in strict -7 -b; do
		cmp lessons/07-base64/picture.jpg build/through/file$way/picture.jpg
		delivered 1 build/through/mail$way
	done
	echo mine >build/through/mine
	taught 06-seven-bits/through-anything # a second time
	sort seen >got
	same expected got
	[ "$(cat build/through/mine)" = mine ]
	echo >build/file
	run sh lessons/06-seven-bits/through-anything lessons/07-base64/picture.jpg build/file
	[ "$status" -ne 0 ]
}

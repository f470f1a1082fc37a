# What ends a message where it should not: smtp-server -7, a channel of 1982, and -b, which
# takes a bare LF for a line end; the strict server's side is in smtp-server.bats.
load common
load typing

setup() {
	common_setup
	mkdir -p mail/bob
}
teardown() { common_teardown; }

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

@test "every sentence of tests/conversations/hazards holds" { conversations hazards; }

@test "-b says on standard error that it is unsafe, in one line; without it nothing is said" {
	smtp-server -b mail </dev/null >replies 2>told
	reads told 'smtp-server: -b: a bare LF ends a line: unsafe, a message can be two'
	smtp-server -7 mail </dev/null >replies 2>told
	[ ! -s told ]
}

@test "04: not stuffed, a letter ends at its own dot; the rest is 500, or worse, obeyed" {
	tree
	taught 04-the-end-of-a-message/not-stuffed.txt
	delivered 1 build/not-stuffed
	sed '/^\.$/,$d' "$root/lessons/04-the-end-of-a-message/letter.eml" >expected
	body build/not-stuffed/bob/new/* >got
	same expected got
	has_line 'S:250 forgotten*' seen
	has_line 'S:221*' seen
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
	until_true has_line '!S closes*' "$server_out"
	grep -v '^listening\|^!' "$server_out" >record
	compare-transcripts lessons/04-the-end-of-a-message/stuffed.txt record
}

@test "04: a message of no octet ends with . CRLF after the CRLF of DATA" {
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
	has_exactly 1 '*' forged
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
		reads first "$made"
		[ -z "$(sed -n 's/^# \$ .*smtp-server.* //p' "$file" | grep -vxF "$(printf '%s\n' $folders)")" ]
	done
	has_exactly 8 '*' folders
	[ -z "$(sort folders | uniq -d)" ]
}

@test "06: a picture as it is: the strict server refuses it, -7 leaves half of its octets" {
	tree
	taught 06-seven-bits/as-it-is
	no_departure
	has_exactly 1 '550 bare CR and LF *' seen
	delivered 1 build/1982
	[ -z "$(find build/strict -path '*/new/*')" ]
	# As long as it was, but for the end of the last line; each octet over 127 is another.
	LC_ALL=C tr '\200-\377' '\000-\177' <lessons/07-base64/picture.jpg >expected
	echo >>expected
	same expected build/left.jpg
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
	has_exactly 4 '500 *' seen
	has_exactly 3 '*: byte for byte' seen
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
		same lessons/07-base64/picture.jpg build/through/file$way/picture.jpg
		delivered 1 build/through/mail$way
	done
	echo mine >build/through/mine
	taught 06-seven-bits/through-anything # a second time
	sort seen >got
	same expected got
	reads build/through/mine mine
	echo >build/file
	run sh lessons/06-seven-bits/through-anything lessons/07-base64/picture.jpg build/file
	[ "$status" -ne 0 ]
}

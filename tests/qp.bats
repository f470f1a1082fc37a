#!/usr/bin/env bats
# client/qp and client/quoted-printable: RFC 2045, 6.7.

# shellcheck disable=SC2154
load common

setup() { common_setup; }
teardown() { common_teardown; }

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

@test "every row of tests/rows/qp holds" { rows qp; }

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
			same want got
			drive-qp decode "$size" <got >back
			same text back
		done
	done
	qp text | cmp - <(drive-qp encode 4096 <text)
	qp <text | qp -d >got
	same text got
}

@test "files larger than any buffer come back as they were" {
	octets=$root/lessons/07-base64/picture.jpg
	cat "$octets" "$octets" "$octets" "$octets" "$octets" "$octets" "$octets" >large
	qp large >coded
	keeps_rules coded
	qp -d coded >got
	same large got
	awk 'BEGIN { while (i++ < 20000) print "Do you like ketchup, " i "?" }' >large
	qp large >got
	same large got
	qp -d large >got
	same large got
	letters 300000 >large
	qp large >coded
	has_exactly 4000 '*' coded
	qp -d coded >got
	same large got
}

@test "whatever is read, a decoder ends well and says the same wherever it is cut" {
	printf 'A=C3= \t\r\n=\n==4=G1 \t\r\r\n=0D=0a \rx=\r\n' >base
	mutate -n 20 spoilt 1 20 <base
	for seed in {1..20}; do
		qp -d "spoilt.$seed" >want
		for size in 1 2 3 7; do
			drive-qp decode "$size" <"spoilt.$seed" >got
			same want got
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

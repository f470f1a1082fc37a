#!/usr/bin/env bats
# client/b64 and client/base64: RFC 2045, 6.8.

# shellcheck disable=SC2154
load common

setup() {
	common_setup
	echo octets >octets # and many of them, an odd number
	awk 'BEGIN { while (i++ < 1000) print "octets" }' | xargs cat | head -c 255998 >large
}

teardown() { common_teardown; }

@test "every row of tests/rows/b64 holds" { rows b64; }

@test "files larger than any buffer come back as they were" {
	head -c 255000 large >even
	for file in large even "$root/lessons/07-base64/picture.jpg"; do
		b64 "$file" >text
		b64 -d text >got
		same "$file" got
		b64 <"$file" >got
		same text got
		[ "$(awk 'length($0) != 76' text | wc -l)" -le 1 ]
	done
}

@test "the text is what base64 of coreutils writes" {
	base64 --version 2>/dev/null | grep -q coreutils || skip 'not installed'
	base64 large >want
	b64 large >got
	same want got
}

@test "a group of four may lie anywhere between two buffers" {
	b64 large >text
	for before in '' . .. ... ....; do
		{
			printf '%s' "$before"
			cat text
		} | b64 -d >got
		same large got
	done
	tr -d '\n' <text | b64 -d >got
	same large got
}

@test "a wrong call is answered with the usage, and -h too" {
	run b64 -h
	ends 0
	says 'usage: b64 [-d] [FILE]'
	run b64 -x
	ends 64
	says 'usage:'
	run b64 one two
	ends 64
	b64 one two 2>/dev/null >out || :
	[ ! -s out ]
}

@test "what cannot be read or written is told" {
	run b64 missing
	ends 66
	says 'b64: missing: No such file'
	run b64 .
	ends 74
	if [ -e /dev/full ]; then
		run sh -c "b64 octets >/dev/full"
		ends 74
		says 'b64: standard output: No space left'
		run sh -c "printf Zg== | b64 -d >/dev/full"
		ends 74
	fi
}

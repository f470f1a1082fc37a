#!/usr/bin/env bats
# client/b64 and client/base64: RFC 2045, 6.8.

# shellcheck disable=SC2154
load common

setup() {
	common_setup
	# each of the 256 octets; and many of them, an odd number
	printf '%b' "$(awk 'BEGIN { for (i = 0; i < 256; i++) printf "\\0%03o", i }')" >octets
	awk 'BEGIN { while (i++ < 1000) print "octets" }' | xargs cat | head -c 255998 >large
}

teardown() { common_teardown; }

# encodes OCTETS TEXT, decodes TEXT OCTETS: both in the notation of printf %b.
encodes() {
	printf '%b' "$1" | b64 >got
	printf '%b' "$2" >want
	same want got
}
decodes() {
	printf '%b' "$1" | b64 -d >got
	printf '%b' "$2" >want
	same want got
}

@test "octets become the characters RFC 4648 lists for them" {
	encodes '' ''
	encodes f 'Zg==\n'
	encodes fo 'Zm8=\n'
	encodes foo 'Zm9v\n'
	encodes foob 'Zm9vYg==\n'
	encodes fooba 'Zm9vYmE=\n'
	encodes foobar 'Zm9vYmFy\n'
	encodes '\0000\0377\0373\0357' 'AP/77w==\n'
}

@test "characters become octets again" {
	decodes '' ''
	decodes 'Zg==\n' f
	decodes 'Zm8=\n' fo
	decodes 'Zm9vYmFy\n' foobar
	decodes 'AP/77w==\n' '\0000\0377\0373\0357'
}

@test "a line has 76 columns, and a next one begins only where there is more" {
	head -c 56 octets | b64 >got
	[ "$(awk '{ print length($0) }' got)" = 76 ]
	head -c 57 octets | b64 >got
	[ "$(awk '{ print length($0) }' got)" = 76 ]
	[ "$(wc -c <got)" -eq 77 ]
	head -c 58 octets | b64 >got
	[ "$(awk '{ print length($0) }' got | tr '\n' ' ')" = '76 4 ' ]
	b64 octets >got
	[ "$(awk 'length($0) > 76' got)" = '' ]
	[ "$(wc -l <got)" -eq 5 ]
}

@test "data of every length from 0 to 300 comes back as it was" {
	cat octets octets >two
	run sh -c 'n=0
		while [ $n -le 300 ]; do
			head -c $n two >part
			b64 part >$n.text
			b64 -d $n.text | cmp - part || exit 1
			set -- "$@" $n.text
			n=$((n + 1))
		done
		wc -c "$@"'
	ends 0
	printf '%s\n' "$output" | awk '
		{ n = NR - 1; groups = int((n + 2) / 3); lines = int((n + 56) / 57) }
		$2 != "total" && $1 != groups * 4 + lines { exit 1 }
		END { if (NR != 302) exit 1 }'
}

@test "files larger than any buffer come back as they were" {
	head -c 255000 large >even
	for file in large even "$root/lessons/07-base64/picture.jpg"; do
		b64 "$file" >text
		b64 -d text | cmp - "$file"
		b64 <"$file" | cmp - text
		[ "$(awk 'length($0) != 76' text | wc -l)" -le 1 ]
	done
}

@test "the text is what base64 of coreutils writes" {
	base64 --version 2>/dev/null | grep -q coreutils || skip 'there is none here'
	base64 large >want
	b64 large >got
	same want got
}

@test "what is not of the alphabet is skipped, wherever it stands" {
	decodes 'Zm9v\r\nYmFy\r\n' foobar
	decodes 'Z\nm\n9\nv\n' foo
	decodes ' Z m\t9!v-_.,Y\0000m\0377F\0200y' foobar
	b64 octets >text
	sed 's/./&*/7;s/$/\r/' text | b64 -d | cmp - octets
}

@test "a group of four may lie anywhere between two buffers" {
	b64 large >text
	for before in '' . .. ... ....; do
		{
			printf '%s' "$before"
			cat text
		} | b64 -d | cmp - large
	done
	tr -d '\n' <text | b64 -d | cmp - large
}

@test "padding that is missing is not missed" {
	decodes Zg f
	decodes 'Zg=' f
	decodes Zm8 fo
	decodes 'Zm9vYg\n' foob
	decodes 'Zm9vZ' foo
}

@test "the data ends at padding" {
	decodes 'Zg==Zm9v' f
	decodes 'Zm8=\nZm9v\n' fo
	decodes 'Zm9v=Zm9v' foo
	decodes '=Zm9v' ''
	decodes 'Z=g=' ''
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

#!/usr/bin/env bats
# scripts/classroom/own-programs.c: a student's own programs, built as the check builds them.
load common

setup() {
	common_setup
	mkdir "a tmp"
	TMPDIR=$work/a\ tmp LC_ALL=C ASAN_OPTIONS=detect_leaks=0
	export TMPDIR LC_ALL ASAN_OPTIONS
	base64=$root/lessons/message/base64.c
}
teardown() { common_teardown; }

# written FILE EDIT: the real file, changed by sed, in a folder whose name has a blank.
written() {
	mkdir -p "a work"
	sed "$2" "$root/$1" >"a work/${1##*/}"
}

@test "each program that the file is a part of is hers, and so is rows; nothing else is left" {
	written lessons/message/base64.c 's/"ABCDEFG/"abcdefg/'
	run own-programs "a work/bin" "$root/lessons/07-base64" "a work/base64.c"
	ends 0
	[ "$output" = "$(printf '%s\n' b64 mime-encode mime-decode rows)" ]
	[ "$(ls -A "a work/bin" | wc -l)" -eq 4 ]
	printf '\0\0\0' >zeros
	[ "$("a work/bin/b64" zeros)" = aaaa ]
	"a work/bin/mime-encode" -e base64 zeros | grep -q '^aaaa'
	[ "$(b64 zeros)" = AAAA ]
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "rows answers a call by hand, whole or cut" {
	own-programs bin "$root/lessons/04-the-end-of-a-message" "$root/lessons/smtp/dots.c" >/dev/null
	run bin/rows 'unstuff(".a\r\n.\r\n")'
	[ "$output" = '"a\r\n" SEEN_END took=7' ]
	run bin/rows 1 'unstuff(".a\r\n.\r\n")'
	[ "$output" = '"a\r\n" SEEN_END took=7' ]
	run bin/rows 'nothing(".")'
	ends 65
}

@test "the works of several lessons are in one program, each where its lesson says" {
	written lessons/wire/wire.c ''
	written lessons/smtp/dots.c 's/^size_t unstuff(/extern int dots_are_hers; int dots_are_hers = 1; &/'
	run own-programs bin "$root/lessons/02-the-wire" "a work/wire.c" \
		"$root/lessons/04-the-end-of-a-message" "a work/dots.c"
	ends 0
	says smtp-server
	[ ! -e bin/rows ]
	[ "$(grep -l dots_are_hers bin/* | tr '\n' ' ')" = "bin/pop3-fetch bin/smtp-server " ]
}

@test "what does not compile is named, and left out; a program that was kept stays" {
	written lessons/message/base64.c 's/size_t/siz_t/'
	own-programs bin "$root/lessons/07-base64" "$base64" >/dev/null
	run own-programs bin "$root/lessons/07-base64" "a work/base64.c"
	ends 65
	says 'a work/base64.c does not compile'
	[ -x bin/b64 ]
	run own-programs bin "$root/lessons/07-base64" "a work/base64.c" \
		"$root/lessons/04-the-end-of-a-message" "$root/lessons/smtp/dots.c"
	ends 0
	says 'pop3-fetch'
	[ -z "$(ls -A "$TMPDIR")" ]
}

@test "a debugger finds her lines, where she has them" {
	command -v gdb >/dev/null || skip "no gdb"
	mkdir work
	cp "$base64" work
	own-programs bin "$root/lessons/07-base64" work/base64.c >/dev/null
	rm -rf elsewhere && mkdir elsewhere && cd elsewhere
	printf abc >in
	gdb -batch -ex 'break encode_three' -ex 'run <in' -ex list -ex 'info args' ../bin/b64 >out 2>&1
	grep -q 'Breakpoint 1, .*encode_three .*base64.c:' out
	grep -q 'alphabet\[' out
	grep -q '^octets = ' out
}

@test "what own-programs does not understand" {
	run own-programs bin "$root/lessons/07-base64"
	ends 64
	run own-programs bin "$root/lessons/07-base64" a "$root/lessons/04-the-end-of-a-message"
	ends 64
	run own-programs bin "$root/lessons/06-seven-bits" "$base64"
	ends 66
	run own-programs bin "$root/lessons/07-base64" no-such-file
	ends 66
}

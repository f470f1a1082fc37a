#!/usr/bin/env bats
# lab try, and the student's own programs in lab shell.
load common
load exercise

setup() {
	common_setup
	MAIL_LAB_HOME=$work/home LC_ALL=C TMPDIR=$work/tmp
	export MAIL_LAB_HOME LC_ALL TMPDIR
	mkdir tmp
}
teardown() {
	[ ! -e home/run ] || lab stop >/dev/null 2>&1 || :
	common_teardown
}

# written N EDIT: the real file of exercise N, changed by sed, is what she has written.
written() {
	local edit=$2 number source
	printf -v number %02d "$1"
	set -- "$root/lessons/$number"-*
	source_of "${1##*/}"
	hers=$MAIL_LAB_HOME/${1##*/}/${source##*/}
	mkdir -p "${hers%/*}"
	sed "$edit" "$root/$source" >"$hers"
}

@test "a command finds her program first, built and kept, and has its input, output and status" {
	written 7 's/"ABCDEFG/"abcdefg/'
	[ "$(printf '\0\0\0' | lab try 7 b64)" = aaaa ]
	[ -x home/07-base64/bin/b64 ]
	run lab try 7 sh -c 'for name in b64 mime-encode qp; do command -v $name; done; exit 3'
	ends 3
	says "home/07-base64/bin/b64
$work/home/07-base64/bin/mime-encode
$build/qp"
	run lab try 7 no-such-command
	ends 127
	[ "$output" = 'lab: try: no-such-command: no such command' ]
	: >words
	run lab try 7 ./words
	ends 126
	[ "$output" = 'lab: try: ./words: not a program that can be run' ]
	run lab try 7 rows
	ends 64
	says "lab: try: usage: lab try 7 rows 'CALL', such as '"
	is_empty tmp
}

@test "-c goes to a folder that is as the case has it" {
	written 12 ''
	run lab try 12 -c login sh -c 'cat users; ls mail mail/bob/new; pwd'
	ends 0
	says 1.eml
	says /12-the-mailbox/case
	written 7 ''
	[ "$(lab try 7 -c decode-three sh -c 'b64 -d <case.in')" = "$(b64 -d <"$root/lessons/07-base64/cases/decode-three.in")" ]
	run lab try 7 -c nowhere b64
	ends 64
	run lab try 7 -c three
	ends 64
}

@test "a file that does not compile is said, and without a file one is told how to begin" {
	written 7 's/size_t/siz_t/'
	run lab try 7 b64
	ends 65
	says 'lab check 7 shows why'
	run lab try 5 mime-decode
	ends 66
	run lab try
	ends 64
	is_empty tmp
}

@test "on a terminal the letter goes to Bob through her code, and it is told at which steps" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	written 4 ''
	(on_terminal 'stty cols 80; TERM=xterm lab try 4; echo $? >ended' </dev/null >screen 3>&-)
	reads ended 0
	tr -d '\r' <screen | sed "s/$(printf '\033')\[[0-9;]*m//g" >seen
	sed '1,/^Through your dots.c it went here:$/d' seen >steps
	grep -q '^  step 2 .* smtp-server: unstuff_octet$' steps
	grep -q '^  step 6 ' steps
	grep -q '^ .* pop3-fetch: unstuff_octet$' steps
	[ "$(LC_ALL=C awk 'length > 80 && !/^1[.]/' seen | wc -l)" -eq 0 ]
	grep -q "$(printf '\033')\[1m" screen
	is_empty tmp
}

@test "on a terminal of so many lines the letter stops at each page, until q" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	written 4 ''
	: >screen
	(
		until_true has_line '*Enter shows more*' screen
		[ "$(wc -l <screen)" -le 24 ] || echo late >late
		printf '\n'
		until_true has_lines 2 '*Enter shows more*' screen
		grep -q 'went here' screen && echo late >late
		printf 'q\n'
		until_true test -e ended
	) | on_terminal 'stty cols 80 rows 24; TERM=xterm lab try 4; echo $? >ended' >screen 3>&-
	reads ended 0
	[ ! -e late ]
	grep -q 'Through your dots.c it went here' screen
	[ "$(grep -c 'Enter shows more' screen)" -eq 2 ]
	is_empty tmp
}

@test "where her code loses the letter, the step is told in which it did" {
	written 12 's/maildrop_update(/0 \&\& &/; s/s->state = pop3_transaction/(void)s/'
	run lab try 12
	[ "$status" -ne 0 ]
	says "The letter did not get further than this:
  6. Bob reads "
	says 'lab check 12'
	says '  step 6            pop3-server: pass'
	written 11 's/^struct decision decide(.*/&/'
	starter "$root"/lessons/11-*/exercise "$root/server/queue/decide.c" >"$hers"
	LAB_TRY_TIME=3s run lab try 11
	ends 124
	says 'It waited, but nothing more came'
	says "  3. crepes.fr"
	is_empty tmp
}

@test "what the letter does not need is said" {
	written 8 ''
	run lab try 8
	ends 0
	says 'It did not go through your quoted-printable.c'
	says 'By hand: lab try 8 qp lessons/08-quoted-printable/lines.txt'
}

@test "a body is found whatever its braces look like, and lines keep their numbers" {
	printf '%s\n' 'function: one' 'function: two' '== task' 'function: no' >exercise
	printf '%s\n' 'static int one(int a);' 'int one(int a) {' 'return two(a);' '}' '' \
		'int two(int a)' '{' 'return a;' '}' >her.c
	awk -v file=her.c -f "$root/scripts/classroom/lab-functions.awk" -f "$root/scripts/classroom/lab-passed.awk" exercise her.c >traced.c
	[ "$(grep -c 'static off_t passed_at' traced.c)" -eq 2 ]
	sed '1,/^#line 1 "her.c"/d' traced.c | sed 's/{ static.*$/{/' >back
	same her.c back
}

@test "a failed case prints what runs it in a debugger, and that works" {
	command -v gdb >/dev/null || skip "no gdb"
	written 4 's/			u->seen = SEEN_END;/			u->seen = SEEN_TEXT;/'
	run lab check 4
	ends 1
	says '  lab try 4 gdb '
	printf '%s\n' "$output" | sed -n '/^In a debugger:/,$p' | sed 1d >typed
	sed 's/lab try 4 gdb/lab try 4 gdb -batch/' typed >typed.batch
	sh ./typed.batch >out 2>&1
	grep -q 'Breakpoint 1, unstuff_octet ' out
	written 7 's/alphabet\[bits >> 18\]/alphabet[0]/'
	run lab check 7 three
	printf '%s\n' "$output" | sed -n '/^In a debugger:/,$p' | sed 1d | sed 's/gdb/gdb -batch/' >typed
	sh ./typed >out 2>&1
	grep -q 'Breakpoint [12], base64_encode_end ' out
	written 2 's/return crlf ? WIRE_GOT : WIRE_BARE_LF/return WIRE_GOT/'
	run lab check 2 bare-lf
	says "lab try 2 -c bare-lf gdb -ex 'break wire_next_line' -ex run --args \\
      smtp-server -l localhost:2525 -n hamburger.edu mail
and after that, in another window with lab shell 2:
  replay localhost:2525 "
}

@test "in lab shell the programs of what is solved are hers, and its first line says so" {
	written 7 's/"ABCDEFG/"abcdefg/'
	mkdir -p home
	echo 07 >home/progress
	printf '%s\n' 'printf "\0\0\0" | b64' 'printf "\0\0\0" | mime-encode -e base64 | tail -n 1' exit |
		lab shell 7 >out 3>&-
	[ "$(sed -n 1p out)" = 'Your own programs are first here: b64 mime-decode mime-encode.' ]
	[ "$(grep -c '^aaaa$' out)" -eq 2 ]
	lab reset 7 >/dev/null
	printf '%s\n' 'printf "\\0\\0\\0" | b64' exit | lab shell 7 >out 3>&-
	grep -q '^AAAA$' out
	[ "$(grep -c 'Your own' out)" -eq 0 ]
}

@test "a window that opens while the first one still builds programs has the same ports" {
	written 7 ''
	echo 07 >home/progress
	mkfifo gate
	mkdir slow
	ln -s "$build"/* slow
	rm slow/own-programs
	printf '#!/bin/sh\n: >began && cat gate && exec "%s" "$@"\n' "$build/own-programs" >slow/own-programs
	chmod +x slow/own-programs
	printf '%s\n' 'echo "ports $SMTP $POP3"' exit >typed
	MAIL_LAB_BUILD=$work/slow lab shell <typed >first 3>&- &
	until_true test -e began
	lab shell <typed >second 3>&-
	: >gate
	wait "$!"
	grep '^ports [0-9]' first
	[ "$(grep '^ports' first)" = "$(grep '^ports' second)" ]
}

@test "what lab try has started in lab shell, lab stop ends" {
	written 4 ''
	printf '%s\n' 'lab try 4 smtp-server -l localhost:0 mail >server.out 2>&1 &' \
		'until [ -s server.out ]; do sleep 0.02; done' exit | lab shell 4 >out 3>&-
	run lab stop
	ends 0
	says 'ended smtp-server'
}

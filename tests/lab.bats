# lab: what a student does with an exercise, from lab start to the tick, and her shell.
load common

setup() {
	common_setup
	MAIL_LAB_HOME=$work/home LC_ALL=C TMPDIR=$work/tmp
	export MAIL_LAB_HOME LC_ALL TMPDIR
	mkdir tmp
	wire=$MAIL_LAB_HOME/02-the-wire/wire.c
}
teardown() {
	lab stop >/dev/null 2>&1 || :
	common_teardown
}

# written EDIT: the real wire.c, changed by sed, is what she has written.
written() {
	lab start 2 >/dev/null
	sed "$1" "$root/lessons/wire/wire.c" >"$wire"
}
# nothing_left: no process of this test runs, and no file of a check is there.
nothing_left() {
	[ -z "$(ls "$TMPDIR")" ] || { ls -R "$TMPDIR"; return 1; }
	[ -z "$(find /proc -maxdepth 2 -name cwd -exec readlink {} + 2>/dev/null | grep "^$TMPDIR/")" ] || return 1
	! runs "$TMPDIR" || return 1
}

@test "lab lists the lessons, which are done, and what is next" {
	run lab
	ends 0
	says '  02  the wire'
	says 'Reading a line from a stream'
	mkdir -p home
	for lesson in "$root"/lessons/0[0-3]-*; do basename "$lesson" | cut -c 1-2; done >home/progress
	run lab
	says '+ 02  the wire'
	says 'Next: lab 4, then lab start 4'
	lab start 4 >/dev/null
	run lab
	says 'Next: lab check 4, or lab hint 4'
	[ "${lines[-1]}" = 'lab -h lists all commands.' ]
}

@test "lab names exercise 3, which is easier, before exercise 2, with the order of the lessons kept" {
	mkdir home
	onwards() { lab=lab run sh "$root/scripts/classroom/lab-onwards" "$1" "$(echo "$root/lessons/$2"-*)"; }
	printf '%s\n' 00 01 >home/progress
	printf '%s\n' 00 01 >home/read
	run lab
	says 'Next: lab 2, then lab start 2'
	onwards read 02
	says '  lab 3'
	run lab
	says 'Next: lab 3, then lab start 3'
	onwards read 03
	says '  lab start 3'
	onwards solved 03
	says '  lab start 2'
	run lab
	says 'Next: lab start 2'
	onwards solved 02
	says '  lab 4'
}

@test "lab start makes the real file without the body, once, in a folder for nobody else" {
	run lab start 2
	ends 0
	says 'Reading a line from a stream'
	says 'wire_next_line (line '
	diff "$wire" "$root/lessons/wire/wire.c" | grep '^<' | grep -q 'Yours to write'
	[ "$(diff "$wire" "$root/lessons/wire/wire.c" | grep -c '^[0-9]')" -le 2 ]
	[ "$(ls -ld "$MAIL_LAB_HOME" | cut -c 1-10)" = drwx------ ]
	[ -e "$MAIL_LAB_HOME/02-the-wire/lessons/wire/wire.h" ]
	run lab start 2
	ends 73
	says "Your file: $wire"
	says 'Edit it: nano +'
	[ "${lines[-1]}" = 'lab: wire.c is there already; lab reset 2 begins again' ]
}

@test "what passes is remembered, one case alone is not" {
	written ''
	run lab check 2 one-line
	ends 0
	says 'This case holds'
	[ ! -e home/progress ]
	run lab check 2
	ends 0
	says 'All cases hold'
	[ "$(cat home/progress)" = 02 ]
	nothing_left
}

@test "a task is as wide as the terminal, and so is its code" {
	script -qec true /dev/null >/dev/null 2>&1 || skip "no script(1) to make a terminal with"
	script -qec "stty cols 60; lab hint 2 >/dev/null; for i in 1 2 3; do lab hint 2; done" \
		/dev/null </dev/null >out
	[ "$(tr -d '\r' <out | expand | awk 'length > 60' | wc -l)" -eq 0 ]
	grep -q '^    char octet = ' out # a tab has no room there
}

@test "no line of a task or a hint is wider than 80 columns, however deep its code is" {
	local exercise k n hints=0 classroom=$root/scripts/classroom
	for n in 2 3 4 5 7 8 9 10 11 12 13; do lab start "$n"; done >tasks
	for exercise in "$root"/lessons/*/exercise; do
		for k in 1 2 3 4; do
			awk -v want="== hint $k" -f "$classroom/lab-exercise.awk" "$exercise" >hint
			[ -s hint ] || continue
			hints=$((hints + 1))
			awk -v width=80 -f "$classroom/spoken.awk" -f "$classroom/walk-prose.awk" -f "$classroom/lab-prose.awk" hint
		done
	done >hints
	[ "$hints" -ge 40 ]
	cat tasks hints | grep -v "$work\|^The headers" | expand >seen
	awk 'length > 80' seen >wide
	same /dev/null wide
	grep -q '^To write: encode_three (line [0-9]*) base64_encode_end (line [0-9]*)' seen
}

@test "where a table has no room its tabs are four columns, and its words go on under their column" {
	printf '\t%s\n' 'one     a word, and many more words' 'two     b' '  deep' >text
	awk -v width=32 -f "$root/scripts/classroom/spoken.awk" -f "$root/scripts/classroom/walk-prose.awk" -f "$root/scripts/classroom/lab-prose.awk" text >got
	printf '%s\n' '    one     a word, and many' '            more words' '    two     b' '      deep' >expected
	same expected got
	awk -v width=50 -f "$root/scripts/classroom/spoken.awk" -f "$root/scripts/classroom/walk-prose.awk" -f "$root/scripts/classroom/lab-prose.awk" text >got
	same text got
}

@test "a failed case tells what went well, expected and got with a caret, the rule, and how to try it alone" {
	written 's/return crlf ? WIRE_GOT : WIRE_BARE_LF/return WIRE_GOT/'
	run lab check 2 bare-lf
	ends 1
	says '- bare-lf '
	says 'This went well:'
	says '  C:HELO crepes.fr\n'
	says '  expected  S:500 end lines with CRLF'
	says '  actual    S:250 Hello'
	says 'The rule: RFC 5321, 2.3.8'
	says 'This case alone: lab check 2 bare-lf'
	nothing_left
}

@test "what does not compile is told in the compiler's words, of this file alone" {
	written 's/size_t n = 0;/size_t n = 0/'
	run lab check 2
	ends 1
	says 'wire.c does not compile'
	says 'wire.c:'
	[ "${#lines[@]}" -le 24 ]
	run "$build/examine" -m "$root/lessons/02-the-wire" "$wire" nul
	ends 1
	[ "$output" = "$(printf 'failed\tnul\tdoes not compile')" ]
	nothing_left
}

@test "a function that is missing is named first, though it is called and declared" {
	written 's/^\(enum wire_got wire\)_next_line(/\1_one_line(/'
	run lab check 2
	ends 1
	[ "${lines[0]}" = 'wire_next_line is missing: wire.c has to have a function of that name.' ]
	says 'wire.c does not compile'
}

@test "of a filter its command and its input are shown" {
	lab start 7 >/dev/null
	run lab check 7 decode-three
	says 'The command is b64 -d, its input '
	says '07-base64/cases/decode-three.in:'
}

@test "a warning is shown, and does not keep it from being tried" {
	written 's/	size_t n = 0;/	size_t n = 0; int unused;/'
	run lab check 2 one-line
	ends 0
	says 'It compiles, but the compiler warns:'
	says 'unused'
}

@test "an octet outside of memory is told with its line" {
	$(head -n 1 "$build/compiler") -fsanitize=address -x c - -o trial <<<'int main(void) { return 0; }' 2>/dev/null &&
		./trial || skip "this compiler has no sanitizer"
	written 's/	size_t n = 0;/	size_t n = 0; ((char *)w)[sizeof *w] = 0;/'
	run lab check 2 one-line
	ends 1
	says 'It crashed. wire.c:'
	says 'in wire_next_line: writes 1 octet of memory outside of'
	nothing_left
}

@test "a loop without end is ended, and told" {
	written 's/	while (lf == NULL) {/	for (;;) {} while (lf == NULL) {/'
	LAB_TIME=2s run lab check 2 one-line
	ends 1
	says 'is there a loop without end?'
	nothing_left
}

@test "two loops at once use up the processor's time sooner, and are told as a loop too" {
	written 's/	while (lf == NULL) {/	pthread_t other; pthread_create(\&other, NULL, loop, NULL); loop(w); while (lf == NULL) {/'
	printf '%s\n' '#include <pthread.h>' 'static void *loop(void *w) { for (;;) {} return w; }' >begin
	cat begin "$wire" >both && cp both "$wire"
	LAB_TIME=2s run lab check 2 one-line
	ends 1
	says 'is there a loop without end?'
	nothing_left
}

@test "for a machine: a line for each case, passed or failed and why" {
	written 's/	if (memchr(line, .\\0., n) != NULL)/	if (0)/'
	mkdir 'a place'
	TMPDIR=$work/a\ place run "$build/examine" -m "$root/lessons/02-the-wire" "$wire"
	ends 1
	[ "${#lines[@]}" -eq 11 ]
	[ "${lines[0]}" = "$(printf 'passed\tone-line')" ]
	says "$(printf 'failed\tnul\texpected 500, got 250')"
}

@test "whoever interrupts a check leaves nothing behind" {
	written 's/	while (lf == NULL) {/	for (;;) {} while (lf == NULL) {/'
	lab check 2 >out 2>&1 3>&- &
	pid=$!
	until_true sh -c 'ls tmp/*/*/errors'
	kill "$(processes | awk -v p="$pid" '$1 == p { print $2 }')"
	wait "$pid" || :
	until_true nothing_left
}

@test "hints come one after the other, stay at the last, and can be read again" {
	run lab hint 2
	says 'Hint 1'
	run lab hint 2
	says 'Hint 2'
	for _ in 1 2 3; do run lab hint 2; done
	says 'Hint 4'
	says 'That was the last one'
	run lab hint 2 1
	ends 0
	says 'Hint 1'
	run lab hint 2
	says 'Hint 4'
	run lab hint 3 2
	ends 66
	says 'hint 1 comes first'
	run lab hint 2 5
	ends 66
	says 'there is no hint 5'
	run lab hint 2 x
	ends 64
}

@test "lab reset begins anew and keeps what was written" {
	written 's/zzz//'
	echo '/* mine */' >>"$wire"
	printf '01\n02\n' >home/progress
	run lab reset 2
	ends 0
	says 'kept in wire.c.1'
	[ "$(cat home/progress)" = 01 ]
	grep -q mine "$wire.1"
	! grep -q mine "$wire" || return 1
}

@test "lab shell: the programs, four ports, the lesson's folder; lab stop ends what runs" {
	export MAIL_LAB_HOME=$work/a\ place/home
	printf '%s\n' 'echo "$SMTP $POP3 $HTTP $SMTP2"' pwd 'command -v talk' \
		'smtp-toy $SMTP >toy.out 2>&1 &' 'until [ -s toy.out ]; do sleep 0.02; done' exit |
		lab shell 2 >out 3>&-
	grep -q '^[0-9]* [0-9]* [0-9]* [0-9]*$' out
	grep -q '/home/02-the-wire$' out
	grep -q '/run/bin/talk$' out
	ports=$(cat "$MAIL_LAB_HOME/ports")
	run lab stop
	ends 0
	says 'ended smtp-toy'
	run lab stop
	says 'Nothing that was started in lab shell still runs.'
	printf 'exit\n' | lab shell 3>&- >/dev/null
	[ "$(cat "$MAIL_LAB_HOME/ports")" = "$ports" ]
	[ ! -e "$MAIL_LAB_HOME/progress" ]
	printf 'exit\n' | lab shell 0 3>&- >/dev/null
	[ ! -e "$MAIL_LAB_HOME/progress" ]
	[ "$(echo "$ports" | tr ' ' '\n' | sort -u | wc -l)" -eq 4 ]
}

@test "a lesson is read once each of its programs was typed in its shell, in any of its windows" {
	printf '%s\n' 'smtp-toy -h' exit | lab shell 0 >out 3>&-
	[ ! -e home/progress ]
	[ ! -e home/read ]
	printf '%s\n' 'talk -h' exit | lab shell 1 >out 3>&-
	[ ! -e home/read ]
	printf '%s\n' 'talk -h' exit | lab shell 0 >out 3>&-
	[ "$(cat home/progress home/read | tr '\n' ' ')" = '00 00 ' ]
	grep -q 'You have read lesson 0' out
	grep -q 'Work in two windows at once' out
	[ "$(tail -n 1 out)" = '  lab 1' ]
	run lab
	says '+ 00  before you start               read'
}

@test "the list tells apart what was read and what is solved, how many cases hold, and hints" {
	lab start 4 >/dev/null
	lab hint 4 >/dev/null
	lab hint 4 >/dev/null
	sed 's/out\[made++\] = .\\r.;/(void)0;/' "$root/lessons/smtp/dots.c" >home/04-the-end-of-a-message/dots.c
	run lab check 4
	ends 1
	run lab
	says '  04  the end of a message           Finding CRLF.CRLF
                                       open: 9 of 12 cases hold, 2 hints'
	echo 04 >home/read
	cp "$root/lessons/smtp/dots.c" home/04-the-end-of-a-message/dots.c
	lab check 4 >/dev/null
	run lab
	says '+ 04  the end of a message           read, solved, 2 hints'
	[ "$(printf '%s\n' "$output" | awk 'length > 80' | wc -l)" -eq 0 ]
}

@test "a solved exercise leads on: what was learnt, the real function, a letter, the next command" {
	written ''
	run lab check 2
	says 'The reader finds the lines'
	says "Compare the real function with yours:
  diff -u $wire \\
      $root/lessons/wire/wire.c"
	says 'lab try 2'
	[ "${lines[-1]}" = '  lab 2' ]
	printf '%s\n' 00 01 02 >home/read
	printf '%s\n' 00 01 >>home/progress
	run lab check 2
	[ "${lines[-1]}" = '  lab 3' ]
}

@test "a walk says how to go on, to go back and to type oneself, and at its end what comes next" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	run lab 0 </dev/null
	ends 0
	[ ! -e home/read ] # by nobody
	: >screen
	(
		until [ -e read ]; do
			printf '\n'
			pause 0.05
		done
	) | on_terminal 'stty cols 80; TERM=dumb lab 0; : >read' >screen
	grep -q 'You have read lesson 0' screen
	tr -d '\r' <screen | grep -q '^  lab 1$'
	[ "$(cat home/progress)" = 00 ]
	: >screen
	(
		until_true has_line '*Enter goes on (b*' screen
		printf 'q\n'
		until_true test -e over
	) | on_terminal 'stty cols 80; lab 1; echo "[$?]" >over' >screen
	grep -q 'Enter goes on, and types the next command for you.' screen
	grep -q 'b and Enter go back; q and Enter end it.' screen
	grep -q 'in two windows: .*lab shell 1' screen
	: >screen
	rm over
	(
		until_true has_line '*Enter goes on (b*' screen
		printf 'q\n'
		until_true test -e over
	) | on_terminal 'stty cols 80; lab 4; echo "[$?]" >over' >screen
	grep -q 'in three windows: .*lab shell 4' screen
	[ "$(cat home/read)" = 00 ]
	run lab 4 'TO TYPE' </dev/null
	ends 0
	says 'To type'
	[ "$(cat home/read)" = 00 ]
	lab start 3 >/dev/null
	lab=lab run sh "$root/scripts/classroom/lab-onwards" read "$(echo "$root"/lessons/03-*)"
	[ "${lines[-1]}" = '  lab watch 3' ]
}

@test "a walk says at its end where the answers are, and they are shown, where a lesson has them" {
	run lab 0 </dev/null
	[ "$(grep -c '^## Answers' "$root"/lessons/00-*/README.md)" -eq 1 ]
	says 'The answers to its questions: lab 0 answers'
	run lab 0 answers
	ends 0
	[ "${lines[0]}" = Answers ]
	says '1. '
	[ ! -e home/read ]
	mkdir -p copy/scripts copy/lessons
	cp -R "$root/scripts/lab" "$root/scripts/classroom" copy/scripts
	cp -R "$root"/lessons/00-* copy/lessons
	sed -i.old '/^## Answers/,$d' copy/lessons/00-*/README.md
	run copy/scripts/lab 0 </dev/null
	ends 0
	[[ $output != *answers* ]] || { echo "$output" && return 1; }
	run copy/scripts/lab 0 answers
	ends 66
}

@test "a port that somebody else has taken is changed for another" {
	printf 'exit\n' | lab shell >/dev/null 3>&-
	first=$(cut -d ' ' -f 1 home/ports)
	serve wiretap -l "localhost:$first" localhost:1
	cp home/ports before
	printf 'exit\n' | lab shell >/dev/null 3>&-
	! grep -qw "$first" home/ports || { cat before home/ports; ls home/run; return 1; }
}

@test "what lab does not understand, or is not there" {
	run lab frobnicate
	ends 64
	says 'lab: frobnicate: no such command'
	says 'usage: lab'
	run lab start two
	ends 64
	run lab start 77
	ends 66
	run lab check 2
	ends 66
	says 'lab start 2 makes it'
	written ''
	run lab check 2 no-such-case
	ends 64
	says 'no such case; there are: one-line'
	[ "${output% }" = "$output" ]
	run lab check 4 no-such-case
	ends 66
	lab start 4 >/dev/null
	run lab check 4 no-such-case
	[ "$(printf '%s\n' "$output" | awk 'length > 80' | wc -l)" -eq 0 ]
	run lab -h
	ends 0
}

@test "confine: the command's status, 124 over the time, and no process left" {
	run confine sh -c 'exit 3'
	ends 3
	run confine -t 1s sh -c 'while :; do :; done'
	ends 124
	confine sh -c "sleep 77.$$ & echo started"
	! runs "sleep 77.$$" || return 1
	run confine -f 10 sh -c 'trap "" XFSZ; yes >file'
	[ "$(wc -c <file)" -le 10000 ]
	run confine -t never true
	ends 64
}

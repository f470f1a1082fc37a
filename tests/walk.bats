#!/usr/bin/env bats
# scripts/classroom/walk.c: a lesson is performed as written, and what differs is told.
# shellcheck disable=SC2016 # the shell of a window expands it

load common
load walking

@test "each window is one shell for the whole lesson, all in one folder" {
	lesson 'a$ x=1; cd ..; cd lesson; pwd' '{HERE}' 'b$ echo "[$x]"; pwd >where; cat where' '[]' '{HERE}' \
		'a$ echo $x; ls' 1 lessons where 'a$ head -n 1 lessons/one/README.md' '# One'
	{ printf '\n%s\n\n' 'Prose in between.' && printf '%s\n' '```console' 'a$ echo $x; cat where' 1 '{HERE}' '```'; } >>one/README.md
	as_written
}

@test "the last status is shown where it is asked for, and standard error appears too" {
	lesson 'a$ sh -c "exit 3"' 'a$ echo $?' 3 'a$ echo $?' 0 'a$ echo out; echo err >&2' out err
	as_written
}

@test "a command goes on after a backslash, with the prompt that a shell has there" {
	lesson 'a$ echo one \' '>    two\' '> three' 'one twothree' "a\$ printf '%s\\\\' x" 'x\'
	as_written
	lesson 'a$ echo one \' 'one'
	refused 5 'what goes on with the command above begins with "> "'
	lesson 'a$ echo one \'
	refused 5 'the command above ends in a backslash'
}

@test "{lines} is any number of lines, {any} any text, {NAME} the same text everywhere" {
	lesson 'a$ seq 5' 1 '{lines}' 5 'a$ seq 3' '{lines}' 'a$ echo one two' 'one {SECOND}' \
		'b$ echo two; echo {} {{' '{SECOND}' '{{} {{{{' 'b$ echo' '' 'b$ true' '{lines}'
	as_written
	lesson 'a$ echo one two' 'one {SECOND}' 'b$ echo three' '{SECOND}'
	differs_at 7 'echo three'
	says 'expected  {SECOND}'
	says 'got       three'
	says '{SECOND} is what it was in line 4'
	lesson 'a$ seq 5' 1 '{lines}' 6
	differs_at 7 'seq 5'
	says 'got       5'
}

@test "what is wrong, too long or too short is told with its place" {
	lesson 'a$ true' 'a$ echo "250 Hello,Alice"' '250 Hello, Alice' 'a$ echo yes' yes
	differs_at 6 'echo "250 Hello,Alice"'
	[ "${lines[1]}" = 'expected  250 Hello, Alice' ]
	[ "${lines[2]}" = 'got       250 Hello,Alice' ]
	[ "${lines[3]}" = '                    ^' ]
	[ "${lines[4]}" = 'column 11: a blank is missing' ]
	[ "${#lines[@]}" -eq 5 ]
	lesson 'a$ seq 3' 1 2
	differs_at 6 'seq 3'
	says 'got       3'
	says 'a line too many'
	lesson 'a$ echo x'
	differs_at 4 'echo x'
	says 'expected  (nothing more)'
	lesson 'a$ seq 2' 1 2 3
	differs_at 7 'seq 2'
	says 'got       (nothing more, and it has ended)'
	says 'a line is missing'
	lesson 'a$ seq 3' 1 3
	differs_at 6 'seq 3'
	says 'got       2'
	says 'a line too many'
}

@test "after a difference in what a command said the lesson goes on" {
	lesson 'a$ echo a' b 'a$ echo c' c 'a$ echo d' e
	differs_at 5 'echo a'
	says 'one/README.md:9: after "echo d":'
	says 'got       d'
}

@test "an output without a line end is a line, and the next command begins another" {
	lesson "a\$ printf 'no end'" 'no end' 'a$ echo x' x
	as_written
}

@test "what a terminal would obey is told, not done" {
	lesson "a\$ printf 'a\\033[31mb\\t\\302\\233\\n'" 'a{any}c'
	differs_at 5 "printf 'a\\033[31mb\\t\\302\\233\\n'"
	says 'got       a\x1b[31mb\x09\xc2\x9b'
	lesson "a\$ printf '\\\\x1b\\n'" '\x1b' "a\$ printf 'a\\tb\\n'" "$(printf 'a\tb')"
	as_written
}

@test "C: is typed under talk alone; of replay and cat it is what they say" {
	lesson "a\$ printf 'C:QUIT\\nS:221\\n' >t; cat t" 'C:QUIT' 'S:221'
	as_written
	lesson 'a$ talk localhost:$SMTP' 'talk: {any}' 'C:QUIT'
	differs_at 6 'C:QUIT'
	case $output in *'it has ended'*) ;; *) says 'nothing runs in this window' ;; esac # whichever came first
}

@test "four free ports, of its own, in every lesson" {
	lesson 'a$ for p in $SMTP $SMTP2 $POP3 $HTTP; do echo $p; done | sort -nu | grep -c .' 4
	as_written
}

@test "blocks by hand and of other kinds are not run" {
	{
		printf '%s\n' '```console by-hand' 'a$ echo no' '```' '```text' 'a$ echo no' '```' '```' 'x' '```'
		printf '%s\n' '~~~' '```console' 'a$ echo no' '```' '~~~'
	} >README.md
	lesson 'a$ echo yes' yes
	cat README.md >>one/README.md
	as_written
	says 'one: 1 commands'
}

@test "a README with CRLF line ends and a byte order mark is read" {
	lesson 'a$ echo yes \' '> no' 'yes no' 'a$ echo x' x
	{ printf '\357\273\277' && sed "1,2d; s/\$/$(printf '\r')/" one/README.md; } >crlf
	mv crlf one/README.md
	as_written
}

@test "a README that cannot be read is told with its line, status 65" {
	lesson 'echo yes'
	refused 4 'a block begins with a prompt'
	printf '```console\na$ true\n' >one/README.md
	refused 1 'the block that begins here has no end'
	printf '```console by-hands\n```\n' >one/README.md
	refused 1 'no such block'
	printf -- '- text\n  ```console\n  a$ true\n  ```\n' >one/README.md
	refused 2 'a console block begins with ``` at the margin'
	rm one/README.md
	run walk one 3>&-
	ends 66
	says 'walk: one/README.md: cannot be read'
}

@test "nothing of the student's own is touched: home, terminal, password" {
	lesson 'a$ echo "${POP3_PASSWORD-none} $TERM"; touch ~/x; case $HOME in "$TMPDIR"*|*/home) echo own; esac' \
		'none dumb' own
	HOME=$work/hers POP3_PASSWORD=x TERM=xterm as_written
	[ ! -e "$work/hers" ]
}

@test "several lessons: each is told of, and the worst is the status" {
	lesson 'a$ echo a' a
	cp -R one two
	sed -i.old 's/echo a/echo b/' two/README.md
	run timeout 300 walk one/ two one 3>&-
	ends 1
	[ "${lines[0]}" = 'one: 1 commands, all as written' ]
	[ "${lines[1]}" = 'two/README.md:5: after "echo b":' ]
	says 'one: 1 commands, all as written'
}

@test "-h prints usage, and bad usage is answered 64 on standard error" {
	run walk -h
	ends 0
	[ "${lines[0]}" = 'usage: walk [-s] [-d FILE] [-f SECTION] [-i SECONDS] LESSON...' ]
	for bad in '' '-x one' '-i' '-i 1s one'; do
		# shellcheck disable=SC2086 # a word each
		walk $bad >out 2>err && status=0 || status=$?
		[ "$status" -eq 64 ]
		[ ! -s out ] && has_line 'usage: *' err
	done
}

#!/usr/bin/env bats
# scripts/walk: a lesson is performed as written, and what differs is told.
# shellcheck disable=SC2016 # the shell of a window expands it

load common

setup() {
	common_setup
	mkdir "$work/tmp"
	export TMPDIR=$work/tmp
}

# Nothing is left behind by any of them: no file, no process.
teardown() {
	local left
	left=$(ls -A "$work/tmp")
	! pgrep_here || left="$left a process"
	common_teardown
	[ -z "$left" ] || { echo "left behind: $left" && return 1; }
}

# Whether a window of ours is still there: its folder stands on its command line.
pgrep_here() {
	[ -r /proc/self/cmdline ] || return 1
	cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -q "[w]alk-window $work/"
}

# lesson LINE...: a lesson of one console block.
lesson() {
	mkdir -p one
	{
		printf '%s\n' '# One' '' '```console'
		printf '%s\n' "$@"
		echo '```'
	} >one/README.md
}

as_written() {
	run timeout 60 walk "$@" one
	ends 0 && says "one: " && says "all as written"
}

# differs_at LINE COMMAND: told with this place.
differs_at() {
	run timeout 60 walk -i 5 one
	ends 1 && [ "${lines[0]}" = "one/README.md:$1: after \"$2\":" ] || {
		echo "$output"
		return 1
	}
}

# refused LINE WHY
refused() {
	run timeout 60 walk one
	ends 65 && says "walk: one/README.md:$1: $2"
}

@test "a server is left running while another window talks to it, until Ctrl-C" {
	lesson 'hamburger.edu$ smtp-toy $SMTP' \
		'listening on 127.0.0.1:{PORT}' \
		'crepes.fr$ talk localhost:$SMTP' \
		'S:220 hamburger.edu' \
		'C:HELO crepes.fr' \
		'S:250 Hello crepes.fr, pleased to meet you' \
		'C:MAIL FROM:<alice@crepes.fr>' \
		'S:250 alice@crepes.fr ... Sender OK' \
		'C:RCPT TO:<bob@hamburger.edu>' \
		'S:250 {any} OK' \
		'C:DATA' \
		'S:354 {any}' \
		'C:\ {any} {' \
		'C:' \
		'C:.' \
		'S:250 Message accepted for delivery' \
		'C:QUIT' \
		'S:221 hamburger.edu closing connection' \
		'crepes.fr$ echo $? $SMTP; cat mailbox/1' \
		'0 {PORT}' \
		'\ {{any} {{' \
		'' \
		'hamburger.edu$ ^C' \
		'hamburger.edu$ echo $?' \
		'130'
	as_written
	[ "$output" = 'one: 4 commands, all as written' ]
}

@test "a server that catches INT ends by Ctrl-C in its own way" {
	lesson 'a$ mkdir -p mail/bob' \
		'a$ smtp-server -l localhost:$SMTP -n hamburger.edu mail' \
		'listening on {any}:{P}' \
		'^C' \
		'a$ echo $?' \
		0
	as_written
}

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
		'b$ echo two; echo {}' '{SECOND}' '{{}' 'b$ echo' '' 'b$ true' '{lines}'
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

@test "a running program that says something else stops the lesson at once" {
	lesson 'a$ sh -c "echo one; echo two; exec sleep 100"' one three 'b$ true' 'a$ ^C'
	begun=$SECONDS
	differs_at 6 'sh -c "echo one; echo two; exec sleep 100"'
	says 'got       two'
	says 'The lesson stops here.'
	[ $((SECONDS - begun)) -lt 5 ]
}

@test "a running program that says too little is waited for, up to the limit" {
	lesson 'a$ sh -c "echo one; exec sleep 100"' one two 'b$ true' 'a$ ^C'
	run timeout 60 walk -i 1 one
	ends 1
	says 'one/README.md:6: after "sh -c "echo one; exec sleep 100"":'
	says 'got       (nothing more)'
	says '(1 seconds were not enough for it)'
	lesson 'a$ mkfifo go; sh -c "echo one; read x <go; echo two; exec sleep 100"' one \
		'b$ echo >go' 'a$' two '^C'
	as_written
}

@test "a command that never ends is told, and ended" {
	lesson 'a$ sleep 1000' 'a$ echo after' after
	run timeout 60 walk -i 1 one
	ends 1
	says 'one/README.md:4: after "sleep 1000":'
	says 'it has not ended in 1 seconds'
	lesson 'a$ trap "" INT; sh -c "echo up; sleep 1000; sleep 1000"' up '^C'
	run timeout 60 walk -i 1 one
	ends 1
	says 'one/README.md:6: after "^C":'
}

@test "a command that prints without end is told, and ended" {
	lesson 'a$ yes' y
	differs_at 4 yes
	says 'it prints without end'
}

@test "what still runs at the end of the lesson is refused" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ true'
	run timeout 60 walk -i 1 one
	ends 1
	says 'one/README.md:4: after "smtp-toy $SMTP":'
	says 'it has not ended in 1 seconds; ^C ends a program'
	lesson 'a$ smtp-toy $SMTP >log &' 'b$ true'
	run timeout 60 walk -i 1 one
	ends 1
	says 'still running at the end of the lesson: smtp-toy'
}

@test "what a left program said later must stand in the lesson" {
	lesson 'a$ mkfifo go; cat go' 'b$ echo late >go' 'a$ true'
	differs_at 4 'mkfifo go; cat go'
	says 'got       late'
	lesson 'a$ mkfifo go; cat go' 'b$ echo late >go'
	differs_at 4 'mkfifo go; cat go'
	lesson 'a$ mkfifo go; cat go' 'b$ echo late >go' 'a$' late 'a$ true'
	as_written
	lesson 'a$ mkfifo go; sh -c "cat go; exec sleep 100"' 'b$ echo late >go' 'a$ ^C' late
	as_written
}

@test "a client that ends because its server was stopped is looked at again" {
	lesson 'a$ smtp-toy $SMTP' 'listening on 127.0.0.1:{any}' 'b$ talk localhost:$SMTP' 'S:220 hamburger.edu' \
		'a$ ^C' 'b$ echo $?' 0
	as_written
}

@test "talk is typed to in another window's turn" {
	lesson 'a$ smtp-toy $SMTP' 'listening on 127.0.0.1:{any}' 'b$ talk localhost:$SMTP' 'S:220 hamburger.edu' \
		'c$ ls' lessons mailbox 'b$' 'C:NOOP' 'S:500 unknown command' 'C:QUIT' 'S:{any}' 'a$ ^C'
	as_written
}

@test "C: is typed under talk alone; of replay and cat it is what they say" {
	lesson "a\$ printf 'C:QUIT\\nS:221\\n' >t; cat t" 'C:QUIT' 'S:221'
	as_written
	lesson 'a$ talk localhost:$SMTP' 'talk: {any}' 'C:QUIT'
	differs_at 6 'C:QUIT'
	says 'nothing runs in this window'
}

@test "where nothing runs there is nothing to stop" {
	lesson 'a$ true' '^C'
	differs_at 5 '^C'
	says 'nothing runs in this window'
	lesson '^C'
	refused 4 '^C, and nothing was started before it'
}

@test "a window whose shell has ended is told" {
	lesson 'a$ exit 3' 'a$ echo x' x
	differs_at 5 'echo x'
	says 'the shell of this window has ended'
}

@test "four free ports, of its own, in every lesson" {
	lesson 'a$ for p in $SMTP $SMTP2 $POP3 $HTTP; do echo $p; done | sort -nu | grep -c .' 4
	as_written
	run free-ports 3
	ends 0
	[ "${#lines[@]}" -eq 3 ]
	serve smtp-toy "${lines[0]}"
	[ "$port" = "${lines[0]}" ]
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
	{ printf '\357\273\277' && sed "s/\$/$(printf '\r')/" one/README.md; } >crlf
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
	run walk one
	ends 66
	says 'walk: one/README.md: cannot be read'
}

@test "nothing of the student's own is touched: home, terminal, password" {
	lesson 'a$ echo "${POP3_PASSWORD-none} $TERM"; touch ~/x; case $HOME in "$TMPDIR"*|*/home) echo own; esac' \
		'none dumb' own
	HOME=$work/hers POP3_PASSWORD=x TERM=xterm as_written
	[ ! -e "$work/hers" ]
}

@test "interrupted, it leaves nothing behind" {
	for signal in INT TERM HUP; do
		lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ touch up; sleep 1000' '^C' 'a$ ^C'
		env --default-signal=INT true 2>/dev/null || [ "$signal" != INT ] || continue
		if [ "$signal" = INT ]; then
			env --default-signal=INT sh "$root/scripts/walk" one 3>&- &
		else
			walk one 3>&- &
		fi
		pid=$!
		until_true eval 'ls tmp/walk.*/lesson/up'
		kill -"$signal" "$pid"
		wait "$pid" && status=0 || status=$?
		[ "$status" -gt 128 ]
		[ -z "$(ls tmp)" ]
		! pgrep_here
	done
}

@test "what it has to say being cut off, it leaves nothing behind" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ seq 3' 1 2 3 'a$ ^C'
	walk -s one </dev/null | head -n 1 >out
	[ "$(cat out)" = One ]
	until_true eval '[ -z "$(ls tmp)" ]'
}

@test "Ctrl-C in a lesson is one, also where walk itself ignores INT" {
	env --default-signal=INT true 2>/dev/null || skip "env cannot take that back here"
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' '^C' 'a$ echo $?' 130
	trap '' INT
	as_written
}

@test "several lessons: each is told of, and the worst is the status" {
	lesson 'a$ echo a' a
	cp -R one two
	sed -i.old 's/echo a/echo b/' two/README.md
	run timeout 60 walk one/ two one
	ends 1
	[ "${lines[0]}" = 'one: 1 commands, all as written' ]
	[ "${lines[1]}" = 'two/README.md:5: after "echo b":' ]
	says 'one: 1 commands, all as written'
}

@test "shown, a lesson is prose, commands, what came of them, and ticks" {
	lesson 'a$ echo a \' '> b' 'a b' 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ talk localhost:$SMTP' \
		'S:220 hamburger.edu' 'C:QUIT' 'S:221 {any}' 'a$ ^C'
	{
		cat one/README.md
		printf '%s\n' '' 'A **bold** [link](x.md) and `code`, in a line that is much too long for' \
			'a terminal of eighty columns.' '' '## Answers' '' 'No.'
	} >long
	mv long one/README.md
	run timeout 60 walk -s one </dev/null
	ends 0
	port=$(printf '%s\n' "$output" | sed -n 's/listening on 127.0.0.1://p')
	printf '%s\n' One '' 'a$ echo a \' '> b' 'a b' ✓ 'a$ smtp-toy $SMTP' "listening on 127.0.0.1:$port" ✓ \
		'b$ talk localhost:$SMTP' 'S:220 hamburger.edu' ✓ 'C:QUIT' 'S:221 hamburger.edu closing connection' ✓ \
		'a$ ^C' ✓ '' \
		'A bold link and code, in a line that is much too long for a terminal of eighty' \
		'columns.' '' 'one: 3 commands, all as written' >expected
	printf '%s\n' "$output" >got
	same expected got
	sed -i.old 's/^a b$/a c/' one/README.md
	run timeout 60 walk -s one </dev/null
	ends 1
	says '✗ not as written'
}

@test "on a terminal Enter goes on, a prediction is asked for, and q ends it" {
	script -qec true /dev/null >/dev/null 2>&1 || script -q /dev/null true >/dev/null 2>&1 || skip "no script(1)"
	lesson 'a$ echo x$((1+1))y' 'x2y' 'a$ echo z$((1+1))' z2
	sed 's/^# One/**Predict:** what?/' one/README.md >p && mv p one/README.md
	export TERM=xterm
	(printf '\n\nq\n' && until_true test -e over) | on_terminal 'walk -s one; echo "[$?]" >over' >screen
	grep -q 'What will appear' screen
	grep -q 'x2y' screen
	! grep -q 'z2' screen
	grep -q '\[0\]' over
	escape=$(printf '\033')
	grep -q "$escape\[1m.*Predict" screen
}

@test "-h prints usage, and bad usage is answered 64 on standard error" {
	run walk -h
	ends 0
	[ "${lines[0]}" = 'usage: walk [-s] [-i SECONDS] LESSON...' ]
	for bad in '' '-x one' '-i' '-i 1s one'; do
		# shellcheck disable=SC2086 # a word each
		walk $bad >out 2>err && status=0 || status=$?
		[ "$status" -eq 64 ]
		[ ! -s out ] && grep -q '^usage: ' err
	done
	for bad in '' x '1 2' 12345; do
		# shellcheck disable=SC2086 # a word each
		free-ports $bad >out 2>err && status=0 || status=$?
		[ "$status" -eq 64 ]
		[ ! -s out ] && grep -q '^usage: ' err
	done
}

#!/usr/bin/env bats
# scripts/walk: a lesson is shown to a class.
# shellcheck disable=SC2016 # the shell of a window expands it

load common
load walking

@test "what it has to say being cut off, it leaves nothing behind" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ seq 3' 1 2 3 'a$ ^C'
	walk -s one </dev/null 3>&- | head -n 1 >out
	[ "$(cat out)" = One ]
	until_true eval '[ -z "$(ls tmp)" ]'
}

@test "shown, a lesson is prose, commands, what came of them, and ticks" {
	lesson 'a$ echo a \' '> b' 'a b' "a\$ printf '\\033x\\n'" '{any}x' 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ talk localhost:$SMTP' \
		'S:220 hamburger.edu' 'C:QUIT' 'S:221 {any}' 'a$ ^C'
	{
		cat one/README.md
		printf '%s\n' '' 'A **bold** [link](x.md) and `code`, in a line that is much too long for' \
			'a terminal of eighty columns.' '' '## Answers' '' 'No.'
	} >long
	mv long one/README.md
	run timeout 60 walk -s one </dev/null 3>&-
	ends 0
	port=$(printf '%s\n' "$output" | sed -n 's/listening on 127.0.0.1://p')
	printf '%s\n' One '' 'a$ echo a \' '> b' 'a b' ✓ "a\$ printf '\\033x\\n'" '?x' ✓ 'a$ smtp-toy $SMTP' "listening on 127.0.0.1:$port" ✓ \
		'b$ talk localhost:$SMTP' 'S:220 hamburger.edu' ✓ 'C:QUIT' 'S:221 hamburger.edu closing connection' ✓ \
		'a$ ^C' ✓ '' \
		'A bold link and code, in a line that is much too long for a terminal of eighty' \
		'columns.' '' 'one: 4 commands, all as written' >expected
	printf '%s\n' "$output" >got
	same expected got
	sed -i.old 's/^a b$/a c/' one/README.md
	run timeout 60 walk -s one </dev/null 3>&-
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
	[ "$(grep -c 'z2' screen)" -eq 0 ]
	grep -q '\[0\]' over
	escape=$(printf '\033')
	grep -q "$escape\[1m.*Predict" screen
}

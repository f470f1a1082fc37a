#!/usr/bin/env bats
# scripts/classroom/walk.c: a lesson is shown to a class.
# shellcheck disable=SC2016 # the shell of a window expands it

load common
load walking

@test "what it has to say being cut off, it leaves nothing behind" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ seq 3' 1 2 3 'a$ ^C'
	walk -s one </dev/null 3>&- | head -n 1 >out
	reads out One
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
	run timeout 300 walk -s one </dev/null 3>&-
	ends 0
	port=$(printf '%s\n' "$output" | sed -n 's/listening on 127.0.0.1://p')
	printf '%s\n' One '' 'a$ echo a \' '> b' 'a b' ✓ "a\$ printf '\\033x\\n'" '?x' ✓ 'a$ smtp-toy $SMTP' "listening on 127.0.0.1:$port" ✓ \
		'b$ talk localhost:$SMTP' 'S:220 hamburger.edu' ✓ 'C:QUIT' 'S:221 hamburger.edu closing connection' ✓ \
		'a$ ^C' ✓ '' \
		'A bold link and `code`, in a line that is much too long for a terminal of eighty' \
		'columns.' '' 'one: 4 commands, all as written' >expected
	printf '%s\n' "$output" >got
	same expected got
	sed -i.old 's/^a b$/a c/' one/README.md
	run timeout 300 walk -s one </dev/null 3>&-
	ends 1
	says '✗ not as written'
}

@test "on a terminal Enter goes on, a prediction is asked for, and q ends it" {
	script -qec true /dev/null >/dev/null 2>&1 || script -q /dev/null true >/dev/null 2>&1 || skip "no script(1)"
	lesson 'a$ echo x$((1+1))y' 'x2y' 'a$ echo z$((1+1))' z2
	sed 's/^# One/**Predict:** what?/' one/README.md >p && mv p one/README.md
	export TERM=xterm
	: >screen
	# What is typed before anybody was asked is not taken for an answer.
	(
		printf '\n\n\n\n\n\n'
		for asked in 'What do you say' 'x$((1+1))y*Enter' 'z$((1+1))*Enter'; do
			until_true has_line "*$asked*" screen
			[ "${asked#z}" != "$asked" ] && printf 'q\n' || printf '\n'
		done
		until_true test -e over
	) | on_terminal 'walk -s one; echo "[$?]" >over' >screen
	has_line '*x2y*' screen
	has_exactly 0 '*z2*' screen
	grep -q '\[0\]' over
	escape=$(printf '\033')
	grep -q "$escape\[1m.*Predict" screen
}

@test "on a terminal what is longer than the window is shown in pieces, and long commands are cut at blanks outside of quotes" {
	script -qec true /dev/null >/dev/null 2>&1 || script -q /dev/null true >/dev/null 2>&1 || skip "no script(1)"
	lesson 'a$ seq -f "this is line %g" 30' '{lines}'
	export TERM=xterm
	: >screen
	(
		for asked in '<Enter>' 'Enter shows more'; do
			until_true has_line "*$asked*" screen
			has_exactly 0 '*line 16' screen || echo late >&2
			printf '\n'
		done
		until_true test -e over
	) | on_terminal 'stty rows 18 cols 24; walk -s one; echo "[$?]" >over' >screen 2>late
	tr -d '\r' <screen >seen
	same /dev/null late
	grep -q '\[0\]' over
	has_line '*line 30' seen
	grep -q '^.*a\$ seq -f \\$' seen
	has_line '    "this is line %g" 30*' seen
}

@test "a lesson can be shown from a section on: what comes before is done, and not seen" {
	lesson 'a$ echo x >file'
	printf '%s\n' '' '## The famous bug' '' Words. '```console' 'a$ cat file' x '```' >>one/README.md
	run timeout 300 walk -f bug one </dev/null 3>&-
	ends 0
	printf '%s\n' 'The famous bug' '' Words. 'a$ cat file' x ✓ 'one: 2 commands, all as written' >expected
	printf '%s\n' "$output" >got
	same expected got
	run timeout 300 walk -f 'FAMOUS B' one </dev/null 3>&-
	ends 0
	printf '%s\n' "$output" >got
	same expected got
	run walk -f nowhere one
	ends 66
	says 'no section of one has this in its heading: nowhere'
}

@test "shown from a section on, nothing is seen of what was printed in its window before" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ echo x; echo y' x '{lines}' 'a$ ^C'
	printf '%s\n' '' '## The end' '' Words. '```console' 'a$ echo z' z 'b$ echo z' z '```' >>one/README.md
	run timeout 300 walk -f end one </dev/null 3>&-
	ends 0
	printf '%s\n' 'The end' '' Words. 'a$ echo z' z ✓ 'b$ echo z' z ✓ 'one: 4 commands, all as written' >expected
	printf '%s\n' "$output" >got
	same expected got
}

@test "an item of a list begins after an empty line or another item, not in the middle of a paragraph" {
	printf '%s\n' 'The rule is in' '3. and 4., and so' '+ is a sign.' '' '1. One' '2. Two,' '   and more' '' '- Three' >text
	awk -v width=60 -f "$root/scripts/classroom/spoken.awk" -f "$root/scripts/classroom/walk-prose.awk" -f "$root/scripts/classroom/lab-prose.awk" text >got
	printf '%s\n' 'The rule is in 3. and 4., and so + is a sign.' '' '1. One' '2. Two, and more' '' '- Three' >expected
	same expected got
}

@test "on a terminal b shows what was before once more, and nothing is done again" {
	script -qec true /dev/null >/dev/null 2>&1 || script -q /dev/null true >/dev/null 2>&1 || skip "no script(1)"
	lesson 'a$ echo first$((1+1)); echo done >>../../../times' 'first2' 'a$ echo second$((1+1))' second2
	export TERM=xterm
	: >screen
	(
		# What is waited for, how often it has to be on the screen by then, and the key.
		while read -r times asked key; do
			until_true has_lines "$times" "$asked" screen
			printf '%s\n' "$key"
		done <<-'END'
			1 *first*Enter*
			1 *second*Enter* b
			1 *was?before* b
			2 *was?before*
			3 *was?before*
			2 *second*Enter*
		END
		until_true test -e over
	) | on_terminal 'walk -s -d end one; echo "[$?]" >over' >screen
	grep -q '\[0\]' over
	[ "$(grep -c '^first2' screen)" -eq 3 ]
	[ "$(grep -c '^second2' screen)" -eq 1 ]
	[ "$(grep -c '^.*# One\|^.*One' screen)" -ge 2 ]
	[ "$(cat times)" = 'done' ]
	[ -e end ]
}

@test "on a terminal long lines of output are cut at blanks" {
	script -qec true /dev/null >/dev/null 2>&1 || script -q /dev/null true >/dev/null 2>&1 || skip "no script(1)"
	lesson "a\$ echo 'these words are longer than the line' averylongwordthatfitsnowhere x" '{any}'
	export TERM=xterm
	: >screen
	(
		until_true has_line '*Enter*' screen
		printf '\n'
		until_true test -e over
	) | on_terminal 'stty cols 24 rows 40; walk -s one; echo "[$?]" >over' >screen
	tr -d '\r' <screen | sed -n '/^these/,/x$/p' >got
	printf '%s\n' 'these words are longer' '    than the line' '    averylongwordthatfitsnowhere' '    x' >expected
	same expected got
}

@test "-d makes its file at the end alone" {
	lesson 'a$ echo x' y
	run timeout 300 walk -d end one 3>&-
	ends 1
	[ -e end ]
	rm end
	lesson 'a$ talk' '{any}' 'C:no' 'a$ ^C'
	run timeout 300 walk -i 2 -d end one 3>&-
	ends 1
	[ ! -e end ]
}

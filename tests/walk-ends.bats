#!/usr/bin/env bats
# scripts/classroom/walk.c: what is left running and looked at again, what ends, what is left behind.
# shellcheck disable=SC2016 # the shell of a window expands it

load common
load walking

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

@test "what a command said after its end is not what the next one says" {
	lesson 'a$ sh -c "sleep 0.3; echo late; : >said" &' \
		'b$ until [ -e said ]; do sleep 0.02; done' 'a$ true' late
	differs_at 4 'sh -c "sleep 0.3; echo late; : >said" &'
	says 'got       late'
	lesson 'a$ sh -c "sleep 0.3; echo late; : >said" &' \
		'b$ until [ -e said ]; do sleep 0.02; done' 'a$ echo two' '{lines}' two
	differs_at 4 'sh -c "sleep 0.3; echo late; : >said" &'
}

@test "a running program that says something else stops the lesson at once" {
	lesson 'a$ sh -c "echo one; echo two; exec sleep 1000"' one three 'b$ true' 'a$ ^C'
	run timeout 300 walk -i 1000 one 3>&-
	ends 1
	says 'one/README.md:6: after "sh -c "echo one; echo two; exec sleep 1000"":'
	says 'got       two'
	says 'The lesson stops here.'
}

@test "a running program that says too little is waited for, up to the limit" {
	lesson 'a$ sh -c "echo one; exec sleep 100"' one two 'b$ true' 'a$ ^C'
	run timeout 300 walk -i 1 one 3>&-
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
	run timeout 300 walk -i 1 one 3>&-
	ends 1
	says 'one/README.md:4: after "sleep 1000":'
	says 'it has not ended in 1 seconds'
	lesson 'a$ trap "" INT; sh -c "echo up; sleep 1000; sleep 1000"' up '^C'
	run timeout 300 walk -i 1 one 3>&-
	ends 1
	says 'one/README.md:6: after "^C":'
}

@test "a command that prints without end is told, and ended" {
	lesson 'a$ yes | head -c 3000000; sleep 1000' y
	differs_at 4 'yes | head -c 3000000; sleep 1000'
	says 'it prints without end'
}

@test "what still runs at the end of the lesson is refused" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ true'
	run timeout 300 walk -i 1 one 3>&-
	ends 1
	says 'one/README.md:4: after "smtp-toy $SMTP":'
	says 'it has not ended in 1 seconds; ^C ends a program'
	lesson 'a$ smtp-toy $SMTP >log &' 'b$ true'
	run timeout 300 walk -i 1 one 3>&-
	ends 1
	says 'still running at the end of the lesson: smtp-toy'
}

@test "a command that takes its time has ended before another window is typed into" {
	lesson 'a$ sleep 0.3; echo x >f' 'b$ cat f' x
	as_written
}

@test "what a left program said later must be in the lesson" {
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

@test "interrupted, it leaves nothing behind" {
	for signal in INT TERM HUP; do
		lesson 'a$ smtp-toy $SMTP' 'listening on {any}' 'b$ touch up; sleep 1000' '^C' 'a$ ^C'
		env --default-signal=INT true 2>/dev/null || [ "$signal" != INT ] || continue
		afresh walk one 3>&- &
		pid=$!
		until_true eval 'ls tmp/walk.*/lesson/up'
		kill -"$signal" "$pid"
		wait "$pid" && status=0 || status=$?
		[ "$status" -gt 128 ]
		is_empty tmp
		nothing_runs
	done
}

@test "Ctrl-C in a lesson is one, also where walk itself ignores INT and HUP" {
	lesson 'a$ smtp-toy $SMTP' 'listening on {any}' '^C' 'a$ echo $?' 130
	# timeout itself takes it back, so it is not what ignores INT.
	run timeout 300 sh -c 'trap "" INT HUP; walk one' 3>&-
	ends 0
}

@test "Ctrl-C reaches a program that begins only after it" {
	lesson 'a$ i=0; while [ $i -lt 500000 ]; do i=$((i + 1)); done; sleep 1000' '^C' 'a$ echo $?' 130
	as_written
}

@test "what is typed and nobody reads is no command" {
	lesson 'a$ talk localhost:$SMTP; sleep 0.3' 'talk: {any}' 'C:touch bad' 'a$ ls bad' 'ls: {any}'
	differs_at 6 'C:touch bad'
	[ "$(grep -c 'after "ls bad"' <<<"$output")" -eq 0 ]
}

@test "Ctrl-C that was lost is pressed again" {
	printf 'trap "trap - INT" INT\necho begun\nwhile :; do sleep 0.1; done\n' >deaf
	lesson "a\$ sh $PWD/deaf" begun '^C' 'a$ echo $?' 130
	as_written
}

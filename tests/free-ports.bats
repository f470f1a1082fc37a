# free-ports: a command has ports that are free, and stay so until its servers listen there.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# ports NAME...: what a command is given for each.
ports() { free-ports "$@" -- sh -c 'for name; do eval "echo \$$name"; done' sh "$@"; }

@test "each name is another port from 20000 to 31999, and a server can listen there" {
	run ports SMTP POP3 HTTP
	ends 0
	[ "$(printf '%s\n' "${lines[@]}" | sort -u | wc -l)" -eq 3 ]
	for number in "${lines[@]}"; do [ "$number" -ge 20000 ] && [ "$number" -lt 32000 ]; done
	serve free-ports SMTP -- sh -c 'exec smtp-toy $SMTP'
	dial && hear '220 *' && hang_up
}

@test "nobody else is given a port until the last process of the command has ended" {
	free-ports SMTP -- sh -c 'echo $SMTP >held; exec sleep 60' 3>&- &
	pids=$!
	until_true test -s held
	SMTP=$(cat held) run ports SMTP
	[ "$output" != "$(cat held)" ]
	kill "$pids"
	wait "$pids" || :
	SMTP=$(cat held) run ports SMTP
	[ "$output" = "$(cat held)" ]
}

@test "twenty who ask at once are given forty ports" {
	mkfifo go
	for i in {1..20}; do
		free-ports A B -- sh -c 'echo $A; echo $B; read _ <go' 3>&- >"given$i" &
		pids="$pids $!"
	done
	until_true eval '[ "$(cat given* | wc -l)" -eq 40 ]'
	[ "$(sort -u given* | wc -l)" -eq 40 ]
}

@test "a port on which a server listens is given to nobody, by IPv4 or by IPv6" {
	run ports FIRST
	first=$output
	for address in 127.0.0.1 '[::1]'; do
		serve smtp-server -l "$address:$first" mail || continue # a host without IPv6
		FIRST=$first run ports FIRST
		[ "$output" != "$first" ]
		kill "$pid"
		wait "$pid" || :
	done
}

@test "the command's status is ours; -h prints usage, bad usage is answered 64" {
	run free-ports A -- sh -c 'exit 7'
	ends 7
	run free-ports A -- ./none
	ends 69
	says './none'
	run free-ports -h
	ends 0
	for bad in '' A 'A --' '-- true' '-x A -- true'; do
		# shellcheck disable=SC2086 # a word each
		free-ports $bad >out 2>err && status=0 || status=$?
		[ "$status" -eq 64 ]
		[ ! -s out ] && has_line 'usage: *' err
	done
	run free-ports A= -- true
	ends 64
}

@test "a standard input that is closed stays closed for the command: it does not become a port" {
	run sh -c 'timeout 300 free-ports A -- cat <&-'
	[ "$status" -ne 124 ]
	run sh -c 'free-ports -h >&-'
	ends 74
}

#!/usr/bin/env bats
# pop3-fetch: what it says to a server, what it stores, and what it never does. The
# server is pop3-server, or where it has to misbehave a transcript that replay performs.
load common

setup() {
	common_setup
	export POP3_PASSWORD='I like pickles'
	mkdir -p mail/bob/new
	echo 'bob:I like pickles' >users
	login=('S:+OK x' 'C:USER bob' 'S:+OK' 'C:PASS I like pickles' 'S:+OK')
	list=("${login[@]}" 'C:UIDL' 'S:+OK')
	bye=('C:QUIT' 'S:+OK')
}
teardown() { common_teardown; }

listens() { serve pop3-server -l 127.0.0.1:0 -n hamburger.edu -u users mail; }

# server LINE...: replay performs these lines, and is waited for by replayed.
server() {
	printf '%s\n' "$@" >script
	serve replay -x -l 127.0.0.1:0 script
}
replayed() {
	wait "$pid" || {
		cat "$server_err" "$server_out"
		return 1
	}
}

# fetch [OPTION...]: its lines go to $output, those on stderr too.
fetch() { run pop3-fetch "$@" -u bob "$address" inbox; }

# holds NAME BYTES: the file of that name in inbox has these octets (escapes of printf %b).
holds() {
	printf '%b' "$2" >expected
	same expected "inbox/$1"
}

# only NAME...: these are all the files in inbox, hidden ones too.
only() { only_in inbox "$@"; }


# From pop3-server.

@test "messages are stored as they are, and what is there is not fetched again" {
	printf 'Subject: x\n\n.\n..y\nend\n' >mail/bob/new/1.a
	printf 'caf\303\251\rbare\nlast' >mail/bob/new/2.b
	: >mail/bob/new/3.c
	listens
	fetch
	ends 0
	[ "$output" = 'fetched 1.a 22 octets
fetched 2.b 16 octets
fetched 3.c 0 octets' ]
	only 1.a 2.b 3.c
	same inbox/1.a mail/bob/new/1.a
	holds 2.b 'caf\0303\0251\rbare\nlast\n'
	same inbox/3.c mail/bob/new/3.c
	echo new >mail/bob/new/0.z
	fetch
	ends 0
	[ "$output" = 'fetched 0.z 4 octets' ]
	[ "$(ls mail/bob/new | wc -l)" -eq 4 ]
	case $(ls -ld inbox) in drwx------*) ;; *) return 1 ;; esac
	case $(ls -l inbox/1.a) in -rw-------*) ;; *) return 1 ;; esac
}

@test "-d deletes on the server what is stored, be it since yesterday" {
	echo one >mail/bob/new/1
	listens
	fetch
	echo two >mail/bob/new/2
	fetch -d
	ends 0
	[ "$output" = 'fetched 2 4 octets' ]
	only 1 2
	is_empty mail/bob/new
}

@test "long lines, many messages, and dots where octets are cut come whole" {
	for n in 16383 16384 16385 32767 32768 32769 100000; do
		awk -v n=$n 'BEGIN { while (i++ < n - 1) printf "x"; print ""; print ".y"; print "." }' \
			>"mail/bob/new/$n"
	done
	for ((n = 0; n < 100; n++)); do printf '.%s\n..\n' "$n" >"mail/bob/new/m$n"; done
	cp -R mail/bob/new all
	listens
	fetch -d
	ends 0
	is_empty mail/bob/new
	diff -r all inbox
}

# What it says.

@test "of an empty mailbox nothing is fetched, and nothing is told" {
	server "${list[@]}" 'S:.' "${bye[@]}"
	fetch -d
	ends 0
	[ -z "$output" ]
	replayed
	only
}

@test "it says USER, PASS, UIDL, RETR and QUIT, and with -d DELE after each RETR" {
	server "${list[@]}" 'S:3 a' 'S:7 b' 'S:.' 'C:RETR 3' 'S:+OK' 'S:one' 'S:.' 'C:RETR 7' 'S:+OK 5 octets' \
		'S:two' 'S:..' 'S:.' "${bye[@]}"
	fetch
	ends 0
	replayed
	holds b 'two\n.\n'
	server "${list[@]}" 'S:1 a' 'S:2 c' 'S:.' 'C:DELE 1' 'S:+OK' 'C:RETR 2' 'S:+OK' 'S:three' 'S:.' \
		'C:DELE 2' 'S:+OK' "${bye[@]}"
	fetch -d
	ends 0
	[ "$output" = 'fetched c 6 octets' ]
	replayed
}

@test "it understands a server whose octets come one at a time" {
	printf '%s\n' "${list[@]}" 'S:1 a' 'S:.' 'C:RETR 1' 'S:+OK' 'S:..' 'S:..x' 'S:' 'S:..' 'S:.' \
		"${bye[@]}" >script
	serve replay -x -c 1 -l 127.0.0.1:0 script
	fetch
	ends 0
	replayed
	holds a '.\n.x\n\n.\n'
}

# Names.

@test "a unique-id is a name and never a path, whatever it is" {
	evil=('../../x' '.' '..' '/etc/passwd' 'a b' '\x1b[2J' '\xff' "$(n_of 70 !)" -rf 'a%2f' '.fetching')
	n=0
	script=("${list[@]}")
	for uidl in "${evil[@]}"; do script+=("S:$((++n)) $uidl"); done
	script+=('S:.')
	for ((i = 1; i <= n; i++)); do script+=("C:RETR $i" 'S:+OK' "S:$i" 'S:.'); done
	server "${script[@]}" "${bye[@]}"
	fetch
	ends 0
	replayed
	only '%2e.%2f..%2fx' '%2e' '%2e.' '%2fetc%2fpasswd' 'a%20b' '%1b%5b2+j' '%ff' "$(n_of 70 %21)" \
		'%2drf' 'a%252f' '%2efetching'
	[ "$(ls -A)" = "$(printf '%s\n' inbox mail script server0.err server0.out users)" ]
}

@test "no two unique-ids have one name: in capitals, with what stands for others, of any length" {
	seventy=$(n_of 70 x)
	many=(a A +a %61 %41 "$seventy" "${seventy}x" "${seventy}y" "$(n_of 300 z)" "$(n_of 300 z)z"
		long-uidl-f560a7f05c7e2a214f63ad43ffc1e9bf8e3a2e2d192d2fd529d7de5cbded9ae8)
	n=0
	script=("${list[@]}")
	for uidl in "${many[@]}"; do script+=("S:$((++n)) $uidl"); done
	script+=('S:.')
	for ((i = 1; i <= n; i++)); do script+=("C:RETR $i" 'S:+OK' "S:$i" 'S:.'); done
	server "${script[@]}" "${bye[@]}"
	fetch
	ends 0
	replayed
	[ "$(ls inbox | wc -l)" -eq "$n" ]
	[ "$(ls inbox | tr '[:upper:]' '[:lower:]' | sort -u | wc -l)" -eq "$n" ]
	[ "$(cat inbox/* | sort -n)" = "$(seq "$n")" ]
	[ -e "inbox/$seventy" ] && [ ! -e "inbox/${seventy}x" ]
}

@test "the longest line that a listing may have gives one name, whatever ends it" {
	for line in "1 $(n_of 996 x)" "1 $(n_of 996 x)\\n" "1 $(n_of 997 x)\\n"; do
		rm -rf inbox
		server "${list[@]}" "S:$line" 'S:2 b' 'S:.' 'C:RETR 1' 'S:+OK' 'S:one' 'S:.' 'C:RETR 2' 'S:+OK' 'S:two' 'S:.' \
			"${bye[@]}"
		fetch
		ends 0
		replayed
		holds b 'two\n'
		server "${list[@]}" "S:$line" 'S:2 b' 'S:.' "${bye[@]}"
		fetch
		ends 0
		[ -z "$output" ]
		replayed
	done
	rm -rf inbox
	server "${list[@]}" "S:1 $(n_of 998 x)\\n" 'S:2 b' 'S:.' 'C:RETR 2' 'S:+OK' 'S:two' 'S:.' "${bye[@]}"
	fetch
	ends 75
	says 'UIDL: a line that is too long'
	replayed
	only b
}

@test "a reply that repeats the password after a NUL does not show it" {
	server 'S:+OK' 'C:USER bob' 'S:+OK' 'C:PASS I like pickles' 'S:+OK\x00I like pickles'
	fetch
	ends 65
	says 'PASS: a NUL in the line: +OK'
	[ "${output#*pickles}" = "$output" ]
}

@test "a unique-id that comes twice names neither: both are stored, by their content" {
	script=("${list[@]}" 'S:1 same' 'S:2 other' 'S:3 same' 'S:.')
	for n in 1 2 3; do script+=("C:RETR $n" 'S:+OK' "S:message $n" 'S:.' "C:DELE $n" 'S:+OK'); done
	server "${script[@]}" "${bye[@]}"
	mkdir inbox
	echo yesterday >inbox/same
	fetch -d
	ends 0
	replayed
	# The SHA-256 of "message 1" and "message 3", each with a line end.
	only same other content-6f8dae7ab36047fb6a276a5a8d8c1c712fa65bcc58645c2e0893fdb6ef0cff75 \
		content-a0fd7d26773df50514782191f9ffa6cddc7d9a600bf8099661e50b460a7bd058
	holds same 'yesterday\n'
}

@test "without UIDL all is fetched, under the names of what is in it, and stored once" {
	no_uidl=("${login[@]}" 'C:UIDL' 'S:-ERR what?' 'C:STAT' 'S:+OK 2 22' 'C:RETR 1' 'S:+OK' 'S:abc' 'S:.'
		'C:RETR 2' 'S:+OK' 'S:abc' 'S:.' "${bye[@]}")
	for again in 1 2; do
		server "${no_uidl[@]}"
		fetch
		ends 0
		says 'has no UIDL'
		replayed
		# The SHA-256 of "abc" and a line end.
		only content-edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb
	done
}

@test "a file that is named by its content has the SHA-256 of it, whatever its length" {
	command -v sha256sum >/dev/null || skip "no sha256sum(1)"
	lengths='0 54 55 56 62 63 64 118 119 120 127 128'
	script=("${login[@]}" 'C:UIDL' 'S:-ERR' 'C:STAT' 'S:+OK 12 1')
	for n in $lengths; do # and a line end
		script+=('C:RETR {any}' 'S:+OK' "S:$(n_of "$n" x)" 'S:.')
	done
	server "${script[@]}" "${bye[@]}"
	fetch
	ends 0
	(cd inbox && sha256sum content-*) | sed 's/ .content-/ /' >digests
	has_exactly 12 '*' digests
	awk '$1 != $2 { exit bad = 1 } END { exit bad }' digests
}

# What a server says.

@test "-ERR to the password is for good: 69; in use, or not greeted at all, is for later: 75" {
	server 'S:+OK' 'C:USER bob' 'S:+OK' 'C:PASS I like pickles' 'S:-ERR [AUTH] no' 'C:QUIT'
	fetch
	ends 69
	says "pop3-fetch: $address: PASS: refused: -ERR [AUTH] no"
	replayed
	server 'S:+OK' 'C:USER bob' 'S:-ERR who?' 'C:QUIT'
	fetch
	ends 69
	for code in IN-USE in-use SYS/TEMP LOGIN-DELAY; do
		server 'S:+OK' 'C:USER bob' 'S:+OK' 'C:PASS I like pickles' "S:-ERR [$code] now" 'C:QUIT'
		fetch
		ends 75
	done
	server 'S:-ERR too many' '!S closes'
	fetch
	ends 75
	says 'greeting: refused: -ERR too many'
}

@test "-ERR to one RETR or DELE does not keep it from the others, and it is for later: 75" {
	server "${list[@]}" 'S:1 a' 'S:2 b' 'S:3 c' 'S:.' 'C:RETR 1' 'S:-ERR gone' 'C:RETR 2' 'S:+OK' 'S:.' \
		'C:DELE 2' 'S:-ERR no' 'C:RETR 3' 'S:+OK' 'S:.' 'C:DELE 3' 'S:+OK' "${bye[@]}"
	fetch -d
	ends 75
	says 'RETR: refused: -ERR gone'
	says 'DELE: refused: -ERR no'
	replayed
	only b c
	server "${list[@]}" 'S:.' 'C:QUIT' 'S:-ERR could not delete'
	fetch
	ends 75
	server "${login[@]}" 'C:UIDL' 'S:-ERR' 'C:STAT' 'S:-ERR' "${bye[@]}"
	fetch
	ends 75
}

@test "a connection that is lost, wherever, is 75, and leaves nothing half-written" {
	whole=("${list[@]}" 'S:1 a' 'S:2 b' 'S:.' 'C:RETR 1' 'S:+OK' 'S:one' 'S:.' 'C:DELE 1' 'S:+OK' 'C:RETR 2'
		'S:+OK' 'S:two' 'S:.\c')
	# shellcheck disable=SC2016
	for ((n = 0; n <= ${#whole[@]}; n++)); do
		case ${whole[n]-} in C:*) continue ;; esac
		rm -rf inbox
		server "${whole[@]:0:n}" '!S closes'
		fetch -d
		ends 75
		says ': the connection was lost'
		if [ "$n" -gt 13 ]; then only a && holds a 'one\n'; else only; fi
	done
	server "${list[@]}" 'S:.' 'C:QUIT' '!S closes'
	fetch
	ends 75
	server "${list[@]}" 'S:1 c' 'S:.' 'C:RETR 1' 'S:+OK' 'S:half' '!S resets'
	fetch
	ends 75
	only a
}

@test "nobody there is 75" {
	run pop3-fetch -u bob 127.0.0.1:1 inbox
	ends 75
	says 'pop3-fetch: 127.0.0.1:1: '
}

@test "what is no POP3 is 65, and told without what could command a terminal" {
	server 'S:220 \x1b[2J'
	fetch
	ends 65
	says 'greeting: not a reply of POP3: 220 \x1b[2J'
	for reply in +OKAY '+ok' '-ERROR' '' '+OK\x00' "+OK $(n_of 1200 x)"; do
		server "S:$reply"
		fetch
		ends 65
	done
	server 'S:+OK' 'C:USER bob' 'S:+OK' 'C:PASS I like pickles' 'S:-ERR \x1b]0;x\x07\xff'
	fetch
	ends 69
	says 'refused: -ERR \x1b]0;x\x07\xff'
}

@test "a list without a number of messages is 65, and nothing is fetched or deleted" {
	for stat in '' '\x20' ' x' ' 1' ' -1 2' ' 1000001 1'; do
		server "${login[@]}" 'C:UIDL' 'S:-ERR' 'C:STAT' "S:+OK$stat"
		fetch -d
		ends 65
	done
	only
}

# The folder.

@test "a full folder is told, 74, and nothing half-written is left" {
	listens
	echo small >mail/bob/new/1
	awk 'BEGIN { while (i++ < 10000) print "a line of the message" }' >mail/bob/new/2
	run bash -c "ulimit -f 32; pop3-fetch -d -u bob $address inbox"
	ends 74
	says 'pop3-fetch: inbox: '
	only 1
	cmp mail/bob/new/1 inbox/1 # QUIT was not said
	echo >mail/bob/new/3
	fetch -d
	ends 0
	only 1 2 3
	is_empty mail/bob/new
}

@test "what an earlier program left half-written is cleared away; other files are not touched" {
	mkdir -p inbox/2
	echo half >inbox/.fetching
	echo one >mail/bob/new/1
	echo two >mail/bob/new/2
	ln -s nowhere inbox/3
	echo three >mail/bob/new/3
	listens
	fetch -d
	ends 74
	says 'pop3-fetch: inbox/2: '
	only 1 2 3
	rmdir inbox/2
	fetch -d
	ends 74
	says 'pop3-fetch: inbox/3: '
	only 1 2 3
	[ -L inbox/3 ] && [ -f inbox/2 ]
	[ "$(ls mail/bob/new | wc -l)" -eq 3 ]
}

@test "a DIR that cannot be made is 74; one in which another pop3-fetch is at work is 75" {
	: >file
	listens
	run pop3-fetch -u bob "$address" file
	ends 74
	run pop3-fetch -u bob "$address" no/such/folder
	ends 74
	mkfifo hold
	server 'S:+OK' 'C:USER bob' '!wait 1' '!S closes'
	pop3-fetch -u bob "$address" inbox >out 2>&1 3>&- &
	other=$!
	until_true has_line '*USER*' "$server_out"
	fetch
	ends 75
	says 'pop3-fetch: inbox: '
	wait "$other" || [ $? -eq 75 ]
}

# The password, and the command line.

@test "a server that repeats the password does not bring it to the screen" {
	for reply in '-ERR bad: PASS I like pickles' 'I like pickles'; do
		server 'S:+OK' 'C:USER bob' 'S:+OK' 'C:PASS I like pickles' "S:$reply" 'C:{lines}'
		fetch
		says '(it repeats the password)'
		[ "${output#*pickles}" = "$output" ]
	done
}

@test "the password is shown nowhere, and is one line" {
	POP3_PASSWORD='not pickles'
	listens
	fetch
	ends 69
	[ "${output#*pickles}" = "$output" ]
	[ ! -s "$server_err" ]
	for POP3_PASSWORD in "$(printf 'x\r\nDELE 1')" "$(printf 'a\nb')" "$(n_of 249 x)"; do
		fetch
		ends 64
	done
	POP3_PASSWORD=$(n_of 248 x)
	echo "bob:$POP3_PASSWORD" >users
	listens
	fetch
	ends 0
}

@test "without POP3_PASSWORD it is asked for on the terminal, and not shown there" {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no script(1) that runs a command"
	unset POP3_PASSWORD
	echo hi >mail/bob/new/1
	listens
	# It is typed once it is asked for, when echo is off.
	mkfifo typed
	script -qec "pop3-fetch -u bob $address inbox; echo \"ended \$?\"; stty -a" /dev/null <typed >screen 2>&1 3>&- &
	exec 4>typed
	until_true has_line '*Password of bob at*' screen
	echo 'I like pickles' >&4
	until_true has_line '*[!-]echo *' screen
	exec 4>&-
	wait $!
	has_line '*fetched 1 3 octets*' screen
	has_line '*ended 0*' screen
	[ -z "$(grep pickles screen)" ]
	holds 1 'hi\n'
}

@test "without POP3_PASSWORD and without a terminal it is 66" {
	command -v setsid >/dev/null || skip "no setsid(1)"
	unset POP3_PASSWORD
	run setsid -w pop3-fetch -u bob 127.0.0.1:1 inbox </dev/null
	ends 66
	says 'pop3-fetch: password: '
}

@test "-h prints the usage and exits 0; a wrong argument prints it on stderr, 64" {
	run pop3-fetch -h
	ends 0
	says 'usage: pop3-fetch [-d] -u USER HOST:PORT DIR'
	for wrong in '' '-u bob' '-u bob 127.0.0.1:1' '127.0.0.1:1 inbox' '-u bob host inbox' \
		'-u bob 127.0.0.1:1 inbox more' '-x -u bob 127.0.0.1:1 inbox'; do
		status=0
		# shellcheck disable=SC2086 # a word each
		pop3-fetch $wrong </dev/null >out 2>err || status=$?
		[ "$status" -eq 64 ] && [ ! -s out ] && has_line 'usage: pop3-fetch*' err || {
			echo "pop3-fetch $wrong: expected 64 and the usage, got $status"
			return 1
		}
	done
	for user in '' "$(printf 'a\r\nDELE 1')" "$(n_of 249 x)"; do
		run pop3-fetch -u "$user" 127.0.0.1:1 inbox
		ends 64
	done
	[ ! -e inbox ]
}

# The end of everything.

@test "kill -9 of client or server, whenever, loses nothing and leaves nothing half-written" {
	body=$(n_of 300 'line of the message\\n')
	for ((n = 100; n < 160; n++)); do printf '%b' "Subject: $n\\n\\n$body.end $n\\n" >"mail/bob/new/$n"; done
	cp -R mail/bob/new all
	for ((killed = 0; killed < ${KILLINGS-6}; killed++)); do
		listens
		pop3-fetch -d -u bob "$address" inbox >fetched 2>/dev/null 3>&- &
		client=$!
		until_true eval "has_lines $((1 + RANDOM % 8)) 'fetched*' fetched || ! kill -0 $client"
		if [ $((killed % 2)) -eq 0 ]; then kill -9 "$client" || :; else kill -9 "$pid" || :; fi
		wait "$client" || :
		kill -9 "$pid" 2>/dev/null || :
		wait "$pid" || :
		[ "$(LC_ALL=C diff -r all inbox | grep -cv '^Only in ')" -eq 0 ]
		rm -rf both && mkdir both
		cp -R mail/bob/new/. inbox/. both
		rm -f both/.fetching
		diff -r all both
	done
	listens
	fetch -d
	ends 0
	is_empty mail/bob/new
	rm -f inbox/.fetching
	diff -r all inbox
}

# Limits on waiting are for the whole of a reply, and for each piece of what is sent or
# received: whoever says a little now and then holds nobody for ever. Time runs 200 times
# as fast for the client (hasty.c), so that five minutes are 1.5 seconds.
load common

setup() {
	common_setup
	{ IFS= read -r compiler && IFS= read -r sanitizers; } <"$build/compiler"
	[ -z "$sanitizers" ] || skip "no library may come before that of $sanitizers"
	library=hasty.so
	$compiler -fPIC -shared -o "$library" "$root/tests/hasty.c" -ldl 2>/dev/null ||
		skip "no library can be loaded before libc here"
	introduction=('S:220 x' 'C:EHLO {any}' 'S:250 x' 'C:MAIL {any}' 'S:250 x' 'C:RCPT {any}' 'S:250 x')
}
teardown() { common_teardown; }

# server LINE...: replay performs these lines, once.
server() {
	printf '%s\n' "$@" >script
	serve replay -l 127.0.0.1:0 script
}
# hasty COMMAND...: time runs so fast for it.
hasty() { HASTE=200 preloads "$library" "$@"; }
# slowly TIMES LINE: it is said so many times, and before each there is a pause.
slowly() {
	local i
	for ((i = 0; i < $1; i++)); do printf '!wait 0.5\n%s\n' "$2"; done
}

@test "a reply whose lines come slowly is given up, though each is in time" {
	server "$(slowly 12 'S:220-x')" 'S:220 x' 'C:{lines}'
	run hasty smtp-send -f a@crepes.fr -t bob@hamburger.edu "$address" "$root/LICENSE"
	ends 75
	says "not tried: nothing came in time"
}

@test "a reply in two lines, both in time, is one" {
	server 'S:220-x' 'S:220 x' 'C:EHLO {any}' 'S:550 x' 'C:HELO {any}' 'S:550 x' 'C:{lines}'
	run hasty smtp-send -f a@crepes.fr -t bob@hamburger.edu "$address" "$root/LICENSE"
	ends 69
}

@test "a client that takes no piece of a message for three minutes is given up" {
	server "${introduction[@]}" 'C:DATA' 'S:354 x' '!wait 120' 'C:{lines}'
	awk 'BEGIN { while (n++ < 400000) print "Do you like ketchup? How about pickles?" }' >message
	run hasty smtp-send -f a@crepes.fr -t bob@hamburger.edu "$address" message
	ends 75
	says "--- <bob@hamburger.edu> message nothing came in time"
	! grep -q '^C:Do you' "$server_out" # which waits still
}

@test "pop3-fetch: a list, and a message, that trickle in are given up" {
	export POP3_PASSWORD=x
	login=('S:+OK x' 'C:USER bob' 'S:+OK' 'C:PASS x' 'S:+OK' 'C:UIDL' 'S:+OK')
	server "${login[@]}" "$(for i in 1 2 3 4 5 6 7 8 9; do slowly 1 "S:$i u$i"; done)" 'S:.' 'C:{lines}'
	run hasty pop3-fetch -u bob "$address" inbox
	ends 75
	says "nothing came in time"
	server "${login[@]}" 'S:1 u1' 'S:.' 'C:RETR 1' 'S:+OK' "$(slowly 12 'S:a line')" 'S:.' 'C:{lines}'
	run hasty pop3-fetch -u bob "$address" inbox
	ends 75
	says "nothing came in time"
	is_empty inbox
}

@test "http-get: chunks, and a body, that trickle in are given up after -i" {
	server 'C:GET /x HTTP/1.1' 'C:{lines}' 'C:' 'S:HTTP/1.1 200 OK' 'S:Transfer-Encoding: chunked' 'S:' \
		"$(slowly 20 'S:1
S:a')" 'S:0' 'S:'
	run http-get -i 2s "http://$address/x"
	ends 75
	says "nothing more came in time"
	server 'C:GET /x HTTP/1.1' 'C:{lines}' 'C:' 'S:HTTP/1.1 200 OK' 'S:Content-Length: 40' 'S:' \
		"$(slowly 20 'S:\n')" "$(slowly 20 'S:\n')"
	run http-get -i 2s "http://$address/x"
	ends 75
}

@test "an orphaned smtp-send ends at once, also while it writes" {
	mkdir -p queue/new
	server "${introduction[@]}" 'C:DATA' 'S:354 x' '!wait 120' 'C:{lines}'
	echo "hamburger.edu $address" >routes
	{
		printf 'MAIL FROM:<alice@crepes.fr> SIZE=16400000\nRCPT TO:<bob@hamburger.edu>\n\n'
		awk 'BEGIN { while (n++ < 400000) print "Do you like ketchup? How about pickles?" }'
	} >"queue/new/$(date +%s).x"
	mail-queue -m routes queue 2>log 3>&- </dev/null &
	queue=$!
	until_true grep -q '^!wait\|^S:354' "$server_out"
	kill -9 "$queue"
	wait "$queue" || :
	until_true mail-queue -1 -m /dev/null -g 4h queue
}

@test "smtp-send that nobody hears ends at once, also while it dials" {
	{
		NO_ANSWER=1 preloads "$library" timeout 60 smtp-send -f a@crepes.fr -t bob@hamburger.edu \
			127.0.0.1:25 "$root/LICENSE" 2>err || echo $? >status
	} | :
	cat err
	reads status 74
	grep 'Operation canceled' err
}

@test "wiretap -d: a close that becomes due between two looks at the clock arrives" {
	for way in 14ms 15ms; do
		server 'S:220 x' 'C:QUIT' '!C closes' 'S:221 x' '!S closes'
		serve env BUSY=1 LD_PRELOAD="$library" LD_LIBRARY_PATH="$work" \
			wiretap -d "$way" -l 127.0.0.1:0 "$address"
		run replay -x -i 10s "$address" script
		ends 0
	done
}

#!/usr/bin/env bats
# In step: a reply answers a command, so what is here before the command is no reply to it; and a
# reply means what it means where it comes. The servers are transcripts that replay performs.
load common

setup() {
	common_setup
	printf 'Do you like ketchup?\n' >letter
	greets=('S:220 x' 'C:EHLO localhost' 'S:250 x')
	to_rcpt=('C:MAIL FROM:<a@b>' 'S:250 x' 'C:RCPT TO:<bob@h>')
	to_data=("${to_rcpt[@]}" 'S:250 x' 'C:DATA')
	export POP3_PASSWORD=x
	login=('S:+OK hi' 'C:USER bob' 'S:+OK' 'C:PASS x' 'S:+OK')
	list=("${login[@]}" 'C:UIDL' 'S:+OK')
}
teardown() { common_teardown; }

# server LINE...: replay performs these lines.
server() {
	printf '%s\n' "$@" >script
	serve replay -l 127.0.0.1:0 script
}

# sent CODE...: smtp-send has two letters for Bob; their lines begin with these codes.
sent() {
	local got
	run smtp-send -f a@b -t bob@h "$address" letter letter
	got=$(printf '%s\n' "$output" | awk '/ <bob@h> letter / { printf "%s ", $1 }')
	[ "$got" = "$* " ] && return 0
	printf 'expected %s\ngot      %s, with: %s\n' "$*" "$got" "$output"
	return 1
}

# said LINE...: the client has said these lines, as replay has heard them, and no others.
said() {
	local got
	wait "$pid" || :
	got=$(grep '^C:' "$server_out" | tr '\n' ' ')
	[ "$got" = "$*${1+ }" ] && return 0
	printf 'expected %s\ngot      %s\n' "$*" "$got"
	return 1
}

# SMTP.

@test "a second reply to a command is no reply to the next: 75, and nothing more is said" {
	server 'S:220 x' 'S:250 early' 'C:{lines}'
	sent --- ---
	ends 75
	says 'out of step: a reply came before its command'
	said
	server 'S:220 x' 'C:EHLO localhost' 'S:250 x' 'S:550 no' 'C:{lines}'
	sent --- ---
	ends 75
	said 'C:EHLO localhost'
	server "${greets[@]}" 'C:MAIL FROM:<a@b>' 'S:250 x' 'S:250 x' 'C:{lines}'
	sent --- ---
	ends 75
	said 'C:EHLO localhost' 'C:MAIL FROM:<a@b>'
	server "${greets[@]}" "${to_rcpt[@]}" 'S:250 x' 'S:354 go on' 'C:{lines}'
	sent --- ---
	ends 75
	said 'C:EHLO localhost' 'C:MAIL FROM:<a@b>' 'C:RCPT TO:<bob@h>'
}

@test "what comes with 354 is no reply to the dot, and the dot is not said" {
	for early in '250 early' '550 no' '451 later' '354 go on' 'what?'; do
		server "${greets[@]}" "${to_data[@]}" 'S:354 go on' "S:$early" 'C:{lines}' 'C:.' 'S:250 x' 'C:{lines}'
		sent --- ---
		ends 75
		wait "$pid" || :
		! grep -x 'C:\.' "$server_out" || return 1
	done
}

@test "a second reply to the dot is no reply to the next message, nor to QUIT" {
	for second in '550 carol is not here' '250 x' '451 later'; do
		server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'C:{lines}' 'C:.' 'S:250 x' "S:$second" 'C:{lines}'
		sent 250 ---
		ends 75
		said 'C:EHLO localhost' 'C:MAIL FROM:<a@b>' 'C:RCPT TO:<bob@h>' C:DATA 'C:Do you like ketchup?' C:.
	done
	server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'C:{lines}' 'C:.' 'S:250 x' 'S:250 y' 'C:{lines}'
	run smtp-send -f a@b -t bob@h "$address" letter
	ends 75
	says '250 <bob@h> letter x'
	says 'out of step'
}

@test "mail-queue bounces no message for a reply to another: it waits" {
	mkdir mail
	smtp-server -n crepes.fr -q queue mail >replies < <(printf '%s\r\n' 'HELO crepes.fr' \
		'MAIL FROM:<a@b>' 'RCPT TO:<bob@h>' DATA one . 'MAIL FROM:<a@b>' 'RCPT TO:<bob@h>' DATA two . QUIT)
	server 'S:220 x' 'C:{any}' 'S:250 x' 'C:{any}' 'S:250 x' 'C:{any}' 'S:250 x' C:DATA 'S:354 x' 'C:{lines}' \
		C:. 'S:250 x' 'S:550 carol is not here' 'C:{lines}'
	echo "h $address" >routes
	run mail-queue -1 -n crepes.fr -m routes queue
	says 'delivered: 250 x'
	says 'put off 30m: out of step'
	[ "$(ls queue/new | wc -l)" -eq 1 ]
	grep -qx two queue/new/*
}

@test "421 may come unasked at any moment, and is for later" {
	server 'S:220 x' 'S:421 bye' '!S closes'
	sent 421 ---
	ends 75
	server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'C:{lines}' 'C:.' 'S:250 x' 'S:421 bye' '!S closes'
	sent 250 421
	ends 75
	server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'C:{lines}' 'C:.' 'S:250 x' 'S:421-bye' 'S:421 bye' '!S closes'
	run smtp-send -f a@b -t bob@h "$address" letter
	ends 0
	server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'S:421 bye' 'C:{lines}'
	sent 421 ---
	ends 75
}

@test "a message may be refused before its end by a server that closes then" {
	head -c 3000000 /dev/zero | tr '\0' '\n' >letter
	for no in '552-too' '451-full'; do
		server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'C:' 'C:' "S:$no" "S:${no%-*} x" '!S closes' 'C:{lines}'
		sent "${no%-*}" ---
		says "${no%-*} <bob@h> letter ${no#*-} x"
	done
	printf 'Do you like ketchup?\n' >letter
	server "${greets[@]}" "${to_data[@]}" 'S:354 go on' 'S:550 no' '!S closes' 'C:{lines}'
	sent 550 ---
}

@test "552 to a recipient is for later once another was taken, and for good before that" {
	server "${greets[@]}" "${to_rcpt[@]}" 'S:250 x' 'C:RCPT TO:<carol@h>' 'S:552 too many recipients' \
		C:DATA 'S:354 go on' 'C:{lines}' C:. 'S:250 taken' C:QUIT 'S:221 x'
	run smtp-send -f a@b -t bob@h -t carol@h "$address" letter
	ends 75
	says '452 <carol@h> letter 552 too many recipients'
	says '250 <bob@h> letter taken'
	server "${greets[@]}" "${to_rcpt[@]}" 'S:552 his mailbox is full' 'C:RCPT TO:<carol@h>' 'S:250 x' \
		'C:RCPT TO:<dave@h>' 'S:552-too' 'S:552 many' \
		C:DATA 'S:354 go on' 'C:{lines}' C:. 'S:250 taken' C:QUIT 'S:221 x'
	run smtp-send -f a@b -t bob@h -t carol@h -t dave@h "$address" letter
	ends 75
	says '552 <bob@h> letter his mailbox is full'
	says '452 <dave@h> letter 552 too many'
	server "${greets[@]}" "${to_rcpt[@]}" 'S:250 x' 'C:RCPT TO:<carol@h>' 'S:550 who?' \
		C:DATA 'S:354 go on' 'C:{lines}' C:. 'S:552 too large' C:RSET 'S:250 x' C:QUIT 'S:221 x'
	run smtp-send -f a@b -t bob@h -t carol@h "$address" letter
	ends 69
	says '552 <bob@h> letter too large'
}

@test "lines of one reply with several codes are no reply" {
	for reply in '250-x,550 no' '250-x,250-y,251 z' '550-x,250 y' '421-x,250 y'; do
		server "${greets[@]}" "${to_rcpt[@]}" "S:${reply%,*}" "S:${reply##*,}" 'C:{lines}'
		sed 's/,/\nS:/' script >script2 && mv script2 script
		sent --- ---
		ends 75
		says 'not a reply of SMTP'
	done
	server 'S:220-x' 'S:554 no' 'C:{lines}'
	sent --- ---
	ends 75
}

@test "of the reply to EHLO the first line is a name, and one bad line costs no other" {
	server 'S:220-x' 'S:220-SIZE' 'S:220 8BITMIME' 'C:EHLO localhost' 'S:250-8BITMIME' 'S:250-' 'S:250-SIZES 3' \
		'S:250-\xff=?' 'S:250 SIZE many' 'C:MAIL FROM:<a@b> SIZE=4' 'S:250 x' 'C:RCPT TO:<bob@h>' 'S:250 x' \
		C:DATA 'S:354 x' 'C:é' 'C:.' 'S:250 x' C:QUIT 'S:221 x'
	printf '\303\251\n' >letter
	run smtp-send -f a@b -t bob@h "$address" letter
	ends 0
	says 'no 8BITMIME there'
	wait "$pid"
}

@test "a server whose lines end in LF is refused at once, with one line" {
	server 'S:220 x\n' 'C:{lines}'
	sent --- ---
	ends 75
	says '--- <bob@h> letter not tried: its lines end in LF, not in CRLF'
	said
	server 'S:220 x' 'C:EHLO localhost' 'S:250-x' 'S:250 y\n' 'C:{lines}'
	sent --- ---
	ends 75
	server 'S:+OK hi\n' 'C:{lines}'
	run pop3-fetch -u bob "$address" inbox
	ends 65
	[ "$output" = "pop3-fetch: $address: greeting: its lines end in LF, not in CRLF" ]
	server "${login[@]}" 'C:UIDL' 'S:+OK\n' 'S:1 a\n' 'S:.\n' 'C:{lines}'
	run pop3-fetch -u bob "$address" inbox
	ends 65
	for text in 'Subject: x\n' '\n' "$(n_of 1000 a)\\n"; do
		server "${list[@]}" 'S:1 a' 'S:.' 'C:RETR 1' 'S:+OK' "S:$text" 'S:\n' 'S:.\n' 'C:{lines}'
		run pop3-fetch -d -u bob "$address" inbox
		ends 65
		[ "$output" = "pop3-fetch: $address: RETR: its lines end in LF, not in CRLF" ]
		said 'C:USER bob' 'C:PASS x' C:UIDL 'C:RETR 1'
	done
	is_empty inbox
}

# POP3.

@test "pop3-fetch stores and deletes nothing once a reply came before its command" {
	fetch() {
		run pop3-fetch -d -u bob "$address" inbox
		ends 75 && says 'out of step: a reply came before its command'
	}
	server 'S:+OK hi' 'S:+OK' 'C:{lines}'
	fetch
	said
	server 'S:+OK hi' 'C:USER bob' 'S:+OK' 'S:+OK' 'C:{lines}'
	fetch
	said 'C:USER bob'
	server "${login[@]}" 'S:+OK' 'C:{lines}'
	fetch
	said 'C:USER bob' 'C:PASS x'
	server "${list[@]}" 'S:1 a' 'S:2 b' 'S:.' 'S:+OK' 'C:{lines}'
	fetch
	said 'C:USER bob' 'C:PASS x' C:UIDL
	is_empty inbox
	server "${list[@]}" 'S:1 a' 'S:2 b' 'S:.' 'C:RETR 1' 'S:+OK' 'S:one' 'S:.' 'S:+OK' 'C:{lines}'
	fetch
	said 'C:USER bob' 'C:PASS x' C:UIDL 'C:RETR 1'
	is_empty inbox # else the next would delete there what it never had
	server "${list[@]}" 'S:1 a' 'S:.' 'C:RETR 1' 'S:+OK' 'S:one' 'S:.' 'C:DELE 1' 'S:+OK' 'S:-ERR' 'C:{lines}'
	fetch
	said 'C:USER bob' 'C:PASS x' C:UIDL 'C:RETR 1' 'C:DELE 1'
}

# listed LINE... . SAID...: pop3-fetch -d is given this list, and then says these commands.
listed() {
	local lines=() asks=() number
	while [ "$1" != . ]; do
		lines+=("S:$1")
		shift
	done
	shift
	for number; do
		asks+=("C:RETR $number" 'S:+OK' "S:text $number" S:. "C:DELE $number" 'S:+OK')
	done
	rm -rf inbox
	server "${list[@]}" "${lines[@]}" S:. "${asks[@]}" C:QUIT 'S:+OK'
	run pop3-fetch -d -u bob "$address" inbox
	wait "$pid" || {
		cat "$server_err"
		return 1
	}
}

@test "one bad line of a list of unique-ids costs its own message at most" {
	for line in '1' '1\x20'; do
		listed "$line" '2 b' . 2 1
		ends 0
		grep -qx 'text 1' inbox/content-*
		has_line 'text 2' inbox/b
	done
	for line in 'x a' '0 a' '-1 a' '+1 a' ' 1 a' '1a' '1000001 a' '99999999999999999999 a' '' '1 a\x00b' "1 $(n_of 1000 x)"; do
		listed "$line" '2 b' . 2
		ends 75
		says 'pop3-fetch: '
		has_line 'text 2' inbox/b
	done
}

@test "numbers of a list may come in any order, and one that comes twice is no name" {
	listed '3 c' '1 a' '2 b' . 3 1 2
	ends 0
	[ "$(cat inbox/a inbox/b inbox/c | tr '\n' ' ')" = 'text 1 text 2 text 3 ' ]
	listed '2 b' '1' '3 c' . 2 3 1
	ends 0
	mkdir -p twice
	echo yesterday >twice/b
	server "${list[@]}" 'S:1 b' 'S:1 a' S:. 'C:RETR 1' 'S:+OK' 'S:text 1' S:. 'C:DELE 1' 'S:+OK' \
		'C:RETR 1' 'S:-ERR deleted' C:QUIT 'S:+OK'
	run pop3-fetch -d -u bob "$address" twice
	ends 75
	grep -qx 'text 1' twice/content-*
	wait "$pid"
}

# HTTP.

@test "a part of an object that was not asked for is not the object: 65, and nothing is kept" {
	for head in '206 Partial Content' '226 IM Used'; do
		server 'C:GET /f HTTP/1.1' 'C:Host: {any}' 'C:' "S:HTTP/1.1 $head" 'S:Content-Range: bytes 0-0/5' \
			'S:Content-Length: 1' 'S:' 'S:h\c'
		run http-get -o got "http://$address/f"
		ends 65
		[ "$output" = "http-get: http://$address/f: a part of it, which was not asked for" ]
		[ -z "$(ls -A got 2>/dev/null)" ]
	done
	server 'C:GET /f HTTP/1.1' 'C:Host: {any}' 'C:' 'S:HTTP/1.1 206 x' \
		'S:Content-Type: multipart/byteranges; boundary=b' 'S:' 'S:--b' '!S closes'
	run http-get "http://$address/f"
	ends 65
	says 'not asked for'
}

@test "an answer of HTTP that comes before its request is no answer to it" {
	# The first server answers twice, the second time a while later; meanwhile another is asked.
	server 'C:GET /a HTTP/1.1' 'C:Host: {any}' 'C:' 'S:HTTP/1.1 200 x' 'S:Content-Length: 2' 'S:' 'S:a\n' \
		'S:HTTP/1.1 200 x' 'S:Content-Length: 5' 'S:' 'S:evil\n' 'C:{lines}'
	run http-get "http://$address/a" "http://$address/b"
	[ "${output%%http-get*}" = 'a
' ]
	[ "$status" -eq 75 ]
}

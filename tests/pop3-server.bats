#!/usr/bin/env bats
# pop3-server: bytes in, bytes out. Most of it is a conversation on standard input and
# output; what needs several clients, or time, goes over TCP.
load common

setup() {
	common_setup
	lesson=$root/lessons/12-the-mailbox
	mkdir -p mail/bob/new mail/bob/cur mail/bob/tmp mail/carol
	printf 'bob:I like pickles\ncarol:secret\n' >users
	login='USER bob\r\nPASS I like pickles\r\n'
}
teardown() { common_teardown; }

# given BYTES [OPTION...]: what the client says in one conversation, in the escapes
# of printf %b; what the server says to it goes to the file replies.
given() {
	local bytes=$1
	shift
	printf '%b' "$bytes" >said
	pop3-server -n hamburger.edu "$@" -u users mail <said >replies
}

# went WORD...: the first octet of each line it said, in order: + or -. (Not for listings.)
went() {
	local line got=
	while IFS= read -r line; do got=$got${line:0:1}; done <replies
	[ "$got" = "$1" ] && return 0
	printf 'expected %s, got %s, with:\n' "$1" "$got"
	cat -vet replies
	return 1
}

# message NAME BYTES: a message in bob's mailbox, in new unless NAME says cur/.
message() {
	case $1 in */*) ;; *) set -- "new/$1" "$2" ;; esac
	printf '%b' "$2" >"mail/bob/$1"
}

listens() { serve pop3-server -l 127.0.0.1:0 -n hamburger.edu "$@" -u users mail; }
stopped_well() {
	local status=0
	wait "$pid" || status=$?
	[ "$status" -eq 0 ] && return 0
	echo "expected exit status 0, got $status"
	return 1
}

# can_log_in: bob's mailbox is not locked, sooner or later.
can_log_in() {
	given "$login"'QUIT\r\n'
	! has_line '*IN-USE*' replies
}

# The lesson.

@test "every sentence of tests/conversations/pop3-server holds" { conversations pop3-server; }

@test "the lesson's transcript is held in its very words, whole and in pieces" {
	listens
	for size in 200 1; do
		cp "$lesson"/*.eml mail/bob/new
		replay -x -c $size "$address" "$lesson/expected.txt" >heard
		[ "$(ls mail/bob/new)" = 1-question.eml ]
	done
}

@test "a wrong user and a wrong password are told the same, as late, and the third time closes" {
	listens
	SECONDS=0
	replay -x "$address" "$lesson/failed-login.txt" >heard
	[ "$SECONDS" -ge 2 ]
	[ ! -s "$server_err" ]
}

# Who he is.

@test "a password in other case, that goes on, or that ends too soon, is wrong; so is an empty one" {
	said=
	n=0
	for password in 'I LIKE pickles' 'I like pickles.' 'I like pickles ' 'I like pickle' \
		' I like pickles' 'secret' ''; do
		n=$((n + 1))
		printf 'USER bob\r\nPASS %s\r\nNOOP\r\n' "$password" >"said$n"
		pop3-server -u users mail <"said$n" >"wrong$n" 3>&- &
		said="$said $!"
	done
	for pid in $said; do wait "$pid"; done
	for n in 1 2 3 4 5 6 7; do
		read_in "wrong$n"
		printf '%s' "$content" >replies
		went ++--
		has_line '-ERR [[]AUTH] wrong user or password*' replies
	done
}

@test "a wrong password keeps nobody else waiting, and TERM ends the wait" {
	message 1 'hi\n'
	listens
	dial
	hear '+OK*'
	say 'USER bob\r\nPASS x\r\n'
	hear '+OK*'
	printf '%s\n' 'S:+OK {any}' 'C:USER bob' 'S:+OK {any}' 'C:PASS I like pickles' \
		'S:+OK {any}' 'C:QUIT' 'S:+OK {any}' >transcript
	for n in 1 2 3; do replay -x "$address" transcript >heard; done
	kill -TERM "$pid"
	hear '-ERR [[]AUTH]*'
	silence
	stopped_well
}

# The lock.

@test "a mailbox is one session's at a time, and free again however that ends" {
	message 1 'hi\n'
	listens
	dial
	hear '+OK*'
	say "$login"
	hear '+OK*'
	hear '+OK 1 message*'
	printf '%s\n' 'S:+OK {any}' 'C:USER bob' 'S:+OK {any}' 'C:PASS I like pickles' \
		'S:-ERR [IN-USE] {any}' 'C:USER carol' 'S:+OK {any}' 'C:PASS secret' \
		'S:+OK 0 messages (0 octets)' 'C:QUIT' 'S:+OK {any}' >other
	replay -x "$address" other >heard # another thread of the process
	given "$login"                    # another process
	grep -q '^-ERR \[IN-USE\]' replies
	say 'QUIT\r\n'
	hear '+OK*'
	given "$login"'QUIT\r\n'
	went ++++
	hang_up
	dial
	say "$login"
	hear '+OK*' && hear '+OK*' && hear '+OK*'
	hang_up
	until_true can_log_in
	dial
	say "$login"
	hear '+OK*' && hear '+OK*' && hear '+OK*'
	kill -9 "$pid"
	wait "$pid" || :
	until_true can_log_in
}

# What is in it.

@test "lines and messages may be long: they are sent to the octet" {
	awk 'BEGIN { while (i++ < 70000) printf "."; print ""; for (i = 0; i < 20000; i++) print "." i }' \
		>mail/bob/new/1
	for end in 16383 16384 16385 32767 32768 32769; do # where a line ends, or begins with a dot
		awk -v n=$end 'BEGIN { while (i++ < n - 1) printf "x"; print ""; print ".y" }' \
			>"mail/bob/new/$end"
	done
	given "$login$(n_of 7 'RETR 0\\r\\n' | awk '{ gsub(/0/, "#"); for (i = 1; i < 8; i++) sub(/#/, i); print }')"
	awk '/^\+OK [0-9]+ octets/ { inside = 1; print $2; size = 0; next }
		/^\.\r$/ { if (inside) print size; inside = 0 }
		inside { sub(/^\./, ""); size += length($0) + 1; print >"got"; }' replies >sizes
	awk 'NR % 2 { said = $1; next } said != $1 { exit bad = 1 } END { exit bad || NR != 14 }' sizes
	cat mail/bob/new/* | sed "$(printf 's/$/\r/')" >expected
	same expected got
}

@test "a unique-id stays when the message is moved and gets flags; a name in both is one message" {
	message 1.a 'a\n'
	message 2.b 'b\n'
	given "$login"'UIDL\r\n' && mv replies first
	mv mail/bob/new/1.a mail/bob/cur/1.a:2,RS
	ln mail/bob/new/2.b mail/bob/cur/2.b:2,S
	given "$login"'UIDL\r\n'
	same first replies
}

@test "a file that is not a message is not listed, and keeps nobody waiting" {
	mkdir mail/bob/new/folder
	mkfifo mail/bob/new/fifo
	ln -s /etc/passwd mail/bob/new/link
	ln -s nowhere mail/bob/cur/broken
	echo hidden >mail/bob/new/.hidden
	echo tmp >mail/bob/tmp/unfinished
	message good 'hi\n'
	given "$login"'UIDL\r\n'
	[ "$(tr -d '\r' <replies | sed -n '5,$p')" = "1 good
." ]
}

# Deleting.

@test "a time-out, a reset, TERM and kill -9 delete nothing; the time-out is told nothing" {
	message 1 'hi\n'
	listens -i 3s
	printf '%s\n' 'S:+OK {any}' 'C:USER bob' 'S:+OK {any}' 'C:PASS I like pickles' \
		'S:+OK {any}' 'C:DELE 1' 'S:+OK {any}' >begins
	{ cat begins; echo '!C resets'; } >reset
	replay -x "$address" reset >heard
	until_true can_log_in
	{ cat begins; echo '!S closes'; } >silent
	replay -x "$address" silent >heard
	until_true can_log_in
	for signal in TERM KILL; do
		listens
		dial
		hear '+OK*'
		say "$login"'DELE 1\r\n'
		hear '+OK*' && hear '+OK*' && hear '+OK deleted*'
		kill -$signal "$pid"
		silence
		hang_up
		wait "$pid" || [ $signal = KILL ]
	done
	[ "$(ls mail/bob/new)" = 1 ]
}

@test "what cannot be deleted makes -ERR of QUIT, and the others are deleted" {
	for n in 1 2 3; do message $n 'hi\n'; done
	listens
	dial
	hear '+OK*'
	say "$login"'DELE 1\r\nDELE 2\r\nDELE 3\r\n'
	for n in 1 2 3 4 5; do hear '+OK*'; done
	rm mail/bob/new/2
	mkdir mail/bob/new/2
	say 'QUIT\r\n'
	hear '-ERR messages that could not be deleted: 1'
	silence
	[ "$(ls mail/bob/new)" = 2 ]
}

@test "a message that has vanished is -ERR, and the session goes on with its numbers" {
	for n in 1 2 3; do message $n "$n\n"; done
	listens
	dial
	hear '+OK*'
	say "$login"
	hear '+OK*' && hear '+OK 3 messages (9 octets)'
	rm mail/bob/new/2
	message 0 'a new one\n'
	say 'RETR 2\r\nTOP 2 0\r\nLIST 2\r\nRETR 3\r\nSTAT\r\n'
	hear '-ERR*' && hear '-ERR*' && hear '+OK 2 3' && hear '+OK 3 octets'
	hear 3 && hear . && hear '+OK 3 9'
}

@test "a message that is another one now gets no end: the connection closes" {
	message 1 'hi\n'
	listens
	dial
	hear '+OK*'
	say "$login"
	hear '+OK*' && hear '+OK 1*'
	printf 'h' >mail/bob/new/1
	say 'RETR 1\r\nNOOP\r\n'
	hear '+OK 4 octets' && hear h
	silence
}

@test "a message in whose place something else is now is gone" {
	message 1 'hi\n'
	listens
	dial
	hear '+OK*'
	say "$login"
	hear '+OK*' && hear '+OK 1*'
	rm mail/bob/new/1
	mkfifo mail/bob/new/1
	say 'RETR 1\r\n'
	hear '-ERR*'
	rm mail/bob/new/1
	mkdir mail/bob/new/1
	say 'RETR 1\r\n'
	hear '-ERR*'
}

# The server.

@test "1000 conversations are held at once, one more is told -ERR and closed" {
	needs_descriptors 1024
	listens
	cat >hold <<-'END'
		server=/dev/tcp/127.0.0.1/$1
		greeted() { IFS= read -r -t 120 -u "$1" line && echo "$line"; }
		for ((n = 10; n <= 1010; n++)); do
			[ "$n" -ne 255 ] || continue # the shell's own
			eval "exec $n<>$server" && greeted "$n"
		done
		exec 4<>"$server"
		greeted 4
		greeted 4 || echo closed
	END
	bash hold "$port" 3>&- | tr -d '\r' | uniq -c | sed 's/^ *//' >replies
	cat >expected <<-'END'
		1000 +OK hamburger.edu POP3 server ready
		1 -ERR [SYS/TEMP] hamburger.edu too many conversations, try again later
		1 closed
	END
	same expected replies
}

@test "-h prints the usage and exits 0; a wrong argument prints it on stderr, 64; no MAIL, 66" {
	run pop3-server -h
	ends 0
	says 'usage: pop3-server [-l HOST:PORT]'
	for wrong in '' mail '-u users' '-u users mail more' '-x -u users mail' '-i 0 -u users mail' \
		'-n two..dots -u users mail' '-l mail -u users mail' '-l ::1:0 -u users mail'; do
		status=0
		# shellcheck disable=SC2086 # a word each
		pop3-server $wrong </dev/null >out 2>err || status=$?
		[ "$status" -eq 64 ] && [ ! -s out ] && has_line 'usage: pop3-server*' err || {
			echo "pop3-server $wrong: expected 64 and the usage, got $status"
			return 1
		}
	done
	run pop3-server -u users nowhere
	ends 66
	says 'pop3-server: nowhere: '
	run pop3-server -u users users
	ends 66
}

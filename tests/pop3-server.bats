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
	printf '%b' "$bytes" | pop3-server -n hamburger.edu "$@" -u users mail >replies
}

# answers: the server said the lines on standard input, each with its CRLF.
answers() {
	awk '{ printf "%s\r\n", $0 }' >expected
	same expected replies
}

# went WORD...: the first octet of each line it said, in order: + or -. (Not for listings.)
went() {
	local got
	got=$(LC_ALL=C cut -c 1 replies | tr -d '\n')
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
	! grep -q IN-USE replies
}

# The lesson.

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
	[ -z "$(cat "$server_err")" ]
}

# Who he is.

@test "before the password nothing is told of the mailbox" {
	given 'STAT\r\nLIST\r\nRETR 1\r\nDELE 1\r\nUIDL\r\nTOP 1 0\r\nNOOP\r\nRSET\r\nPASS I like pickles\r\nUSER\r\nUSER  \r\nUSER bob\r\nSTAT\r\nQUIT\r\n'
	went +-----------+-+
}

@test "after the password USER and PASS are no commands" {
	given "$login"'USER carol\r\nPASS secret\r\nSTAT\r\nQUIT\r\n'
	went +++--++
}

@test "the name is compared without case; the password may hold blanks and colons" {
	printf 'BoB: a:b  \ncarol:x' >users
	given 'USER bOb \r\nPASS  a:b  \r\nQUIT\r\n'
	went ++++
	given 'USER carol\r\nPASS x\r\nQUIT\r\n'
	went ++++
	printf 'bob:I like pickles\r\n' >users
	given "$login"'QUIT\r\n'
	went ++++
}

@test "a password in other case, that goes on, or that ends too soon, is wrong; so is none" {
	said=
	n=0
	for password in 'I LIKE pickles' 'I like pickles.' 'I like pickles ' 'I like pickle' \
		' I like pickles' 'secret' ''; do
		n=$((n + 1))
		printf 'USER bob\r\nPASS %s\r\nNOOP\r\n' "$password" |
			pop3-server -u users mail >"wrong$n" 3>&- &
		said="$said $!"
	done
	for pid in $said; do wait "$pid"; done
	for n in 1 2 3 4 5 6 7; do
		mv "wrong$n" replies
		went ++--
		grep -q '^-ERR \[AUTH\] wrong user or password' replies
	done
}

@test "who may log in but has no mailbox is told so; a path is no mailbox" {
	printf 'dave:x\n../mail/bob:x\n.:x\n' >users
	given 'USER dave\r\nPASS x\r\nUSER ../mail/bob\r\nPASS x\r\nUSER .\r\nPASS x\r\nQUIT\r\n'
	grep -c 'SYS/PERM' replies
	[ "$(grep -c '^-ERR \[SYS/PERM\]' replies)" -eq 3 ]
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

@test "CAPA is told in both states; verbs are understood in any case" {
	given 'capa\r\nuSeR bob\r\npass I like pickles\r\nCaPa\r\nstat\r\nlist\r\nuidl\r\nnoop\r\nrset\r\nquit\r\n'
	cat >capabilities <<-'END'
		+OK what is spoken here:
		USER
		TOP
		UIDL
		PIPELINING
		RESP-CODES
		AUTH-RESP-CODE
		EXPIRE NEVER
		IMPLEMENTATION mail-lab
		.
	END
	{
		echo '+OK hamburger.edu POP3 server ready'
		cat capabilities
		echo '+OK and the password?'
		echo '+OK 0 messages (0 octets)'
		cat capabilities
		printf '%s\n' '+OK 0 0' '+OK 0 messages (0 octets)' . '+OK 0 messages (0 octets)' . \
			+OK '+OK 0 messages (0 octets)' '+OK hamburger.edu closing connection'
	} | answers
}

# sized NAME SENT BYTES: a message of these octets is sent as SENT, and of that size; both
# in the escapes of printf %b.
sized() {
	rm -f mail/bob/new/*
	message "$1" "$3"
	printf '%b' "$2" >sent
	LC_ALL=C sed 's/^\.\./\./' sent >unstuffed
	n=$(wc -c <unstuffed | tr -d ' ')
	given "$login"'STAT\r\nLIST 1\r\nRETR 1\r\nQUIT\r\n'
	{
		printf '+OK hamburger.edu POP3 server ready\r\n+OK and the password?\r\n'
		printf '+OK 1 message (%s octets)\r\n+OK 1 %s\r\n+OK 1 %s\r\n+OK %s octets\r\n' "$n" "$n" "$n" "$n"
		cat sent
		printf '.\r\n+OK hamburger.edu closing connection\r\n'
	} >expected
	same expected replies || { echo "of: $1"; return 1; }
}

@test "the size is that of what RETR sends, unstuffed, whatever is in the file" {
	sized plain 'Subject: x\r\n\r\nhi\r\n' 'Subject: x\n\nhi\n'
	sized empty '' ''
	sized one-line-end '\r\n' '\n'
	sized no-last-end 'a\r\nb\r\n' 'a\nb'
	sized dots '..\r\n...\r\n..a\r\nb.\r\n\r\n..\r\n' '.\n..\n.a\nb.\n\n.'
	sized crlf 'a\r\n..b\r\n' 'a\r\n.b\r\n'
	sized bare-cr 'a\rb\r.c\r\n\r\r\n' 'a\rb\r.c\n\r\r\n'
	sized last-cr 'a\r\r\n' 'a\r'
	sized octets '\0303\0251\0377\0200\0001\0000x\r\n' '\0303\0251\0377\0200\0001\0000x\n'
}

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

@test "new and cur are listed together in the order of their names, and no flag is a name" {
	message 3.c 'ccc\n'
	message cur/2.b:2,S 'bb\n'
	message cur/1.a:2, 'a\n'
	message cur/4.d 'dddd\n'
	given "$login"'LIST\r\nUIDL\r\nUIDL 2\r\nLIST 3\r\nRETR 2\r\nQUIT\r\n'
	answers <<-'END'
		+OK hamburger.edu POP3 server ready
		+OK and the password?
		+OK 4 messages (18 octets)
		+OK 4 messages (18 octets)
		1 3
		2 4
		3 5
		4 6
		.
		+OK 4 messages (18 octets)
		1 1.a
		2 2.b
		3 3.c
		4 4.d
		.
		+OK 2 2.b
		+OK 3 5
		+OK 4 octets
		bb
		.
		+OK hamburger.edu closing connection
	END
	[ "$(echo mail/bob/new/* mail/bob/cur/*)" = "mail/bob/new/3.c mail/bob/cur/1.a:2, mail/bob/cur/2.b:2,S mail/bob/cur/4.d" ]
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

@test "a name that is no unique-id, or over 63 octets, becomes 64 digits of its own" {
	long=$(n_of 63 x)
	for name in "$long" "${long}x" "${long}y" 'a b' $'\303\251' $'esc\033' "$(n_of 230 z)" :2,S; do
		echo hi >"mail/bob/new/$name"
	done
	given "$login"'UIDL\r\n'
	tr -d '\r' <replies | awk '/^[0-9]/ { print $2 }' | LC_ALL=C sort >uidls
	[ "$(wc -l <uidls)" -eq 8 ]
	[ "$(uniq uidls | wc -l)" -eq 8 ]
	grep -qx "$long" uidls
	[ "$(grep -Ecx '[0-9a-f]{64}' uidls)" -eq 7 ]
	# The SHA-256 of "a b", and of nothing.
	grep -qx c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65 uidls
	grep -qx e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 uidls
	given "$login"'UIDL\r\n'
	tr -d '\r' <replies | awk '/^[0-9]/ { print $2 }' | LC_ALL=C sort >again
	same uidls again
}

@test "what is no message is not listed, and keeps nobody waiting" {
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

# TOP.

@test "TOP sends the header, the empty line, and so many lines of the body" {
	message 1 'Subject: x\nTo: y\n\n.one\n\ntwo\nend'
	given "$login"'TOP 1 0\r\nTOP 1 1\r\nTOP 1 3\r\nTOP 1 4\r\nTOP 1 99999999999999999999\r\n'
	sed '1,3d; /^+OK/d' replies >got
	{
		printf 'Subject: x\r\nTo: y\r\n\r\n.\r\n'
		printf 'Subject: x\r\nTo: y\r\n\r\n..one\r\n.\r\n'
		printf 'Subject: x\r\nTo: y\r\n\r\n..one\r\n\r\ntwo\r\n.\r\n'
		printf 'Subject: x\r\nTo: y\r\n\r\n..one\r\n\r\ntwo\r\nend\r\n.\r\n'
		printf 'Subject: x\r\nTo: y\r\n\r\n..one\r\n\r\ntwo\r\nend\r\n.\r\n'
	} >expected
	same expected got
}

@test "TOP adds no line that is not there: a header without an end, CRLF in the file, nothing" {
	message 1 'Subject: x\nTo: y\n'
	message 2 'Subject: x\r\n\r\none\r\ntwo\r\n'
	message 3 ''
	message 4 '\none\n'
	given "$login"'TOP 1 0\r\nTOP 1 5\r\nTOP 2 1\r\nTOP 3 1\r\nTOP 4 0\r\n'
	sed '1,3d; /^+OK/d' replies >got
	{
		printf 'Subject: x\r\nTo: y\r\n.\r\n'
		printf 'Subject: x\r\nTo: y\r\n.\r\n'
		printf 'Subject: x\r\n\r\none\r\n.\r\n'
		printf '.\r\n\r\n.\r\n'
	} >expected
	same expected got
}

# Deleting.

@test "deleted messages leave STAT, LIST, UIDL, RETR, TOP; numbers stay; RSET brings them back" {
	for n in 1 2 3; do message $n 'hi\n'; done
	given "$login"'DELE 2\r\nSTAT\r\nLIST\r\nUIDL\r\nLIST 2\r\nUIDL 2\r\nRETR 2\r\nTOP 2 0\r\nDELE 2\r\nLIST 3\r\nRSET\r\nSTAT\r\nLIST 2\r\nQUIT\r\n'
	sed -n '4,$p' replies >rest && mv rest replies
	answers <<-'END'
		+OK deleted, once you say QUIT
		+OK 2 8
		+OK 2 messages (8 octets)
		1 4
		3 4
		.
		+OK 2 messages (8 octets)
		1 1
		3 3
		.
		-ERR message 2 is deleted
		-ERR message 2 is deleted
		-ERR message 2 is deleted
		-ERR message 2 is deleted
		-ERR message 2 is deleted
		+OK 3 4
		+OK 3 messages (12 octets)
		+OK 3 12
		+OK 2 4
		+OK hamburger.edu closing connection
	END
	[ "$(ls mail/bob/new | wc -l)" -eq 3 ]
}

@test "only QUIT deletes, and only what was marked" {
	message 1 'hi\n'
	message cur/2:2,S 'hi\n'
	message 3 'hi\n'
	given "$login"'DELE 1\r\nDELE 2\r\n'
	given "$login"'DELE 1\r\nDELE 2\r\nQUIT now\r\nQUI'
	[ "$(echo mail/bob/*/*)" = 'mail/bob/cur/2:2,S mail/bob/new/1 mail/bob/new/3' ]
	given "$login"'DELE 1\r\nDELE 2\r\nQUIT\r\n'
	[ "$(echo mail/bob/*/*)" = 'mail/bob/new/3' ]
}

@test "a time-out, a reset, TERM and kill -9 delete nothing; the time-out is told nothing" {
	message 1 'hi\n'
	listens -i 1s
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

# Commands.

@test "a number is one of digits, of a message that is there" {
	message 1 'hi\n'
	given "$login"'RETR\r\nRETR 0\r\nRETR 2\r\nRETR -1\r\nRETR +1\r\nRETR 1x\r\nRETR x\r\nRETR 1 1\r\nRETR 18446744073709551617\r\nLIST 0\r\nLIST x\r\nLIST 1 1\r\nUIDL 2\r\nDELE\r\nDELE 1 2\r\nTOP\r\nTOP 1\r\nTOP 1 x\r\nTOP 1 -1\r\nTOP 1 1 1\r\nTOP 2 1\r\nLIST 01 \r\nLIST  1\r\n'
	went "+++$(n_of 21 -)++"
	[ "$(grep -c '^-ERR no such message: there are 1' replies)" -eq 6 ]
}

@test "commands without an argument want none, and an unknown verb is -ERR" {
	given "$login"'STAT 1\r\nNOOP x\r\nRSET 1\r\nQUIT now\r\nCAPA x\r\nAPOP bob x\r\nSTA\r\nSTATS\r\n\r\n STAT\r\nSTAT \r\nLIST \r\n'
	[ "$(grep -c '^-ERR' replies)" -eq 10 ]
	[ "$(tail -n 3 replies | head -n 1 | tr -d '\r')" = '+OK 0 0' ]
}

@test "a command of 255 octets with its CRLF is taken, one of 256 is -ERR, its tail no command" {
	fits=$(n_of 248 x)
	printf 'bob:%s\ncarol:secret\n' "$fits" >users
	given "USER bob\\r\\nPASS x$fits\\r\\nPASS $fits\\r\\nQUIT\\r\\n"
	went ++-++
	given "$(n_of 255 x)STAT\\r\\n$(n_of 70000 y)QUIT\\r\\n$(n_of 255 z)\\nCAPA x\\r\\n"
	went +----
}

@test "a bare LF and a NUL are told, and the next command is obeyed" {
	given 'CAPA\nUSER bob\r\nUSER b\0b\r\n\0\r\nPASS I like pickles\nPASS I like pickles\r\nNOOP\rQUIT\r\nNOOP\r\n'
	answers <<-'END'
		+OK hamburger.edu POP3 server ready
		-ERR end lines with CRLF
		+OK and the password?
		-ERR a NUL in the line
		-ERR a NUL in the line
		-ERR end lines with CRLF
		+OK 0 messages (0 octets)
		-ERR no such command now: CAPA lists them
		+OK
	END
}

@test "commands of a pipeline are answered in their order, and nothing behind QUIT is read" {
	for n in 1 2; do message $n "$n\n"; done
	listens
	dial
	say "$login"'RETR 2\r\nNOPE\r\nRETR 1\r\nDELE 1\r\nQUIT\r\nNOOP\r\n'
	hear '+OK*' && hear '+OK*' && hear '+OK 2*' && hear '+OK 3*' && hear 2 && hear .
	hear '-ERR*' && hear '+OK 3*' && hear 1 && hear . && hear '+OK del*' && hear '+OK ham*'
	silence
}

# The server.

@test "1000 conversations are held at once, one more is told -ERR and closed" {
	[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge 1024 ] || ulimit -n 1024 ||
		skip "too few descriptors"
	listens
	cat >hold <<-'END'
		server=/dev/tcp/127.0.0.1/$1
		greeted() { IFS= read -r -t 20 -u "$1" line && echo "$line"; }
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

# refused STATUS TEXT: pop3-server will not have this file of users.
refused() {
	run pop3-server -u "${3-users}" mail </dev/null
	ends "$1"
	says "pop3-server: $2"
}

@test "USERS: each line is user:password; what is not is told with file and line, 65; no file, 66" {
	printf 'bob:x\ncarol\n' >users && refused 65 'users:2: no colon'
	printf 'bob:x\n\ncarol:y\n' >users && refused 65 'users:2: no colon'
	printf ':x\n' >users && refused 65 'users:1: a user and a password'
	printf 'bob:\n' >users && refused 65 'users:1: a user and a password'
	printf 'bob:x\nBOB:y\n' >users && refused 65 'users:2: this user stands here twice'
	printf 'bob:x\0y\n' >users && refused 65 'users:1: a NUL'
	printf 'bob:%s\n' "$(n_of 252 x)" >users && refused 65 'users:1: over 255 octets'
	refused 66 'nowhere: ' nowhere
	refused 66 'mail: ' mail
	printf 'bob:%s' "$(n_of 251 x)" >users
	given 'QUIT\r\n'
	: >users
	given 'QUIT\r\n'
	went ++
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
		[ "$status" -eq 64 ] && [ ! -s out ] && grep -q '^usage: pop3-server' err || {
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

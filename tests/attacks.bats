# Servers under attack: clients that say or ask for too much, take nothing, come in crowds, and what
# a machine runs out of. Others are answered while it goes on, what cannot be taken is told
# so, there is room again by itself, and what was answered 250 is there. (1000 conversations at
# once and silent clients are in the tests of each server, as is smtp-toy, who serves one.)
load common

setup() {
	common_setup
	mkdir -p mail/bob/new www
	echo 'bob:x' >users
	echo hi >www/index.html
}
teardown() {
	# A server that is still flooded takes its 10 seconds to end.
	common_teardown KILL
}

no() { ! "$@"; }

smtp() { serve limited smtp-server -l 127.0.0.1:0 -n hamburger.edu "$@" mail; }
pop3() { serve limited pop3-server -l 127.0.0.1:0 "$@" -u users mail; }
http() { serve limited http-server -l 127.0.0.1:0 "$@" www; }

# limited COMMAND...: within the limit of ulimit that is in $limits.
limited() {
	# shellcheck disable=SC2086 # an option and a number
	[ -z "${limits-}" ] || ulimit $limits
	exec "$@"
}

# Others: one who comes, and has all that he came for.
delivers() {
	dial && hear '220 *' && say 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n' &&
		hear '250 *' && hear '250 *' && hear '250 *' && hear '354 *' && say 'hi\r\n.\r\n' &&
		hear '250 *' && hang_up
}
collects() {
	dial && hear '+OK*' && say "USER ${1-bob}\\r\\nPASS x\\r\\nSTAT\\r\\nQUIT\\r\\n" &&
		hear '+OK*' && hear '+OK*' && hear '+OK*' && hear '+OK*' && hang_up
}
gets() {
	dial && say 'GET / HTTP/1.0\r\n\r\n' && hear 'HTTP/1.1 200 OK' && hang_up
}

# attacks N COMMAND...: so many connections say what the command prints, and hear nothing.
attacks() {
	local n
	for ((n = $1; n > 0; n--)); do
		(exec 5<>"/dev/tcp/127.0.0.1/$port" && "${@:2}" >&5) 2>/dev/null 3>&- &
		pids="$pids $!"
		attacker=$!
	done
}
gone() { ! kill -0 "$attacker"; }
line_without_end() { yes "$(n_of 999 x)" | tr -d '\n'; }
after() { printf '%b' "$1" && shift && "$@"; }

@test "smtp-server: lines, recipients, commands and a message without end keep nobody waiting" {
	smtp
	local mail='HELO x\r\nMAIL FROM:<>\r\n'
	attacks 2 line_without_end
	attacks 2 yes $'NOOP\r'
	attacks 2 after "$mail" yes $'RCPT TO:<bob@hamburger.edu>\r'
	attacks 2 after "$mail" yes $'RCPT TO:<nobody@hamburger.edu>\r'
	attacks 2 after "$mail"'RCPT TO:<bob@hamburger.edu>\r\nDATA\r\n' yes $'no end\r'
	delivers
	delivers
	no gone
	[ "$(find mail/bob/new -type f | wc -l)" -eq 2 ]
}

@test "smtp-server: of a message without end only what -s says is on the disk" {
	smtp -s 100k
	attacks 1 after 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@hamburger.edu>\r\nDATA\r\n' \
		yes "$(n_of 998 x)"$'\r'
	until_true eval '[ -n "$(find mail/bob/tmp -size +60k)" ]'
	delivers
	no gone
	[ "$(find mail/bob/tmp -type f | wc -l)" -eq 1 ]
	[ -z "$(find mail/bob/tmp -size +200k)" ]
}

@test "a client that takes no reply, or ends no line, is let go after the limit on waiting" {
	head -c 3000000 /dev/zero | tr '\0' x | fold >mail/bob/new/1
	cp mail/bob/new/1 www/large
	local all=''
	smtp -i 1s
	attacks 1 yes $'HELP\r' && all="$all $attacker"
	attacks 1 line_without_end && all="$all $attacker"
	pop3 -i 1s
	attacks 1 after 'USER bob\r\nPASS x\r\n' yes $'RETR 1\r' && all="$all $attacker"
	attacks 1 line_without_end && all="$all $attacker"
	http -i 1s
	attacks 1 yes $'GET /large HTTP/1.1\r\nHost: x\r\n\r' && all="$all $attacker"
	attacks 1 line_without_end && all="$all $attacker"
	for attacker in $all; do until_true gone; done
	gets
}

@test "pop3-server and http-server: commands and requests without end keep nobody waiting" {
	mkdir -p mail/carol/new
	echo 'carol:x' >>users
	head -c 3000000 /dev/zero | tr '\0' x | fold >mail/bob/new/1
	cp mail/bob/new/1 www/large
	pop3
	attacks 2 line_without_end
	attacks 2 yes $'NOOP\r'
	attacks 1 after 'USER bob\r\nPASS x\r\n' yes $'RETR 1\r'
	collects carol
	no gone
	http
	attacks 2 line_without_end
	attacks 2 yes $'GET /large HTTP/1.1\r\nHost: x\r\n\r'
	attacks 2 after 'GET / HTTP/1.1\r\n' yes $'X: y\r'
	gets
}

# crowd N [BYTES]: so many come, say that, and stay until disperse; the first line that each is told
# is in the file heard.
crowd() {
	cat >crowd.sh <<-'END'
		trap '' PIPE
		for ((n = 10; n < 10 + $2; n++)); do
			[ "$n" -ne 255 ] || continue # the shell's own
			eval "exec $n<>/dev/tcp/127.0.0.1/$1"
			printf "$3" 2>/dev/null >&"$n"
			IFS= read -r -t 120 -u "$n" line || line=silence
			printf '%s\n' "$line"
		done
		echo all
		read -r _
	END
	rm -f over heard
	mkfifo over
	bash crowd.sh "$port" "$1" "${2-}" <over >heard 2>/dev/null 3>&- 4>&- &
	crowd=$!
	exec 6>over
	until_true has_line 'all' heard
}
disperse() {
	exec 6>&-
	wait "$crowd" || :
}

# both PATTERN PATTERN: each of the crowd was told the one or the other, and some each.
both() {
	grep -q "$1" heard && grep -q "$2" heard && ! grep -q -v -e "$1" -e "$2" -e '^all$' heard && return
	printf 'expected some of %s and of %s, got, so many of each:\n' "$1" "$2"
	sort heard | uniq -c
	return 1
}

@test "without descriptors a new client is told 421, -ERR or 503; then there is room again" {
	limits='-n 60'
	smtp
	crowd 100
	both '^220 ' '^421 .*too many'
	disperse
	until_true delivers
	pop3
	crowd 100
	both '^+OK ' '^-ERR .SYS/TEMP. .*too many'
	disperse
	until_true collects
	http
	crowd 100 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n'
	both '^HTTP/1.1 [25]0' '^HTTP/1.1 503 '
	disperse
	until_true gets
}

@test "without descriptors a client that is served already is told 452 or -ERR" {
	limits='-n 60'
	smtp
	dial
	hear '220 *'
	say 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@hamburger.edu>\r\n'
	for n in 1 2 3; do hear '250 *'; done
	crowd 100
	say 'DATA\r\nNOOP\r\n'
	hear '452 *'
	hear '250 OK'
	disperse
	taken() { say 'DATA\r\n' && hear '354 *'; }
	until_true taken
	say 'hi\r\n.\r\n'
	hear '250 Message*'
	pop3
	dial
	hear '+OK *'
	crowd 100
	say 'USER bob\r\nPASS x\r\nNOOP\r\n'
	hear '+OK*' && hear '-ERR ?SYS/TEMP?*' && hear '-ERR*'
	disperse
	opened() { say 'USER bob\r\nPASS x\r\n' && hear '+OK*' && hear '+OK*'; }
	until_true opened
}

@test "wiretap without descriptors closes on a new client; then there is room again" {
	smtp
	limits='-n 60'
	serve limited wiretap -l 127.0.0.1:0 "$address"
	crowd 60
	both '^220 ' '^silence'
	disperse
	until_true delivers
}

@test "without memory a new client is told 421, -ERR or 503; then there is room again" {
	no grep -q sanitize "$build/compiler" || skip "a sanitizer takes its memory first"
	(ulimit -v 60000 && smtp-server -h >/dev/null) || skip "no limit on memory here"
	needs_descriptors 400
	limits='-v 60000'
	smtp
	crowd 300
	both '^220 ' '^421 '
	disperse
	until_true delivers
	pop3
	crowd 300
	both '^+OK ' '^-ERR .SYS/TEMP. '
	disperse
	until_true collects
	http
	crowd 300 'HEAD / HTTP/1.1\r\nHost: x\r\n\r\n'
	both '^HTTP/1.1 200' '^HTTP/1.1 503 '
	disperse
	until_true gets
}

# on_small_disk OPTIONS: what is in the file said, on a disk that holds no more than a few
# messages; then there is room on it, and it is said again. What was delivered is in kept.
on_small_disk() {
	cat >small.sh <<-'END'
		mount -t tmpfs -o "$1" tmpfs disk && mkdir disk/mail disk/mail/bob || exit
		smtp-server -n hamburger.edu -q disk/queue disk/mail <said >replies
		mkdir kept && cp -R disk/mail/bob/new kept/here && cp -R disk/queue/new kept/elsewhere
		find disk -path '*/tmp/*' >half
		rm disk/mail/bob/new/* disk/queue/new/*
		smtp-server -n hamburger.edu -q disk/queue disk/mail <said >again
	END
	rm -rf disk kept
	mkdir disk
	unshare -Urm bash small.sh "$1"
}

@test "a full disk is 452, what was answered 250 is there, whole, and then there is room again" {
	unshare -Urm mount -t tmpfs tmpfs www 2>/dev/null || skip "no namespace to mount a small disk in"
	text=$(n_of 6000 'x')
	printf 'HELO x\r\n' >said
	for n in {10..39}; do
		printf '%s\r\n' 'MAIL FROM:<alice@crepes.fr>' 'RCPT TO:<bob@hamburger.edu>' \
			'RCPT TO:<carol@ketchup.org>' DATA "Subject: $n" '' "$text" "end $n" . RSET
	done >>said
	for options in size=160k nr_inodes=40; do
		on_small_disk $options
		# Of each message: its number, where it was answered 250.
		awk '/^250 Message|^452/ { n++ } /^250 Message/ { print n + 9 }' replies >taken
		[ -s taken ]
		has_line '452*' replies
		for folder in here elsewhere; do
			cat kept/$folder/* | awk '/^end/ { print $2 }' | sort >got
			same taken got
			[ "$(ls kept/$folder | wc -l)" -eq "$(wc -l <taken)" ]
		done
		[ ! -s half ]
		grep -m 1 '^250 Message\|^452' again | grep -q '^250'
	done
}

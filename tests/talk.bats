#!/usr/bin/env bats
# client/talk: a conversation by hand, shown as a transcript.
# shellcheck disable=SC2030,SC2031,SC2034,SC2059,SC2154

load common

setup() {
	common_setup
	transcript=$root/lessons/03-the-transcript/expected.txt
}

teardown() { common_teardown; }

# Two servers of our own, made once. peer is for one conversation: it says what the file `says` holds, hears to the
# end what the client says (the file `heard`), and closes; with -r it resets. hasty is a
# smtp-toy that waits one second for a silent client, and not 300.
setup_file() {
	made=${BATS_FILE_TMPDIR:-$(mktemp -d "${TMPDIR:-/tmp}/mail-lab.XXXXXX")}
	export made
	command -v "${CC:-cc}" >/dev/null || return 0
	cat >"$made/peer.c" <<'END'
#include <netinet/in.h>
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	struct sockaddr_in here = {.sin_family = AF_INET};
	socklen_t size = sizeof here;
	struct linger reset = {.l_onoff = 1};
	char text[65536];
	size_t n;
	ssize_t got;
	int listener = socket(AF_INET, SOCK_STREAM, 0), client;
	FILE *says = fopen("says", "rb"), *heard = fopen("heard", "wb");
	(void)argv;
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (!says || !heard || bind(listener, (struct sockaddr *)&here, size) != 0 ||
		listen(listener, 1) != 0 ||
		getsockname(listener, (struct sockaddr *)&here, &size) != 0)
		return 1;
	printf("listening on 127.0.0.1:%d\n", ntohs(here.sin_port));
	fflush(stdout);
	client = accept(listener, NULL, NULL);
	while ((n = fread(text, 1, sizeof text, says)) > 0)
		if (write(client, text, n) != (ssize_t)n)
			return 1;
	while ((got = read(client, text, sizeof text)) > 0)
		fwrite(text, 1, (size_t)got, heard);
	if (argc > 1)
		setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
	return fclose(heard) != 0 || close(client) != 0;
}
END
	sed 's/tv_sec = 300/tv_sec = 1/' "${BATS_TEST_DIRNAME%/*}/server/smtp-toy.c" >"$made/hasty.c"
	"${CC:-cc}" -o "$made/peer" "$made/peer.c" && "${CC:-cc}" -o "$made/hasty" "$made/hasty.c"
}
teardown_file() { [ -n "${BATS_FILE_TMPDIR-}" ] || rm -rf "$made"; }
needs_compiler() { [ -x "$made/peer" ] || skip "no C compiler: ${CC:-cc}"; }
serve_hasty() {
	needs_compiler
	serve "$made/hasty" 0
}

# shown BYTES LINE...: a server that says these bytes is shown by these lines.
shown() {
	printf "$1" >says
	shift
	printf '%s\n' "$@" >expected
	serve "$made/peer"
	timeout 300 talk "$address" </dev/null >got
	same expected got
}

# on_screen FILE: what is on the terminal: a prompt that a reply took the place of
# is gone (a carriage return, and it is written over), and CR LF is the end of a line.
on_screen() { sed $'s/C:\r//g; s/\r$//' "$1"; }
seen() {
	read_in "$1"
	content=${content//$'C:\r'/}
	[[ $'\n'${content//$'\r\n'/$'\n'}$'\n' == *$'\n'"$2"$'\n'* ]]
}

# by_hand FILE HOW: the article's transcript is typed to descriptor 4, a line only when
# the server's answer before it is in FILE.
by_hand() {
	while IFS= read -r line; do
		case $line in
		S:*) until_true seen "$1" "$line" ;;
		C:*) "$2" "$1" "${line#C:}" ;;
		esac
	done <"$transcript"
}
into_pipe() { printf '%s\n' "$2" >&4; }
at_prompt() {
	until_true prompted "$1"
	printf '%s\n' "$2" >&4
	until_true seen "$1" "C:$2"
}
prompted() {
	read_in "$1"
	content=${content%$'\n'}
	[ "${content##*$'\n'}" = C: ]
}

@test "typed through a pipe, what talk prints is the article's transcript" {
	serve smtp-toy 0
	mkfifo in
	talk "$address" <in >out 3>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	by_hand out into_pipe
	wait "$client"
	exec 4>&-
	same "$transcript" out
	printf 'Do you like ketchup?\nHow about pickles?\n' >expected
	same expected mailbox/1
}

@test "typed by hand through talk the screen is that transcript" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	serve smtp-toy 0
	mkfifo in
	on_terminal "talk $address" <in >screen 3>&- 4>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	by_hand screen at_prompt
	wait "$client"
	exec 4>&-
	on_screen screen >out
	same "$transcript" out
}

@test "with standard output in a file the file is the transcript, on a terminal too" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	serve smtp-toy 0
	mkfifo in
	: >log
	on_terminal "talk $address >log" <in >screen 3>&- 4>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	by_hand log into_pipe
	wait "$client"
	exec 4>&-
	same "$transcript" log
}

@test "a reply that comes while the prompt is there takes its place on the screen" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	serve_hasty
	mkfifo in
	on_terminal "talk $address" <in >screen 3>&- 4>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	wait "$client"
	exec 4>&-
	grep -q $'^C:\rS:421 closing connection' screen
	on_screen screen >out
	printf 'S:220 hamburger.edu\nS:421 closing connection\n' >expected
	same expected out
}

@test "an unfinished line is cut where the other side begins to speak" {
	serve_hasty
	mkfifo in
	talk "$address" <in >out 3>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	printf 'HELO crep' >&4
	wait "$client"
	exec 4>&-
	printf '%s\n' 'C:HELO crep\c' 'S:220 hamburger.edu' 'S:421 closing connection' |
		sort >expected
	sort out >got
	same expected got
	[ "$(tail -n 1 out)" = 'S:421 closing connection' ]
}

@test "lines go out with CRLF, whether or not they came with it" {
	needs_compiler
	: >says
	serve "$made/peer"
	printf 'a\nb\r\n\n\r\nc\rd\r\r\ne ' | timeout 300 talk "$address" >got
	wait "$pid"
	printf 'a\r\nb\r\n\r\n\r\ncd\r\ne \r\n' >expected
	same expected heard
	printf '%s\n' C:a C:b C: C: C:cd 'C:e\x20' >expected
	same expected got
}

@test "at the end of the input talk still reads until the server closes" {
	needs_compiler
	printf 'late\r\n' >says
	serve "$made/peer"
	timeout 300 talk "$address" </dev/null >got
	printf 'S:late\n' >expected
	same expected got
}

@test "when the server closes talk is done, though the input is open" {
	serve smtp-toy 0
	mkfifo in
	talk "$address" <in >out 3>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	echo QUIT >&4
	wait "$client"
	exec 4>&-
	[ "$(tail -n 1 out)" = 'S:221 hamburger.edu closing connection' ]
}

@test "a connection that is reset: what was said is shown, then the reason, status 74" {
	needs_compiler
	printf '250 a\r\n250 b' >says
	serve "$made/peer" -r
	run bash -c "talk $address </dev/null 2>err"
	ends 74
	[ "$output" = 'S:250 a
S:250 b\c' ]
	has_line "talk: the connection was lost*" err
}

@test "braces, a backslash and the bytes that are not text are escaped" {
	needs_compiler
	shown '{x} {{ \\ ~!\r\n\001\t\033[2J\177\000\r\n' \
		'S:{{x} {{{{ \\ ~!' 'S:\x01\x09\x1b[2J\x7f\x00'
}

@test "well-formed UTF-8 stays as it is, C1 controls and all else are escaped" {
	needs_compiler
	shown '\303\251 \344\270\255 \360\237\230\200 \302\240\r\n\302\237\302\200\r\n\300\200\301\277\340\237\277\355\240\200\360\217\277\277\365\r\n\377\303\r\n\344\270x\200\r\n\355\237\277\356\200\200\364\217\277\277\r\n' \
		$'S:\303\251 \344\270\255 \360\237\230\200 \302\240' 'S:\xc2\x9f\xc2\x80' \
		'S:\xc0\x80\xc1\xbf\xe0\x9f\xbf\xed\xa0\x80\xf0\x8f\xbf\xbf\xf5' \
		'S:\xff\xc3' 'S:\xe4\xb8x\x80' $'S:\355\237\277\356\200\200\364\217\277\277'
}

@test "a blank at the end of a line is shown, and how a line ended if not in CRLF" {
	needs_compiler
	shown ' a \r\n \r\n\r\nb\nb \n\nc\rd\r\r\ne' \
		'S: a\x20' 'S:\x20' S: 'S:b\n' 'S:b \n' 'S:\n' 'S:c\rd\r' 'S:e\c'
}

@test "a line of 8192 octets with CRLF is shown whole, a longer one in pieces" {
	needs_compiler
	printf -v long '%8190s' ''
	long=${long// /x}
	shown "$long\r\n" "S:$long"
	shown "${long}yyz\r\n" "S:${long}yy\\c" S:z
	shown "${long}y\303\251\r\n" "S:${long}y\\xc3\\c" 'S:\xa9'
}

@test "a line of any length goes out whole" {
	needs_compiler
	: >says
	serve "$made/peer"
	printf -v long '%100000s' ''
	printf '%s\n' "$long" | timeout 300 talk "$address" >got
	wait "$pid"
	printf '%s\r\n' "$long" >expected
	same expected heard
	[ "$(tr -d '\n' <got | sed 's/\\c//g; s/C://g; s/\\x20/ /g')" = "$long" ]
}

@test "the server may be named, or numbered in brackets" {
	serve smtp-toy 0
	run talk "localhost:$port" <<<QUIT
	ends 0
	says 'S:221 '
	run talk "[127.0.0.1]:$port" <<<QUIT
	ends 0
	says 'S:221 '
}

# two_addresses: a talk whose hosts have two addresses each: nobody listens at the first,
# port $REFUSED.
two_addresses() {
	command -v "${CC:-cc}" >/dev/null || skip "no C compiler: ${CC:-cc}"
	cat >two.c <<'END'
#include <netdb.h>
#include <stdlib.h>
int two(const char *host, const char *port, const struct addrinfo *hints, struct addrinfo **found)
{
	int failed = getaddrinfo(host, getenv("REFUSED"), hints, found);
	return failed != 0 ? failed : getaddrinfo(host, port, hints, &(*found)->ai_next);
}
void forget(struct addrinfo *found)
{
	(void)found;
}
END
	"${CC:-cc}" -c -o two.o two.c
	"${CC:-cc}" -Dgetaddrinfo=two -Dfreeaddrinfo=forget -o talk-to-two "$root/client/talk.c" two.o
}

# sockets PID: how many it has open.
sockets() {
	for fd in "/proc/$1/fd"/*; do
		readlink "$fd"
	done | grep -c '^socket:'
}

@test "where the first address of a host is refused the next is tried, and a socket is not left over" {
	[ -d /proc/self/fd ] || skip "no /proc, which tells of descriptors"
	two_addresses
	serve smtp-toy 0
	kill "$pid"
	wait "$pid" || :
	export REFUSED=$port
	serve smtp-toy 0
	mkfifo in
	./talk-to-two "127.0.0.1:$port" <in >out 3>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	until_true has_line 'S:220 *' out
	[ "$(sockets "$client")" -eq 1 ]
	exec 4>&-
	wait "$client"
}

@test "stopped and continued, as by Ctrl-Z and fg, talk goes on with the conversation" {
	serve smtp-toy 0
	mkfifo in
	talk "$address" <in >out 3>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
	until_true has_line 'S:220 *' out
	stop_and_continue "$client"
	echo 'HELO crepes.fr' >&4
	until_true has_line 'S:250 *' out
	stop_and_continue "$client"
	echo QUIT >&4
	exec 4>&-
	wait "$client"
	[ "$(tail -n 1 out)" = 'S:221 hamburger.edu closing connection' ]
}

@test "stopped and continued while the server takes nothing, talk loses nothing" {
	needs_compiler
	: >says
	serve "$made/peer"
	kill -STOP "$pid"
	awk 'BEGIN { while (i++ < 300000) print "a line of twenty-four." }' >lines
	talk "$address" <lines >got 3>&- &
	client=$!
	pids="$pids $client"
	stop_and_continue "$client"
	stop_and_continue "$client"
	kill -CONT "$pid"
	wait "$client"
	wait "$pid"
	awk '{ printf "%s\r\n", $0 }' lines >expected
	same expected heard
}

@test "where nobody listens the reason is told and the status is 75" {
	serve smtp-toy 0
	kill "$pid"
	wait "$pid" || :
	run talk "$address" </dev/null
	ends 75
	says "talk: $address: "
	run talk "[::1]:$port" </dev/null
	ends 75
	run talk "no-such-host.invalid:25" </dev/null
	ends 75
	says 'talk: no-such-host.invalid:25: '
}

@test "a bad command line is answered with the usage" {
	for argument in '' localhost localhost: :25 -x; do
		run talk "$argument"
		ends 64
		says 'usage: talk HOST:PORT'
	done
	run talk
	ends 64
	run talk localhost:1 localhost:2
	ends 64
	[ -z "$(talk 2>/dev/null)" ]
	[ "$(talk -h 2>/dev/null)" = 'usage: talk HOST:PORT' ]
}

@test "a port over 65535 is no port: 64" {
	for port in 65536 99999 4294967321 99999999999999999999 -1; do
		for host in localhost '[::1]' 127.0.0.1; do
			run talk "$host:$port" </dev/null
			ends 64
			says "talk: $host:$port: a port is at most 65535"
		done
	done
	run talk localhost:65535 </dev/null
	ends 75
}

@test "what cannot be written to standard output is an error" {
	[ -c /dev/full ] || skip "no /dev/full"
	serve smtp-toy 0
	run bash -c "talk $address </dev/null >/dev/full"
	ends 74
}

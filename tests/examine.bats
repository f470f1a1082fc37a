# examine: what it believes of a program, and what becomes of one that does harm. What it tells
# is in lab.bats, and that the exercises can be done in exercise-NN.bats.
load common

setup() {
	common_setup
	LC_ALL=C TMPDIR=$work/tmp lesson=$root/lessons/07-base64
	export LC_ALL TMPDIR
	mkdir tmp
	nap=31558.$$ # of this run of the tests alone
}
teardown() { common_teardown; }

# adds STATEMENTS [WHEN]: the real file, which does something else before it begins, or at the end.
adds() {
	{
		printf '#include <%s>\n' fcntl.h signal.h stdio.h stdlib.h string.h unistd.h
		printf '__attribute__((%s)) static void added(void)\n{\n%s\n}\n' "${2-constructor}" "$1"
		cat "$root/lessons/message/base64.c"
	} >base64.c
}
examines() { run timeout 300 "$build/examine" "$@" "$lesson" base64.c three; }
nothing_left() {
	is_empty tmp || { ls -R tmp; return 1; }
	! runs "sleep $nap" || return 1
}
needs_sanitizers() {
	echo 'int main(void) { return 0; }' | $(head -n 1 "$build/compiler") -fsanitize=address,undefined \
		-x c -o trial - 2>/dev/null && ./trial || skip 'this compiler has no sanitizer'
}

@test "the status counts with which a program ends, and a crash at its end" {
	adds '_exit(3);' destructor
	examines
	ends 1
	says 'its exit status is 3'
	adds 'abort();' destructor
	examines
	ends 1
	says 'It crashed.'
	nothing_left
}

@test "what the compiler prints is no verdict" {
	adds '__asm__(".print \"passed\\tthree\"\n.print \"passed\\tnothing\""); abort();'
	examines -m
	ends 1
	[ "${#lines[@]}" -eq 1 ]
	[[ $output = failed* ]]
}

@test "what does not compile with sanitizers, where they work, does not compile" {
	needs_sanitizers
	printf '#if defined(__SANITIZE_ADDRESS__)\n#error nobody looks\n#endif\n' >base64.c
	cat "$root/lessons/message/base64.c" >>base64.c
	examines
	ends 1
	says 'base64.c does not compile'
}

@test "what holds by chance does not compile: no return, an argument that printf does not expect" {
	{ cat "$root/lessons/message/base64.c" && echo 'int one(int n) { if (n > 1) return 1; }'; } >base64.c
	examines
	ends 1
	says 'base64.c does not compile'
	{ cat "$root/lessons/message/base64.c" && echo 'int printf(const char *, ...);
		void two(long n) { printf("%zu %d", n, n); }'; } >base64.c
	examines
	ends 1
	says 'base64.c does not compile'
	cp "$root/lessons/message/base64.c" .
	examines
	ends 0
}

@test "a program knows no case, has no descriptor of ours, and no environment to change" {
	adds 'extern char **environ;
		for (char **e = environ; *e != NULL; e++)
			fprintf(stderr, "%s\n", *e);
		for (int fd = 3; fd < 256; fd++)
			if (fcntl(fd, F_GETFD) >= 0)
				fprintf(stderr, "descriptor %d\n", fd);
		fflush(stderr);
		raise(SIGKILL);'
	CASE=1 MAIL_LAB_X=1 examines
	ends 1
	! [[ $output =~ CASE|MAIL_LAB|PIECE|descriptor ]] || return 1
}

@test "whoever forks, sleeps, writes without end or ignores TERM is ended, and nothing stays" {
	adds 'if (fork() == 0) execlp("/bin/sleep", "sleep", "'"$nap"'", (char *)0);'
	examines
	ends 0
	nothing_left
	adds 'if (fork() == 0) { setsid(); signal(SIGTERM, SIG_IGN); for (int i = 0; i < 10; i++) close(i); execlp("/bin/sleep", "sleep", "'"$nap"'", (char *)0); }'
	examines
	ends 0
	[ ! -d /proc/self ] || nothing_left
	adds 'signal(SIGTERM, SIG_IGN); for (;;) ;'
	LAB_TIME=2s examines
	ends 1
	says 'is there a loop without end?'
	adds 'for (;;) puts("pickles");'
	examines
	ends 1
	says 'It wrote without end.'
	nothing_left
}

@test "a signal to the check itself is reported, and nothing stays" {
	adds 'kill(getppid(), SIGKILL); for (;;) ;'
	examines
	ends 1
	says 'The check was ended'
	until_true nothing_left
}

@test "which variable was written past is told, and that char is signed" {
	needs_sanitizers
	adds 'char line[8]; volatile int n = 8; line[n] = 0; printf("%d", line[0]);'
	examines
	ends 1
	says 'base64.c:'
	[[ $output = *'you wrote past line[]'* || $output = *'index 8 out of bounds'* ]] || return 1
	adds 'char line[8]; volatile int n = 9; memset(line, 0, n); printf("%d", line[0]);'
	examines
	says 'you wrote past line[]'
	adds 'volatile signed char c = -56; volatile int n = c << 8; (void)n;'
	examines
	says 'char is signed here: 200 is negative'
}

@test "what was written before a buffer or a variable is not past it" {
	needs_sanitizers
	adds 'char *m = malloc(1); volatile int n = -1; m[n] = 1; printf("%d", m[0]);'
	examines
	says 'you wrote before a buffer of 1 octet.'
	adds 'char *m = malloc(8); volatile int n = 9; memset(m, 0, n); printf("%d", m[0]);'
	examines
	says 'you wrote past a buffer of 8 octets.'
	adds 'char line[8]; char *at = line; volatile char *volatile before = at; before[-1] = 1;'
	examines
	says 'you wrote before line[]'
}

@test "a difference near the edge of what is shown has the view moved to it" {
	printf 'base64_encode("%s")  "%sYWJk\\n" held=0\n' "$(n_of 14 abc)" "$(n_of 13 YWJj)" >near.rows
	run hunt "$lesson" near.rows
	ends 65
	printf '%s\n' "$output" >said
	has_line '  expected  ...*YWJk\\n" held=0' said
	got=$(grep '^  got ' said) caret=$(grep '^ *^$' said)
	[ "${got:${#caret}-1:1}" = j ]
	# Lines that are in view as a whole stay as they are.
	printf 'base64_encode("%s")  "%s" held=0\n' "$(n_of 12 abc)" "$(n_of 12 YWJj)" >near.rows
	run hunt "$lesson" near.rows
	says "  got       \"$(n_of 12 YWJj)\\n\" held=0"
}

@test "an octet of memory that was never written is said to be that" {
	sed 's/^\t[*]made = (size_t)(to - out)/& + 1/' "$root/lessons/smtp/dots.c" >dots.c
	run "$build/examine" "$root/lessons/04-the-end-of-a-message" dots.c message
	says '  got       "ketchup?\r\n\xa5" SEEN_END took=13'
	has_lines 1 '  (\\xa5: never written)' <(printf '%s\n' "$output")
}

@test "a row that no student has is told as that, without a command that would pass in her handout" {
	mkdir lessons
	cp -R "$lesson" lessons
	awk '{ print } $0 == "== three" { print "!mine\tbase64_encode(\"a\")\t\"b\" held=0" }' \
		"$lesson/rows" >lessons/07-base64/rows
	cp "$root/lessons/message/base64.c" .
	LAB_HEADERS=$root lesson=lessons/07-base64 examines
	ends 1
	says "This row is not in a student's handout."
	printf '%s\n' "$output" >story
	has_exactly 0 '*This case alone*' story
}

@test "the code of a row says what the peer does after its octets" {
	for wrong in 02:cr-in-the-same-piece:peer:closes 13:takes-what-lies-there:server:closes; do
		IFS=: read -r number name peer does <<<"$wrong"
		lesson=$(echo "$root/lessons/$number"-*)
		file=$root/$(sed -n 's/^file: //p' "$lesson/exercise")
		patch -s -o "${file##*/}" "$file" "$root/tests/wrong/$number-$name.patch"
		run "$build/examine" -1 "$lesson" "${file##*/}"
		says "/* by the $peer, and then: $does"
	done
}

@test "a mistake with pieces costs one case, and the others have their points" {
	needs patch
	mkdir -p wrong/lessons/wire
	cp "$root/lessons/wire/wire.c" wrong/lessons/wire
	(cd wrong && patch -s -p1 <"$root/tests/wrong/02-cr-in-the-same-piece.patch")
	run "$build/examine" -m "$root/lessons/02-the-wire" wrong/lessons/wire/wire.c
	ends 1
	[ "$(printf '%s\n' "$output" | grep -c '^failed')" -eq 1 ]
	says 'One read is not one line'
}

@test "on a terminal of 80 columns lines are parted between words" {
	script -qec true /dev/null >/dev/null 2>&1 || skip "no script(1) to make a terminal with"
	cp "$root/lessons/message/base64.c" .
	script -qec "stty cols 80; examine '$lesson' base64.c" /dev/null </dev/null | tr -d '\r' >out
	[ "$(awk 'length > 80 + 9' out | wc -l)" -eq 0 ] # and two colours
	has_line '*lines of 76*' out
}

@test "the name of a case has its column, however long it is, and a reader who has gone is told as that" {
	lesson=$root/lessons/04-the-end-of-a-message
	run "$build/examine" "$lesson" "$root/lessons/smtp/dots.c"
	ends 0
	says '+ crlf-dot-cr-cr-lf '
	from=$(printf '%s\n' "$output" | awk '/^  [+] / { print match($0, /[^ ] +[^ ]+ +[^ ]/) ? length(substr($0, 1, RSTART + RLENGTH - 1)) : 0 }' | sort -u)
	[ "$from" = 23 ] || { echo "columns: $from" && return 1; }
	mkfifo pipe
	(exec 3<pipe && exec 3<&-) &
	run sh -c '"$0" "$1" "$2" 2>&1 >pipe' "$build/examine" "$lesson" "$root/lessons/smtp/dots.c"
	[ "$output" = 'examine: standard output: Broken pipe' ] || { echo "$output" && return 1; }
}

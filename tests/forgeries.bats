# lab grade: what somebody hands in who cannot do the exercise, and wants its points. Each is the
# starter of lesson 7, and a little more; none has a case more than the starter alone.
load common
load grading

setup() {
	grading_setup 07-base64 'three|nothing|decode-three|decode-rubbish'
	cases=$(sed '1,/^== cases/d' "$exercise" | cut -f 1)
	starts >starter.c
}
teardown() { common_teardown; }

# forges NAME TEXT [FILE]: hands in a file that has this before it.
forges() {
	local content
	place_of "$1"
	read_in "${3-starter.c}"
	printf '%s\n%s' "$2" "$content" >"$place"
}
# begins NAME STATEMENTS [FILE], ends_so NAME STATEMENTS: which does this before it begins, or at its end.
headers=$(printf '#include <%s>\n' dirent.h fcntl.h limits.h signal.h stdio.h stdlib.h string.h unistd.h \
	sys/ptrace.h sys/types.h)
begins() { forges "$1" "$headers
extern char **environ; extern int clearenv(void);
__attribute__((constructor)) static void begin(void) { $2 }" ${3+"$3"}; }
ends_so() { forges "$1" "$headers
static void finish(void) { $2 }
__attribute__((constructor)) static void begin(void) { atexit(finish); }"; }

# Those that need no box to be refused.
forge() {
	local verdicts='' case
	forges starter '/* As it was. */'
	forges real '' "$real"
	for case in $cases; do
		verdicts="${verdicts}passed\\t$case\\n"
	done
	forges compiler "__asm__(\".print \\\"${verdicts//\\n/\\\"\\n.print \\\"}\\\"\");"
	begins prints "printf(\"$verdicts\"); fflush(stdout); fprintf(stderr, \"$verdicts\");"
	begins everywhere "for (int fd = 0; fd < 256; fd++) if (write(fd, \"$verdicts\", sizeof \"$verdicts\" - 1) < 0) continue;"
	begins answers-nothing 'FILE *f = fdopen(3, "r+"); char s[9999]; while (f && fgets(s, sizeof s, f)) { fputs("=\n", f); fflush(f); }'
	begins answers-early 'for (int i = 0; i < 1000; i++) if (write(3, "=\n", 2) < 0) break;'
	begins leaves '_exit(0);'
	ends_so leaves-late '_exit(0);'
	begins environment 'unsetenv("ASAN_OPTIONS"); unsetenv("CASE"); clearenv(); environ = 0;'
	forges refuses-sanitizers "#ifdef __SANITIZE_ADDRESS__
#error not with me
#endif"
	forges is-not-there '#ifndef __SANITIZE_ADDRESS__' <(cat starter.c && echo '#endif')
	forges compares '#include <stddef.h>
int memcmp(const void *a, const void *b, size_t n) { (void)a; (void)b; (void)n; return 0; }
int strcmp(const char *a, const char *b) { (void)a; (void)b; return 0; }'
	forges drives '#include <stddef.h>
void row_say_octets(const void *r, const void *octets, size_t n) { (void)r; (void)octets; (void)n; }'
	forges intermediate '__asm__(".section .gnu.lto_.opts,\"e\",@progbits\n.string \"-fplugin=x\"\n.text");'
}
# Those for whom the answers have to be out of sight: each takes what it finds. What finds
# nothing to take in does not compile.
forge_with_answers() {
	local path takes='' includes='#if 0'
	for path in "$build/modules.a" /tools/modules.a build/modules.a ../build/modules.a \
		"$build/base64.o" /tools/base64.o "$build/rows-07.o" "$build/b64" /programs/b64 "$work/key.tar.gz"; do
		takes="$takes
#if __has_include(\"$path\")
__asm__(\".incbin \\\"$path\\\"\");
#define TAKEN
#endif"
	done
	: >key.tar.gz
	forges takes "$takes
#ifndef TAKEN
#error nothing is there
#endif"
	for path in "$root/$file" "$real" "$file" message/base64.c "/headers/$file"; do
		includes="$includes
#elif __has_include(\"$path\")
#include \"$path\""
	done
	forges includes "$includes
#endif" /dev/null
	begins runs "const char *of[] = {\"$build/b64\", \"/tools/b64\", \"/usr/local/libexec/mail-lab/b64\"};
		int fd = open(\"/proc/self/cmdline\", O_RDONLY); char s[99] = \"\"; if (read(fd, s, 98) < 0) return;
		for (int i = 0; i < 3; i++) execl(of[i], \"b64\", strlen(s) + 1 < 98 && s[strlen(s) + 1] ? \"-d\" : (char *)0, (char *)0);
		execl(\"/usr/bin/base64\", \"base64\", \"-d\", (char *)0); execl(\"/bin/busybox\", \"base64\", \"-d\", (char *)0);
		exit(system(\"base64 -d || /usr/bin/base64 -d\"));"
}
# Those who write the verdict themselves, or have nobody write it.
forge_with_force() {
	local verdicts='' case
	for case in $cases; do
		verdicts="${verdicts}passed\\t$case\\n"
	done
	begins writes-above "char name[99]; for (int fd = 0; fd < 3; fd++) { snprintf(name, sizeof name, \"/proc/%d/fd/%d\", (int)getppid(), fd);
		int to = open(name, O_WRONLY | O_APPEND); if (to >= 0 && write(to, \"$verdicts\", sizeof \"$verdicts\" - 1) < 0) continue; }"
	begins traces 'ptrace(PTRACE_ATTACH, getppid(), 0, 0); ptrace(PTRACE_KILL, getppid(), 0, 0);'
}
# No work has more than the starter; the real file has all.
none_passes() {
	cat grades.csv
	grep -q '^real,.*,10.0,$' grades.csv
	rm -r class/real
	grep -v '^real,' grades.csv >others.csv
	most=$(sed -n 's/^starter,07-base64,\([0-9]*\),.*/\1/p' others.csv)
	[ "$(wc -l <others.csv)" -eq $(($(ls class | wc -l) + 1)) ]
	awk -F , -v most="$most" 'NR > 1 && $3 > most { print "more than the starter: " $0; bad = 1 } END { exit bad }' others.csv
	[ "$most" -lt 2 ]
	is_empty tmp
}

@test "in the box no forgery has a case more than the starter" {
	needs_a_box
	forge
	forge_with_answers
	forge_with_force
	begins kills 'kill(getppid(), SIGKILL); kill(-1, SIGKILL);' # here alone: it would end this test
	timeout 300 lab grade -f class >grades.csv 2>/dev/null
	for name in takes includes; do grep -q "^$name,07-base64,0,4,0.0,does not compile$" grades.csv || { cat grades.csv; return 1; }; done
	none_passes
}

@test "without a box no forgery has one that does not look for the answers" {
	forge
	forge_with_force
	without_box
	timeout 300 lab grade -f class >grades.csv 2>/dev/null
	none_passes
}

@test "a run has the C library and its binary, and the compiler no program or source of ours" {
	needs_a_box
	lab-box make "$work/system" "$build" "$work/tree"
	cat >look <<'END'
cd "$BOX/run" && find . \( -path ./tmp -o -path ./dev \) -prune -o -type f -print | grep -v '[.]so\|/gconv/\|/etc/ld'
cd "$BOX/compile" && ls -d opt srv home root usr/local usr/share tools 2>/dev/null
find -L "$BOX/compile/headers" -type f ! -name '*.h'
find . \( -name modules.a -o -name 'rows-*' -o -name base64.c -o -name '*-key.tar.gz' -o -name mail-lab \) -print 2>/dev/null
true
END
	run lab-box new "$work/system" sh "$work/look"
	ends 0
	case $(command -v "$(head -n 1 "$build/compiler")") in /usr/local/*) skip 'the compiler is in /usr/local' ;; esac
	[ -z "$output" ] || { echo "$output"; return 1; }
}

@test "where a program is, and its environment, do not tell which case it is" {
	needs_a_box
	begins asks 'static char all[99999]; const char *of[] = {"/proc/self/mountinfo", "/proc/self/environ", "/proc/self/cmdline", "/proc/1/cmdline"};
		for (int i = 0; i < 4; i++) { int fd = open(of[i], O_RDONLY); ssize_t n = read(fd, all, sizeof all - 1);
			for (ssize_t k = 0; k < n; k++) if (all[k] == 0) all[k] = 1;
			if (n > 0) all[n] = 0;
			if (n > 0 && (strstr(all, "every-octet") || strstr(all, "decode-") || strstr(all, "/three") || strstr(all, "CASE"))) abort(); }
		if (getcwd(all, sizeof all) == 0 || strcmp(all, "/work") != 0) abort();' "$real"
	run lab grade -f class
	[[ $output =~ asks,07-base64,([0-9]+),([0-9]+),10.0, ]] || { echo "$output"; return 1; }
}

@test "a table of all that the handout has gets no more than that" {
	{
		echo 'static const char *const table[][2] = {'
		grep -v '^!\|^#\|^==' "$root/lessons/$id/rows" | awk -F '\t+' 'NF > 2 {
			gsub(/\\/, "\\\\", $2); gsub(/"/, "\\\"", $2); gsub(/\\/, "\\\\", $3); gsub(/"/, "\\\"", $3)
			print "{\"" $2 "\", \"" $3 "\"}," }'
		echo '};'
	} >table
	begins table 'FILE *from = fdopen(3, "r"), *to = fdopen(dup(3), "w"); char s[9999], *call;
		while (from && to && fgets(s, sizeof s, from)) { s[strcspn(s, "\n")] = 0; call = strchr(s, 9); const char *found = "";
			for (size_t i = 0; call && i < sizeof table / sizeof *table; i++) if (strcmp(table[i][0], call + 1) == 0) found = table[i][1];
			fprintf(to, "%s\n", found); fflush(to); }
		if (from) _exit(0);' starter.c
	cat table class/table/07-base64/base64.c >all.c
	hands_in table <all.c
	run lab grade -f class
	open=$(awk -v cases="$cases" '/^== / { open[$2] = 1; name = $2 } /^!/ { open[name] = 0 }
		END { n = split(cases, of); while (n > 0) sum += open[of[n--]]; print sum }' "$root/lessons/$id/rows")
	[[ $output =~ table,07-base64,([0-9]+),([0-9]+), ]]
	[ "${BASH_REMATCH[1]}" -le "$open" ] && [ "${BASH_REMATCH[2]}" -gt "$open" ] || { echo "$open: $output"; return 1; }
}

@test "what a sanitizer reports is read, though a NUL is before it" {
	ends_so crashes 'if (write(2, "", 1) == 1) abort();'
	sed '/^#include "message.base64.h"/,$d' class/crashes/07-base64/base64.c | cat - "$real" >base64.c
	run "$build/examine" -m "${exercise%/*}" base64.c three
	ends 1
	says 'It crashed.'
}

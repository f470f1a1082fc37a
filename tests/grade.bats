# lab grade: a small class, some of whom wrote what would harm the others or their teacher.
load common
load grading

# The cases are tried whole.
setup() {
	grading_setup 02-the-wire 'one-line|nul'
	nap=31557.$$ # of this run of the tests alone
	in_pieces=$root/lessons/02-the-wire/cases whole=tree/lessons/02-the-wire/cases
	for case in one-line nul; do
		{ echo '# whole' && cat "$in_pieces/$case.txt"; } >$whole/$case.txt
	done
}
teardown() { common_teardown; }

# adds NAME STATEMENTS: the real file, which does something else before it begins.
adds() {
	place_of "$1"
	{
		printf '#include <%s>\n' fcntl.h signal.h stdio.h stdlib.h sys/resource.h unistd.h
		printf '__attribute__((constructor)) static void begin(void)\n{\n%s\n}\n' "$2"
		cat "$real"
	} >"$place"
}
# wrong PATCH: hands in a wrong program under its name.
wrong() {
	needs patch
	mkdir -p patched/lessons/wire
	cp "$real" patched/lessons/wire
	(cd patched && patch -s -p1 <"$root/tests/wrong/$1.patch")
	hands_in "$1" <patched/lessons/wire/wire.c
}
nothing_left() {
	is_empty tmp || return 1
	! runs "sleep $nap" || return 1
	[ ! -e "$work/outside" ]
}

@test "a class is graded: a line of CSV for each, sorted, and what most of them missed" {
	hands_in real <"$real"
	starts | hands_in starter
	wrong 02-no-nul
	hands_in another <class/02-no-nul/02-the-wire/wire.c
	echo 'this is no C' | hands_in 'a,"b"'
	mkdir class/=1+1 "class/$(printf 'tab\tand\nline\033\303\251\377')" class/nobody
	cp "$in_pieces/"* $whole
	lab grade -f class >one.csv 2>missed
	cat >expected.csv <<'END'
student,lesson,passed,total,points,first failure
"a,""b""",02-the-wire,0,2,0.0,does not compile
'=1+1,02-the-wire,0,2,0.0,nothing was handed in
02-no-nul,02-the-wire,1,2,5.0,"nul: expected 500, got 250: done"
nobody,02-the-wire,0,2,0.0,nothing was handed in
real,02-the-wire,2,2,10.0,
starter,02-the-wire,0,2,0.0,it is as lab start made it
another,02-the-wire,1,2,5.0,"nul: expected 500, got 250: done"
END
	printf 'tab\\x09and\\x0aline\\x1b\303\251\\xff,02-the-wire,0,2,0.0,nothing was handed in\n' >>expected.csv
	same <(sort expected.csv) <(sort one.csv)
	# By the name of the folder, which begins a formula, or is quoted, in the table alone.
	[ "$(sed 1d one.csv | cut -d , -f 1 | tr -d "\"'" | paste -s -d ' ' -)" = \
		"$(printf '02-no-nul =1+1 a another nobody real starter tab\\x09and\\x0aline\\x1b\303\251\\xff')" ]
	grep -q '^Most of the class missed:' missed
	grep -q '02-the-wire *nul *2 of 3: a NUL in a line is reported' missed
	[ "$(grep -c one-line missed)" -eq 0 ]
	without_box
	lab grade -f -j 5 class/ >two.csv 2>/dev/null
	same one.csv two.csv
	nothing_left
}

@test "what harms costs its owner points and nobody else anything, and leaves nothing behind" {
	needs_a_box
	adds innocent 'struct rlimit may; if (getrlimit(RLIMIT_NPROC, &may) != 0 || may.rlim_cur > 100000) abort();'
	adds loops 'for (;;) ;'
	adds prints 'for (;;) puts("pickles");'
	adds forks 'for (int i = 0; i < 5; i++) fork(); for (;;) pause();'
	adds crashes 'abort();'
	adds kills 'kill(-1, SIGKILL); kill(getppid(), SIGKILL); raise(SIGKILL);'
	adds stays 'if (fork() == 0) { setsid(); signal(SIGTERM, SIG_IGN); for (int i = 0; i < 10; i++) close(i); execlp("sleep", "sleep", "'"$nap"'", (char *)0); }'
	adds writes "close(open(\"$work/outside\", O_CREAT | O_WRONLY, 0666)); abort();"
	adds edits "system(\"for f in \$(find / -path '*cases/one-line.txt' 2>/dev/null); do : >\$f; done\"); abort();"
	adds runs "execl(\"$build/smtp-server\", \"smtp-server\", \"-n\", \"hamburger.edu\", \"mail\", (char *)0); abort();"
	echo "#include \"$real\"" | hands_in includes
	echo '#include "wire.c"' | hands_in includes-itself
	echo '#include "/dev/zero"' | hands_in never-ends
	: | hands_in nothing
	mkdir -p class/links/02-the-wire
	ln -s "$real" class/links/02-the-wire/wire.c
	mkdir -p class/fifo/02-the-wire
	mkfifo class/fifo/02-the-wire/wire.c
	cp -R tree/lessons/02-the-wire/cases before
	timeout 300 lab-grade -f -t 4s class >grades.csv 2>/dev/null
	cat grades.csv
	[ "$(wc -l <grades.csv)" -eq 17 ]
	for student in innocent stays; do grep -q "^$student,02-the-wire,2,2,10.0,$" grades.csv; done
	[ "$(grep -c ',0,2,0.0,' grades.csv)" -eq 14 ]
	for student in loops forks; do grep -q "^$student,.*one-line: It did not end" grades.csv; done
	for student in includes includes-itself never-ends nothing; do
		grep -q "^$student,.*,does not compile" grades.csv
	done
	grep -q '^links,.*,a link was handed in' grades.csv
	diff -r before tree/lessons/02-the-wire/cases
	nothing_left
}

@test "a case is tried though another one of the same work has all the processes there may be" {
	needs_a_box
	lab-box make "$work/system" "$build" "$work/tree"
	cat >two-cases <<'END'
confined() {
	exec unshare --mount --pid --fork --kill-child \
		confine -b "$BOX/compile" -p 30 -t 20s -f 100 "$@"
}
mkdir "$BOX/tmp/one" "$BOX/tmp/two"
cd "$BOX/tmp/one"
mkfifo full
exec 3<>full
(confined sh -c 'sh -c "while sleep 15 & do :; done" 2>words
	echo full >full
	exec sleep 15') 3<&- &
read -r full <&3
[ -s words ] || { echo "there was no end of processes" && exit 1; }
cd ../two
(confined echo 'the other is tried')
kill $!
wait
END
	run lab-box new "$work/system" sh "$work/two-cases"
	says 'the other is tried'
}

@test "a student's own folder is graded, and several" {
	without_box
	hands_in anna <"$real"
	mkdir -p other/anna
	cp -R class/anna/02-the-wire other/anna
	lab grade -f class/anna >one.csv 2>/dev/null
	grep -q '^anna,02-the-wire,2,2,10.0,$' one.csv
	lab grade -f other class/anna >two.csv 2>/dev/null
	grep -q '^other/anna,02-the-wire,2' two.csv
	grep -q '^class/anna,02-the-wire,2' two.csv
}

@test "what is as lab start made it is no work, where two exercises share a file too" {
	nobody_reads_clone
	without_box
	PATH=$root/scripts:$PATH MAIL_LAB_HOME=$work/class/anna
	export MAIL_LAB_HOME
	for number in 4 7 10; do lab start "$number" >/dev/null; done
	mkdir -p class/bob/07-base64
	echo 'no C' >class/bob/07-base64/base64.c
	run lab grade -f -v -l 4,7,10 class
	ends 0
	[ "$(printf '%s\n' "$output" | grep -c '^anna: .*: it is as lab start made it$')" -eq 3 ]
	says 'bob: 07-base64: '
	says 'base64.c does not compile'
	run lab grade -f -l 2,7 class
	ends 0
	cases=$(sed '1,/^== cases/d' "$root/lessons/07-base64/exercise" | grep -c .)
	says "anna,07-base64,0,$cases,0.0,it is as lab start made it"
	says "bob,07-base64,0,$cases,0.0,does not compile"
	run lab grade -f -l 2 class
	ends 66
}

@test "without a box it says so" {
	hands_in anna <"$real"
	without_box
	run lab grade class
	if [[ $output != *': not as root'* ]]; then # who is in no container
		ends 69
		says 'unshare: not permitted'
		says 'there is no box to be had here'
	fi
	run lab grade -f class
	ends 0
	says 'no box to be had here: a work may end or read whatever is its user'
	says 'anna,02-the-wire,2,2,10.0,'
	nothing_left
}

@test "root outside of a container is refused, unless told otherwise" {
	[ "$(id -u)" -eq 0 ] || skip 'root alone can be root'
	hands_in anna <"$real"
	mkdir system
	# The same system, in which nothing says that it is a container.
	cat >outside_of_containers <<'END'
mount -t tmpfs none system || exit 99
for d in /*; do
	case $d in /proc | /run | /sys) mkdir "system$d" && continue ;; esac
	if [ -L "$d" ]; then
		cp -P "$d" system
	elif [ -d "$d" ]; then
		mkdir "system$d" && { mount --rbind "$d" "system$d" || exit 99; }
	fi
done
mount -t proc proc system/proc || exit 99
exec chroot system sh -c "cd $PWD && $*"
END
	outside="env -u container unshare --mount --pid --fork sh outside_of_containers"
	$outside true 2>/dev/null || skip 'this system gives root no mount'
	run $outside tree/scripts/lab grade class
	ends 77
	says 'not as root'
	run $outside tree/scripts/lab grade -f class
	ends 0
}

@test "root is told which folder nobody may not enter" {
	[ "$(id -u)" -eq 0 ] || skip 'root alone may enter it'
	needs_a_box
	hands_in anna <"$real"
	chmod 700 tree
	run lab grade -f class
	ends 77
	says "$work/tree has the mode drwx------"
	! [[ "$output " = *" -f"[!a-z]* ]] || return 1
	chmod 755 tree
	chmod 600 tree/scripts/classroom/lab-box
	run lab grade -f class
	ends 77
	says 'lab-box has the mode -rw-------'
	nothing_left
}

@test "what it does not understand" {
	run lab grade
	ends 64
	run lab grade -h
	ends 0
	says 'lab grade class >grades.csv'
	for option in -j0 -jx -lx -tx -x; do
		run lab grade $option class
		ends 64
	done
	run lab grade "$work/nowhere"
	ends 66
	says 'no such folder'
	run lab grade class
	ends 66
	says 'found no work'
}

@test "a class is graded in Chinese: the table, the feedback, and a record that is tried anew for that" {
	without_box
	{ starts && echo 'int nothing;'; } | hands_in anna
	mkdir class/ben
	lab grade -f -o graded class >table 2>err || { cat err && return 1; }
	has_line 'ben,02-the-wire,0,2,0.0,nothing was handed in' table
	MAIL_LAB_WORDS=$work/tree/scripts/classroom/words.zh run lab grade -f -o graded class
	ends 0
	says 'student,lesson,passed,total,points,first failure'
	says 'ben,02-the-wire,0,2,0.0,什么也没有交'
	says 'lab-grade：评了'
	says '全班多数人没有通过：'
	has_line '交来的：02-the-wire/wire.c，*' graded/feedback/anna.txt
	has_line '什么也没有交。应当交的是02-the-wire/wire.c。*' graded/feedback/ben.txt
	has_line '2个学生，1份作业' graded/class.txt
	[ "${output#*lab-grade：评了0份}" = "$output" ]
	has_line 'id,02-the-wire,total,of,late' graded/gradebook.csv
}

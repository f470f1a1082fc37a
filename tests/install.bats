# make install: the course without the source tree, which nobody may write into.
load common

# installs WORD...: with a umask that hides what is not meant for all. To make, a folder in the tree
# is a path without what is above the tree, where there may be blanks.
installs() {
	local b=${build#"$root"/}
	(cd "$root" && make --no-print-directory B="$b" all >/dev/null && umask 077 && make --no-print-directory B="$b" install "$@") >made 2>&1 ||
		{ cat made; return 1; }
}
setup_file() {
	common_setup
	mkdir "$BATS_FILE_TMPDIR/a place"
	cd "$BATS_FILE_TMPDIR" || return
	installs PREFIX="$PWD/a place"
	everybody_reads "a place"
}
teardown_file() { chmod -R u+w "$BATS_FILE_TMPDIR"; }
setup() {
	common_setup
	unset MAIL_LAB_BUILD
	MAIL_LAB_HOME=$work/home LC_ALL=C TMPDIR=$work/tmp place=$BATS_FILE_TMPDIR/a\ place
	export MAIL_LAB_HOME LC_ALL TMPDIR
	mkdir tmp
}
teardown() {
	mail-lab stop >/dev/null 2>&1 || :
	common_teardown
}

# everybody_reads FOLDER: all that is in it, and nobody writes.
everybody_reads() {
	find "$1" ! -perm -444 | sed 1d >hidden # the first is the test's own
	find "$1" -type d ! -perm -111 | sed 1d >>hidden
	same /dev/null hidden
	chmod -R a-w "$1"
}

@test "mail-lab is in bin, its page in man, and the rest in two folders of its own; uninstall takes all of it" {
	installs DESTDIR="$work/image" PREFIX=/opt/course
	(cd image && find . ! -type d | cut -d / -f 2-5 | sort -u) >got
	printf '%s\n' opt/course/bin/mail-lab opt/course/libexec/mail-lab opt/course/share/mail-lab opt/course/share/man >expected
	same expected got
	[ -e image/opt/course/share/man/man1/mail-lab.1 ]
	[ "$(grep -l -r '^## Answers' image | wc -l)" -eq 0 ]
	has_line '*Yours to write*' image/opt/course/share/mail-lab/lessons/wire/wire.c
	[ "$(sed -n '$p' image/opt/course/bin/mail-lab)" = 'exec "/opt/course/libexec/mail-lab/lab" "$@"' ]
	# A program of somebody else stays.
	: >image/opt/course/bin/other
	(cd "$root" && make --no-print-directory uninstall DESTDIR="$work/image" PREFIX=/opt/course)
	[ "$(find image ! -type d)" = image/opt/course/bin/other ]
}

@test "installed and read-only, an exercise is begun, checked and done; a lesson is walked" {
	PATH=$place/bin:$PATH
	cd tmp
	run mail-lab
	ends 0
	says 'Next: mail-lab 0'
	run mail-lab start 2
	ends 0
	says 'mail-lab check 2'
	run mail-lab check 2
	ends 1
	says 'This case alone: mail-lab check 2'
	cp "$root/lessons/wire/wire.c" "$MAIL_LAB_HOME/02-the-wire/wire.c"
	run mail-lab check 2
	ends 0
	run timeout 300 mail-lab 7 </dev/null 3>&-
	ends 0
	says 'all as written'
	is_empty "$TMPDIR"
}

@test "installed and read-only, mail-lab host gives a mail host, in a home with a blank in its name" {
	PATH=$place/bin:$PATH
	mkdir 'a home'
	export MAIL_LAB_HOME=$work/a\ home
	printf '%s\n' 'mail-lab hosts' 'mail-lab stop' | mail-lab host anna >seen 2>told 3>&-
	grep -q '^anna.example is up: ' told
	[[ $(cat seen) = 'anna.example  '*' up  '*'ended anna.example' ]]
	[ "$(ls 'a home/class/anna')" = down ]
}

@test "installed, mail-lab shell has every program, script and page at hand" {
	{
		for page in "$root"/client/*.1 "$root"/server/*.1 "$root"/scripts/[!m]*.1 "$root"/scripts/classroom/*.1; do
			page=${page##*/}
			echo "command -v ${page%.1}"
		done
		echo 'command -v lab'
		echo 'ls "${MANPATH%:}"/man?/*'
		echo 'alice-to-bob >demo; echo "demo: $?"'
		echo exit
	} | "$place/bin/mail-lab" shell 1 >out 2>err 3>&-
	same /dev/null err
	[ "$(grep -c "^$work/home/run/bin/\|^$place/libexec/mail-lab/" out)" -eq "$(($(grep -c '/man1/.*\.1$' out) + 1))" ]
	has_line '*/man1/talk.1' out
	has_line '*/man5/transcript.5' out
	has_line 'demo: 0' out
}

# What every test file needs: the programs, a folder of its own, servers
# that are waited for by what they announce and ended by their process ids.
#
#   load common
#   setup() { common_setup; }
#   teardown() { common_teardown; }

# bats notes the line of each command before it is run, which takes longer than most of them:
# within the functions that a test calls, it does without.
common_setup() {
	set +o functrace
	root=${BATS_TEST_DIRNAME%/*}
	build=${MAIL_LAB_BUILD:-build}
	case $build in /*) ;; *) build=$root/$build ;; esac
	PATH=$build:$root/scripts:$root/scripts/classroom:$PATH
	# What a program or the compiler would do otherwise for whoever runs the tests.
	unset "${!MAIL_LAB_@}" "${!LAB_@}" BOX lab SMTP POP3 HTTP SMTP2 POP3_PASSWORD MAILCAPS \
		SOURCE_DATE_EPOCH COLUMNS NO_COLOR QUOTING_STYLE CDPATH ENV \
		DESTDIR PREFIX TAR_OPTIONS MANPATH
	MAIL_LAB_BUILD=$build SHELL=/bin/sh MAIL_LAB_WORDS=
	export MAIL_LAB_BUILD SHELL MAIL_LAB_WORDS
	# The folder that bats removes; before its version 1.4, and in soak, one that we do.
	work=${BATS_TEST_TMPDIR:-$(mktemp -d "${TMPDIR:-/tmp}/mail-lab.XXXXXX")}
	cd "$work" || return 1
	pids=
}

# common_teardown [SIGNAL]: of the processes of a test it ends only those that still run. The number
# of a process that has ended may be another one's by now.
common_teardown() {
	local pid content=
	if [ -n "$pids" ]; then
		{ jobs -rp && jobs -sp; } >"$work.running" 2>/dev/null
		read_in "$work.running"
	fi
	for pid in $pids; do
		case $'\n'$content in *$'\n'"$pid"$'\n'*) kill "-${1-TERM}" "$pid" 2>/dev/null || : ;; esac
	done
	for pid in $pids; do
		wait "$pid" 2>/dev/null || :
	done
	cd /
	[ -n "${BATS_TEST_TMPDIR-}" ] || rm -rf "$work" "$work.printed" "$work.running"
}

# pause SECONDS: in which nobody says anything in a FIFO, where bash reads fractions of a second;
# a process less for each look at what is waited for.
pause() {
	local quiet=${BATS_RUN_TMPDIR:-$work.run}/quiet
	[ "${BASH_VERSINFO[0]}" -ge 4 ] || { command sleep "$1" && return; }
	[ -p "$quiet" ] || { mkdir -p "${quiet%/*}" && mkfifo "$quiet"; } || return
	read -r -t "$1" <>"$quiet" || :
}

# until_true COMMAND...: waits, two minutes at the most, for something announced.
until_true() {
	local tries=0 pause=0.02
	until "$@" 2>/dev/null; do
		tries=$((tries + 1))
		if [ "$tries" -gt 1200 ]; then
			echo "waited in vain for: $*"
			return 1
		fi
		[ "$tries" -ne 10 ] || pause=0.1
		pause "$pause"
	done
}

# How a file is looked at without a process, so that it can be done again and again; a pattern is
# one of the shell, for a whole line.
# count_lines PATTERN FILE [MOST]: so many lines of it are like this, in $n_lines.
count_lines() {
	local line
	n_lines=0
	while [ "$n_lines" -lt "${3-1000000}" ]; do
		IFS= read -r line || [ -n "$line" ] || break
		# shellcheck disable=SC2254 # a pattern
		case $line in $1) n_lines=$((n_lines + 1)) ;; esac
	done <"$2"
}
# has_lines N PATTERN FILE: at least so many. has_line PATTERN FILE: at least one.
has_lines() {
	count_lines "$2" "$3" "$1"
	[ "$n_lines" -eq "$1" ]
}
has_line() { has_lines 1 "$1" "$2"; }
# has_exactly N PATTERN FILE: so many, and no more.
has_exactly() {
	count_lines "$2" "$3"
	[ "$n_lines" -eq "$1" ] || { echo "expected $1 lines like $2 in $3, got $n_lines" && return 1; }
}

# read_in FILE: all of it, up to a NUL, is in $content.
read_in() { IFS= read -r -d '' content <"$1" || :; }
# reads FILE TEXT: that is what is in it, but for empty lines at its end.
reads() {
	local content
	read_in "$1"
	while [ "$content" != "${content%$'\n'}" ]; do content=${content%$'\n'}; done
	[ "$content" = "$2" ] || { printf 'expected %s: %s\ngot: %s\n' "$1" "$2" "$content" && return 1; }
}
# count_files FOLDER: so many are in it, in $n_files; a folder that is not there has none.
count_files() {
	local file
	n_files=0
	for file in "$1"/*; do [ ! -f "$file" ] || n_files=$((n_files + 1)); done
}
# dated SECONDS FILE...: it was last changed then; on the day too on which the clocks here change.
dated() {
	local TZ=UTC0 at
	export TZ
	printf -v at '%(%Y%m%d%H%M.%S)T' "$1" 2>/dev/null ||
		at=$(date -d "@$1" +%Y%m%d%H%M.%S 2>/dev/null || date -r "$1" +%Y%m%d%H%M.%S)
	shift
	touch -t "$at" "$@"
}
# only_in FOLDER NAME...: these are all that is in it, hidden ones too.
only_in() {
	local folder=$1 file name
	shift
	for file in "$folder"/* "$folder"/.[!.]*; do
		[ -e "$file" ] || [ -L "$file" ] || continue
		for name; do [ "$folder/$name" != "$file" ] || continue 2; done
		echo "expected $*; got $file too"
		return 1
	done
	for name; do
		[ -e "$folder/$name" ] || [ -L "$folder/$name" ] || { echo "expected $folder/$name" && return 1; }
	done
}
# is_empty FOLDER: nothing is in it.
is_empty() {
	local file
	for file in "$1"/* "$1"/.[!.]*; do
		[ ! -e "$file" ] && [ ! -L "$file" ] || { echo "there is $file" && return 1; }
	done
}

# listens_on FILE: what a server has announced there, in $address.
listens_on() {
	local announced
	IFS= read -r announced <"$1" || return
	address=${announced#listening on }
	[ "$address" != "$announced" ]
}

# listens_or_ended FILE: the server of $pid has announced that, or is no more.
listens_or_ended() { listens_on "$1" || ! kill -0 "$pid" 2>/dev/null; }

# serve PROGRAM ARGUMENTS...: starts a server on a free port and waits for its
# first line. Sets $pid, $address (HOST:PORT) and $port; what it prints is in
# the files $pid.out and $pid.err.
serve() {
	local n=0
	while [ -e "server$n.out" ]; do n=$((n + 1)); done
	"$@" >"server$n.out" 2>"server$n.err" 3>&- </dev/null &
	pid=$!
	pids="$pids $pid"
	until_true listens_or_ended "server$n.out" && listens_on "server$n.out" || {
		cat "server$n.err"
		return 1
	}
	port=${address##*:}
	server_out=$work/server$n.out
	server_err=$work/server$n.err
}

# afresh COMMAND...: takes the place of this shell; INT and HUP, which whoever runs the tests may
# ignore, as make test & and nohup have it, mean to it what they usually do, where env can say so.
afresh() {
	knows_systems
	# shellcheck disable=SC2086 # a word each
	exec $as_usual "$@"
}

# knows_systems: finds out once for each test what env and script are like here.
knows_systems() {
	[ -z "${script_kind-}" ] || return 0
	as_usual=
	! env --default-signal=INT,HUP true 2>/dev/null || as_usual='env --default-signal=INT,HUP'
	script_kind=bsd
	! script --version 2>/dev/null | grep -q util-linux || script_kind=util-linux
}

# heeding_int COMMAND...: what it starts in the background heeds INT, which a shell has it ignore
# else, but for where each job is a process group of its own.
heeding_int() {
	set -m
	"$@"
	set +m
}

# on_terminal COMMAND: run on a terminal of its own, by either kind of script(1), whose place
# this shell gives it. Ctrl-C ends the program there, and not the shell that notes how it ended:
# some shells go on by themselves, and some do not.
on_terminal() {
	local command="trap : INT; $1"
	knows_systems
	if [ "$script_kind" = util-linux ]; then
		afresh script -qec "$command" /dev/null
	else
		afresh script -q /dev/null sh -c "$command"
	fi
}

# has_ipv6: ::1 is an address here.
has_ipv6() { [[ $(replay '[::1]:1' /dev/null 2>&1) = *'Connection refused'* ]]; }
# needs COMMAND: the test is left out where it is not here.
needs() { command -v "$1" >/dev/null || skip "no $1(1)"; }
# needs_descriptors N: it may have so many, or is left out.
needs_descriptors() {
	[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge "$1" ] || ulimit -Sn "$1" 2>/dev/null ||
		skip "only $(ulimit -Hn) descriptors allowed"
}

# processes: of each its parent, its number and its command line. A small Linux may have no ps(1), but
# it has /proc.
processes() {
	local folder stat word args
	[ -r /proc/self/stat ] || { ps -A -o ppid= -o pid= -o args= && return; }
	for folder in /proc/[0-9]*; do
		args=
		{
			read -r stat <"$folder/stat" &&
				while IFS= read -r -d '' -u 7 word; do args="$args $word"; done 7<"$folder/cmdline"
		} 2>/dev/null || continue
		stat=${stat##*) ? }
		echo "${stat%%[!0-9]*} ${folder##*/}$args"
	done
}
# runs TEXT: a process has it in its command line.
runs() { processes | grep -v grep | grep -F -e "$1"; }

# preloads LIBRARY COMMAND...: a library of this test comes before that of C. Its folder, which may
# have a blank in its name, is where it is looked for.
preloads() { LD_PRELOAD=$1 LD_LIBRARY_PATH=$work${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} "${@:2}"; }

# has_state STATE PID: R runs, S waits, T is stopped, and so on.
has_state() {
	local state
	if [ -r /proc/self/stat ]; then
		read -r state <"/proc/$2/stat" || return
		state=${state##*) }
	else
		state=$(ps -o state= -p "$2")
	fi
	[[ $state = "$1"* ]]
}

# stop_and_continue PID: while it waits, as by Ctrl-Z and fg.
stop_and_continue() {
	until_true has_state S "$1" || return 1
	kill -STOP "$1"
	until_true has_state T "$1" || return 1
	kill -CONT "$1"
}

# n_of COUNT TEXT: the text, in which \n is a line end, so many times.
n_of() {
	local n=$1 text all=
	printf -v text '%b' "$2"
	while [ "$n" -gt 0 ]; do
		[ "$((n % 2))" -eq 0 ] || all=$all$text
		text=$text$text
		n=$((n / 2))
	done
	printf '%s' "$all"
}
# letters COUNT [LETTER]
letters() { n_of "$1" "${2:-x}"; }

# A client of our own over TCP: dial, then say and hear, hang_up.
dial() { exec 4<>"/dev/tcp/127.0.0.1/$port"; }
hang_up() { exec 4<&- 4>&-; }
# say TEXT: in one piece; bash itself writes a line at a time.
say() {
	local line
	printf -v line '%b' "$1"
	case ${line%$'\n'} in
	*$'\n'*) printf '%b' "$1" | cat >&4 ;;
	*)
		trap '' PIPE
		printf '%b' "$1" >&4 || { trap - PIPE && return 1; }
		trap - PIPE
		;;
	esac
}
hear() {
	local line=
	IFS= read -r -t 120 -u 4 line || :
	line=${line%$'\r'}
	# shellcheck disable=SC2254 # a pattern
	case $line in $1) return 0 ;; esac
	printf 'expected %s\ngot      %s\n' "$1" "$line"
	return 1
}
# silence: the server has closed, and said nothing more.
silence() {
	local line='' status=0
	IFS= read -r -t 120 -u 4 line || status=$?
	[ "$status" -eq 1 ] && [ -z "$line" ] && return 0
	echo "expected the end, got: ${line:-nothing}"
	return 1
}

# codes CODE...: those of the replies in the file replies, in order: the first word of a line.
codes() {
	local line got='' reply=$'^([0-9]{3})([ \r]|$)'
	while IFS= read -r line; do
		[[ ! $line =~ $reply ]] || got="$got${got:+ }${BASH_REMATCH[1]}"
	done <replies
	[ "$got" = "$*" ] && return 0
	printf 'expected %s \ngot      %s, with:\n' "$*" "$got"
	cat -vet replies
	return 1
}

# same EXPECTED ACTUAL: two files alike to the byte, else what differs is shown. What is not long
# is compared without a process, up to each NUL.
same() {
	local LC_ALL=C one='' other='' more=0
	if [ -f "$1" ] && [ -f "$2" ]; then
		while [ "$more" -eq 0 ] && [ "$one" = "$other" ] && [ ${#one} -lt 30000 ]; do
			IFS= read -r -d '' -n 30000 -u 8 one || more=1
			IFS= read -r -d '' -n 30000 -u 9 other || more=$((more + 1))
		done 8<"$1" 9<"$2"
		[ "$more" -ne 2 ] || [ "$one" != "$other" ] || return 0
	fi
	cmp -s "$1" "$2" && return 0
	echo "expected ($1) and got ($2):"
	diff -u <(cat -vet "$1") <(cat -vet "$2") | head -n 40
	return 1
}

# run COMMAND...: as bats has it, but a program without a shell of its own: $status, $output, and
# ${lines[@]}, those that are not empty.
run() {
	local flags=$- part
	set +eET
	output=
	if declare -F "$1" >/dev/null; then
		output=$("$@" 2>&1) && status=0 || status=$?
	else
		"$@" >"$work.printed" 2>&1 && status=0 || status=$?
		while IFS= read -r -d '' part; do output=$output$part; done <"$work.printed"
		output=$output$part
		while [ "$output" != "${output%$'\n'}" ]; do output=${output%$'\n'}; done
	fi
	IFS=$'\n' read -r -d '' -a lines <<<"$output" || :
	set "-$flags"
}

# says EXPECTED: $output of the last run holds this text.
says() {
	case $output in
	*"$1"*) return 0 ;;
	esac
	printf 'expected to read: %s\ngot: %s\n' "$1" "$output"
	return 1
}

# ends WITH: $status of the last run.
ends() {
	# shellcheck disable=SC2154
	[ "$status" -eq "$1" ] && return 0
	printf 'expected status %s, got %s, with: %s\n' "$1" "$status" "$output"
	return 1
}

# starter EXERCISE FILE: the file as lab start makes it.
starter() {
	awk -f "$root/scripts/classroom/lab-functions.awk" -f "$root/scripts/classroom/lab-starter.awk" "$@"
}

# rows FILE: every row of tests/rows/FILE holds, and every sentence of tests/conversations/FILE
# for conversations; what does not is shown.
rows() { holds_all table "$root/tests/rows/$1"; }
conversations() { holds_all converse "$root/tests/conversations/$1"; }
holds_all() {
	command -v "$1" >/dev/null || { echo "not there yet: make build/$1" && return 1; }
	"$@" >tap && return 0
	grep -v '^ok ' tap
	return 1
}

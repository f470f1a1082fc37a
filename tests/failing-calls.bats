# What is promised while the system fails: each call of smtp-server, mail-queue and pop3-fetch
# that has to do with files fails once, and then all from that one on, in four ways (see
# failing-calls.c). After that the disk is well again, and everything that was promised is there.
#
#	FAULTS=all bats tests/failing-calls.bats	each call; else each seventh
load common

setup() {
	common_setup
	{ IFS= read -r compiler && IFS= read -r sanitizers; } <"$build/compiler"
	[ -z "$sanitizers" ] || skip "no library may come before that of $sanitizers"
	library=failing-calls.so
	$compiler -fPIC -shared -o "$library" "$root/tests/failing-calls.c" -ldl 2>/dev/null &&
		[ "$(told=tried failing io 1 1 b64 env PATH="$PATH" b64 "$root/LICENSE" 2>&1)" != "$(b64 "$root/LICENSE")" ] ||
		skip "no library can be loaded before libc here"
	now=$(date +%s)
	step=7
	[ "${FAULTS-}" != all ] || step=1
}
teardown() { common_teardown; }

# failing HOW AT FOR PROGRAM COMMAND...: the calls of this program, from number AT on, fail;
# the file $told tells which.
failing() {
	local how=$1 at=$2 for=$3 in=$4
	shift 4
	FAIL_HOW=$how FAIL_AT=$at FAIL_FOR=$for FAIL_IN=$in FAIL_TOLD=$PWD/$told preloads "$library" "$@"
}

# make_room RUN FOLDER...: before each fiftieth run, the folders of the next fifty, which have
# the number of the run for the @ in their names.
make_room() {
	local run folder folders=()
	[ $(($1 % 50)) -eq 0 ] && [ $# -gt 1 ] || return 0
	for ((run = $1; run < $1 + 50; run++)); do
		for folder in "${@:2}"; do folders+=("${folder//@/$run}"); done
	done
	mkdir -p "${folders[@]}"
}

# each_call PROGRAM FOLDER...: a function of the test, attempt RUN HOW AT FOR, is called for each
# number until so many calls are no more; and what must hold, held RUN, after each.
each_call() {
	local how at for runs=0 program=$1
	shift
	for how in io inodes descriptors disk; do
		for for in 1 100000; do
			at=1
			while :; do
				make_room "$runs" "$@"
				told=told.$runs
				attempt "$runs" "$how" "$at" "$for"
				held "$runs" || {
					echo "$how, from call $at on, for $for: $(cat "$told")"
					return 1
				}
				runs=$((runs + 1))
				[ -e "$told" ] || break
				at=$((at + step))
			done
		done
	done
	echo "# $runs runs of $program" >&3
}

# line_in FILE BEGINNING: a line of it begins so.
line_in() {
	read_in "$1"
	[[ $'\n'$content == *$'\n'"$2"* ]]
}
# whole FILE: the letter, to its end.
whole() {
	read_in "$1"
	content=${content%$'\n'}
	[ "${content##*$'\n'}" = 'the last line' ]
}
# is_in FOLDER: it holds the letter.
is_in() {
	local file
	for file in "$1"/*; do
		[ ! -f "$file" ] || ! whole "$file" || return 0
	done
	echo "it is not in $1"
	return 1
}
# with TEXT FILE...: those that hold this text are in $found.
with() {
	local file text=$1
	shift
	found=()
	for file; do
		[ -f "$file" ] || continue
		read_in "$file"
		[[ $content != *"$text"* ]] || found+=("$file")
	done
}

@test "smtp-server: what it says 250 to is there, for everybody, here and in the queue" {
	printf '%s\r\n' 'EHLO crepes.fr' 'MAIL FROM:<alice@crepes.fr>' 'RCPT TO:<bob@crepes.fr>' \
		'RCPT TO:<carol@crepes.fr>' 'RCPT TO:<dave@hamburger.edu>' 'RCPT TO:<erin@ketchup.org>' \
		'DATA' 'Subject: x' '' 'the last line' '.' 'QUIT' >said
	attempt() {
		failing "$2" "$3" "$4" smtp-server smtp-server -n crepes.fr -q "$1/queue" "$1/mail" \
			<said >replies 2>err || :
	}
	held() {
		local user
		line_in replies '250 Message accepted' || return 0
		for user in bob carol; do
			! line_in replies "250 $user" || is_in "$1/mail/$user/new" || return 1
		done
		for user in dave erin; do
			line_in replies "250 $user" || continue
			with "<$user@" "$1"/queue/new/*
			[ ${#found[@]} -eq 1 ] && whole "${found[0]}" || return 1
		done
	}
	each_call smtp-server @/mail/bob @/mail/carol
}

@test "mail-queue: each recipient gets it, or its sender a bounce that names it" {
	local copies most=0
	mkdir mail alice
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	echo "hamburger.edu $address" >routes
	serve smtp-server -l 127.0.0.1:0 -n crepes.fr alice
	echo "crepes.fr $address" >>routes
	attempt() {
		local pass file
		: >"mail/carol$1/tmp" # carol's mailbox cannot be written now
		printf '%s\n' "MAIL FROM:<alice$1@crepes.fr> SIZE=29" "RCPT TO:<bob$1@hamburger.edu>" \
			"RCPT TO:<carol$1@hamburger.edu>" 'RCPT TO:<dave@hamburger.edu>' '' 'Subject: x' '' \
			'the last line' >"$1/queue/new/$now.x"
		failing "$2" "$3" "$4" mail-queue mail-queue -1 -r 0 -n crepes.fr -m routes "$1/queue" 2>log || :
		rm "mail/carol$1/tmp"
		for pass in 1 2 3; do
			with '' "$1"/queue/new/*
			[ ${#found[@]} -gt 0 ] || break
			mail-queue -1 -r 0 -n crepes.fr -m routes "$1/queue" 2>>log
		done
	}
	held() {
		local file left=0
		set -- "$1" "mail/bob$1/new"/*
		copies=$(($# - 1))
		[ "$copies" -le "$most" ] || most=$copies
		for file in "$1"/queue/new/* "$1"/queue/bad/*; do
			[ ! -s "$file" ] || left=1
		done
		with dave "alice/alice$1/new"/*
		is_in "mail/bob$1/new" && is_in "mail/carol$1/new" && [ ${#found[@]} -gt 0 ] &&
			[ "$left" -eq 0 ] || {
			cat log
			ls -R "$1/queue"
			return 1
		}
	}
	each_call mail-queue mail/bob@/new mail/carol@ alice/alice@/new @/queue/new @/queue/tmp @/queue/bad
	echo "# at most $most copies" >&3
	[ "$most" -le 2 ]
}

@test "pop3-fetch: what it deletes on the server is here" {
	mkdir -p mail/bob/new
	echo 'bob:x' >users
	export POP3_PASSWORD=x
	serve pop3-server -l 127.0.0.1:0 -u users mail
	attempt() {
		printf 'Subject: x\n\nthe last line\n' >mail/bob/new/1
		printf 'Subject: x\n\nthe last line\n' >mail/bob/new/2
		failing "$2" "$3" "$4" pop3-fetch pop3-fetch -d -u bob "$address" "inbox$1" >out 2>err || :
	}
	held() {
		local name
		for name in 1 2; do
			[ -e "mail/bob/new/$name" ] || whole "inbox$1/$name" || return 1
		done
		read_in out
		[[ $content != *'fetched 1 '* ]] || whole "inbox$1/1"
	}
	each_call pop3-fetch
}

# flushed_after CALL: what was told last are the calls that it made; a flush follows this one.
flushed_after() {
	awk -v call="$1" '$0 == call { made = NR } $0 == "fsync" { flushed = NR }
		END { exit !(made && flushed > made) }' told && return 0
	echo "expected a flush after $1, got: $(tr '\n' ' ' <told)"
	return 1
}

@test "smtp-toy: 250 is said of what is on disk, and so is its name" {
	local at=1
	printf '%s\n' 'S:220 {any}' 'C:HELO crepes.fr' 'S:250 {any}' 'C:MAIL FROM:<alice@crepes.fr>' \
		'S:250 {any}' 'C:RCPT TO:<bob@hamburger.edu>' 'S:250 {any}' 'C:DATA' 'S:354 {any}' \
		'C:the last line' 'C:.' 'S:{any}' 'C:QUIT' 'S:{any}' >script
	while :; do
		rm -rf mailbox
		told=told.$at
		failing io "$at" 1 smtp-toy serve smtp-toy 0 || [ -e "$told" ]
		replay "$address" script >replies 2>&1 || :
		kill "$pid" && wait "$pid" || :
		[ -e "$told" ] || break
		if line_in replies 'S:250 Message'; then
			is_in mailbox
			read_in "$told"
			[[ ! $'\n'$content =~ $'\n'(fsync|link|mkstemp)$'\n' ]] || { cat "$told" && return 1; }
		fi
		at=$((at + 1))
	done
	is_in mailbox
	told=told
	failing nothing 1 1000 smtp-toy serve smtp-toy 0
	replay "$address" script >replies
	flushed_after link
}

@test "smtp-server: a MAIL that it makes is on disk before anything is served" {
	told=told
	failing nothing 1 1000 smtp-server smtp-server mail </dev/null >/dev/null
	flushed_after mkdir
	rm -r mail
	told='then' run failing io "$(grep -nx fsync told | head -n 1 | cut -d : -f 1)" 1 smtp-server smtp-server mail </dev/null
	ends 74
}

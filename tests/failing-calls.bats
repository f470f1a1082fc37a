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
	library=$work/failing-calls.so
	$compiler -fPIC -shared -o "$library" "$root/tests/failing-calls.c" -ldl 2>/dev/null &&
		[ "$(failing io 1 1 b64 env PATH="$PATH" b64 "$root/LICENSE" 2>&1)" != "$(b64 "$root/LICENSE")" ] ||
		skip "no library can be loaded before libc here"
	now=$(date +%s)
	step=7
	[ "${FAULTS-}" != all ] || step=1
}
teardown() { common_teardown; }

# failing HOW AT FOR PROGRAM COMMAND...: the calls of this program, from number AT on, fail.
failing() {
	local how=$1 at=$2 for=$3 in=$4
	shift 4
	rm -f told
	FAIL_HOW=$how FAIL_AT=$at FAIL_FOR=$for FAIL_IN=$in FAIL_TOLD=$PWD/told LD_PRELOAD=$library "$@"
}

# each_call PROGRAM: a function of the test, attempt HOW AT FOR, is called for each number
# until so many calls are no more; and what must hold, held, after each.
each_call() {
	local how at for runs=0
	for how in io inodes descriptors disk; do
		for for in 1 100000; do
			at=1
			while :; do
				attempt "$how" "$at" "$for"
				held || {
					echo "$how, from call $at on, for $for: $(cat told)"
					return 1
				}
				runs=$((runs + 1))
				[ -e told ] || break
				at=$((at + step))
			done
		done
	done
	echo "# $runs runs of $1" >&3
}

# whole FILE: the letter, to its end.
whole() { [ "$(tail -n 1 "$1")" = 'the last line' ]; }
# is_in FOLDER: it holds the letter.
is_in() {
	local file
	for file in "$1"/*; do
		[ ! -f "$file" ] || ! whole "$file" || return 0
	done
	echo "it is not in $1"
	return 1
}

@test "smtp-server: what it says 250 to is there, for everybody, here and in the queue" {
	printf '%s\r\n' 'EHLO crepes.fr' 'MAIL FROM:<alice@crepes.fr>' 'RCPT TO:<bob@crepes.fr>' \
		'RCPT TO:<carol@crepes.fr>' 'RCPT TO:<dave@hamburger.edu>' 'RCPT TO:<erin@ketchup.org>' \
		'DATA' 'Subject: x' '' 'the last line' '.' 'QUIT' >said
	attempt() {
		rm -rf mail queue
		mkdir -p mail/bob mail/carol
		failing "$1" "$2" "$3" smtp-server smtp-server -n crepes.fr -q queue mail \
			<said >replies 2>err || :
	}
	held() {
		local user entry
		grep -q '^250 Message accepted' replies || return 0
		for user in bob carol; do
			! grep -q "^250 $user" replies || is_in "mail/$user/new" || return 1
		done
		for user in dave erin; do
			grep -q "^250 $user" replies || continue
			entry=$(grep -l "<$user@" queue/new/*) && whole "$entry" || return 1
		done
	}
	each_call smtp-server
}

@test "mail-queue: each recipient gets it, or its sender a bounce that names it" {
	local copies=0 most=0
	mkdir -p mail/bob mail/carol alice/alice
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	echo "hamburger.edu $address" >routes
	serve smtp-server -l 127.0.0.1:0 -n crepes.fr alice
	echo "crepes.fr $address" >>routes
	attempt() {
		rm -rf queue mail/*/new alice/alice/new mail/carol/tmp
		mkdir -p queue/new queue/tmp queue/bad mail/bob/new alice/alice/new mail/carol
		: >mail/carol/tmp # carol's mailbox cannot be written now
		printf '%s\n' 'MAIL FROM:<alice@crepes.fr> SIZE=29' 'RCPT TO:<bob@hamburger.edu>' \
			'RCPT TO:<carol@hamburger.edu>' 'RCPT TO:<dave@hamburger.edu>' '' 'Subject: x' '' \
			'the last line' >"queue/new/$now.x"
		failing "$1" "$2" "$3" mail-queue mail-queue -1 -r 0 -n crepes.fr -m routes queue 2>log || :
		rm mail/carol/tmp
		mail-queue -1 -r 0 -n crepes.fr -m routes queue 2>>log
		mail-queue -1 -r 0 -n crepes.fr -m routes queue 2>>log
		mail-queue -1 -r 0 -n crepes.fr -m routes queue 2>>log
	}
	held() {
		copies=$(ls mail/bob/new | wc -l)
		[ "$copies" -le "$most" ] || most=$copies
		is_in mail/bob/new && is_in mail/carol/new && grep -q dave alice/alice/new/* &&
			[ "$(cat queue/new/* queue/bad/* 2>/dev/null | wc -l)" -eq 0 ] || {
			cat log
			ls -R queue
			return 1
		}
	}
	each_call mail-queue
	echo "# at most $most copies" >&3
	[ "$most" -le 2 ]
}

@test "pop3-fetch: what it deletes on the server is here" {
	mkdir -p mail/bob/new
	echo 'bob:x' >users
	export POP3_PASSWORD=x
	serve pop3-server -l 127.0.0.1:0 -u users mail
	attempt() {
		rm -rf inbox
		printf 'Subject: x\n\nthe last line\n' | tee mail/bob/new/1 >mail/bob/new/2
		failing "$1" "$2" "$3" pop3-fetch pop3-fetch -d -u bob "$address" inbox >out 2>err || :
	}
	held() {
		local name
		for name in 1 2; do
			[ -e "mail/bob/new/$name" ] || whole "inbox/$name" || return 1
		done
		! grep -q 'fetched 1 ' out || whole inbox/1
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
		failing io "$at" 1 smtp-toy serve smtp-toy 0 || [ -e told ]
		replay "$address" script >replies 2>&1 || :
		kill "$pid" && wait "$pid" || :
		[ -e told ] || break
		if grep -q '^S:250 Message' replies; then
			is_in mailbox
			run grep -Ex 'fsync|link|mkstemp' told
			ends 1
		fi
		at=$((at + 1))
	done
	is_in mailbox
	failing nothing 1 1000 smtp-toy serve smtp-toy 0
	replay "$address" script >replies
	flushed_after link
}

@test "smtp-server: a MAIL that it makes is on disk before anything is served" {
	failing nothing 1 1000 smtp-server smtp-server mail </dev/null >/dev/null
	flushed_after mkdir
	rm -r mail
	run failing io "$(grep -nx fsync told | head -n 1 | cut -d : -f 1)" 1 smtp-server smtp-server mail </dev/null
	ends 74
}

#!/usr/bin/env bats
# lab host and lab hosts: the class's own Internet. Each student has a mail host on this machine.
load common
load hosting

@test "Anna writes to Ben through her host to his, and Ben fetches it with his password" {
	has_host anna ben
	until_true knows anna ben
	writes anna ben
	until_true has_mail ben 1
	types ben 'pop3-fetch -u ben localhost:$POP3 inbox'
	has_line 'fetched *' ben.seen
	types ben 'cat inbox/*'
	has_line 'How about pickles?' ben.seen
	types ben 'pwd; ls -d lessons'
	has_line '*/home.ben/host/ben' ben.seen
	has_line lessons ben.seen
	run lab hosts
	ends 0
	[ "${#lines[@]}" -eq 2 ]
	[[ "${lines[0]}" =~ ^anna.example\ +up\ +localhost:[0-9]+\ +$(ls -ld "$work" | awk "{ print \$3 }")$ ]]
	[[ "${lines[1]}" =~ ^ben.example\ +up\  ]]
}

# HOSTS=30 in make soak.
@test "all of a class are up at once: each writes to the next, has one message, and nothing is left" {
	local i n=${HOSTS-4} names=()
	for ((i = 0; i < n; i++)); do
		names[i]=s$i
		opens "s$i"
	done
	for name in "${names[@]}"; do
		until_true has_lines 1 '*is up: SMTP*' "$name.seen"
	done
	lab hosts >hosts
	has_exactly "$n" '* up *' hosts
	for ((i = 0; i < n; i++)); do
		until_true knows "s$i" "s$(((i + 1) % n))"
		writes "s$i" "s$(((i + 1) % n))"
	done
	for name in "${names[@]}"; do
		until_true has_mail "$name" 1
		MAIL_LAB_HOME=$work/home.$name lab stop >stopped 3>&- &
		pids="$pids $!"
	done
	for name in "${names[@]}"; do
		until_true is_down "$name"
	done
	lab hosts >hosts
	has_exactly "$n" '* down *' hosts
}

@test "while Ben's host is down his mail waits, and then it goes" {
	has_host anna ben
	types ben 'lab stop'
	has_line 'ended ben.example' ben.seen
	is_down ben
	run lab hosts
	[[ "${lines[1]}" =~ ^ben.example\ +down\ +-\  ]]
	until_true has_line 'ben.example localhost:1' home.anna/host/anna/routes
	writes anna ben
	until_true has_line '*ben.example>: put off 3s: *' "home.anna/host/anna/log"
	has_host ben
	until_true has_mail ben 1
	until_true has_line '*ben.example>: delivered: *' "home.anna/host/anna/log"
}

@test "a host that has never been up has no route, and Anna gets a bounce" {
	has_host anna
	writes anna zoe
	until_true has_mail anna 1
	has_line '*no route to this domain*' home.anna/host/anna/mail/anna/new/*
}

@test "a host ends with its shell, by exit, HUP, TERM or KILL, and when it is told to stop" {
	local how
	for how in exit HUP TERM KILL; do
		has_host anna
		case $how in
		exit) echo exit >anna.typed ;;
		*) kill -"$how" "$pid" ;;
		esac
		until_true is_down anna || { echo "after $how" && ls -R class && return 1; }
		wait "$pid" || :
	done
	has_host anna
	MAIL_LAB_HOME=$work/home.anna run lab stop
	ends 0
	[ "$output" = 'ended anna.example' ]
	is_down anna
}

@test "all of it was killed: it is told as down, and lab host begins it anew" {
	local keeper keeper_shell smtp pop3 servers
	has_host anna
	read -r keeper keeper_shell smtp pop3 servers <home.anna/host/anna/up
	kill -KILL "$keeper" # its servers run on
	kill -KILL "$keeper_shell"
	wait "$pid" || :
	has_host anna
	read -r keeper keeper_shell smtp pop3 servers <home.anna/host/anna/up
	kill -KILL "$keeper" "$keeper_shell" $servers
	wait "$pid" || :
	run lab hosts
	says "localhost:$smtp does not answer"
	[[ "$output" =~ ^anna.example\ +down\ +-\  ]]
	has_host anna ben
	until_true knows anna ben
	writes anna ben
	until_true has_mail ben 1
}

@test "a second window is of the same host, which ends with the first" {
	has_host anna
	first=$pid
	mkfifo second.typed
	MAIL_LAB_HOME=$work/home.anna lab host anna <>second.typed >second.seen 2>&1 3>&- &
	pids="$pids $!"
	until_true has_lines 1 '*is up: SMTP*' second.seen
	same anna.seen second.seen
	echo 'exit' >second.typed
	wait "$!"
	writes anna anna
	until_true has_mail anna 1
	kill -HUP "$first"
	until_true is_down anna
}

@test "nobody else can read a mailbox, a queue or a password" {
	has_host anna
	writes anna anna
	until_true has_mail anna 1
	find home.anna ! -type l ! -type p -exec ls -ld {} + | awk '$1 !~ /^.......---/' >open
	[ ! -s open ] || { cat open && return 1; }
	[ "$(ls -ld home.anna | cut -c 1-10)" = drwx------ ]
	[ "$(ls -ld class/anna | cut -c 1-10)" = drwxr-xr-x ]
	[ "$(find class/anna -type f -size +0 | wc -l)" -eq 0 ]
	[ "$(wc -c <home.anna/host/anna/users)" -eq 22 ]
}

@test "a name is whose it was first, and the owner of its folder is told" {
	mkdir class/anna
	[ "$(id -u)" -eq 0 ] || skip "only root can give a folder to somebody else"
	chown 65534 class/anna
	opens anna
	wait "$pid" && status=0 || status=$?
	output=$(cat anna.seen)
	ends 77
	says "anna: that host is $(ls -ld class/anna | awk '{ print $3 }')'s; take another name"
	run lab hosts
	says "$(ls -ld class/anna | awk '{ print $3 }')"
}

@test "what somebody writes into the folder of the class leads nobody to anywhere else" {
	mkdir class/eve class/far class/high class/Bob class/both class/odd 'class/a b'
	: >class/file
	ln -s /etc class/link
	: >class/eve/mx.hamburger.edu:25
	: >class/far/localhost:25
	: >class/high/localhost:65536
	: >class/Bob/localhost:20000
	: >class/both/localhost:20001
	: >class/both/localhost:20002
	: >"class/odd/localhost:2\$(id)"
	has_host anna
	until_true test -s home.anna/host/anna/routes
	cat >expected <<-END
		# what $work/class says; nobody listens on port 1
		anna.example localhost:$(cut -d ' ' -f 1 home.anna/host/anna/ports)
		both.example localhost:20002
		eve.example localhost:1
		far.example localhost:1
		high.example localhost:1
		link.example localhost:1
		odd.example localhost:1
	END
	same expected home.anna/host/anna/routes
	# Nobody else is where she is.
	mkdir class/mallory
	: >"class/mallory/localhost:$(cut -d ' ' -f 1 home.anna/host/anna/ports)"
	until_true has_line 'mallory.example localhost:1' home.anna/host/anna/routes
	run lab hosts
	[[ "$output" =~ mallory.example\ +down ]]
}

@test "a folder that others could change, no folder, a wrong name: refused, with the reason" {
	chmod 0777 class
	run lab host anna
	ends 77
	says "chmod 1777 $work/class"
	MAIL_LAB_CLASS=$work/nowhere run lab hosts
	ends 66
	chmod 1777 class
	for name in Anna 1a a_b a- ../a "$(letters 33)"; do
		run lab host "$name"
		ends 64
		says "$name: not a name"
	done
	run lab host
	ends 64
	run lab hosts
	ends 0
	says 'Nobody is there yet'
}

@test "the same login with another MAIL_LAB_HOME does not take a host that is up" {
	has_host anna
	MAIL_LAB_HOME=$work/other run lab host anna
	ends 75
	says 'anna is up already'
}

@test "across machines: at the addresses that the teacher has named, and at no other" {
	serve smtp-server -l 127.0.0.2:0 mail || skip "there is no address but 127.0.0.1 here"
	kill "$pid"
	has_host carl
	export MAIL_LAB_ADDRESSES='192.0.2.7 127.0.0.2'
	has_host anna ben
	[[ $(ls class/anna) = 127.0.0.2:* ]]
	until_true knows anna ben
	writes anna ben
	until_true has_mail ben 1
	until_true has_line 'anna.example localhost:1' home.carl/host/carl/routes # he was not told
	port=$(ls class/ben) && port=${port##*:}
	exec 4<>"/dev/tcp/127.0.0.2/$port"
	hear '220 ben.example'
	say 'HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<anna@anna.example>\r\n'
	hear '250 *' && hear '250 *' && hear '550 *' # no relay for other machines
	hang_up
}

# presses_enter N: until there are so many prompts.
presses_enter() {
	echo >&5 || return
	has_lines "$1" '*anna$ *' seen
}

# is_answered: the shell goes on after Ctrl-C. That may come before what it is for; and what comes
# with it may be lost.
is_answered() {
	asked=$((${asked-0} + 1))
	case $((asked % 2)) in
	1) printf '\003' >&5 ;;
	0) echo 'echo "still $((6 * 7))"' >&5 ;;
	esac
	has_line '*still 42*' seen
}

@test "on a terminal: Ctrl-C and Ctrl-Z are for what is typed, and its end is that of the host" {
	command -v bash >/dev/null || skip "no bash"
	mkfifo keys
	(on_terminal true) </dev/null >/dev/null 2>&1 || skip "no script(1) to make a terminal with"
	export MAIL_LAB_HOME=$work/home.anna
	shells=anna
	SHELL=$(command -v bash) on_terminal "lab host anna" <keys >seen 2>&1 3>&- &
	pid=$!
	pids="$pids $pid"
	exec 5>keys
	until_true has_line '*anna$ *' seen
	printf '\003' >&5
	until_true presses_enter 2
	printf '\032' >&5
	until_true presses_enter 5
	printf 'echo "be"gun; cat\n' >&5
	until_true has_line '*begun*' seen
	until_true is_answered
	MAIL_LAB_HOME=$work/other run lab hosts
	[[ "$output" =~ ^anna.example\ +up ]]
	exec 5>&-
	kill -KILL "$pid" # the window is gone
	until_true is_down anna
}

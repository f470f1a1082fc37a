# Nothing is lost: messages to 20 domains, of which some take mail, some refuse it for now,
# some for good, and seven hang up, each at another step, while mail-queue, smtp-send and
# the servers are killed with kill -9 and started again. In the end every recipient has the
# message, or its sender a bounce that names it.
#
#	CRASH=2000 bats tests/mail-queue-crash.bats
load common

setup() {
	common_setup
	messages=${CRASH-100}
	kills=${CRASH_KILLS-$((10 + messages / 20))}
	RANDOM=${CRASH_SEED-1}
	: >log
	: >routes
	exec 7<log
	logged=0 begun=0 part=
}
teardown() {
	pids="$pids ${submitter-}"
	common_teardown
}

# server NAME [ADDRESS]: the smtp-server of a domain; its process id goes to pid_NAME.
server() {
	local queue=
	[ "$1" != crepes.fr ] || queue='-q queue'
	# shellcheck disable=SC2086
	serve smtp-server -l "${2-127.0.0.1:0}" -n "$1" $queue "mail/$1"
	printf '%s\n' "$pid" >"pid.$1"
	printf '%s\n' "$address" >"address.$1"
	[ -n "${2-}" ] || echo "$1 $address" >>routes
}

# scripted NAME LINE...: replay performs these lines, again and again.
scripted() {
	local name=$1
	shift
	printf '%s\n' "$@" >"script.$name"
	serve replay -k -l 127.0.0.1:0 "script.$name"
	printf '%s\n' "$pid" >"pid.$name"
	printf '%s\n' "$address" >"address.$name"
	echo "$name $address" >>routes
}

hosts() {
	local mail rcpt data dot
	# d6 and d7 know nobody; d12 to d18 are mended later on.
	mkdir -p mail/crepes.fr/alice mail/d{0,1,2,3,4,5,8,9,12,13,14,15,16,17,18}.edu/bob mail/d{6,7}.edu
	server crepes.fr
	for n in 0 1 2 3 4 5 6 7 8 9; do server "d$n.edu"; done
	mail=$'S:220 x\nC:EHLO {any}\nS:250 x\nC:MAIL {any}'
	rcpt=$mail$'\nS:250 x\nC:RCPT {any}'
	data=$rcpt$'\nS:250 x\nC:DATA'
	dot=$data$'\nS:354 x\nC:{lines}\nC:.'
	scripted d10.edu "$rcpt" 'S:451 not now' 'C:RSET' '!S closes'
	scripted d11.edu "$mail" 'S:552 never' 'C:RSET' '!S closes'
	scripted d12.edu '!S closes'
	scripted d13.edu 'S:220 x' 'C:EHLO {any}' '!S closes'
	scripted d14.edu "$mail" '!S resets'
	scripted d15.edu "$rcpt" '!S closes'
	scripted d16.edu "$data" '!S closes'
	scripted d17.edu "$data" 'S:354 x' 'C:{any}' '!S resets'
	scripted d18.edu "$dot" '!S closes'
	echo "d19.edu 127.0.0.1:1" >>routes
}

# recipients N: of message N, in the array to: two domains; in d9 somebody who is not there, too.
recipients() {
	local first=$(($1 % 20)) second=$((($1 * 3 + 7) % 20))
	to=("bob@d$first.edu")
	[ "$first" -eq "$second" ] || to+=("bob@d$second.edu")
	[ "$first" -ne 9 ] && [ "$second" -ne 9 ] || to+=(nobody@d9.edu)
}

# read_log: counts its lines, and how often mail-queue has begun, as far as they have come.
read_log() {
	local line
	while IFS= read -r line <&7; do
		logged=$((logged + 1))
		case $part$line in *': begun') begun=$((begun + 1)) ;; esac
		part=
	done
	part=$part$line # which has no end yet
}
# goes_on LINES: there are more lines in the log, or nothing is in the queue any more.
goes_on() {
	read_log
	[ "$logged" -gt "$1" ] || is_empty queue/new >/dev/null
}

# submit: gives all messages to crepes.fr, each until it is taken. A client that gets no 250 tries
# again, and that may make a double: those are in the file again.
submit() {
	local n to recipient address
	: >again
	for ((n = 1; n <= messages; n++)); do
		printf 'Subject: m%d\n\n%d\n' "$n" "$n" >"m$n"
		recipients "$n"
		set --
		for recipient in "${to[@]}"; do set -- "$@" -t "$recipient"; done
		while read -r address <address.crepes.fr &&
			! smtp-send -f alice@crepes.fr "$@" "$address" "m$n" >sent 2>&1; do
			echo "m$n" >>again
			pause 0.02
		done
	done
}

# begin OPTION...: mail-queue, once those that the last one ran are gone.
begin() {
	local before
	while :; do
		read_log
		before=$begun
		mail-queue -n crepes.fr -m routes "$@" queue 2>>log 3>&- </dev/null &
		queue_pid=$!
		until_true begun_or_gone "$before"
		kill -0 "$queue_pid" 2>/dev/null && break
	done
	pids="$pids $queue_pid"
}

begun_or_gone() {
	read_log
	[ "$begun" -gt "$1" ] || ! kill -0 "$queue_pid"
}

# crash: kills something, and starts it again.
crash() {
	local name victim
	case $((RANDOM % 4)) in
	0)
		kill -9 "$queue_pid"
		wait "$queue_pid" 2>/dev/null || :
		begin -r 1s
		;;
	1)
		victim=$(processes | awk -v p="$queue_pid" '$1 == p && /smtp-send/ { print $2; exit }')
		[ -z "$victim" ] || kill -9 "$victim" || :
		;;
	2 | 3)
		name=crepes.fr
		[ $((RANDOM % 4)) -eq 0 ] || name=d$((RANDOM % 10)).edu
		read -r victim <"pid.$name"
		kill -9 "$victim"
		wait "$victim" 2>/dev/null || :
		read -r address <"address.$name"
		server "$name" "$address"
		;;
	esac
}

# crashes N: so many, a few lines of the log between each two.
crashes() {
	local n
	for ((n = 0; n < $1; n++)); do
		read_log
		until_true goes_on $((logged + RANDOM % 20))
		crash
	done
}

# count: for each message and recipient how many copies arrived, and how many bounces
# name it. Prints MESSAGE RECIPIENT COPIES BOUNCES, for those that were sent.
count() {
	local n to
	for ((n = 1; n <= messages; n++)); do
		recipients "$n"
		printf "m$n %s\n" "${to[@]}"
	done >expected
	find mail -path '*/bob/new/*' -type f -exec awk '
		/^Subject: / { split(FILENAME, at, "/"); print "copy", $2, "bob@" at[2] }' {} + >found
	find mail/crepes.fr/alice/new -type f -exec awk '
		/^Subject: not delivered: / { m = $4 }
		/^Final-Recipient: / { print "bounce", m, $3 }' {} + >>found
	awk 'FILENAME == "found" { n[$1, $2, $3]++; next }
		{ print $1, $2, n["copy", $1, $2] + 0, n["bounce", $1, $2] + 0 }' found expected
}

@test "everything is killed again and again, and nothing is lost" {
	hosts
	mkdir -p queue
	begin -r 1s
	submit 3>&- &
	submitter=$!
	crashes $((kills / 2))
	# Those who hung up are mended: what waits for them arrives.
	for n in 12 13 14 15 16 17 18; do
		read -r victim <"pid.d$n.edu"
		kill "$victim"
		wait "$victim" 2>/dev/null || :
		read -r address <"address.d$n.edu"
		server "d$n.edu" "$address"
	done
	crashes $((kills - kills / 2))
	wait "$submitter"
	submitter=
	# And now in peace: what cannot be delivered is given up.
	kill "$queue_pid"
	wait "$queue_pid"
	begin -r 1s -g 0
	until is_empty queue/new >/dev/null; do
		read_log
		until_true goes_on "$logged"
	done

	count >counted
	awk '$3 + $4 == 0 { print "lost: " $0; lost++ }
		{ n++; copies += $3 > 0; bounces += $4 > 0; both += $3 > 0 && $4 > 0 }
		$3 > 1 { doubles += $3 - 1 }
		$4 > 1 { twice += $4 - 1 }
		END {
			printf "%d recipients: %d have it, %d bounced, %d both, %d doubles, %d bounces twice, %d lost\n",
				n, copies, bounces, both, doubles, twice, lost
			exit lost > 0
		}' counted >result || { cat result; return 1; }
	cat result
	[ "$(cat log server*.err | grep -c 'Sanitizer\|runtime error')" -eq 0 ]
	is_empty queue/bad
	[ -z "$(find mail -path '*/new/*' -type f -size 0)" ]
	# An unknown recipient has a bounce, and no copy; one that was always there has a copy.
	awk '$2 ~ /^nobody|@d(6|7|10|11|19)[.]/ && ($3 > 0 || $4 == 0) { print; bad = 1 } END { exit bad }' counted
	awk '$2 ~ /^bob@d([0-5]|8|9|1[2-8])[.]/ && $3 == 0 { print; bad = 1 } END { exit bad }' counted
	# A double has its reason: nobody heard the reply to the final dot, or nobody lived to
	# write it down. Its first copies were not recorded.
	grep ': delivered: ' log | awk '{ print $2 $3 }' | sort | uniq -d >recorded-twice
	[ "$(wc -l <recorded-twice)" -le "$(grep -c ': begun$' log)" ]
	echo "# $(cat result); $kills kills, $(wc -l <again) messages submitted again, $(grep -c 'the connection was lost' log) connections lost" >&3
}

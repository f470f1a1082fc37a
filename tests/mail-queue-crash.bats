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
}
teardown() {
	[ -z "${submitter-}" ] || kill "$submitter" 2>/dev/null || :
	common_teardown
}

# server NAME [ADDRESS]: the smtp-server of a domain; its process id goes to pid_NAME.
server() {
	local queue=
	[ "$1" != crepes.fr ] || queue='-q queue'
	mkdir -p "mail/$1"
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
	server crepes.fr
	for n in 0 1 2 3 4 5 6 7 8 9; do server "d$n.edu"; done
	mkdir -p mail/crepes.fr/alice
	for n in 0 1 2 3 4 5 8 9; do mkdir -p "mail/d$n.edu/bob"; done # d6 and d7 know nobody
	mail=$(printf '%s\n' 'S:220 x' 'C:EHLO {any}' 'S:250 x' 'C:MAIL {any}')
	rcpt=$(printf '%s\n' "$mail" 'S:250 x' 'C:RCPT {any}')
	data=$(printf '%s\n' "$rcpt" 'S:250 x' 'C:DATA')
	dot=$(printf '%s\n' "$data" 'S:354 x' 'C:{lines}' 'C:.')
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

# recipients N: of message N, two domains; in d9 somebody who is not there, too.
recipients() {
	printf '%s\n' $(($1 % 20)) $((($1 * 3 + 7) % 20)) | sort -u |
		awk '{ print "bob@d" $1 ".edu" } $1 == 9 { print "nobody@d9.edu" }'
}

# submit: gives all messages to crepes.fr, each until it is taken. Who hears no 250 tries
# again, and that may make a double: those are in the file again.
submit() {
	local n to
	: >again
	for ((n = 1; n <= messages; n++)); do
		printf 'Subject: m%d\n\n%d\n' "$n" "$n" >"m$n"
		to=$(recipients "$n" | sed 's/^/-t /')
		# shellcheck disable=SC2086
		until smtp-send -f alice@crepes.fr $to "$(cat address.crepes.fr)" "m$n" >sent 2>&1; do
			echo "m$n" >>again
			command sleep 0.02
		done
		rm "m$n"
	done
}

# begin OPTION...: mail-queue, once those that the last one ran are gone.
begin() {
	local begun
	begun=$(grep -c ': begun$' log || :)
	while :; do
		mail-queue -n crepes.fr -m routes "$@" queue 2>>log 3>&- </dev/null &
		queue_pid=$!
		until_true eval '[ "$(grep -c ": begun\$" log)" -gt "$begun" ] || ! kill -0 "$queue_pid"'
		kill -0 "$queue_pid" 2>/dev/null && break
	done
	pids="$pids $queue_pid"
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
		victim=$(ps -A -o ppid= -o pid= -o args= |
			awk -v p="$queue_pid" '$1 == p && /smtp-send/ { print $2; exit }')
		[ -z "$victim" ] || kill -9 "$victim" || :
		;;
	2 | 3)
		name=crepes.fr
		[ $((RANDOM % 4)) -eq 0 ] || name=d$((RANDOM % 10)).edu
		victim=$(cat "pid.$name")
		kill -9 "$victim"
		wait "$victim" 2>/dev/null || :
		server "$name" "$(cat "address.$name")"
		;;
	esac
}

# crashes N: so many, a few lines of the log between each two.
crashes() {
	local n seen
	for ((n = 0; n < $1; n++)); do
		seen=$(wc -l <log)
		until_true eval '[ "$(wc -l <log)" -gt $((seen + RANDOM % 20)) ] || [ -z "$(ls queue/new)" ]'
		crash
	done
}

# count: for each message and recipient how many copies arrived, and how many bounces
# name it. Prints MESSAGE RECIPIENT COPIES BOUNCES, for those that were sent.
count() {
	for ((n = 1; n <= messages; n++)); do recipients "$n" | sed "s/^/m$n /"; done >expected
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
		kill "$(cat "pid.d$n.edu")"
		wait "$(cat "pid.d$n.edu")" 2>/dev/null || :
		mkdir -p "mail/d$n.edu/bob"
		server "d$n.edu" "$(cat "address.d$n.edu")"
	done
	crashes $((kills - kills / 2))
	wait "$submitter"
	submitter=
	# And now in peace: what cannot be delivered is given up.
	kill "$queue_pid"
	wait "$queue_pid"
	begin -r 1s -g 0
	while told=$(wc -l <log) && [ -n "$(ls queue/new)" ]; do
		until_true eval '[ "$(wc -l <log)" -gt "$told" ] || [ -z "$(ls queue/new)" ]'
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
	[ -z "$(ls queue/bad)" ]
	[ -z "$(find mail -path '*/new/*' -type f -size 0)" ]
	# Whom nobody knows has a bounce, and no copy; who was always there has a copy.
	awk '$2 ~ /^nobody|@d(6|7|10|11|19)[.]/ && ($3 > 0 || $4 == 0) { print; bad = 1 } END { exit bad }' counted
	awk '$2 ~ /^bob@d([0-5]|8|9|1[2-8])[.]/ && $3 == 0 { print; bad = 1 } END { exit bad }' counted
	# A double has its reason: nobody heard the reply to the final dot, or nobody lived to
	# write it down. Its first copies were not recorded.
	grep ': delivered: ' log | awk '{ print $2 $3 }' | sort | uniq -d >recorded-twice
	[ "$(wc -l <recorded-twice)" -le "$(grep -c ': begun$' log)" ]
	echo "# $(cat result); $kills kills, $(wc -l <again) messages submitted again, $(grep -c 'the connection was lost' log) connections lost" >&3
}

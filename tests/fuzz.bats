# What was spoilt on its way: the programs are given texts that mutate has changed,
# and whatever they answer, they end by themselves and in good order.
load common
load outside

setup() {
	common_setup
	times=${FUZZ-40}    # of each
	seed=${FUZZ_SEED-1} # of the first
}
teardown() { common_teardown; }

# ended_well STATUS SEED: the program was not ended by a signal, and no sanitizer has
# found anything; its diagnostics are in the file err.
ended_well() {
	read_in err
	[ "$1" -lt 126 ] && [[ $content != *Sanitizer* && $content != *'runtime error'* ]] && return 0
	echo "seed $2 in $work/base: status $1, with:"
	head -n 30 err
	return 1
}

# spoil BASE COMMAND...: gives the command the text spoilt in $times ways.
spoil() {
	local base=$1 n status
	shift
	mutate -n "$times" spoilt "$seed" <"$base"
	for ((n = seed; n < seed + times; n++)); do
		status=0
		"$@" <"spoilt.$n" >out 2>err || status=$?
		ended_well "$status" "$n" || return 1
	done
}

@test "smtp-server outlives spoilt conversations, and all that is in a mailbox is whole" {
	mkdir -p mail/bob
	conversation >base
	spoil base smtp-server -n hamburger.edu mail
	spoil base smtp-server -n hamburger.edu -7 -b mail
	[ -z "$(find mail -path '*/tmp/*')" ]
	for file in mail/*/new/*; do
		IFS= read -r line <"$file"
		case $line in "Return-Path: <"*">") ;; *) echo "$file"; return 1 ;; esac
	done
}

# One line on stderr, where a transcript is refused.
refused_well() {
	local place="^replay: spoilt[.]$1:[0-9]*: [^"$'\n'"]*"$'\n$'
	read_in err
	[[ $content =~ $place ]] && return 0
	echo "seed $1: expected one line that tells the place, got:"
	cat err
	return 1
}

# Reading it is all that is tried: there is nobody at port 1 to perform it to.
@test "replay refuses a spoilt transcript with one line and 65, or performs it" {
	transcript >base
	mutate -n "$times" spoilt "$seed" <base
	for ((n = seed; n < seed + times; n++)); do
		status=0
		replay 127.0.0.1:1 "spoilt.$n" >out 2>err || status=$?
		ended_well "$status" "$n"
		case $status in
		65) refused_well "$n" ;;
		75) ;; # it was well enough, and nobody answers
		*)
			echo "seed $n: status $status"
			cat err
			return 1
			;;
		esac
	done
}

@test "replay as a server outlives clients and transcripts that are spoilt" {
	conversation >said
	tr -d '\r' <said | sed 's/[{\\]/&&/g; s/^/C:/' | awk '
		{ print } NR == 1 { print "S:250-x\nS:250 {{y}" } NR % 3 == 0 { print "S:250 z" }' >base
	mutate -n $((times / 2)) spoilt "$seed" 2 <base
	mutate -n $((times / 2)) client "$((seed + 1))" 2 <said
	for ((n = seed; n < seed + times / 2; n++)); do
		: >out
		: >err
		replay -l 127.0.0.1:0 "spoilt.$n" >>out 2>>err 3>&- </dev/null &
		pid=$!
		pids=$pid
		until_true test -s out -o -s err
		read -r _ _ address <out || address=
		[ -z "$address" ] || (exec cat "client.$((n + 1))" >"/dev/tcp/127.0.0.1/${address##*:}") 2>/dev/null || :
		status=0
		wait "$pid" || status=$?
		ended_well "$status" "$n"
	done
}

@test "http-server outlives spoilt requests, and says nothing but responses to them" {
	mkdir -p www/sub
	echo hi >www/index.html
	printf '%s\r\n' 'GET /sub/%6eote?x HTTP/1.1' 'Host: hamburger.edu:80' 'Connection: a, b' '' \
		'GET /sub HTTP/1.1' 'Host: x' '' 'HEAD http://x/%41 HTTP/1.1' 'Host: [::1]' '' \
		'POST / HTTP/1.1' 'Host: x' 'Content-Length: 5, 5' '' 'hello' >base
	http_server() {
		http-server www || return
		read_in out
		[ ! -s out ] || [ "${content:0:9}" = 'HTTP/1.1 ' ] || return 255
	}
	spoil base http_server
}

@test "b64 -d outlives spoilt base64" {
	command -v b64 >/dev/null || skip "no b64"
	conversation | b64 >base
	spoil base b64 -d
}

@test "qp -d outlives spoilt quoted-printable" {
	command -v qp >/dev/null || skip "no qp"
	message | qp >base
	spoil base qp -d
	{
		printf 'Content-Transfer-Encoding: quoted-printable\n\n'
		message | qp
	} >base
	spoil base mime-decode
}

@test "mime-decode outlives spoilt messages" {
	command -v mime-decode >/dev/null || skip "no mime-decode"
	message >base
	spoil base mime-decode
	times=$((times / 2))
	spoil base mime-decode -l
	spoil base mime-decode -o saved
}

@test "mime-encode outlives spoilt texts and names" {
	command -v mime-encode >/dev/null || skip "no mime-encode"
	message >base
	spoil base mime-encode -f alice@crepes.fr -t bob@hamburger.edu -s x
	spoil base mime-encode -r /dev/stdin
	spoil base mime-encode -w /dev/stdin
	times=$((times / 4))
	mutate -n "$times" spoilt "$seed" <base
	for ((n = seed; n < seed + times; n++)); do
		name=
		while IFS= read -r -d '' part; do name=$name$part; done <"spoilt.$n"
		name=$name$part
		name=${name:0:300}
		status=0
		mime-encode -f "$name" -t "$name" -s "$name" base >out 2>err </dev/null || status=$?
		ended_well "$status" "$n"
	done
}

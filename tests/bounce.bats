# The mail that tells a sender what was not delivered (RFC 3464): what is in it, whatever
# the message and the server's words were. It is shown by mime-decode.
load common

setup() {
	common_setup
	mkdir -p queue/new
	: >routes
	now=${EPOCHSECONDS-$(date +%s)}
}
teardown() { common_teardown; }

# entry FILE RECIPIENT...: a message of mail from $from, in the queue since $born or now.
entry() {
	local message=$1
	shift
	{
		printf 'MAIL FROM:<%s> SIZE=%d\n' "${from-alice@crepes.fr}" \
			"$(LC_ALL=C awk '{ n += length($0) + 2 } END { print n + 0 }' "$message")"
		printf 'RCPT TO:<%s>\n' "$@"
		echo
		cat "$message"
	} >"queue/new/${born-$now}.entry"
}

letter() {
	cat >letter <<-'END'
		Received: from x
		From: alice@crepes.fr
		Subject: this is a test
		Message-ID: <1@crepes.fr>

		Do you like ketchup?
	END
}

# host REPLY...: what a server answers to each RCPT; it takes the message for some.
host() {
	{
		printf '%s\n' 'S:220 x' 'C:EHLO crepes.fr' 'S:250 x' 'C:MAIL FROM:{any}' 'S:250 x'
		printf 'C:RCPT TO:{any}\nS:%s\n' "$@"
		case "$*" in *250*) printf '%s\n' 'C:DATA' 'S:354 x' 'C:{lines}' 'C:.' 'S:250 x' ;;
		*) printf '%s\n' 'C:RSET' 'S:250 x' ;; esac
		printf '%s\n' 'C:QUIT' 'S:221 x'
	} >script
	serve replay -l 127.0.0.1:0 script
	echo "hamburger.edu $address" >routes
}

# bounced [OPTION...]: one pass, and one bounce of it, which is the file bounce without
# its envelope; what mime-decode shows of it is in shown.
bounced() {
	local status=0
	mail-queue -1 -n crepes.fr -m routes "$@" queue 2>log || status=$?
	[ "$status" -eq 0 ] || { cat log; return 1; }
	set -- queue/new/*.B*
	[ $# -eq 1 ] && [ -f "$1" ] || { echo "bounces: $*"; cat log; return 1; }
	name=${1##*/}
	sed '/^$/,$d' "$1" >envelope
	sed '1,/^$/d' "$1" >bounce
	mime-decode bounce >shown
}

# shows TEXT: it is in what is shown.
shows() {
	read_in shown
	[[ $content == *"$1"* ]] && return 0
	printf 'expected to be shown: %s\ngot:\n%s\n' "$1" "$content"
	return 1
}

# part TYPE: the body of the part of that type.
part() {
	awk -v type="Content-Type: $1" 'index($0, type) == 1 { found = 1; next }
		found && /^$/ && !inside { inside = 1; next } inside && /^--=_/ { exit } inside' bounce
}

# is_plain: it keeps the rules of mail, whatever it was made of.
is_plain() {
	LC_ALL=C awk 'length($0) > 998 || /[^ -~]/ && !/^\t/ { print NR ": " $0; bad = 1 } END { exit bad }' bounce
}

@test "it tells a person what happened, to whom, what the server said, and how long it was tried" {
	letter
	born=$((now - 7300)) entry letter bob@hamburger.edu carol@hamburger.edu
	host '550 no such user here' '250 ok'
	bounced
	has_line 'From: Mail Delivery System <MAILER-DAEMON@crepes.fr>' shown
	has_line 'To: alice@crepes.fr' shown
	has_line 'Subject: not delivered: this is a test' shown
	shows 'This is the mail server of crepes.fr.'
	shows '<bob@hamburger.edu>'
	shows "The server $address refused it for good after 2 hours:"
	shows '    550 no such user here'
	[ "$(part text/plain | grep -c carol)" -eq 0 ]
}

@test "its envelope is from nobody to the sender, and its size is right" {
	letter
	entry letter bob@ketchup.org
	bounced
	printf 'MAIL FROM:<> SIZE=%d\nRCPT TO:<alice@crepes.fr>\n' \
		"$(awk '{ n += length($0) + 2 } END { print n }' bounce)" >expected
	same expected envelope
	[ "${name#*.}" = "B1.$now.entry" ]
}

@test "its header says what it is, and of which message" {
	letter
	entry letter bob@ketchup.org
	SOURCE_DATE_EPOCH=1763775000 bounced
	sed '/^$/,$d' bounce >got
	cat >expected <<-END
		Date: Sat, 22 Nov 2025 01:30:00 +0000
		From: Mail Delivery System <MAILER-DAEMON@crepes.fr>
		To: alice@crepes.fr
		Subject: not delivered: this is a test
		Message-ID: <$(echo "$name" | tr . -)@crepes.fr>
		In-Reply-To: <1@crepes.fr>
		References: <1@crepes.fr>
		Auto-Submitted: auto-replied
		MIME-Version: 1.0
		Content-Type: multipart/report; report-type=delivery-status; boundary="=_0"
	END
	same expected got
}

@test "it has three parts: text/plain, message/delivery-status, text/rfc822-headers" {
	letter
	entry letter bob@ketchup.org
	bounced
	grep '^Content-Type:' bounce >got
	cat >expected <<-'END'
		Content-Type: multipart/report; report-type=delivery-status; boundary="=_0"
		Content-Type: text/plain; charset=us-ascii
		Content-Type: message/delivery-status
		Content-Type: text/rfc822-headers
	END
	same expected got
	part text/rfc822-headers >got
	printf '\n' | sed '/^$/,$d' letter >expected
	sed '/^$/d' got >header
	same expected header
	[ "$(tail -n 1 bounce)" = '--=_0--' ]
}

@test "the fields for programs: one group for each recipient that failed, none for others" {
	letter
	born=1763775000 entry letter bob@hamburger.edu carol@hamburger.edu dave@hamburger.edu erin@hamburger.edu
	host '550 5.1.1 who?' '250 ok' '451 later' '553 never'
	SOURCE_DATE_EPOCH=1763775000 bounced
	part message/delivery-status >got
	cat >expected <<-'END'
		Reporting-MTA: dns; crepes.fr
		Arrival-Date: Sat, 22 Nov 2025 01:30:00 +0000

		Final-Recipient: rfc822; bob@hamburger.edu
		Action: failed
		Status: 5.1.1
		Remote-MTA: dns; [127.0.0.1]
		Diagnostic-Code: smtp; 550 5.1.1 who?
		Last-Attempt-Date: Sat, 22 Nov 2025 01:30:00 +0000

		Final-Recipient: rfc822; dave@hamburger.edu
		Action: failed
		Status: 4.4.7
		Remote-MTA: dns; [127.0.0.1]
		Diagnostic-Code: smtp; 451 later
		Last-Attempt-Date: Sat, 22 Nov 2025 01:30:00 +0000

		Final-Recipient: rfc822; erin@hamburger.edu
		Action: failed
		Status: 5.0.0
		Remote-MTA: dns; [127.0.0.1]
		Diagnostic-Code: smtp; 553 never
		Last-Attempt-Date: Sat, 22 Nov 2025 01:30:00 +0000

	END
	same expected got
	shows 'It was given up after'
	[ "$(grep -c . <(ls queue/new))" -eq 1 ]
}

@test "without a route the status is 5.1.2, and a server is not named" {
	letter
	entry letter bob@ketchup.org
	bounced
	part message/delivery-status >got
	has_line 'Status: 5.1.2' got
	[ "$(grep -c 'Remote-MTA\|Diagnostic-Code' got)" -eq 0 ]
	shows 'It was not tried:'
	shows '    no route to this domain'
}

@test "given up, with nobody there: 4.4.7, and why" {
	letter
	born=$((now - 5 * 86400)) entry letter bob@hamburger.edu
	echo 'hamburger.edu 127.0.0.1:1' >routes
	bounced
	has_line 'Status: 4.4.7' bounce
	shows 'It was given up after 5 days of trying. What came of the last try:'
	shows '    not tried: Connection refused'
}

@test "anything but a status code becomes 5.0.0" {
	letter
	entry letter a@hamburger.edu b@hamburger.edu c@hamburger.edu d@hamburger.edu e@hamburger.edu
	host '550 5.1 x' '550 4.1.1 x' '550 5.1.1234 x' '550 5.7.999 x' '550 5.1.1x'
	bounced
	grep '^Status' bounce | awk '{ printf "%s ", $2 }' >got
	reads got '5.0.0 5.0.0 5.0.0 5.7.999 5.0.0 '
}

@test "the host is named as RFC 5321 writes it" {
	letter
	for where in localhost:1=localhost '127.0.0.1:1=[127.0.0.1]' '[::1]:1=[IPv6:::1]'; do
		rm -f queue/new/*
		entry letter bob@hamburger.edu
		host '550 no'
		case $where in
		'[::1]'*) has_ipv6 || continue
			serve replay -l '[::1]:0' script ;;
		esac
		echo "hamburger.edu ${where%:1=*}:$port" >routes
		bounced
		grep -qxF "Remote-MTA: dns; ${where#*=}" bounce
	done
}

@test "a server's words cannot forge a line, and are cut where they have no end" {
	letter
	entry letter bob@hamburger.edu
	host "550-first\\x1b[31m
S:550-$(awk 'BEGIN { while (n++ < 900) printf "w" }')
S:550 \\xff\\xc3\\xa9 last"
	bounced
	is_plain
	has_exactly 1 'Status*' bounce
	grep -q '^Diagnostic-Code: smtp; 550 first\\x1b\[31m' bounce
}

@test "a header of every kind of octets goes with it, made harmless" {
	{
		printf 'Subject: caf\303\251 \033[2J\tx\n'
		printf 'Message-ID: <not an id>\n'
		printf 'X-Long: %s\n' "$(awk 'BEGIN { while (n++ < 1500) printf "x" }')"
		printf 'X-Octets: a\001b\377\n'
		printf -- '--=_0\n--=_0--\n'
		printf '\nbody\n'
	} >letter
	entry letter bob@ketchup.org
	bounced
	is_plain
	grep -qx 'Subject: not delivered: caf?? ?\[2J x' bounce
	[ "$(grep -c 'In-Reply-To\|References' bounce)" -eq 0 ]
	has_line '*boundary="=_1"*' bounce
	has_exactly 3 '--=_1' bounce
	has_exactly 1 '--=_1--' bounce
	has_exactly 0 'body*' bounce
	shows '--=_0'
}

@test "of a header without end it takes 32768 octets, whole lines" {
	awk 'BEGIN { print "Subject: x"; while (n++ < 5000) print "X-Line: " n }' >letter
	entry letter bob@ketchup.org
	bounced
	part text/rfc822-headers >got
	[ "$(wc -c <got)" -le 32769 ] && [ "$(wc -c <got)" -gt 32740 ]
	head -n "$(grep -c . got)" letter | cmp - <(sed '/^$/d' got)
}

@test "a thousand recipients, and addresses of every shape" {
	letter
	from='"a b"@[127.0.0.1]' entry letter '"> new/x"@ketchup.org' \
		"$(printf '%064d' 0)@ketchup.org" $(seq -f 'u%g@ketchup.org' 998)
	bounced
	is_plain
	has_exactly 1000 'Final-Recipient: rfc822;*' bounce
	has_line 'Final-Recipient: rfc822; "> new/x"@ketchup.org' bounce
	grep -qx 'To: "a b"@\[127.0.0.1\]' bounce
	[ "$(sed -n 2p envelope)" = 'RCPT TO:<"a b"@[127.0.0.1]>' ]
}

@test "a message without any header is told of, too" {
	printf '\nbody\n' >letter
	entry letter bob@ketchup.org
	bounced
	has_line 'Subject: not delivered: your message' bounce
	part text/rfc822-headers | grep . && return 1
	: >letter
	rm queue/new/*
	entry letter bob@ketchup.org
	bounced
}

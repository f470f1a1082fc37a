#!/usr/bin/env bats
# The From line of a mailbox file is no part of the message after it: wherever a message is
# sent, taken or read, its header stays one. A letter that begins with From loses nothing.
load common

setup() {
	common_setup
	mkdir -p mail/bob
}
teardown() { common_teardown; }

header='From: Alice <alice@crepes.fr>\nSubject: [PATCH] pickles\n\na patch\n'

# postmarks: lines that may come before a header; none of them has anything to say.
postmarks() {
	cat <<-'END'
		From 65edffce4670a19e598015c03cbe46f1ffd93e43 Mon Sep 17 00:00:00 2001\n
		From alice@crepes.fr Wed Sep  9 00:00:00 2009\n
		From - Wed Sep 09 00:00:00 2009\n
		>From alice@crepes.fr Wed Sep  9 00:00:00 2009\n
		From alice Wed Sep  9 00:00:00 2009\n>From alice Wed Sep  9 00:00:00 2009 remote from crepes\n
	END
}

# letters: texts without a header that begin as a postmark does.
letters() {
	cat <<-'END'
		From now on I eat pickles.\n
		From now on I eat pickles.\n\nBye: Bob\n
		From now on\nI eat pickles.\n
		>From now on\n\nI eat: pickles\n
		From \n
		From\n
		>\n
	END
}

# delivered: what is in Bob's mailbox, after its trace lines.
delivered() { sed '1,/^	by /d; /^	for /d' mail/bob/new/* >got; }

@test "smtp-send does not send it, and says the SIZE of what it sends" {
	while IFS= read -r mark; do
		printf '%b' "$mark$header" >message
		printf '%b' "$header" >expected
		size=$(sed 's/$/\r/' expected | wc -c)
		printf '%s\n' 'S:220 x' 'C:EHLO localhost' 'S:250-x' 'S:250 SIZE' "C:MAIL FROM:<a@b> SIZE=$size" 'S:250 x' \
			'C:RCPT TO:<bob@h>' 'S:250 x' C:DATA 'S:354 x' 'C:From: Alice <alice@crepes.fr>' 'C:{lines}' C:. 'S:250 x' C:QUIT 'S:221 x' >script
		serve replay -l 127.0.0.1:0 script
		run smtp-send -f a@b -t bob@h "$address" - <message
		ends 0
		wait "$pid" || { cat "$server_err"; return 1; }
	done < <(postmarks)
}

@test "smtp-server takes it off: the header stays a header" {
	while IFS= read -r mark; do
		printf '%b' "$mark$header" | sed 's/$/\r/' >said
		printf '%b' "$header" >expected
		{
			printf '%s\r\n' 'HELO x' 'MAIL FROM:<a@b>' 'RCPT TO:<bob@localhost>' DATA
			cat said
			printf '.\r\n'
		} | smtp-server mail >replies
		delivered
		same expected got
		rm -r mail/bob/*
	done < <(postmarks)
}

@test "smtp-server sees it wherever TCP cuts it, and counts the hops after it" {
	serve smtp-server -l 127.0.0.1:0 mail
	{
		printf '%s\n' 'S:220 {any}' 'C:HELO x' 'S:250 {any}' 'C:MAIL FROM:<a@b>' 'S:250 {any}' 'C:RCPT TO:<bob@localhost>' \
			'S:250 {any}' C:DATA 'S:354 {any}' 'C:From alice@crepes.fr Wed Sep  9 00:00:00 2009'
		printf '%b' "$header" | sed 's/^/C:/'
		printf '%s\n' C:. 'S:250 {any}' C:QUIT 'S:221 {any}'
	} >transcript
	replay -c 1 "$address" transcript >said
	printf '%b' "$header" >expected
	delivered
	same expected got
	{
		printf '%s\r\n' 'HELO x' 'MAIL FROM:<a@b>' 'RCPT TO:<bob@localhost>' DATA 'From alice Wed Sep  9 2009'
		n_of 101 'Received: x\r\n'
		printf '\r\n.\r\n'
	} | smtp-server mail | grep -q '^554 .*looping'
}

@test "the readers pass over it, also in a message within" {
	while IFS= read -r mark; do
		printf '%b' "$mark$header" >message
		run mime-decode message
		says '[PATCH] pickles'
		says 'a patch'
		run mime-encode -f bob@hamburger.edu -r message
		says 'Subject: Re: [PATCH] pickles'
		printf '%b' "Content-Type: message/rfc822\n\n$mark$header" >message
		run mime-decode message
		says '[PATCH] pickles'
	done < <(postmarks)
}

@test "a letter that begins so is text, and is sent, taken and shown whole" {
	serve smtp-server -l 127.0.0.1:0 mail
	while IFS= read -r text; do
		printf '%b' "$text" >letter
		smtp-send -f a@b -t bob@localhost "$address" letter
		printf '%b' "\n$text" >expected
		delivered
		same expected got
		rm -r mail/bob/*
		mime-decode letter >shown
		while IFS= read -r line; do grep -qxF -e "$line" shown || { cat shown; return 1; }; done <letter
	done < <(letters)
}

@test "smtp-send warns of a line over 998 octets, and sends it" {
	serve smtp-server -l 127.0.0.1:0 mail
	for n in 998 999 5000; do
		printf 'Subject: x\r\n\r\n%s\r\nend\n' "$(n_of "$n" a)" >letter
		run smtp-send -f a@b -t bob@localhost "$address" letter
		ends 0
		case $n:$output in 998:*998*) false ;; 998:*) ;; *"letter: a line of over 998 octets: sent as it is"*) ;; *) false ;; esac
	done
	[ "$(find mail/bob/new -type f | wc -l)" -eq 3 ]
	printf '%s' "$(n_of 999 a)" | smtp-send -f a@b -t bob@localhost "$address" 2>&1 | grep -q 'over 998'
}

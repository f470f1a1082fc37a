#!/usr/bin/env bats
# compare-transcripts: when two conversations are alike, and what is said of the first
# difference where they are not.

load common

setup() {
	common_setup
	article=$root/lessons/03-the-transcript/expected.txt
	unset NO_COLOR
}
teardown() { common_teardown; }

# transcript NAME LINE...: a file of these lines.
transcript() {
	local name=$1
	shift
	printf '%s\n' "$@" >"$name"
}

# article_but SED-SCRIPT: compares the article's conversation with one changed so.
article_but() {
	sed "$1" "$article" >actual
	run compare-transcripts "$article" actual
}

# compared [--codes]: compares the files expected and actual.
compared() { run compare-transcripts "$@" expected actual; }

alike() {
	compared "$@"
	ends 0 && [ -z "$output" ]
}

different() {
	compared "$@"
	ends 1
}

# refused LINE WHY: a transcript with this line, \0NNN an octet, is unreadable for this reason.
refused() {
	printf '%b\n' 'S:220 hamburger.edu' "$1" 'S:250 x' >actual
	run compare-transcripts "$article" actual
	ends 66 && says "compare-transcripts: actual:2: " && says "$2"
}

# says_nothing_of TEXT: $output of the last run does not hold it.
says_nothing_of() {
	case $output in *"$1"*) false ;; esac
}

# long N LINE-BEGINNING: such a line with as many x as make N octets with CRLF.
long() {
	printf '%s%*s' "$2" "$(($1 - ${#2} - 2))" '' | tr ' ' x
}

@test "a transcript is alike to itself, and nothing is printed" {
	run compare-transcripts "$article" "$article"
	ends 0
	[ -z "$output" ]
}

@test "a pipelined conversation is alike to one in lock-step" {
	transcript expected S:220 'C:EHLO crepes.fr' S:250 'C:MAIL FROM:<alice@crepes.fr>' S:251 'C:NOOP' S:252
	transcript actual 'C:EHLO crepes.fr' 'C:MAIL FROM:<alice@crepes.fr>' 'C:NOOP' S:220 S:250 S:251 S:252
	alike
	alike --codes
	transcript actual 'C:EHLO crepes.fr' 'C:MAIL FROM:<alice@crepes.fr>' 'C:NOOP' S:220 S:250 S:252 S:251
	different
	says 'expected:5 and actual:6 differ, after MAIL FROM, before NOOP'
}

@test "the first difference is the one that is earlier in what was expected" {
	transcript expected 'S:220 a' 'C:HELO b' 'S:250 c' 'C:QUIT'
	transcript actual 'C:HELO b' 'C:QUIT now' 'S:220 a' 'S:250 d'
	different
	says 'expected:3 and actual:4 differ'
	transcript actual 'S:220 a' 'S:250 d' 'C:HELO x' 'C:QUIT'
	different
	says 'expected:2 and actual:3 differ'
}

@test "a difference is shown with both lines, a caret, the column, and when it was" {
	article_but 's/fr, pleased/fr,pleased/'
	ends 1
	[ "${lines[0]}" = "$article:3 and actual:3 differ, after HELO, before MAIL FROM:" ]
	[ "${lines[1]}" = 'expected  S:250 Hello crepes.fr, pleased to meet you' ]
	[ "${lines[2]}" = 'actual    S:250 Hello crepes.fr,pleased to meet you' ]
	[ "${lines[3]}" = '                                ^' ]
	[ "${lines[4]}" = 'column 23 (the 21st character after S:): a blank is missing' ]
	[ "${#lines[@]}" -eq 5 ]
}

@test "the moment is told in the words of the conversation" {
	article_but '1s/edu/org/'
	says 'differ, in the greeting, before HELO:'
	article_but 's/Recipient/recipient/'
	says 'differ, after RCPT TO, before DATA:'
	article_but 's/RCPT TO:<bob/RCPT TO:<rob/'
	says 'differ, in RCPT TO, after MAIL FROM, before DATA:'
	article_but 's/ketchup/mustard/'
	says 'differ, in the message, after DATA:'
	article_but 's/accepted/taken/'
	says 'differ, after the message, before QUIT:'
	article_but 's/closing/leaving/'
	says 'differ, after QUIT:'
	transcript expected 'S:+OK' 'C:STAT' 'S:+OK 1' 'C:RETR 1' 'S:+OK' 'S:Hi' 'S:.' 'C:QUIT'
	sed 's/Hi/Ho/' expected >actual
	different
	says 'differ, after RETR, before QUIT:'
	transcript expected 'C:GET / HTTP/1.1' 'C:Host: crepes.fr' 'C:' 'S:HTTP/1.1 200 OK'
	sed 's/200/404/' expected >actual
	different
	says 'differ, after GET:'
}

@test "what differs is told in words" {
	article_but '1s/burger/bürger/'
	says '(the 9th character after S:)'
	article_but '1s/burger/burker/'
	says '(the 11th character after S:): expected "g", here is "k"'
	article_but '1s/rger/rgar/'
	says '(the 12th character after S:)'
	article_but '1s/rger/rget/'
	says '(the 13th character after S:)'
	article_but 's/220 ham/220  ham/'
	says 'character after S:): a blank too many'
	article_but 's/ketchup?/ketchup? /'
	says 'C:Do you like ketchup?\x20'
	says 'a blank at the end of the line'
	article_but 's/Sender/sender/'
	says 'a letter in the wrong case'
	article_but 's/HELO/helo/'
	says 'a letter in the wrong case'
	article_but 's/Recipient/Lecipient/'
	says 'expected "R", here is "L"'
	article_but 's/meet you/meet/'
	says '(the 37th character after S:): the line ends too soon'
	article_but 's/meet you/meet you!/'
	says '(the 41st character after S:): the line should end here'
	transcript expected 'S:a\x20'
	transcript actual S:a
	different
	says '(the 2nd character after S:): a blank is missing at the end of the line'
}

@test "a bare LF and a line that was not ended are told" {
	article_but 's/pickles?/pickles?\\n/'
	says 'C:How about pickles?\n'
	says 'the line is ended by a bare LF instead of CRLF'
	says 'RFC 5321, section 2.3.8'
	article_but 's/^C:QUIT/&\\c/'
	says 'the line is ended by nothing at all instead of CRLF'
	article_but 's/pickles/pick\\rles/'
	says 'RFC 5321, section 2.3.8'
	article_but 's/pickles/pick\\\\rles/'
	says_nothing_of RFC
	article_but 's/^C:DATA/& /'
	says 'a blank at the end of the line'
	says_nothing_of RFC
	article_but 's/^C:QUIT/&\\n/'
	says 'RFC 5321, section 2.3.8'
	transcript expected 'S:250 {any}'
	transcript actual 'S:250 bye\n'
	different
	says 'ended by a bare LF'
	transcript expected 'S:+OK' 'C:QUIT' 'S:+OK'
	sed '2s/$/\\n/' expected >actual
	different
	says 'RFC 1939, section 3: a line ends in CR LF'
	transcript expected 'C:GET / HTTP/1.1' 'C:' 'S:HTTP/1.1 200 OK'
	sed '1s/$/\\n/' expected >actual
	different
	says 'RFC 9112, section 2.2: a line ends in CR LF'
}

@test "a missing line and an extra one are told as such" {
	article_but 3d
	says "$article:3 and actual:4 differ"
	says 'a line is missing'
	article_but '6a\
S:250 really'
	says "$article:7 and actual:7 differ"
	says 'actual    S:250 really'
	says 'a line too many'
	article_but 15d
	says "$article:15 and the end of actual differ, after QUIT"
	says '(the actual conversation ends here: S says nothing more)'
	says 'a line is missing'
	article_but '15a\
S:221 really'
	says "the end of $article and actual:16 differ"
	says 'a line too many'
}

@test "a line of any spelling is alike to the octets it stands for" {
	transcript expected 'C:\x41\xc3\xa9\x7b \x0d\x5c\xAB\x20'
	transcript actual 'C:Aé{{ \r\\\xab '
	alike
	transcript actual 'C:Aé{{ \r\\\xac '
	different
	transcript expected 'C:a\\n'
	transcript actual 'C:a\n'
	different
}

@test "a byte order mark, CRLF line ends, comments and waits are no difference" {
	{
		printf '\357\273\277# Alice to Bob\r\n!wait 0.5\r\n'
		sed "s/\$/$(printf '\r')/" "$article"
		printf '# the end'
	} >actual
	run compare-transcripts "$article" actual
	ends 0
	run compare-transcripts actual "$article"
	ends 0
}

@test "a line that was interrupted by the other side is alike to one that was not" {
	transcript expected 'C:NOOP' 'C:MAIL' 'S:250 a' 'S:250 b' 'C:x\\\\\\c' 'C:y'
	transcript actual 'C:NOOP' 'C:M\c' 'S:250\c' 'C:AI\c' 'S: a' 'C:L' 'S:250 b' 'C:x\\\\\\c' 'C:y'
	alike
	run compare-transcripts --codes expected actual
	ends 0
	transcript expected 'C:a' 'C:b\x20' 'C:c\\r\n' 'S:x'
	transcript actual 'C:a\r\c' 'S:x\c' 'C:\n' 'C:b \r\c' 'S:\r\c' 'C:\n' 'C:c\\r\c' 'S:\n' 'C:\n'
	alike
	transcript expected 'C:NOOP' 'C:MAIL' 'S:250 a' 'S:250 b'
	transcript actual 'C:NOOP' 'C:M\c' 'S:250 a' 'C:AIM' 'S:250 b'
	different
	says 'expected  C:MAIL'
	says 'actual    C:MAIM'
	transcript expected 'C:MAIL' 'S:250 a' 'C:x\c' 'C:y'
	transcript actual 'C:M\c' 'C:AI\c' 'C:L' 'S:250 a' 'C:xz'
	different
	says 'expected:3 and actual:5 differ'
	says 'expected  C:xy'
	says '(the 2nd character after C:): expected "y", here is "z"'
}

@test "what a program that listens prints above a transcript is no difference" {
	{ echo 'listening on 127.0.0.1:2525' && cat "$article"; } >actual
	run compare-transcripts "$article" actual
	ends 0
	{ cat "$article" && echo 'listening on 127.0.0.1:2525'; } >actual
	run compare-transcripts "$article" actual
	ends 66
}

@test "{any} is any text within a line" {
	transcript expected 'S:250 {any} ... {any} OK' 'S:{any}'
	transcript actual 'S:250 bob ... Recipient OK OK' 'S:'
	alike
	transcript actual 'S:250 bob ... Recipient 0K' 'S:'
	different
	says '(the 23rd character after S:): expected "O", here is "0"'
	transcript actual 'S:250 bob .. Recipient OK' 'S:'
	different
	says 'nothing from here on is what should follow {any}'
}

@test "a placeholder takes more where the rest does not match else" {
	transcript expected 'S:{A}x{A}'
	transcript actual 'S:axbxaxb'
	alike
	transcript actual 'S:axbxaxc'
	different
}

@test "many placeholders in a line take no longer than a few" {
	{ printf 'S:' && printf '{any}a%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 && echo b; } >expected
	long 8000 S:a | tr x a >actual
	different
}

@test "a search for what placeholders stand for is given up, and that is told" {
	ulimit -t 60 # seconds of the processor
	printf 'S:%08000d\n' 0 >actual
	for line in '{A}0{B}0{C}0{A}{B}{C}0{A}x{B}' "$(printf '{any}{N%s}' {1..32})$(printf '{N%s}' {1..32})x"; do
		transcript expected "S:$line"
		different
		says 'what its placeholders stand for was not found in 67108864 steps'
	done
	{ printf S: && n_of 6000 '{any}' && echo; } >expected
	alike
	{ printf S: && n_of 6000 '{any}' && echo x; } >expected
	different
}

@test "{NAME} is the same text everywhere, on both sides" {
	transcript expected 'S:+OK <{STAMP}@hamburger.edu>' 'C:SAY {STAMP}' 'S:+OK {STAMP}{{'
	transcript actual 'S:+OK <17.4@hamburger.edu>' 'C:SAY 17.4' 'S:+OK 17.4{{'
	alike
	transcript actual 'S:+OK <17.4@hamburger.edu>' 'C:SAY 17.5' 'S:+OK 17.4{{'
	different
	says '(the 8th character after C:): expected "4", here is "5"'
	says '{STAMP} is what it was in actual:1'
	transcript expected 'C:{N} {N}' 'C:{N}'
	transcript actual 'C:{{any} {{any}' 'C:{{any}'
	alike
	transcript actual 'C:{{any} {{any}' 'C:{{any'
	different
	transcript actual 'C:z wz' 'C:z'
	different
}

@test "{lines} is any number of lines, none included" {
	transcript expected 'S:+OK' 'S:{lines}' 'S:.' 'S:+OK bye'
	transcript actual 'S:+OK' 'S:.' 'S:+OK bye'
	alike
	transcript actual 'S:+OK' 'S:a' 'S:.x' 'S:b' 'S:.' 'S:+OK bye'
	alike
	transcript actual 'S:+OK' 'S:a' 'S:.' 'S:+OK Bye'
	different
	says 'expected:4 and actual:4 differ'
	transcript actual 'S:+OK' 'S:a' 'S:b' 'S:.' 'S:+OK bye' 'S:what'
	different
	says 'the end of expected and actual:6 differ'
	transcript expected 'S:a' 'S:{lines}' 'S:{N} {N}' 'S:{lines}'
	transcript actual 'S:a' 'S:x y' 'S:z z' 'S:b'
	alike
	transcript actual 'S:a' 'S:x y' 'S:z w' 'S:b'
	different
	says 'expected:3 and the end of actual differ'
	transcript expected 'S:{lines}' 'S:{N} a' 'S:{N} b' 'S:{lines}'
	transcript actual 'S:x a' 'S:y b' 'S:z a' 'S:z b'
	alike
}

@test "placeholders mean something in what is expected, and are text in what was said" {
	transcript expected 'S:{any}' 'S:{NAME} {{x}' 'S:{lines}'
	cp expected actual
	alike
	transcript expected 'S:250 ok'
	transcript actual 'S:{any}'
	different
}

@test "an event that was expected must come, and a last one that closes may" {
	transcript expected 'S:220' '!S closes'
	cp expected actual
	alike
	transcript actual 'S:220'
	different
	says '!S closes'
	says 'a line is missing'
	transcript actual 'S:220' '!S resets'
	different
	says 'another event'
	transcript expected 'S:220'
	transcript actual 'S:220' '!S closes' '!C closes'
	alike
	transcript actual 'S:220' '!S resets'
	different
	says 'a line too many'
	transcript expected 'S:{lines}'
	different
	transcript expected 'S:220' 'S:{any}'
	different
	transcript expected 'S:{lines}'
	transcript actual 'S:220' '!S closes'
	alike
}

@test "a command that breaks a rule is told the rule and its section" {
	article_but 's/<alice@crepes.fr>/alice@crepes.fr/'
	says 'RFC 5321, section 4.1.1.2: angle brackets right after the colon: MAIL FROM:<alice@crepes.fr>'
	article_but 's/TO:<bob@hamburger.edu>/TO: bob@hamburger.edu/'
	says 'RFC 5321, section 4.1.1.3: angle brackets'
	article_but 's/HELO.*/HELO/'
	says 'RFC 5321, section 4.1.1.1: '
	article_but 's/DATA/DATA now/'
	says 'RFC 5321, section 4.1.1.4: DATA has no argument'
	article_but 's/QUIT/QUIT now/'
	says 'RFC 5321, section 4.1.1.10: QUIT has no argument'
	sed 's/DATA/RSET/' "$article" >expected
	article_but 's/DATA/RSET now/'
	says 'RFC 5321, section 4.1.1.5: RSET has no argument'
	article_but 's/MAIL FROM/mail from/'
	says 'a letter in the wrong case'
	says_nothing_of RFC
	article_but 's/crepes.fr$/crepes.com/'
	ends 1
	says_nothing_of RFC
}

@test "commands out of order are told the order" {
	article_but 2d
	says 'RFC 5321, section 4.1.4: '
	article_but 4d
	says 'RFC 5321, section 4.1.4: '
	article_but 6d
	says 'RFC 5321, section 4.1.4: '
	# A refused recipient does not count; one refused and one accepted are one.
	transcript expected S:220 'C:HELO a' S:250 'C:MAIL FROM:<>' S:250 'C:RCPT TO:<b>' S:550 'C:QUIT'
	sed 's/QUIT/DATA/' expected >actual
	different
	says 'RFC 5321, section 4.1.4: '
	sed 's/550/250/' actual >accepted
	sed 's/550/250/' expected >expecting
	run compare-transcripts expecting accepted
	ends 1
	says_nothing_of 4.1.4
}

@test "a reply that breaks a rule is told the rule and its section" {
	article_but 's/250 Hello/Hello/'
	says 'RFC 5321, section 4.2: '
	article_but 's/250 Hello/250_Hello/'
	says 'RFC 5321, section 4.2: '
	article_but 's/354/250/'
	says 'RFC 5321, section 4.3.2: the reply that says yes to DATA is 354'
	article_but 's/^S:220/S:250/'
	says 'RFC 5321, section 4.3.2: a server that is ready greets with 220'
	article_but 's/221/250/'
	says 'RFC 5321, section 4.3.2: the reply to QUIT is 221'
	article_but 's/250 Hello/251 Hello/'
	says 'RFC 5321, section 4.3.2: the reply that says yes is 250 here'
	article_but 's/250 bob/354 bob/'
	says 'RFC 5321, section 4.3.2: the reply that says yes to RCPT'
	article_but 's/250 bob/550 bob/'
	ends 1
	says_nothing_of RFC
	transcript expected 'S:+OK {any}'
	transcript actual 'S:OK ready'
	different
	says 'RFC 1939, section 3: a reply begins with +OK or -ERR'
	transcript expected 'C:GET / HTTP/1.1' C: 'S:HTTP/1.1 200 OK'
	transcript actual 'C:GET / HTTP/1.1' C: 'S:200 OK'
	different
	says 'RFC 9112, section 4: '
	transcript actual 'C:GET /' C: 'S:HTTP/1.1 200 OK'
	different
	says 'RFC 9112, section 3: '
}

@test "dots in a message are told their rules" {
	transcript expected S:220 'C:DATA' S:354 'C:..and so on' 'C:.' S:250
	sed 's/\.\.and/.and/' expected >actual
	different
	says 'RFC 5321, section 4.5.2: '
	sed 's/\.\.and so on/./' expected >actual
	different
	says 'RFC 5321, section 4.5.2: '
	article_but 's/^C:\.$/C:. /'
	says 'RFC 5321, section 4.1.1.4: the message ends with a line that is a dot alone'
	article_but 's/^C:\.$/C:../'
	says 'RFC 5321, section 4.1.1.4: '
}

@test "a line past its limit is told the limit, and one at its limit is not" {
	for limit in 512:4.5.3.1.4:NOOP 512:4.5.3.1.5:250 1000:4.5.3.1.6:Do; do
		octets=${limit%%:*} section=${limit#*:} word=${limit##*:}
		section=${section%:*}
		sed 's/^C:QUIT/C:NOOP/' "$article" >expected
		sed "s/\\(:$word.*\\)/:$(long "$octets" "$word ")/" expected >actual
		different
		says_nothing_of "$section"
		sed "s/\\(:$word.*\\)/:$(long "$((octets + 1))" "$word ")/" expected >actual
		different
		says "RFC 5321, section $section: "
	done
	# An escape is one octet.
	article_but "s/pickles/$(long 988 '')\\\\x01/"
	says_nothing_of RFC
}

@test "a rule that was meant to be broken is not told" {
	transcript expected S:220 'C:MAIL FROM:alice'
	transcript actual S:220 'C:MAIL FROM:bob'
	different
	says_nothing_of RFC
}

@test "of a long line the part around the caret is shown" {
	long 1000 S: >expected
	echo >>expected
	sed 's/x/y/700' expected >actual
	different
	says '(the 700th character after S:): expected "x", here is "y"'
	[ "${#lines[1]}" -le 80 ]
	caret=${lines[3]}
	[ "${lines[2]:${#caret}-1:1}" = y ]
}

@test "the caret counts characters, and two columns for a wide one; escapes as written" {
	transcript expected 'C:\xffcrêpes, 你好 a'
	transcript actual 'C:\xffcrêpes, 你好 b'
	different
	[ "${lines[3]}" = '                             ^' ]
	says 'column 18 (the 16th character after C:)'
	transcript expected 'C:crèpes'
	transcript actual 'C:crêpes'
	different
	[ "${lines[3]}" = '              ^' ]
	says '(the 3rd character after C:): another character was expected'
	transcript expected 'C:a\x01'
	transcript actual 'C:a\x02'
	different
	[ "${lines[3]}" = '             ^' ]
}

@test "with --codes the wording of replies does not count" {
	sed 's/^S:\(...\).*/S:\1 in other words/' "$article" >actual
	run compare-transcripts --codes "$article" actual
	ends 0
	sed 's/354/250/' "$article" >actual
	run compare-transcripts --codes "$article" actual
	ends 1
	says "$article:9 and actual:9 differ, after DATA, before the message"
	says 'section 4.3.2'
}

@test "with --codes a reply of many lines is one reply" {
	transcript expected S:220 'C:EHLO a' S:250-a S:250-b 'S:250 c' C:QUIT S:221
	transcript actual S:220-x 'S:220 y' 'C:EHLO a' S:250 C:QUIT 'S:221 z'
	alike --codes
	different
	transcript actual S:220 'C:EHLO a' S:250 S:250 C:QUIT S:221
	different --codes
	transcript expected S:220 'C:EHLO a' 'S:250-{any}' 'S:{lines}' 'S:250 {any}' C:QUIT S:221
	transcript actual S:220 'C:EHLO a' S:250 C:QUIT S:221
	alike --codes
}

@test "with --codes a command is a command in any case of letters" {
	sed -e 's/HELO/helo/' -e 's/MAIL FROM/Mail From/' "$article" >actual
	run compare-transcripts --codes "$article" actual
	ends 0
	sed 's/bob/rob/' "$article" >actual
	run compare-transcripts --codes "$article" actual
	ends 1
	says 'in RCPT TO, after MAIL FROM, before DATA'
}

@test "with --codes of a message only its end counts" {
	sed -e 's/ketchup/mustard/' -e '/pickles/d' "$article" >actual
	run compare-transcripts --codes "$article" actual
	ends 0
	sed '/^C:\.$/,$d' "$article" >actual
	run compare-transcripts --codes "$article" actual
	ends 1
	says "$article:12 and the end of actual differ, in the message, after DATA"
	# Where DATA was refused there is no message.
	transcript expected S:220 C:DATA S:503 C:NOOP S:250
	transcript actual S:220 C:DATA S:503 C:QUIT S:250
	different --codes
}

@test "with --codes POP3 has +OK and -ERR, and HTTP its status" {
	transcript expected 'S:+OK a' 'C:RETR 1' 'S:+OK b' 'S:c' 'S:.' 'C:QUIT' 'S:+OK d'
	transcript actual 'S:+OK' 'C:RETR 1' 'S:+OK 5' 'S:x' 'S:+OK' 'S:.' 'C:QUIT' 'S:+OK'
	alike --codes
	sed '$s/+OK/-ERR/' actual >other
	run compare-transcripts --codes expected other
	ends 1
	says 'expected:7 and other:8 differ, after QUIT'
	transcript expected 'C:GET / HTTP/1.1' 'C:Host: a' 'C:' 'S:HTTP/1.1 200 OK' 'S:Date: x' 'S:' 'S:<p>'
	transcript actual 'C:GET / HTTP/1.1' 'C:' 'S:HTTP/1.0 200 Fine' 'S:Age: 1' 'S:' 'S:<b>' 'S:250'
	alike --codes
	sed 's/200/404/' actual >other
	run compare-transcripts --codes expected other
	ends 1
	says '(the 10th character after S:): expected "2", here is "4"'
}

@test "a line that breaks the format is refused with its place and what was probably meant" {
	refused '' 'an empty line; an empty line that was said is C: or S: alone'
	refused 'S;250 x' 'a semicolon; probably S: was meant'
	refused 'C：QUIT' 'a full-width colon; probably C: was meant'
	refused 'c:QUIT' 'probably C: or S: was meant'
	refused ' S:250 x' 'probably C: or S: was meant'
	refused 'QUIT' 'neither C: nor S:'
	refused '!S leaves' 'no such event'
	refused '!wait' 'no such event'
	refused 'C:a\\q' 'no such escape'
	refused 'C:a\\xf' 'no such escape'
	refused 'C:a\\nb' 'no such escape'
	refused 'C:a{b' 'no such placeholder'
	refused 'C:{all}' 'no such placeholder'
	refused 'C:a {lines}' '{lines} is alone'
	refused 'C:a\tb' 'a control character'
	refused 'C:a\0000b' 'a control character'
	refused 'C:a\0002' 'a control character'
	refused 'C:a\0377' 'not UTF-8'
	refused 'C:a\0302\0233' 'not UTF-8'
	refused 'C:\0341\0302\0240\0200\0200' 'not UTF-8'
}

@test "a blank after every colon is refused, and after some is not" {
	sed 's/:/: /' "$article" >actual
	run compare-transcripts "$article" actual
	ends 66
	says 'compare-transcripts: actual:1: a blank after every colon'
	run compare-transcripts actual "$article"
	ends 66
	sed '2,$s/:/: /' "$article" >actual
	run compare-transcripts "$article" actual
	ends 1
}

@test "the article as it was printed is refused, first its empty line" {
	run compare-transcripts "$article" "${article%/*}/as-printed.txt"
	ends 66
	says "as-printed.txt:2: an empty line"
}

@test "what cannot be read is named, with status 66, on standard error" {
	run compare-transcripts "$article" nowhere
	ends 66
	says 'compare-transcripts: nowhere: No such file or directory'
	run compare-transcripts . "$article"
	ends 66
	says 'compare-transcripts: .: Is a directory'
	head -c 5000 "$(command -v bash)" >actual
	compare-transcripts "$article" actual >out 2>err && status=0 || status=$?
	[ "$status" -eq 66 ]
	[ ! -s out ] && has_exactly 1 '*' err
}

@test "-h prints usage, and bad usage is answered 64 on standard error" {
	[ "$(compare-transcripts -h | head -n 1)" = 'usage: compare-transcripts [--codes] EXPECTED ACTUAL' ]
	for bad in '' "$article" "--code $article" "$article $article $article"; do
		# shellcheck disable=SC2086 # a word each
		compare-transcripts $bad >out 2>err && status=0 || status=$?
		[ "$status" -eq 64 ]
		[ ! -s out ] && has_line 'usage: *' err
	done
}

@test "a file whose name looks like an assignment is a file, and so is a pipe" {
	cp "$article" f=A
	run compare-transcripts "$article" f=A
	ends 0
	sed 's/354/250/' "$article" | compare-transcripts "$article" /dev/stdin >out || status=$?
	has_line '*/dev/stdin:9*' out
}

@test "a terminal gets colours, but not with NO_COLOR; a file gets none" {
	sed 's/354/250/' "$article" >actual
	escape=$(printf '\033')
	run compare-transcripts "$article" actual
	says 354
	says_nothing_of "$escape"
	script -qec true /dev/null >/dev/null 2>&1 || skip "no script(1) to make a terminal with"
	export article TERM=xterm
	# shellcheck disable=SC2016 # the shell on that terminal expands it
	show='compare-transcripts "$article" actual'
	run script -qec "$show" /dev/null </dev/null
	says 354
	says "$escape"
	NO_COLOR=1 run script -qec "$show" /dev/null </dev/null
	says 354
	says_nothing_of "$escape"
}

@test "a report that cannot be written is a failure" {
	[ -c /dev/full ] || skip "no /dev/full"
	sed 's/354/250/' "$article" >actual
	status=0
	compare-transcripts "$article" actual >/dev/full 2>/dev/null || status=$?
	[ "$status" -eq 74 ]
}

@test "long conversations are compared in a time that grows no faster than they do" {
	yes 'C:How about {{pickles}? Or \\ ketchup?' | head -n 10000 >expected
	sed '$s/pickles/tickles/' expected >actual
	ulimit -t 20 # seconds of the processor
	different
	says 'expected:10000 and actual:10000 differ'
	{ echo 'C:{lines}' && sed 5001,10000d expected; } >many
	run compare-transcripts many expected
	ends 0
}

#!/usr/bin/env bats
# mime-encode -r: a message is answered, RFC 5322, 3.6.4 and 3.6.5.

# shellcheck disable=SC2154
load common
load writing

setup() {
	common_setup
	SOURCE_DATE_EPOCH=1252454400
	export SOURCE_DATE_EPOCH
}

teardown() { common_teardown; }

# bob HEADER: what Bob wrote, its header in the notation of printf %b, is the file original.
bob() { printf '%b\n\nDo you like ketchup?\n' "$1" >original; }
# alice OPTION...: she answers.
alice() { mime-encode -f alice@crepes.fr -r original "$@" <<<Yes. >message; }
field() {
	awk -v name="$1:" '/^$/ { exit } /^[^ ]/ { on = $1 == name } on' message
}
# is FIELD TEXT: the field is in the answer like that; without TEXT it does not.
is() { is_in_part 0 "$@"; }
body() { sed '1,/^$/d' message; }
# body_is TEXT, in the notation of printf %b
body_is() {
	body >got
	printf '%b' "$1" >want
	same want got
}
# refused STATUS TEXT OPTION...
refused() {
	local status_wanted=$1 text=$2
	shift 2
	is_refused "$status_wanted" "$text" -r original "$@" </dev/null
}

@test "an answer goes to the sender, about the same, with the text quoted" {
	bob 'From: Bob <bob@hamburger.edu>\nTo: alice@crepes.fr\nDate: Tue, 08 Sep 2009 23:00:00 +0200\nSubject: ketchup\nMessage-ID: <1@hamburger.edu>'
	alice
	cat >want <<-'END'
		From: alice@crepes.fr
		To: Bob <bob@hamburger.edu>
		Subject: Re: ketchup
		Date: Wed, 09 Sep 2009 00:00:00 +0000
		Message-ID: <1252454400.ID@crepes.fr>
		In-Reply-To: <1@hamburger.edu>
		References: <1@hamburger.edu>
		MIME-Version: 1.0
		Content-Transfer-Encoding: 7bit
		Content-Type: text/plain; charset=us-ascii

		On Tue, 08 Sep 2009 23:00:00 +0200, Bob wrote:
		> Do you like ketchup?

		Yes.
	END
	sed 's/\.[0-9a-f]*@/.ID@/' message >got
	same want got
}

@test "the text may come from a file, other files may follow" {
	bob 'From: bob@hamburger.edu'
	printf 'Crêpes' >a.txt
	printf '\377' >b.jpg
	alice a.txt b.jpg
	has_line 'Content-Type: multipart/mixed*' message
	has_line 'Cr=C3=AApes*' message
	grep -c '^Content-Disposition' message | grep -qx 1
	has_line 'Content-Disposition: attachment; filename="b.jpg"*' message
	mime-encode -r original </dev/null >message
	body_is 'bob@hamburger.edu wrote:\n> Do you like ketchup?\n'
	printf 'a\000b' >a.txt
	refused 65 'a.txt: not the text of an answer' a.txt
	refused 66 'missing: No such file' missing
}

@test "the answer goes to Reply-To, else to From, and with -t to whom it says" {
	bob 'Reply-To: carol@crepes.fr, Dave <dave@hamburger.edu>\nFrom: Bob <bob@hamburger.edu>'
	alice
	is To 'carol@crepes.fr, Dave <dave@hamburger.edu>'
	body | head -n 1 | grep -qx 'Bob wrote:'
	alice -t eve@crepes.fr
	is To eve@crepes.fr
	bob 'Reply-To: nobody\nFrom: Bob <bob@hamburger.edu>\nFrom: eve@crepes.fr'
	alice
	is To 'Bob <bob@hamburger.edu>'
}

@test "where nobody can be answered it is said, unless -t names somebody" {
	for header in 'Subject: hi' 'From: bob' 'From: ' 'From: <>' 'From: bób@hamburger.edu' \
		'From: undisclosed-recipients:;' 'From: b\033@x' 'From: "b\n\t@x'; do
		bob "$header"
		refused 65 'original: names nobody who could be answered'
		alice -t bob@hamburger.edu
		is To bob@hamburger.edu
	done
	: >original
	refused 65 'original: names nobody'
	printf '\000\n\n' >original
	refused 65 'original: names nobody'
}

@test "addresses are read in each form that there is, and written in one" {
	while IFS='|' read -r from to; do
		bob "From: $from"
		alice
		is To "$to"
	done <<-'END'
		bob@hamburger.edu (Bob)|bob@hamburger.edu
		(a (b) \\) c) Bob (d) <(e) bob@hamburger.edu (f)> (g)|Bob <bob@hamburger.edu>
		"Burger, Bob" <b@x>, c@y|"Burger, Bob" <b@x>, c@y
		Bob "the \\"cook\\"" B. <b@x>|"Bob the \"cook\" B." <b@x>
		\n\tBob\n\t<b@x>|Bob <b@x>
		cooks: b@x, <c@y>; d@z|b@x, c@y, d@z
		<@one,@two:bob@x>|bob@x
		bob@[192.0.2.1], b@[IPv6:::1]|bob@[192.0.2.1], b@[IPv6:::1]
		Bob <b@[IPv6:::1]>|Bob <b@[IPv6:::1]>
		Bob <b@x> the cook, c@y|Bob <b@x>, c@y
		"a b"@x, <"c@,d"@y>|"a b"@x, "c@,d"@y
		,, bad @x, b@x,,|b@x
		=?utf-8?q?Bob?= =?utf-8?q?by?= <b@x>|Bobby <b@x>
		=?utf-8?q?Bob,_B:_<x>?= <b@x>|"Bob, B: <x>" <b@x>
		=?iso-8859-1?q?B=F6b?= <b@x>|=?UTF-8?B?QsO2Yg==?= <b@x>
		"=?iso-8859-1?q?B=F6b?=" <b@x>|=?UTF-8?B?QsO2Yg==?= <b@x>
		Böb <b@x>|=?UTF-8?B?QsO2Yg==?= <b@x>
		B\0366b <b@x>|=?UTF-8?B?QsO2Yg==?= <b@x>
		=?x-unknown?q?Bob?= <b@x>|=?x-unknown?q?Bob?= <b@x>
		=?x-unknown?q?Bob?= B. <b@x>|=?x-unknown?q?Bob?= =?UTF-8?B?IEIu?= <b@x>
		=?x-unknown?q?Bob?= B <b@x>|=?x-unknown?q?Bob?= B <b@x>
		Bob <<b@x>>, <<c@y> >|Bob <b@x>, c@y
		b@x>|b@x
		Bob b@x, "B. B." <c@y|Bob <b@x>, "B. B." <c@y>
		Bob\n\tB.\n\tb@x|"Bob B." <b@x>
	END
}

@test "nothing that a message holds becomes a line of the header, or commands a terminal" {
	bob 'From: =?utf-8?q?Bob=0D=0ABcc:_eve=40crepes.fr?= <b@x>\nSubject: =?utf-8?b?aGkNCkJjYzogZXZl?=\nMessage-ID: <1@x\\r\\nBcc: eve>\nReferences: <=?utf-8?q?a=0ABcc:_eve?=> <2@x> <3\033@x>\nDate: =?utf-8?q?=0A=1B[2J?='
	alice
	is To '"Bob  Bcc: eve@crepes.fr" <b@x>'
	is Subject 'Re: hi  Bcc: eve'
	is In-Reply-To
	is References '<2@x>'
	has_exactly 0 'Bcc*' message
	body | head -n 1 | grep -qx 'On   \[2J, Bob  Bcc: eve@crepes.fr wrote:'
	bob 'From: "B\033[2Jo\rb\0302\0233" <b@x>\nSubject: a\033]0;x\007\0000b\r\rc'
	alice
	is To '"B [2Jo b" <b@x>'
	is Subject 'Re: a ]0;x ?b  c'
}

@test "there is one Re:, in front, however many there were" {
	while IFS='|' read -r subject answer; do
		bob "From: b@x\nSubject: $subject"
		alice
		is Subject "$answer"
	done <<-'END'
		hi|Re: hi
		Re: hi|Re: hi
		RE: re:Re:  hi|Re: hi
		=?utf-8?q?Re:_hi?=|Re: hi
		Re:|Re:
		|Re:
		Re hi|Re: Re hi
		hi Re: hi|Re: hi Re: hi
		Rest: hi|Re: Rest: hi
		Re: =?iso-8859-1?q?Cr=EApes?=|=?UTF-8?B?UmU6IENyw6pwZXM=?=
		=?x-unknown?q?hi?=|Re: =?x-unknown?q?hi?=
		Re: \0351 =?x-unknown?q?hi?= =?x-unknown?q?ho?= t|=?UTF-8?B?UmU6IMOpIA==?= =?x-unknown?q?hi?= =?x-unknown?q?ho?= t
	END
	bob 'From: b@x'
	alice
	is Subject Re:
	alice -s tea
	is Subject tea
}

@test "In-Reply-To and References tell where the answer belongs" {
	threads() {
		bob "From: b@x\n$1"
		alice
		is In-Reply-To ${2:+"$2"}
		is References ${3:+"$3"}
	}
	threads 'Subject: x'
	threads 'Message-ID: <1@x>' '<1@x>' '<1@x>'
	threads 'Message-ID: (c)<1@x> <2@x>' '<1@x>' '<1@x>'
	threads 'Message-ID: <1@x>\nReferences: <a@x>\n <b@x>,<c@x>' '<1@x>' '<a@x> <b@x> <c@x> <1@x>'
	threads 'Message-ID: <1@x>\nIn-Reply-To: <a@x>' '<1@x>' '<a@x> <1@x>'
	threads 'Message-ID: <1@x>\nIn-Reply-To: Your message <a@x>' '<1@x>' '<a@x> <1@x>'
	threads 'Message-ID: <1@x>\nIn-Reply-To: <a@x> <b@x>' '<1@x>' '<1@x>'
	threads 'Message-ID: <1@x>\nIn-Reply-To: <a@x>\nReferences: <b@x>' '<1@x>' '<b@x> <1@x>'
	threads 'References: <b@x>' '' '<b@x>'
	threads 'In-Reply-To: <b@x>' '' '<b@x>'
	threads 'Message-ID: 1@x\nReferences: a@x <> <b c@x> <d<e@x> <\0351@x> <f' '' '<e@x>'
}

@test "an id is of 500 octets at most, and of a long thread the first and last are kept" {
	bob "From: b@x\nMessage-ID: <$(letters 498)>"
	alice
	field In-Reply-To | grep -q "<$(letters 498)>"
	bob "From: b@x\nMessage-ID: <$(letters 499)>"
	alice
	is In-Reply-To
	bob "From: b@x\nMessage-ID: <0@x>\nReferences: $(seq -f '<%.0f@x>' -s ' ' 1 100)"
	alice
	field References | tr ' ' '\n' | grep -c @ | grep -qx 101
	bob "From: b@x\nMessage-ID: <0@x>\nReferences: $(seq -f '<%.0f@x>' -s ' ' 1 1000)"
	alice
	field References | tr ' ' '\n' | grep @ >got
	{ echo '<1@x>' && seq -f '<%.0f@x>' 902 1000 && echo '<0@x>'; } >want
	same want got
}

@test "fields that are far too long are cut, and the answer has lines of 76" {
	bob "From: $(letters 300 é) <b@x>\nSubject: $(letters 100000)\nReferences: $(
		seq -f '<%.0f@hamburger.edu>' -s ' ' 1 10000)"
	alice
	field Subject | LC_ALL=C awk 'length($0) > 76' >long
	field To | LC_ALL=C awk 'length($0) > 76' >>long
	[ ! -s long ]
	field To | tr ' ' '\n' | sed -n 's/^=?UTF-8?B?\(.*\)?=$/\1/p' | while read -r word; do
		printf '%s' "$word" | b64 -d
	done >got
	printf '%s' "$(letters 254 é)" >want # the first 508 octets
	same want got
	bob "From: b@x, $(letters 400)@y, c@$(letters 400), d@x"
	alice
	is To 'b@x, d@x'
}

@test "the answer is in the charset and the encoding that are asked for" {
	bob 'From: =?utf-8?q?B=C3=B6b?= <b@x>'
	alice -c iso-8859-1 -e 8bit
	is Content-Type 'text/plain; charset=iso-8859-1'
	is Content-Transfer-Encoding 8bit
	body_is 'B\0366b wrote:\n> Do you like ketchup?\n\nYes.\n'
	printf 'a\n€\n' >a.txt
	refused 65 'the answer: line 5: a character that is not in iso-8859-1' -c iso-8859-1 a.txt
}

@test "a message with CRLF line ends, or from a pipe, is answered alike" {
	bob 'From: b@x\nSubject: a\n b\nMessage-ID:\n <1@x>'
	alice
	cp message want
	awk '{ printf "%s\r\n", $0 }' original >crlf
	printf 'Yes.\n' | mime-encode -f alice@crepes.fr -r crlf >message
	same want message
	printf 'Yes.\n' >a.txt
	mime-encode -f alice@crepes.fr -r <(cat crlf) a.txt >message
	same want message
	refused 66 'missing: No such' -r missing
	refused 66 'Is a directory' -r .
}

@test "where nothing can be quoted the answer is the writer's own text alone" {
	for what in 'Content-Type: image/gif\n\nx' '\n'; do
		printf '%b' "From: bob@hamburger.edu\n$what" >original
		printf 'Yes.\n' | mime-encode -r original >message
		sed '1,/^$/d' message >got
		echo Yes. >want
		same want got
	done
}

@test "a text after a message in the message is quoted, and that message is not" {
	printf 'From: bob@hamburger.edu\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\nSubject: i\n\ninner\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nalternative\n--c--\n--b\n\nlast\n--b--\n' >original
	mime-encode -r original </dev/null >message
	sed '1,/^$/d' message >got
	printf 'bob@hamburger.edu wrote:\n> alternative\n>\n> last\n' >want
	same want got
}

@test "a paragraph of format=flowed is quoted as one, each after the quotation that it has" {
	printf 'From: b@x\nContent-Type: text/plain; format=flowed; delsp=yes\n\nDo you \nlike\n> ketch \n> up\n>> or \n> tea? \n\n From here \n-- \nBob\n' >original
	mime-encode -r original </dev/null >message
	body_is 'b@x wrote:\n> Do youlike\n> > ketchup\n> >> or\n> > tea?\n>\n> From here\n> -- \n> Bob\n'
}

@test "letters of a stranger's header are answered as letters, whatever their octets" {
	while IFS='|' read -r charset subject answer; do
		bob "From: $subject <b@x>\nSubject: $subject\nContent-Type: text/plain; charset=$charset"
		mime-encode -f alice@crepes.fr -r original </dev/null | mime-decode | sed -n '2,3p' >got
		printf 'To: %s <b@x>\nSubject: Re: %s\n' "$answer" "$answer" >want
		same want got
	done <<-'END'
		iso-8859-1|caf\0351|café
		koi8-r|\0360\0322\0311|При
		koi8-r|Crêpes|Crêpes
		gb2312|\0304\0343\0272\0303|你好
		utf-8|caf\0351 \0200|café €
		us-ascii|caf\0351|café
		x-nobody|caf\0351|café
		utf-8|=?utf-8?Q?caf=E9?=|café
	END
}

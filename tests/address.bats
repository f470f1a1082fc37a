#!/usr/bin/env bats
# lessons/message/address, through mime-encode: RFC 5322, 3.4; RFC 2047, 5 (3).

# shellcheck disable=SC2154
load common

setup() {
	common_setup
	SOURCE_DATE_EPOCH=1252454400
	export SOURCE_DATE_EPOCH
}

teardown() { common_teardown; }

letters() {
	awk -v n="$1" -v letter="${2:-x}" 'BEGIN { while (n-- > 0) printf "%s", letter }'
}
# field NAME: its lines in the message.
field() {
	awk -v name="$1:" '/^$/ { exit } /^[^ ]/ { on = $1 == name } on' message
}
# becomes FIELD TYPED: what is typed stands in the field like that, as From
# and as To.
becomes() {
	printf 'hi\n' | mime-encode -f "$2" -t "$2" >message
	printf 'From: %s\n' "$1" >want
	field From | same want -
	printf 'To: %s\n' "$1" >want
	field To | same want -
}
# refused TEXT TYPED: nothing is written, and it is said why.
refused() {
	local option
	for option in -f -t; do
		run mime-encode "$option" "$2" </dev/null
		ends 65
		says ": $1"
		[ "${#lines[@]}" -eq 1 ]
		mime-encode "$option" "$2" </dev/null >message 2>/dev/null || :
		[ ! -s message ]
	done
}
# decoded: the letters of the encoded-words in the message's To.
decoded() {
	field To | tr ' ' '\n' | sed -n 's/^=?UTF-8?B?\(.*\)?=$/\1/p' | while read -r word; do
		printf '%s' "$word" | b64 -d
	done
}

@test "an address is a mailbox alone, or behind a name in angle brackets" {
	becomes alice@crepes.fr alice@crepes.fr
	becomes alice@crepes.fr ' alice@crepes.fr '
	becomes alice@crepes.fr '<alice@crepes.fr>'
	becomes 'Alice <alice@crepes.fr>' 'Alice <alice@crepes.fr>'
	becomes 'Alice <alice@crepes.fr>' ' Alice<alice@crepes.fr> '
	becomes "Alice O'Neill-{B} & co! <alice@crepes.fr>" "Alice O'Neill-{B} & co! <alice@crepes.fr>"
}

@test "a name with specials is a quoted-string" {
	becomes '"Alice B." <alice@crepes.fr>' 'Alice B. <alice@crepes.fr>'
	becomes '"Crepe, Alice" <alice@crepes.fr>' 'Crepe, Alice <alice@crepes.fr>'
	becomes '"Crepe, Alice" <alice@crepes.fr>' '"Crepe, Alice" <alice@crepes.fr>'
	becomes '"alice@crepes.fr" <alice@crepes.fr>' 'alice@crepes.fr <alice@crepes.fr>'
	becomes '"Alice <3 Bob>" <alice@crepes.fr>' 'Alice <3 Bob> <alice@crepes.fr>'
	becomes '"Alice  (the cook)" <alice@crepes.fr>' 'Alice  (the cook) <alice@crepes.fr>'
	becomes '"Alice  Crepe" <alice@crepes.fr>' 'Alice  Crepe <alice@crepes.fr>'
	becomes '"a\\b \"c\"" <alice@crepes.fr>' 'a\b "c" <alice@crepes.fr>'
	becomes '"a\\b \"c\"" <alice@crepes.fr>' '"a\\b \"c\"" <alice@crepes.fr>'
	becomes '"\"a\" and \"b\"" <alice@crepes.fr>' '"a" and "b" <alice@crepes.fr>'
	becomes 'Alice <alice@crepes.fr>' '"Alice" <alice@crepes.fr>'
	becomes alice@crepes.fr '"" <alice@crepes.fr>'
}

@test "a name that is not ASCII, or looks like an encoded-word, is of encoded-words" {
	becomes '=?UTF-8?B?Q3LDqnBlIEFsaWNl?= <alice@crepes.fr>' 'Crêpe Alice <alice@crepes.fr>'
	becomes '=?UTF-8?B?Q3LDqnBlLCBBbGljZQ==?= <alice@crepes.fr>' '"Crêpe, Alice" <alice@crepes.fr>'
	becomes '=?UTF-8?B?PT9hP2I/Yz89?= <alice@crepes.fr>' '=?a?b?c?= <alice@crepes.fr>'
	refused 'a name that is neither ASCII nor UTF-8' "$(printf 'Cr\352pe') <alice@crepes.fr>"
}

@test "a word of a name that is too long for a line is encoded, a shorter one is not" {
	printf 'hi\n' | mime-encode -t "x $(letters 70) <a@b>" >message
	printf 'To: x %s\n <a@b>\n' "$(letters 70)" >want
	field To | same want -
	printf 'hi\n' | mime-encode -t "x $(letters 71) <a@b>" >message
	[ "$(decoded)" = "x $(letters 71)" ]
}

@test "encoded-words of a name stand on lines of 76, whoever stands before it" {
	for before in '' x "$(letters 30)" "$(letters 50)"; do
		for name in é "$(letters 20 é)" "$(letters 22 é)" "$(letters 24 é)" "$(letters 100 é)"; do
			printf 'hi\n' | mime-encode ${before:+-t "$before@crepes.fr"} \
				-t "$name <b@hamburger.edu>" -t c@hamburger.edu >message
			[ "$(field To | LC_ALL=C awk 'length($0) > 76' | wc -l)" -eq 0 ]
			[ "$(decoded)" = "$name" ]
		done
	done
	for before in '' x xx; do
		printf 'hi\n' | mime-encode -f "$before$(letters 100 é) <a@b>" >message
		[ "$(field From | LC_ALL=C awk 'length($0) > 76' | wc -l)" -eq 0 ]
	done
	for domain in x xx xxx xxxx; do # the mailbox is on that line too
		for n in $(seq 15 22); do
			printf 'hi\n' | mime-encode -t "$(letters "$n" é) <b@$domain>"
		done
	done >messages
	[ "$(LC_ALL=C awk 'length($0) > 76' messages | wc -l)" -eq 0 ]
}

@test "a long list is folded behind its commas" {
	set --
	for i in $(seq 50); do set -- "$@" -t "Friend $i <friend-number-$i@crepes.fr>"; done
	printf 'hi\n' | mime-encode "$@" >message
	[ "$(field To | awk 'length($0) > 78' | wc -l)" -eq 0 ]
	field To | tr -d '\n' | sed 's/^To: //;s/, /,/g' | tr , '\n' >got
	for i in $(seq 50); do echo "Friend $i <friend-number-$i@crepes.fr>"; done >want
	echo >>got
	same want got
}

@test "a mailbox has the local part and the domain that RFC 5322 lets it have" {
	for mailbox in 'a.b+c@x' "!#\$%&'*+-/?=^_\`{|}~@x" '"a b"@x.y' '"a@\"b"@x' 'a@[192.0.2.1]' \
		'a@[IPv6:::1]' 'a@b-c.d'; do
		printf 'hi\n' | mime-encode -t "$mailbox" >message
		printf 'To: %s\n' "$mailbox" >want
		field To | same want -
	done
	for mailbox in '' bob @x bob@ .a@x a.@x a..b@x 'a b@x' 'a@x y' 'a,b@x' 'a@x, b@y' 'a@b@c' \
		'"a@x' 'a"b"@x' '"a\"@x' 'a@[x' 'a@[]' 'a@[x y]' 'a@.b' 'a@b.' 'a@b..c' 'a(b)@x' \
		'=?a?=@x' 'a@=?b' 'Alice <a@x> b' 'Alice <a@x' 'Alice a@x>' 'Alice <>' 'friends: a@x;'; do
		refused 'an address is local-part@domain' "$mailbox"
	done
}

@test "a local part is of 64 octets at most, a domain of 255, a name of 511" {
	printf 'hi\n' | mime-encode -t "$(letters 64)@$(letters 255)" >message
	field To | grep -q "x@$(letters 255)\$"
	refused 'an address too long' "$(letters 65)@x"
	refused 'an address too long' "a@$(letters 256)"
	refused 'an address too long' "$(letters 1000)@$(letters 1000)"
	printf 'hi\n' | mime-encode -t "$(letters 511) <a@b>" >message
	[ "$(decoded)" = "$(letters 511)" ]
	refused 'a name too long' "$(letters 512) <a@b>"
}

@test "letters that are not ASCII are refused in a mailbox, and controls anywhere" {
	refused 'only ASCII may stand in an address' 'bób@hamburger.edu'
	refused 'only ASCII may stand in an address' 'Bob <bob@hämburger.edu>'
	for where in 'Al%bice <a@b>' '"Al%bice" <a@b>' 'a%b@b' '"a%b"@b' 'a@b%b' 'a@[%b]'; do
		# shellcheck disable=SC2059
		refused 'a line end in a header' "$(printf "$where" '\nBcc: x@y')"
		# shellcheck disable=SC2059
		refused 'a line end in a header' "$(printf "$where" '\rBcc: x@y')"
		# shellcheck disable=SC2059
		refused 'a control byte in a header' "$(printf "$where" '\033[2J')"
		# shellcheck disable=SC2059
		refused 'a control byte in a header' "$(printf "$where" '\0177')"
	done
}

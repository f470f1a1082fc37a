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

@test "every row of tests/rows/address holds" { rows address; }

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


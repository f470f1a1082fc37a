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

# field NAME: its lines in the message.
field() {
	local line on=
	while IFS= read -r line && [ -n "$line" ]; do
		case $line in
		"$1:"*) on=yes ;;
		[!\ ]*) on= ;;
		esac
		[ -z "$on" ] || printf '%s\n' "$line"
	done <message
}
# refused TEXT TYPED: nothing is written, and it is said why.
refused() {
	local option
	for option in -f -t; do
		status=0
		mime-encode "$option" "$2" </dev/null >message 2>told || status=$?
		IFS= read -r -d '' output <told || :
		ends 65
		[[ $output = *": $1"* && ${output%$'\n'} != *$'\n'* && ! -s message ]] || {
			echo "$output"
			return 1
		}
	done
}
# decoded: the letters of the encoded-words in the message's To.
decoded() {
	local line word
	while IFS= read -r line; do
		for word in $line; do
			[[ $word != '=?UTF-8?B?'*'?=' ]] || { word=${word#*B?} && printf '%s' "${word%?=}" | b64 -d; }
		done
	done < <(field To)
}

# short NAME: no line of the field has more than 76 octets.
short() {
	local LC_ALL=C line
	while IFS= read -r line; do
		[ "${#line}" -le 76 ] || { echo "${#line} octets: $line" && return 1; }
	done < <(field "$1")
}

@test "every row of tests/rows/address holds" { rows address; }

@test "a word of a name that is too long for a line is encoded, a shorter one is not" {
	mime-encode -t "x $(letters 70) <a@b>" >message <<<hi
	printf 'To: x %s\n <a@b>\n' "$(letters 70)" >want
	field To >got
	same want got
	mime-encode -t "x $(letters 71) <a@b>" >message <<<hi
	[ "$(decoded)" = "x $(letters 71)" ]
}

@test "encoded-words of a name are on lines of 76, whatever comes before them" {
	for before in '' x "$(letters 30)" "$(letters 50)"; do
		for name in é "$(letters 20 é)" "$(letters 22 é)" "$(letters 24 é)" "$(letters 100 é)"; do
			printf 'hi\n' | mime-encode ${before:+-t "$before@crepes.fr"} \
				-t "$name <b@hamburger.edu>" -t c@hamburger.edu >message
			short To
			[ "$(decoded)" = "$name" ]
		done
	done
	for before in '' x xx; do
		mime-encode -f "$before$(letters 100 é) <a@b>" >message <<<hi
		short From
	done
	for domain in x xx xxx xxxx; do # the mailbox is on that line too
		for n in $(seq 15 22); do
			mime-encode -t "$(letters "$n" é) <b@$domain>" <<<hi
		done
	done >messages
	[ "$(LC_ALL=C awk 'length($0) > 76' messages | wc -l)" -eq 0 ]
}

@test "a long list is folded after its commas" {
	set --
	for i in $(seq 50); do set -- "$@" -t "Friend $i <friend-number-$i@crepes.fr>"; done
	mime-encode "$@" >message <<<hi
	[ "$(field To | awk 'length($0) > 78' | wc -l)" -eq 0 ]
	field To | tr -d '\n' | sed 's/^To: //;s/, /,/g' | tr , '\n' >got
	for i in $(seq 50); do echo "Friend $i <friend-number-$i@crepes.fr>"; done >want
	echo >>got
	same want got
}

@test "a local part is of 64 octets at most, a domain of 255, a name of 511" {
	mime-encode -t "$(letters 64)@$(letters 255)" >message <<<hi
	field To | grep -q "x@$(letters 255)\$"
	refused 'an address too long' "$(letters 65)@x"
	refused 'an address too long' "a@$(letters 256)"
	refused 'an address too long' "$(letters 1000)@$(letters 1000)"
	mime-encode -t "$(letters 511) <a@b>" >message <<<hi
	[ "$(decoded)" = "$(letters 511)" ]
	refused 'a name too long' "$(letters 512) <a@b>"
}


#!/usr/bin/env bats
# The check of make lint for habits of English that has to be read twice.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# habits TEXT: what is found in it, as it is written in a README.
habits() {
	printf '%s\n' "$1" >text.md
	run awk -f "$root/tests/english.awk" text.md
}

@test "each habit is found, also where it is cut by the end of a line" {
	local text bad=''
	for text in 'The name stands first.' 'A line comes behind it.' 'The part in hand is text.' \
		'So no octet is lost.' 'NULL where there is none.' 'No reply tells that it happened.' \
		'Who has the letter calls.' 'The line is for who waits.' 'A client who leaves is dropped.' \
		$'So no\noctet is lost.' $'NULL where there is\nnone.' $' * The part in\n * hand is text.'; do
		habits "$text"
		[ "$status" -eq 1 ] && [ "${#lines[@]}" -ge 1 ] || bad+="$text"$'\n'
	done
	[ -z "$bad" ] || { printf 'not found: %s' "$bad" && return 1; }
}

@test "plain English is not" {
	local text bad=''
	for text in 'The name is first.' 'A line comes after it.' '{any} stands for any text.' \
		'A crash leaves nothing behind.' 'If no octets are left it ends.' 'Who gets the bounce?' \
		'The reply tells the client that it happened.' 'Bob, who is out, reads it later.'; do
		habits "$text"
		[ "$status" -eq 0 ] && [ -z "$output" ] || bad+="$output"$'\n'
	done
	[ -z "$bad" ] || { printf 'found: %s' "$bad" && return 1; }
}

@test "of C the comments and the strings are read, and no name" {
	printf '%s\n' 'int behind = 1; /* It is' ' * behind the dot.' ' */' 'char *in = "in hand \" in hand";' \
		'int stands(int a) { return a / behind; }' >some.c
	run awk -f "$root/tests/english.awk" some.c
	[ "$status" -eq 1 ]
	printf '%s\n' "$output" | cut -d : -f 1-3 >got
	printf '%s\n' 'some.c:2: behind, where it is after or in' \
		'some.c:4: in hand, where it is present' >expected
	same expected got
}

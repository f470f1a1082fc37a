#!/usr/bin/env bats
# Messages as mailers write them, well and badly: tests/messages/NAME.eml. NAME.tree is what
# mime-decode -l lists of it, with one blank between columns; NAME.shown, where there is one,
# is what a reader sees. RFC 2045, 2046, 2047, 2231, 5322.

# shellcheck disable=SC2154
load common

setup() {
	common_setup
	messages=$root/tests/messages
}
teardown() { common_teardown; }

# columns: the list with one blank between columns; the name is the rest of the line.
columns() {
	sed 's/^\([^ ]*\)  *\([^ ]*\)  *\([^ ]*\)  *\([^ ]*\)  *\([^ ]*\)  /\1 \2 \3 \4 \5 /'
}

@test "the parts of every message are listed as they are" {
	for message in "$messages"/*.eml; do
		mime-decode -l "$message" | columns >got
		same "${message%.eml}.tree" got
	done
}

@test "every message is shown as it is meant" {
	for shown in "$messages"/*.shown; do
		mime-decode "${shown%.shown}.eml" >got
		same "$shown" got
	done
}

@test "every message is the same one with CRLF line ends" {
	for message in "$messages"/*.eml; do
		! grep -q "$(printf '\r')" "$message" || continue
		LC_ALL=C sed "$(printf 's/$/\r/')" "$message" | mime-decode -l | columns >got
		same "${message%.eml}.tree" got
	done
}

@test "what is saved has the octets that are listed" {
	for message in "$messages"/*.eml; do
		mime-decode -o new "$message" >shown
		sed -n 's/.*: saved \(.*\), \([0-9]*\) bytes$/\2 \1/p' shown | while read -r octets name; do
			[ "$(wc -c <"new/$name")" -eq "$octets" ]
			mime-decode -l "$message" | columns | cut -d ' ' -f 5 | grep -qx "$octets"
		done
		rm -rf new
	done
}

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

# together FILE...: all of them, each after a line with its name.
together() { (cd "$messages" && awk 'FNR == 1 { sub(/.*\//, "", FILENAME); sub(/\.[a-z]*$/, "", FILENAME); print "== " FILENAME } 1' "$@"); }

# each OPTION NAME...: what mime-decode with that option makes of these messages, likewise.
each() {
	local option=$1 name
	shift
	for name; do
		echo "== $name"
		# shellcheck disable=SC2086 # none, or one
		mime-decode $option "$messages/$name.eml"
	done
}

# names_of FILE...: without folder and suffix, in $names.
names_of() {
	names=("${@##*/}")
	names=("${names[@]%.*}")
}

@test "the parts of every message are listed as they are" {
	names_of "$messages"/*.eml
	each -l "${names[@]}" | columns >got
	together "${names[@]/%/.tree}" >want
	same want got
}

@test "every message is shown as it is meant" {
	names_of "$messages"/*.shown
	each '' "${names[@]}" >got
	together "${names[@]/%/.shown}" >want
	same want got
}

@test "every message is the same one with CRLF line ends" {
	local files
	mapfile -t files < <(grep -L $'\r' "$messages"/*.eml)
	names_of "${files[@]}"
	mkdir crlf
	(cd "$messages" && LC_ALL=C awk -v to="$work/crlf/" '{ printf "%s\r\n", $0 >(to FILENAME) }' "${names[@]/%/.eml}")
	messages=$work/crlf each -l "${names[@]}" | columns >got
	together "${names[@]/%/.tree}" >want
	same want got
}

@test "what is saved has the octets that are listed" {
	names_of "$messages"/*.eml
	mkdir saved
	for name in "${names[@]}"; do
		echo "== $name"
		mime-decode -o "saved/$name" "$messages/$name.eml"
	done >shown
	each -l "${names[@]}" | columns >listed
	wc -c saved/*/* >sizes
	awk '/^== / { name = $2; next }
		FILENAME == "listed" { is_listed[name, $5] = 1; next }
		FILENAME == "sizes" { size = $1; sub(/^ *[0-9]+ saved\//, ""); of[$0] = size; files++; next }
		/: saved .*, [0-9]+ bytes$/ {
			octets = $(NF - 1)
			sub(/.*: saved /, ""); sub(/, [0-9]+ bytes$/, "")
			if (of[name "/" $0] != octets || !((name, octets) in is_listed)) { print name ": " $0; bad = 1 }
			n++
		}
		END { exit bad || n == 0 || n != files - 1 }' listed sizes shown
}

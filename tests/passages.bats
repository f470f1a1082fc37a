#!/usr/bin/env bats
# The lessons show each passage of the articles, within a length and a width.

load common

setup() {
	common_setup
	cd "$root" || return 1
}
teardown() { common_teardown; }

# none_in FILE: nothing is in it, or it is shown.
none_in() { [ ! -s "$1" ] || { cat "$1" && return 1; }; }

# blocks KIND LESSON...: the lines of their blocks that begin with KIND, after the folder's name.
blocks() {
	local kind=$1
	shift
	awk -v kind="$kind" '
		/^```/ { inside = !inside; on = inside && $0 == "```" kind; next }
		on { split(FILENAME, part, "/"); print substr(part[2], 1, 2) "\t" $0 }' "$@"
}

@test "each passage of the articles has a line in a block of its lesson, which is typed or appears" {
	local README=(lessons/[0-9]*/README.md)
	{
		blocks console "${README[@]}"
		blocks 'console by-hand' "${README[@]}" | sed 's/\t/ by hand&/'
	} >"$work/shown"
	awk -F '\t' '
		FILENAME != ARGV[2] { shown[$0] = 1; next }
		/^#/ { next }
		{ listed[$1] = 1 }
		NF != 4 { print "not four columns: " $0 }
		!(($2 "\t" $3) in shown) { print $1 ": lesson " $2 " does not have: " $3 }
		END {
			for (i = 1; i <= 28; i++) {
				passage = i <= 14 ? "A" i : "B" i - 14
				if (!(passage in listed)) print passage " is not shown"
			}
		}' "$work/shown" tests/passages.tsv >"$work/missing"
	none_in "$work/missing"
}

@test "a lesson names, under The passages, each passage that it shows" {
	local lesson
	for lesson in lessons/[0-9]*; do
		sed -n '/^## The passages/,/^## /p' "$lesson/README.md" >"$work/named"
		awk -F '\t' -v lesson="${lesson#lessons/}" '
			FILENAME != ARGV[2] {
				gsub(/[^A-Za-z0-9]+/, "\t")
				for (i = 1; i <= NF; i++) named[$i] = 1
				next
			}
			substr($2, 1, 2) == substr(lesson, 1, 2) && !($1 in named) { print lesson " does not name " $1 }
			' "$work/named" tests/passages.tsv
	done | sort -u >"$work/missing"
	none_in "$work/missing"
}

@test "pictures and what is typed have 76 columns at most, for lab indents them by four" {
	# A character of UTF-8 is a column, so its octets after the first do not count.
	LC_ALL=C awk '
		FNR == 1 { inside = 0 }
		/^```/ { inside = !inside; next }
		{
			line = $0
			gsub(/[\200-\277]/, "", line)
			while (i = index(line, "\t"))
				line = substr(line, 1, i - 1) substr("        ", (i - 1) % 8 + 1) substr(line, i + 1)
		}
		inside && length(line) > 76 { print FILENAME ":" FNR ": " length(line) " columns: " $0 }' \
		lessons/[0-9]*/README.md >"$work/wide"
	none_in "$work/wide"
}

@test "a lesson has 1,000 words of prose at most" {
	awk '
		FNR == 1 { inside = 0 }
		/^```/ { inside = !inside; next }
		!inside { words[FILENAME] += NF }
		END { for (f in words) if (words[f] > 1000) print f ": " words[f] " words" }' \
		lessons/[0-9]*/README.md >"$work/long"
	none_in "$work/long"
}

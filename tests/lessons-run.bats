#!/usr/bin/env bats
# The texts: what they say is typed, is typed, and what they say appears, appears; each link leads
# to a file.

load common

setup() {
	common_setup
	cd "$root" || return 1
}
teardown() { common_teardown; }

# walked NAME: the lesson's blocks run as written.
walked() {
	run timeout 600 walk -i 300 "lessons/$1"
	ends 0
}

# typed_as_lesson TEXT: the blocks of a text that is not a lesson.
typed_as_lesson() {
	mkdir -p "$work/lessons/text"
	ln -s "$root"/lessons/[0-9]* "$work/lessons"
	cp "$1" "$work/lessons/text/README.md"
	run timeout 600 walk -i 300 "$work/lessons/text"
	ends 0
}

# links TEXT...: where each link of them leads, but for those to the web.
links() {
	awk '{
		folder = FILENAME
		if (!sub(/\/[^\/]*$/, "", folder)) folder = "."
		for (rest = $0; match(rest, /\]\([^)]*\)/); rest = substr(rest, RSTART + RLENGTH)) {
			to = substr(rest, RSTART + 2, RLENGTH - 3)
			if (to !~ /https*:/) print (to ~ /^#/ ? FILENAME to : folder "/" to)
		}
	}' "$@"
}

# anchors TEXT...: the text, and what a link to it may have after #.
anchors() {
	awk '/^#+ / { gsub(/[`,.:?()\047]/, ""); sub(/^#+ /, ""); gsub(/ /, "-"); print FILENAME "#" tolower($0) }' "$@"
}

# none_in FILE: nothing is in it, or it is shown.
none_in() { [ ! -s "$1" ] || { cat "$1" && return 1; }; }

@test "each link of the texts leads to a file, and to a heading that is there" {
	local to texts=()
	links README.md lessons/*.md lessons/[0-9]*/README*.md tests/bench/README.md >"$work/links"
	while read -r to; do
		if [ ! -e "${to%%#*}" ]; then
			echo "no such file: $to"
		elif [[ $to == *'#'* ]]; then
			texts+=("${to%%#*}")
			echo "$to" >>"$work/to-headings"
		fi
	done <"$work/links" >"$work/lost"
	anchors "${texts[@]}" >"$work/anchors"
	awk 'FNR == 1 { files++ } files == 1 { there[$0] = 1; next }
		files == 2 && !($0 in there) { print "no such heading: " $0 }
		files == 3 { links++ } END { if (links <= 60) print "only " links " links" }' \
		"$work/anchors" "$work/to-headings" "$work/links" >>"$work/lost"
	none_in "$work/lost"
}

@test "the map in README names every folder, and no other" {
	find lessons client server scripts tests -type d >"$work/folders"
	awk '
		NR == FNR { path[NR] = $0; sub(/.*\//, ""); name[NR] = $0; there[$0] = 1; folders = NR; next }
		/^## / { inside = $0 == "## The map"; next }
		/^```/ { block = inside && !block; next }
		!block { next }
		{
			all = all " " $0 " "
			for (rest = $0; match(rest, /[a-z0-9]*\/ /); rest = substr(rest, RSTART + RLENGTH)) {
				word = substr(rest, RSTART, RLENGTH - 2)
				if (word != "" && !(word in there)) print "no such folder: " word
			}
		}
		END {
			for (i = 1; i <= folders; i++)
				if (path[i] !~ /^lessons\/[0-9]/ && all !~ ("[^A-Za-z0-9_]" name[i] "/[^A-Za-z0-9_]"))
					print "not in the map: " path[i]
		}' "$work/folders" README.md >"$work/lost"
	none_in "$work/lost"
}

@test "the pages in the table of AUTHORS are in the folders that it says" {
	local folders pages page folder
	set -f # a page is not a pattern
	awk -F '|' '/^\| [a-z]*\// { gsub(/[`,;]/, ""); sub(/:.*/, "", $3); gsub(/\([^)]*\)/, "", $3); print $2 "|" $3 }' \
		lessons/AUTHORS.md >"$work/table"
	while IFS='|' read -r folders pages; do
		for page in $pages; do
			for folder in $folders; do
				[ ! -e "${folder%/}/$page.c" ] && [ ! -e "${folder%/}/$page.h" ] || continue 2
			done
			echo "not in $folders: $page"
		done
	done <"$work/table" >"$work/lost"
	set +f
	[ -s "$work/table" ]
	none_in "$work/lost"
}

@test "README: the evening" {
	typed_as_lesson README.md
}

@test "TEACHERS: the demonstrations" {
	typed_as_lesson lessons/TEACHERS.md
}

@test "each lesson has its row in the table and its test here, each exercise its tests" {
	for lesson in lessons/[0-9][0-9]-*; do
		id=${lesson#lessons/}
		has_line "| [[]${id%%-*}](${id}) |*" lessons/README.md || echo "no row in lessons/README.md: $id"
		has_line "	walked $id" tests/lessons-run.bats || echo "no test in tests/lessons-run.bats: $id"
		[ ! -e "$lesson/exercise" ] || [ -e "tests/exercise-${id%%-*}.bats" ] || echo "no tests/exercise-${id%%-*}.bats"
	done >"$work/missing"
	none_in "$work/missing"
}

@test "00: before you start" {
	walked 00-before-you-start
}

@test "01: the mail system" {
	walked 01-the-mail-system
}

@test "02: the wire" {
	walked 02-the-wire
}

@test "03: the transcript" {
	walked 03-the-transcript
}

@test "04: the end of a message" {
	walked 04-the-end-of-a-message
}

@test "05: envelope and header" {
	walked 05-envelope-and-header
}

@test "06: seven bits" {
	walked 06-seven-bits
}

@test "07: base64" {
	walked 07-base64
}

@test "08: quoted printable" {
	walked 08-quoted-printable
}

@test "09: content types" {
	walked 09-content-types
}

@test "10: many messages one connection" {
	walked 10-many-messages-one-connection
}

@test "11: the message queue" {
	walked 11-the-message-queue
}

@test "12: the mailbox" {
	walked 12-the-mailbox
}

@test "13: pull and push" {
	walked 13-pull-and-push
}

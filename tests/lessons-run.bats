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

# links: where each link of each text leads.
links() {
	local text
	for text in README.md lessons/*.md lessons/[0-9]*/README.md tests/bench/README.md; do
		grep -o '](\([^)]*\))' "$text" | sed "s|^](#|](${text##*/}#|; s|^](|$(dirname "$text")/|; s|)\$||; /https*:/d"
	done
}

# anchors TEXT: what a link may have after #.
anchors() {
	sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | tr -d '`,.:?()' | tr ' ' '-'
}

@test "each link of the texts leads to a file, and to a heading that is there" {
	local to file
	links >"$work/links"
	[ "$(wc -l <"$work/links")" -gt 60 ]
	while read -r to; do
		file=${to%%#*}
		[ -e "$file" ] || { echo "no such file: $to" && continue; }
		case $to in
		*'#'*) anchors "$file" | grep -qx -e "${to#*#}" || echo "no such heading: $to" ;;
		esac
	done <"$work/links" >"$work/lost"
	[ ! -s "$work/lost" ] || { cat "$work/lost"; return 1; }
}

@test "the map in README names every folder, and no other" {
	local folder
	sed -n '/^## The map/,/^## /p' README.md | sed -n '/^```/,/^```/p' >"$work/map"
	find lessons client server scripts tests -type d ! -path 'lessons/[0-9]*' | while read -r folder; do
		grep -q -w -e "${folder##*/}/" "$work/map" || echo "not in the map: $folder"
	done >"$work/lost"
	grep -o '[a-z0-9]*/ ' "$work/map" | tr -d '/ ' | while read -r folder; do
		[ -n "$(find lessons client server scripts tests -type d -name "$folder")" ] || echo "no such folder: $folder"
	done >>"$work/lost"
	[ ! -s "$work/lost" ] || { cat "$work/lost"; return 1; }
}

@test "the pages in the table of AUTHORS are in the folders that it says" {
	local folders pages page
	grep '^| [a-z]*/' lessons/AUTHORS.md | tr -d '`,;' | while IFS='|' read -r _ folders pages _; do
		for page in $(echo "$pages" | sed 's/([^)]*)//g; s/:.*//'); do
			# shellcheck disable=SC2086 # a word for each
			[ -n "$(find $folders -name "$page.[ch]")" ] || echo "not in $folders: $page"
		done
	done >"$work/lost"
	[ ! -s "$work/lost" ] || { cat "$work/lost"; return 1; }
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
		grep -q "^| \[${id%%-*}\]($id) |" lessons/README.md || echo "no row in lessons/README.md: $id"
		grep -q "^	walked $id$" tests/lessons-run.bats || echo "no test in tests/lessons-run.bats: $id"
		[ ! -e "$lesson/exercise" ] || [ -e "tests/exercise-${id%%-*}.bats" ] || echo "no tests/exercise-${id%%-*}.bats"
	done >"$work/missing"
	[ ! -s "$work/missing" ] || { cat "$work/missing"; return 1; }
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

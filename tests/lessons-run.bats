#!/usr/bin/env bats
# Each lesson: what its README says is typed, is typed, and what it says appears, appears.

load common

setup() {
	common_setup
	cd "$root" || return 1
}
teardown() { common_teardown; }

# walked NAME: the lesson's blocks run as written.
walked() {
	run timeout 120 walk "lessons/$1"
	ends 0
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

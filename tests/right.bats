# What the checks of the exercises let pass: right programs that are written another way than the
# real one. Each of tests/right is the bodies of an exercise's functions, in the form of stand-ins.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# accepted LESSON: all of its right programs, each on all cases.
accepted() {
	local right name real lesson=$1
	real=$(sed -n 's/^file: *//p' "$root/lessons/$lesson/exercise")
	for right in "$root/tests/right/${lesson%%-*}"-*; do
		name=$(basename "$right")
		awk -f "$root/scripts/classroom/lab-starter.awk" "$right" "$root/$real" >"$name.c" || return
		LC_ALL=C "$build/examine" "$root/lessons/$lesson" "$name.c" >"$name.story" 2>&1 3>&- || echo "$name" >>refused
	done
	[ -e "$name.story" ] || return
	[ -e refused ] || return 0
	while read -r name; do
		printf '%s is right, and was refused:\n' "$name"
		cat "$name.story"
	done <refused
	return 1
}

@test "02: any right way to read a line is accepted" { accepted 02-the-wire; }
@test "04: any right way to find the end of a message is accepted" { accepted 04-the-end-of-a-message; }
@test "07: any right way to write base64 is accepted" { accepted 07-base64; }
@test "11: any right way to decide on an entry is accepted" { accepted 11-the-message-queue; }

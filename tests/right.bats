# What the checks of the exercises let pass: right programs that are written another way than the
# real one. Each of tests/right is the bodies of an exercise's functions, in the form of stand-ins.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# accepted LESSON: all of its right programs, each on all cases; two at once.
accepted() {
	local right real lesson=$1
	real=$(sed -n 's/^file: *//p' "$root/lessons/$lesson/exercise")
	for right in "$root/tests/right/${lesson%%-*}"-*; do
		starter "$right" "$root/$real" >"${right##*/}.c" || return
	done
	export LC_ALL=C
	set -- "${lesson%%-*}"-*.c
	each_second "$@" 3>&- &
	shift
	each_second "$@" 3>&-
	wait
	for right in *.c; do
		has_line "passed*" "$right.said" && [ ! -e "$right.refused" ] && continue
		echo "$right is right, and is refused:"
		cat "$right.refused"
	done >refused
	cat refused
	[ ! -s refused ]
}

# each_second FILE...: tries the first, the third and so on.
each_second() {
	while [ $# -gt 0 ]; do
		"$build/examine" -m "$root/lessons/$lesson" "$1" >"$1.said" 2>&1 ||
			"$build/examine" "$root/lessons/$lesson" "$1" >"$1.refused" 2>&1 || :
		shift $(($# > 1 ? 2 : 1))
	done
}

@test "02: any right way to read a line is accepted" { accepted 02-the-wire; }
@test "04: any right way to find the end of a message is accepted" { accepted 04-the-end-of-a-message; }
@test "07: any right way to write base64 is accepted" { accepted 07-base64; }
@test "11: any right way to decide on an entry is accepted" { accepted 11-the-message-queue; }

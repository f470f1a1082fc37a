# The exercise of lesson 11.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "11: the real file passes its check" { passes 11-the-message-queue; }
@test "11: the starter compiles without a warning, and fails" { begins 11-the-message-queue; }
@test "11: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 11-the-message-queue
}
# knows OPTION...: the compiler of the check has these.
knows() {
	read -r cc <"$build/compiler"
	# shellcheck disable=SC2086 # with options, perhaps
	echo 'int x;' | ${CC:-$cc} "$@" -Werror -x c -c -o x.o - 2>/dev/null
}

@test "11: what nobody has initialized is not zero by chance, and gcc tells where it is" {
	knows -ftrivial-auto-var-init=pattern || skip "this compiler has no -ftrivial-auto-var-init"
	awk '/struct decision d = / {
		print "\tstruct decision d;"
		print "\td.due = (time_t)(next < end ? next : end);"
		next
	}
	{ print }' "$root/server/queue/decide.c" >decide.c
	run check 11-the-message-queue "$PWD/decide.c"
	ends 1
	says 'got '
	! knows -fanalyzer -Wanalyzer-use-of-uninitialized-value || says 'use of uninitialized value'
}

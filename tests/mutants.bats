# What the checks of the exercises refuse: single changes of the real functions, some of them here,
# and all of them by make soak ONLY=mutants.
load common

setup() { common_setup; }
teardown() { common_teardown; }

@test "what differs from the real function in one place is refused" {
	"$root/tests/mutants" -n 30
}

# The exercise of lesson 02.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "02: the real file passes its check" { passes 02-the-wire; }
@test "02: the starter compiles without a warning, and fails" { begins 02-the-wire; }
@test "02: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 02-the-wire
}

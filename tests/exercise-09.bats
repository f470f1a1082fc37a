# The exercise of lesson 09.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "09: the real file passes its check" { passes 09-content-types; }
@test "09: the starter compiles without a warning, and fails" { begins 09-content-types; }
@test "09: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 09-content-types
}

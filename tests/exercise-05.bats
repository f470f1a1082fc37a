# The exercise of lesson 05.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "05: the real file passes its check" { passes 05-envelope-and-header; }
@test "05: the starter compiles without a warning, and fails" { begins 05-envelope-and-header; }
@test "05: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 05-envelope-and-header
}

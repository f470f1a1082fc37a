# The exercise of lesson 07.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "07: the real file passes its check" { passes 07-base64; }
@test "07: the starter compiles without a warning, and fails" { begins 07-base64; }
@test "07: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 07-base64
}

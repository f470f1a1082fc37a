# The exercise of lesson 04.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "04: the real file passes its check" { passes 04-the-end-of-a-message; }
@test "04: the starter compiles without a warning, and fails" { begins 04-the-end-of-a-message; }
@test "04: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 04-the-end-of-a-message
}

# The exercise of lesson 03.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "03: the real file passes its check" { passes 03-the-transcript; }
@test "03: the starter compiles without a warning, and fails" { begins 03-the-transcript; }
@test "03: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 03-the-transcript
}

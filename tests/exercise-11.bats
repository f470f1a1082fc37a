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

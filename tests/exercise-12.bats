# The exercise of lesson 12.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "12: the real file passes its check" { passes 12-the-mailbox; }
@test "12: the starter compiles without a warning, and fails" { begins 12-the-mailbox; }
@test "12: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 12-the-mailbox
}

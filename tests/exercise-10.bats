# The exercise of lesson 10.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "10: the real file passes its check" { passes 10-many-messages-one-connection; }
@test "10: the starter compiles without a warning, and fails" { begins 10-many-messages-one-connection; }
@test "10: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 10-many-messages-one-connection
}

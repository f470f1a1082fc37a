# The exercise of lesson 13.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "13: the real file passes its check" { passes 13-pull-and-push; }
@test "13: the starter compiles without a warning, and fails" { begins 13-pull-and-push; }
@test "13: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 13-pull-and-push
}

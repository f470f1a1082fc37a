# The exercise of lesson 08.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "08: the real file passes its check" { passes 08-quoted-printable; }
@test "08: the starter compiles without a warning, and fails" { begins 08-quoted-printable; }
@test "08: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 08-quoted-printable
}

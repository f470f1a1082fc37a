# dots: the end of a message and the dots before its lines, in pieces of every size, since TCP
# cuts a stream where it likes.
load common

setup() { common_setup; }
teardown() { common_teardown; }

@test "every row of tests/rows/dots holds" { rows dots; }

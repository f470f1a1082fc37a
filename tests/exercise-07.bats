# The exercise of lesson 07.
load common
load exercise

setup() { common_setup; }
teardown() { common_teardown; }

@test "07: the real file passes its check" { passes 07-base64; }
@test "07: the starter compiles without a warning, and fails" { begins 07-base64; }
# gives CODER RESULT CASE: a coder that forgets at each piece what it holds is refused; but the code
# that its story shows, of pieces, makes of the right coder what the row expects.
gives() {
	local real=$root/lessons/message/base64.c
	sed "/^size_t $1(/,/^{/s/^{/{ ${1#base64_}r->held = 0;/" "$real" >base64.c
	run check 07-base64 base64.c "$3"
	says '1 octet; TCP cuts where it likes'
	{
		printf '#include "message/base64.h"\n#include <stdio.h>\nint main(void)\n{\n'
		printf '%s\n' "$output" | sed -n -e '/^  expected/q' -e 's/^    //p'
		printf 'fwrite(%s, 1, n, stdout);\n}\n' "$2"
	} >shown.c
	"$(head -n 1 "$build/compiler")" -Wall -Werror -I "$root/lessons" -o shown shown.c "$real" "$build/modules.a"
	says "  expected  \"$(./shown)"
	[ -n "$(./shown)" ]
}

@test "07: the code that is shown of octets in pieces gives what the row expects" {
	gives base64_encode text three
	gives base64_decode octets decode-three
}

@test "07: wrong programs are refused by the case meant for each, in words that help" {
	each_wrong_program 07-base64
}

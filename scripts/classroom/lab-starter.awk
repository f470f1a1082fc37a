# lab-starter: a source file in which the functions of exercises have lost their bodies.
#
#	awk -f lab-functions.awk -f lab-starter.awk lessons/02-the-wire/exercise lessons/wire/wire.c
#
# A body is everything between a { and the next } in column 0; in its place goes what the exercise
# has under == stand-in, or == stand-in NAME.
in_exercise {
	if (section ~ /^== stand-in/ && $0 != section)
		body[exercise, section] = body[exercise, section] $0 "\n"
	next
}
inside && !/^}/ { next }
{
	inside = 0
	print
}
begins {
	stand_in = "== stand-in " function_name[here]
	if (!((exercise_of[here], stand_in) in body))
		stand_in = "== stand-in"
	sub(/\n+$/, "\n", body[exercise_of[here], stand_in])
	printf "%s", body[exercise_of[here], stand_in]
	replaced[here]++
	inside = 1
}
END {
	for (i = 1; i <= functions; i++)
		if (replaced[i] != 1) {
			print "lab: the exercise names " function_name[i] ", which is not there once with a body of its own" | "cat >&2"
			status = 65
		}
	exit status
}

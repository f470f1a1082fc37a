# lab-starter: a source file in which the functions of an exercise have lost their bodies.
#
#	awk -f lab-starter.awk lessons/02-the-wire/exercise lessons/wire/wire.c
#
# A body is everything between a { and the next } in column 0; in its place goes what the exercise
# has under == stand-in, or == stand-in NAME.
FNR == 1 { files++ }
files == 1 {
	if (/^== /)
		section = $0
	else if (section == "" && /^function:/) {
		sub(/^function:[ \t]*/, "")
		function_name[++functions] = $0
	} else if (section ~ /^== stand-in/)
		body[section] = body[section] $0 "\n"
	next
}
inside {
	if (/^}/)
		inside = 0
	else
		next
}
/^[a-zA-Z]/ { # the head of a function begins, or a declaration
	here = ""
	for (i = 1; i <= functions; i++)
		if ((" " $0) ~ "[ *]" function_name[i] "[(]")
			here = function_name[i]
}
/;[ \t]*$/ { here = "" }
/^[{]/ && here != "" {
	print
	stand_in = "== stand-in " here
	if (!(stand_in in body))
		stand_in = "== stand-in"
	sub(/\n+$/, "\n", body[stand_in])
	printf "%s", body[stand_in]
	replaced[here]++
	inside = 1
	here = ""
	next
}
{ print }
END {
	for (i = 1; i <= functions; i++)
		if (replaced[function_name[i]] != 1) {
			print "lab: the exercise names " function_name[i] ", which is not there once with a body of its own" | "cat >&2"
			status = 65
		}
	exit status
}

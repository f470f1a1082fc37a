# lab-functions: finds the functions of an exercise in a source file. It comes before the awk of
# what is done with them: lab-starter.awk, lab-passed.awk or lab-lines.awk.
#
#	awk -f lab-functions.awk -f lab-lines.awk lessons/02-the-wire/exercise lessons/wire/wire.c
#
# Exercises are read first; the file is the last one. With -v of=lessons/wire/wire.c, of several
# exercises only those of that file count. A function begins with its name in a line that has a
# letter in column 0, and has a { before any ; at the end of a line.
#
# Sets in_exercise; section, and exercise, its number; function_name[1] to function_name[functions],
# and exercise_of[1] and so on. In the file, begins is true in the line with the { of the function
# function_name[here], whose head is in line head.
FNR == 1 {
	exercise++
	in_exercise = exercise < ARGC - 1
	section = other = ""
}
in_exercise {
	if (/^== /)
		section = $0
	else if (section == "" && $1 == "file:")
		other = of != "" && $2 != of
	else if (section == "" && $1 == "function:" && !other) {
		function_name[++functions] = $2
		exercise_of[functions] = exercise
	}
}
begins { here = 0 }
!in_exercise && /^[a-zA-Z]/ { # the head of a function begins, or a declaration
	here = 0
	for (i = 1; i <= functions; i++)
		if ((" " $0) ~ "[ *]" function_name[i] "[ \t]*[(]")
			here = i
	head = FNR
}
/;[ \t]*$/ { here = 0 }
{ begins = here && /^[^\/]*[{]/ }

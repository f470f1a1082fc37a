# table: of a class in CSV, a line for each student and lesson, and what most of the class
# missed, on standard error. What does not compile has missed no case. Where
# only says so, of those lessons alone.
END {
	print "student,lesson,passed,total,points,first failure"
	for (i = 1; i <= students; i++)
		for (k = 1; k <= lessons; k++)
			if (is_shown(lesson[k]) && (only == "" || index(only, " " lesson[k] " ")))
				row(who[i], lesson[k])
	most = ""
	for (k = 1; k <= lessons; k++)
		if (only == "" || index(only, " " lesson[k] " "))
			missed(lesson[k])
	if (most == "")
		most = spoken("Most of the class missed no case.\n")
	else
		most = spoken("Most of the class missed:\n") most
	printf "%s", most | "cat >&2"
}
function row(s, id) {
	print csv(s) "," id "," passed(s, id) "," total[id] "," points(s, id) "," csv(first_failure(s, id))
}
function missed(id,    k, c, i, n, tried) {
	tried = 0
	for (i = 1; i <= students; i++)
		tried += compiles[who[i], id]
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		n = 0
		for (i = 1; i <= students; i++)
			n += compiles[who[i], id] && verdict[who[i], id, c] != "passed"
		if (n * 2 > tried)
			most = most "  " padded(id, 14) " " padded(c, 16) " " missed_of(n, tried, title[id, c]) "\n"
	}
}

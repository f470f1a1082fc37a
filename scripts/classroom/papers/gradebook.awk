# gradebook: a line for each student, a column for each lesson: out/gradebook.csv. On a roster, its
# order is that of the lines, then come those who are not on it.
#
# Of ten points each lesson counts as often as its weight is; total is what comes of that, and of
# what it could be. A lesson of which a student handed in nothing is an empty field.
END {
	print_to = out "/gradebook.csv"
	line = "id" (rostered ? ",name,email" : "")
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			line = line "," lesson[k]
	print line ",total,of,late" >print_to
	for (i = 1; i <= rostered; i++)
		gradebook_line(roster_id[i])
	for (i = 1; i <= students; i++)
		if (!(who[i] in on_roster))
			gradebook_line(who[i])
	close(print_to)
}
function gradebook_line(s,    line, k, id, lateness) {
	line = csv(s)
	if (rostered)
		line = line "," csv(full_name[s]) "," csv(email[s])
	lateness = ""
	for (k = 1; k <= lessons; k++) {
		id = lesson[k]
		if (!is_shown(id))
			continue
		line = line "," (handed(s, id) ? points(s, id) : "")
		if (late(s, id) != "")
			lateness = lateness (lateness == "" ? "" : "; ") id " " late(s, id)
	}
	print line "," total_points(s) "," possible_points() "," csv(lateness) >print_to
}
function handed(s, id) { return (s, id) in is_work || why[s, id] != "" }

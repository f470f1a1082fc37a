# feedback: for each student what lab check would say of her works, and what was handed in:
# out/feedback/ID.txt. A student on the roster who handed in nothing has one too.
END {
	for (i = 1; i <= students; i++)
		feedback(who[i])
	for (i = 1; i <= rostered; i++)
		if (!(roster_id[i] in is_here))
			feedback(roster_id[i])
}
function feedback(s,    to, k) {
	to = out "/feedback/" file_of[s] ".txt"
	print s (full_name[s] != "" ? ", " full_name[s] : "") ": " total_points(s) " of " possible_points() " points" >to
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			feedback_lesson(s, lesson[k], to)
	feedback_others(s, to)
	close(to)
}
function feedback_lesson(s, id, to) {
	print "" >to
	print "Lesson " id ": " points(s, id) " points of 10, " passed(s, id) " cases of " total[id] >to
	if (!((s, id) in is_work)) {
		print toupper(substr(nothing(s, id), 1, 1)) substr(nothing(s, id), 2) ". What is expected is " expected[id] "." >to
		return
	}
	print "Handed in: " handed_in_as(s, id) >to
	print "" >to
	printf "%s", said[s, id] >to
}
function feedback_others(s, to) {
	if (others[s] != "")
		print "\nThis was handed in too, and was not tried: " others[s] >to
}

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
	print sprintf(spoken("%s: %s of %s points"), full_name[s] != "" ? sprintf(spoken("%s, %s"), s, full_name[s]) : s, \
		total_points(s), possible_points()) >to
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			feedback_lesson(s, lesson[k], to)
	feedback_others(s, to)
	close(to)
}
function feedback_lesson(s, id, to) {
	print "" >to
	print sprintf(spoken("Lesson %s: %s points of 10, %s cases of %s"), id, points(s, id), passed(s, id), total[id]) >to
	if (!((s, id) in is_work)) {
		print sprintf(spoken("%s. What is expected is %s."), \
			toupper(substr(nothing(s, id), 1, 1)) substr(nothing(s, id), 2), expected[id]) >to
		return
	}
	print sprintf(spoken("Handed in: %s"), handed_in_as(s, id)) >to
	print "" >to
	printf "%s", said[s, id] >to
}
function feedback_others(s, to) {
	if (others[s] != "")
		print sprintf(spoken("\nThis was handed in too, and was not tried: %s"), others[s]) >to
}

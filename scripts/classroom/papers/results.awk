# results: for each student the form that Gradescope takes from an autograder:
# out/results/ID.json. A case is a test; those of a lesson count ten points together, times its
# weight. A case that is the teacher's alone is seen once the grades are published.
END {
	for (i = 1; i <= students; i++)
		results(who[i])
}
function results(s,    to, k) {
	to = out "/results/" file_of[s] ".json"
	print "{" >to
	print "  \"score\": " total_points(s) "," >to
	print "  \"output\": " json(handed_in_list(s)) "," >to
	print "  \"output_format\": \"text\"," >to
	printf "  \"tests\": [" >to
	separator = "\n"
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			results_lesson(s, lesson[k], to)
	print "\n  ]\n}" >to
	close(to)
}
# What was handed in, a line for each lesson.
function handed_in_list(s,    k, id, text) {
	text = ""
	for (k = 1; k <= lessons; k++) {
		id = lesson[k]
		if (is_shown(id))
			text = text id ": " ((s, id) in is_work ? handed_in_as(s, id) : nothing(s, id)) "\n"
	}
	return text
}
function results_lesson(s, id, to,    k, c, told) {
	told = 0
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		printf "%s    {\"name\": %s, \"number\": %s,\n", separator, json(id ", " c ": " title[id, c]),
			json(int(id) "." k) >to
		printf "     \"status\": \"%s\", \"score\": %.3f, \"max_score\": %.3f", state(s, id, c),
			(state(s, id, c) == "passed") * weight[id] * 10 / total[id], weight[id] * 10 / total[id] >to
		if (state(s, id, c) == "failed") {
			printf ",\n     \"output\": %s, \"output_format\": \"text\"", json(output_of(s, id, c, told)) >to
			told = 1
		}
		printf ",\n     \"visibility\": \"%s\"}", hidden[id, c] != "" ? "after_published" : "visible" >to
		separator = ",\n"
	}
}

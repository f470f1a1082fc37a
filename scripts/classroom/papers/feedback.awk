# feedback: for each student what lab check would say of her works, and what was handed in:
# out/feedback/ID.txt.
END {
	for (i = 1; i <= students; i++)
		feedback(who[i])
}
function feedback(s,    to, k) {
	to = out "/feedback/" file_of[s] ".txt"
	print s (full_name[s] != "" ? ", " full_name[s] : "") ": " total_points(s) " of " possible_points() " points" >to
	for (k = 1; k <= lessons; k++)
		if (handed_in(lesson[k]))
			feedback_lesson(s, lesson[k], to)
	feedback_files(s, to)
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
function feedback_files(s, to,    file, n, i) {
	n = split(files[s], file, "\t")
	if (n < 2)
		return
	print "\nAll files that were handed in:" >to
	for (i = 2; i <= n; i++)
		print "  " file[i] >to
}

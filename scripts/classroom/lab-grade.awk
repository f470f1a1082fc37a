# lab-grade: the table of a class in CSV (RFC 4180), and what most of it missed, on standard
# error. Reads lessons, cases, works and students, as lab-grade wrote them; the verdicts on
# a work are in the file tmp/STUDENT/LESSON/verdicts.
BEGIN {
	FS = "\t"
	print "student,lesson,passed,total,points,first failure"
}
FNR == 1 { file++ }
file == 1 { lesson[++lessons] = $1 }
file == 2 {
	name[$1, ++total[$1]] = $2
	title[$1, $2] = $3
}
file == 3 {
	first[$1, $2] = $3
	if ($3 == "")
		judge($1, $2)
}
file == 4 {
	for (i = 1; i <= lessons; i++)
		if (lesson[i] in handed_in)
			row($1, $2, lesson[i])
}
END {
	most = ""
	for (i = 1; i <= lessons; i++)
		for (k = 1; k <= total[lesson[i]]; k++)
			miss(lesson[i], name[lesson[i], k])
	if (most == "")
		most = "Most of the class missed no case.\n"
	else
		most = "Most of the class missed:\n" most
	printf "%s", most | "cat >&2"
}
# How many cases hold, and the first that does not. What does not compile has missed none.
function judge(n, id,    verdict, reason, verdicts, twice, k, c) {
	handed_in[id] = 1
	verdicts = tmp "/" n "/" id "/verdicts"
	while ((getline <verdicts) > 0) {
		twice = $2 in verdict
		verdict[$2] = twice ? "failed" : $1
		reason[$2] = twice ? "there are two verdicts: the work wrote one" : $3
	}
	close(verdicts)
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		if (!(c in verdict))
			reason[c] = "it was ended before it came to this"
		if (verdict[c] == "passed")
			passed[n, id]++
		else if (first[n, id] == "")
			first[n, id] = reason[c] == "does not compile" ? reason[c] : c ": " reason[c]
	}
	if (first[n, id] == "does not compile")
		return
	tried[id]++
	for (k = 1; k <= total[id]; k++)
		missed[id, name[id, k]] += verdict[name[id, k]] != "passed"
}
function row(n, who, id) {
	print field(who) "," id "," passed[n, id] + 0 "," total[id] "," \
		sprintf("%.1f", 10 * passed[n, id] / total[id]) "," field(first[n, id])
}
function miss(id, c) {
	if (missed[id, c] * 2 > tried[id])
		most = most sprintf("  %-14s %-16s %d of %d: %s\n", id, c, missed[id, c], tried[id], title[id, c])
}
# A field as text: no formula of a spreadsheet.
function field(t) {
	if (t ~ /^[=+@-]/)
		t = "'" t
	if (t ~ /[",]|^ | $/) {
		gsub(/"/, "\"\"", t)
		t = "\"" t "\""
	}
	return t
}

# lab-grade: the table of a class in CSV (RFC 4180), and what most of it missed, on standard
# error. Reads lessons, cases, works and students, as lab-grade wrote them; the verdicts on
# a work are in the file tmp/STUDENT/LESSON/verdicts.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file == 1 { lesson[++lessons] = $1 }
file == 2 {
	name[$1, ++total[$1]] = $2
	title[$1, $2] = $3
}
file == 3 {
	why[$1, $2] = $3
	if ($3 == "")
		handed_in[$2] = 1
}
file == 4 {
	if (FNR == 1)
		print "student,lesson,passed,total,points,first failure"
	number = $1
	student = $2
	for (i = 1; i <= lessons; i++)
		if (lesson[i] in handed_in)
			row(number, student, lesson[i])
}
END {
	for (i = 1; i <= lessons; i++)
		for (k = 1; k <= total[lesson[i]]; k++)
			miss(lesson[i], name[lesson[i], k])
	if (most == "")
		most = "Most of the class missed no case.\n"
	else
		most = "Most of the class missed:\n" most
	printf "%s", most | "cat >&2"
}
function row(n, who, id,    verdicts, passed, first) {
	first = why[n, id]
	if (first == "") {
		verdicts = tmp "/" n "/" id "/verdicts"
		split("", verdict)
		while ((getline <verdicts) > 0) {
			twice = $2 in verdict
			verdict[$2] = twice ? "failed" : $1
			reason[$2] = twice ? "there are two verdicts: the work wrote one" : $3
		}
		close(verdicts)
		passed = judge(id)
		first = first_failure
	}
	print field(who) "," id "," passed + 0 "," total[id] "," \
		sprintf("%.1f", 10 * passed / total[id]) "," field(first)
}
# How many cases hold; sets first_failure. What does not compile has not missed a case.
function judge(id,    k, c, passed, compiles) {
	first_failure = ""
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		passed += verdict[c] == "passed"
		if (verdict[c] != "passed" && first_failure == "")
			first_failure = !(c in verdict) ? c ": it was ended before it came to this" : \
				reason[c] == "does not compile" ? reason[c] : c ": " reason[c]
	}
	if (first_failure != "does not compile") {
		tried[id]++
		for (k = 1; k <= total[id]; k++)
			missed[id, name[id, k]] += verdict[name[id, k]] != "passed"
	}
	return passed
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

# lab-verdicts: what examine told of a work, as lines of a record: a verdict for each case, and then
# all that lab check would say. Reads cases, as lab-grade wrote them, and lines that begin with
# verdicts or told. What did not end well (status) has not passed, whoever wrote that it has.
BEGIN { FS = "\t" }
file == "cases" {
	if ($1 == id)
		name[++total] = $2
	next
}
$1 == "verdicts" {
	twice = $3 in verdict
	reason[$3] = twice ? "there are two verdicts: the work wrote one" : $4
	verdict[$3] = twice ? "failed" : $2
	failed = failed || $2 == "failed"
}
$1 == "told" { told[++lines] = substr($0, 6) }
END {
	for (k = 1; k <= total; k++)
		put_case(name[k])
	for (k = 1; k <= lines; k++)
		print "said\t" told[k]
}
function put_case(c) {
	if (!(c in verdict) || status != 0 && !failed) {
		verdict[c] = "failed"
		reason[c] = "it was ended before it came to this"
	}
	print verdict[c] == "passed" ? "passed\t" c : "failed\t" c "\t" reason[c]
}

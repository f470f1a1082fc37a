# junit: out/junit.xml, as JUnit of Apache Ant writes its reports and others read them: a suite for
# each student and lesson, of the time when the work was handed in, and a test for each case.
END {
	junit = out "/junit.xml"
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>" >junit
	suites = 0
	for (i = 1; i <= students; i++)
		for (k = 1; k <= lessons; k++)
			if (is_shown(lesson[k]))
				suite(who[i], lesson[k])
	print "</testsuites>" >junit
	close(junit)
}
function suite(s, id,    k) {
	printf "<testsuite name=\"%s\" package=\"%s\" id=\"%d\" timestamp=\"%s\" hostname=\"localhost\"", xml(s), id,
		suites++, date_of(seconds[s, id] + 0) >junit
	printf " tests=\"%d\" failures=\"%d\" errors=\"0\" time=\"0\">\n<properties/>\n", total[id],
		total[id] - passed(s, id) >junit
	told = 0
	for (k = 1; k <= total[id]; k++)
		test(s, id, name[id, k])
	print "<system-out/>\n<system-err/>\n</testsuite>" >junit
}
function test(s, id, c) {
	printf "<testcase classname=\"%s\" name=\"%s\" time=\"0\"", xml(s "." id), xml(c) >junit
	if (state(s, id, c) == "passed") {
		print "/>" >junit
		return
	}
	printf "><failure message=\"%s\" type=\"failed\">%s</failure></testcase>\n", xml(reason_of(s, id, c)),
		xml(output_of(s, id, c, told)) >junit
	told = 1
}

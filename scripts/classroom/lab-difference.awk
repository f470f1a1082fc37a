# lab-difference: of two files that lab-visible.awk wrote, the first line that differs, with a caret.
#
#	awk -f lab-difference.awk EXPECTED GOT
FNR == 1 { file++ }
file == 1 && FILENAME == ARGV[1] { expected[++wanted] = $0; next }
{ got[++came] = $0 }
END {
	for (n = 1; n <= wanted && n <= came && expected[n] "" == got[n] ""; )
		n++
	if (n > 1)
		print n - 1 (n == 2 ? " line is as it should be" : " lines are as they should be") ". Then line " n ":"
	else
		print "The first line:"
	e = n <= wanted ? expected[n] : "(nothing more)"
	g = n <= came ? got[n] : "(nothing more)"
	for (at = 0; at < length(e) && substr(e, at + 1, 1) == substr(g, at + 1, 1); )
		at++
	cut = at > 60 ? at - 30 : 0
	print "  expected  " window(e)
	print "  got       " window(g)
	column = cut && index(substr(e, 1, at), "\\") == 0 ? " column " at + 1 : ""
	printf "  %" (10 + (cut ? 3 : 0) + at - cut) "s^%s\n", "", column
	print "  (\\r\\n and \\n are how the line ends, \\c: it has no end)"
}
function window(t) {
	return (cut ? "..." : "") substr(t, cut + 1, 60) (length(t) > cut + 60 ? "..." : "")
}

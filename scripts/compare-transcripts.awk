# The comparison of compare-transcripts: the lines of both files, read by transcript.awk,
# are held against each other, each side in its own order, by placeholder.awk;
# explain-transcripts.awk then tells the first difference.

BEGIN {
	file["E"] = ENVIRON["expected"]
	file["A"] = ENVIRON["actual"]
	for (f in file)
		gsub(/[\001-\037\177]/, "?", file[f])
	codes = ENVIRON["codes"] != ""
	f = "E"
}
unreadable { next }
/\003/ { unreadable = file[f] ": cannot be read"; next }
{ ended = sub(/\002$/, "") }
$0 != "" || !ended { read_line($0) }
ended && filled && filled == blanks && !unreadable {
	unreadable = file[f] ":" blank ": a blank after every colon; what was said begins right behind it"
}
ended {
	end_line("C")
	end_line("S")
	f = "A"
	filled = blanks = 0
}
END {
	if (unreadable)
		print "compare-transcripts: " unreadable
	exit unreadable ? 66 : compare()
}

function compare(    at, here, open, s, e) {
	for (s = "C"; s != ""; s = s == "C" ? "S" : "") {
		at[s] = here[s] = 1
		if (text["A", s, count["A", s]] == "!" s " closes" && kind["E", s, count["E", s]] != "event")
			count["A", s]--
	}
	while ((s = earlier("E", at)) != "") {
		e = at[s]++
		if (text["E", s, e] == "{lines}") {
			open[s] = 1
			continue
		}
		if (open[s])
			here[s] = place(s, e, here[s])
		open[s] = 0
		if (!alike(s, e, here[s]))
			return explain(s, e, here[s])
		here[s]++
	}
	for (s in open)
		while (open[s] && here[s] <= count["A", s] && kind["A", s, here[s]] != "event")
			here[s]++
	s = earlier("A", here)
	return s == "" ? 0 : explain(s, 0, here[s])
}

# The side whose next line stands earlier in the file.
function earlier(f, at) {
	if (at["C"] > count[f, "C"])
		return at["S"] > count[f, "S"] ? "" : "S"
	return at["S"] > count[f, "S"] || line[f, "C", at["C"]] < line[f, "S", at["S"]] ? "C" : "S"
}

# story: the words about a work: what was handed in, and what happened; and their form in JSON and
# XML.

# What was tried, and of when that is.
function handed_in_as(s, id,    t) {
	t = sprintf(spoken("%s, of %s"), path[s, id], time_of(seconds[s, id]))
	if (late(s, id) != "")
		t = sprintf(spoken("%s, %s after the deadline"), t, late(s, id))
	if (!is_as_expected(path[s, id], expected[id]))
		t = t "\n" sprintf(spoken("What is expected is %s."), expected[id])
	return t
}
# A time as the clock of this place has it; where no program tells, in UTC.
function time_of(n,    t) {
	if (n in local_time)
		return local_time[n]
	t = date_of(n)
	return substr(t, 1, 10) " " substr(t, 12, 5) " UTC"
}
# Whether a path is that of lab start, in whatever folder or archive.
function is_as_expected(p, e) {
	sub(/^.*: /, "", p)
	return substr("/" p, length(p) - length(e) + 1) == "/" e
}

# What is told of a case that does not hold; in the first of a work all that lab check says.
function output_of(s, id, c, told) {
	if (!((s, id) in is_work))
		return nothing(s, id)
	return told || said[s, id] == "" ? reason_of(s, id, c) : said[s, id]
}
function state(s, id, c) { return verdict[s, id, c] == "passed" ? "passed" : "failed" }

# A text as JSON (RFC 8259) and XML have it. In a record there is no control character but the tab,
# and in what is said the end of a line.
function json(t) {
	gsub(/["\\]/, "\\\\&", t)
	gsub(/\t/, "\\t", t)
	gsub(/\n/, "\\n", t)
	return "\"" t "\""
}
function xml(t) {
	gsub(/&/, "\\&amp;", t)
	gsub(/</, "\\&lt;", t)
	gsub(/>/, "\\&gt;", t)
	gsub(/"/, "\\&quot;", t)
	return t
}

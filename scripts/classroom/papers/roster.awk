# roster: a file of CSV (RFC 4180) as lines of id, name and email with tabs between. Where its
# first line has the word id, it says which column is which. A field may hold a line end, which is
# a blank here; a semicolon may stand for each comma. An apostrophe before an id, which a
# spreadsheet writes before text, does not belong to it.
NR == 1 {
	sub(/^\357\273\277/, "") # a byte order mark
	separator = index($0, ",") == 0 && index($0, ";") > 0 ? ";" : ","
	column["id"] = 1
	column["name"] = 2
	column["email"] = 3
}
{
	rest = held == "" ? $0 : held " " $0
	held = ""
	if (quotes(rest) % 2 == 1) {
		held = rest
		next
	}
	row()
}
function quotes(t) { return gsub(/"/, "\"", t) }
function row(    n, i, field) {
	n = 0
	rest = rest separator
	while (rest != "")
		field[++n] = next_field()
	if (!begun) {
		begun = 1
		for (i = 1; i <= n; i++)
			is_header = is_header || tolower(field[i]) == "id"
		for (i = 1; is_header && i <= n; i++)
			column[tolower(field[i])] = i
		if (is_header)
			return
	}
	sub(/^'/, "", field[column["id"]])
	if (field[column["id"]] != "")
		print field[column["id"]] "\t" field[column["name"]] "\t" field[column["email"]]
}
# Takes the first field out of rest, each of which has a separator after it.
function next_field(    t, at) {
	if (rest !~ /^"/) {
		at = index(rest, separator)
		t = substr(rest, 1, at - 1)
		rest = substr(rest, at + 1)
		return plain(t)
	}
	t = ""
	rest = substr(rest, 2)
	while ((at = index(rest, "\"")) > 0) {
		t = t substr(rest, 1, at - 1)
		rest = substr(rest, at + 1)
		if (rest !~ /^"/)
			break
		t = t "\""
		rest = substr(rest, 2)
	}
	rest = substr(rest, index(rest, separator) + 1)
	return plain(t)
}
function plain(t) {
	gsub(/\t/, " ", t)
	sub(/^ +/, "", t)
	sub(/ +$/, "", t)
	return t
}

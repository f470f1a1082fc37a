# lab-prose: all of a text as walk-prose has it for a terminal. Lines that begin with a tab, code or
# a table, remain as they are if they have room. Otherwise a tab becomes four columns, and a line
# that is still too wide goes on below, under its last column.
{
	line[NR] = $0
	if (/^\t/ && columns(indented($0, 8)) > width)
		narrow = 1
}
END {
	for (i = 1; i <= NR; i++)
		if (narrow && line[i] ~ /^\t/)
			cut(indented(line[i], 4))
		else
			prose(line[i])
	printf "%s", prose_end()
}

# The line with so many blanks in place of each tab that it begins with.
function indented(l, blanks) {
	match(l, /^\t+/)
	return sprintf("%" RLENGTH * blanks "s", "") substr(l, RLENGTH + 1)
}

# How much of the line comes before the words that may go on below: the first columns of a table,
# the number of an item, or the indent. Sets hanging_at, the column where these words go on.
function head_of(l,    n, rest) {
	match(l, /^ */)
	n = RLENGTH
	hanging_at = n + 4
	rest = substr(l, n + 1)
	if (match(rest, /[^ ]  +[^ ]/))
		n += RSTART + RLENGTH - 2
	else if (match(rest, /^[0-9]+[.)] +/))
		n += RLENGTH
	else
		return n
	hanging_at = columns(substr(l, 1, n))
	return n
}

function cut(l,    head, indent, line, blank, t) {
	flush()
	head = head_of(l)
	indent = sprintf("%" hanging_at "s", "")
	line = substr(l, 1, head)
	for (t = with_breaks(substr(l, head + 1)); match(t, /[ \003]+/); t = substr(t, RSTART + RLENGTH)) {
		line = fitted(line, blank, substr(t, 1, RSTART - 1), indent)
		blank = substr(t, RSTART, RLENGTH)
		gsub(/\003/, "", blank)
	}
	put(fitted(line, blank, t, indent))
}

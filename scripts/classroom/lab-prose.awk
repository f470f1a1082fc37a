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

# Where the last column of a table begins, or the words of an item; else four after the first word.
function hanging_of(l,    begin) {
	match(l, /^ */)
	begin = RLENGTH
	l = substr(l, begin + 1)
	if (match(l, /[^ ]  +[^ ]/))
		return begin + RSTART + RLENGTH - 2
	if (match(l, /^[0-9]+[.)] +/))
		return begin + RLENGTH
	return begin + 4
}

function cut(l,    at, hanging_at) {
	flush()
	hanging_at = hanging_of(l)
	while (length(l) > width) {
		for (at = width + 1; at > hanging_at && substr(l, at, 1) != " "; )
			at--
		if (at <= hanging_at)
			break
		put(substr(l, 1, at - 1))
		l = sprintf("%" hanging_at "s", "") substr(l, at + 1)
	}
	put(l)
}

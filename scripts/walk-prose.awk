# walk-prose: the prose of a lesson for a terminal: paragraphs as wide as that is, headings
# bold, the marks of markdown left out; tables and blocks stand as they are.
#
#	awk -v width=80 -f scripts/walk-prose.awk lessons/README.md

BEGIN {
	if (width < 20 || width > 95)
		width = width < 20 ? 80 : 95
}
{ gsub(/[\001-\010\013-\037\177]/, "?") }
/^(```|~~~)/ {
	flush()
	inside = !inside
	next
}
inside || /^[|]/ {
	flush()
	print inside ? "    " dim $0 plain : $0
	next
}
/^#+ / {
	flush()
	sub(/^#+ /, "")
	print bold quiet($0, bold) plain
	next
}
/^[ \t]*$/ {
	flush()
	print ""
	next
}
/^ *([-*+]|[0-9]+[.)]) / {
	flush()
	match($0, /^ *([-*+]|[0-9]+[.)]) +/)
	hanging = RLENGTH
}
{
	gsub(/^[ \t]+|[ \t]+$/, "")
	paragraph = paragraph (paragraph == "" ? "" : " ") $0
}
END { flush() }

# Words in bold keep that, where the terminal can; else their asterisks. Backquotes go.
function quiet(t, after,    b) {
	while (match(t, /\[[^][]*\]\([^()]*\)/)) {
		b = substr(t, RSTART + 1, RLENGTH - 1)
		sub(/\].*/, "", b)
		t = substr(t, 1, RSTART - 1) b substr(t, RSTART + RLENGTH)
	}
	gsub(/`/, "", t)
	if (bold != "")
		while (match(t, /[*][*][^*]+[*][*]/))
			t = substr(t, 1, RSTART - 1) bold substr(t, RSTART + 2, RLENGTH - 4) plain after substr(t, RSTART + RLENGTH)
	return t
}

# The paragraph, if there is one, in lines of whole words.
function flush(    word, n, i, line, indent) {
	if (paragraph == "")
		return
	n = split(paragraph, word, / +/)
	indent = sprintf("%" hanging "s", "")
	line = word[1]
	for (i = 2; i <= n; i++)
		if (columns(line " " word[i]) > width) {
			print quiet(line, "")
			line = indent word[i]
		} else
			line = line " " word[i]
	print quiet(line, "")
	paragraph = ""
	hanging = 0
}

# As many as it has characters; those of Chinese and its like take two.
function columns(t) {
	gsub(/[\343-\351\353-\355][\200-\277][\200-\277]/, "  ", t)
	gsub(/[\200-\277]/, "", t)
	return length(t)
}

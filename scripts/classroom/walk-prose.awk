# walk-prose: the prose of a lesson for a terminal: paragraphs as wide as that is, headings
# bold, the marks of markdown left out; tables, blocks and lines that begin with a tab stay
# as they are. prose takes a line, prose_end gives what they all became. It needs spoken.awk. For
# walk-read, and for lab:
#
#	awk -v width=80 -f spoken.awk -f walk-prose.awk -f lab-prose.awk FILE

BEGIN {
	if (width < 20 || width > 95)
		width = width < 20 ? 80 : 95
}

function prose(l) {
	gsub(/[\001-\010\013-\037\177]/, "?", l)
	if (l ~ /^(```|~~~)/) {
		flush()
		inside = !inside
	} else if (inside || l ~ /^[|\t]/) {
		flush()
		put(inside ? "  " dim l plain : l)
	} else if (l ~ /^#+ /) {
		flush()
		sub(/^#+ /, "", l)
		gsub(/[*][*]/, "", l)
		put("\001" quiet(l) "\002")
	} else if (l ~ /^[ \t]*$/) {
		flush()
		put("")
	} else {
		# An item, unless a line in the middle of a paragraph happens to begin so.
		if ((paragraph == "" || hanging) && l ~ /^ *([-*+]|[0-9][0-9]?[.)]) /) {
			flush()
			match(l, /^ *([-*+]|[0-9][0-9]?[.)]) +/)
			hanging = RLENGTH
		}
		gsub(/^[ \t]+|[ \t]+$/, "", l)
		paragraph = joined(paragraph, l)
	}
}

# All that it became.
function prose_end(    all) {
	flush()
	all = whole
	whole = inside = ""
	return all
}

# Of a link its words are left; octets 1 and 2 are where bold words begin and end.
function quiet(t,    words) {
	while (match(t, /\[[^][]*\]\([^()]*\)/)) {
		words = substr(t, RSTART + 1, RLENGTH - 1)
		sub(/\].*/, "", words)
		t = substr(t, 1, RSTART - 1) words substr(t, RSTART + RLENGTH)
	}
	while (match(t, /[*][*][^*]+[*][*]/))
		t = substr(t, 1, RSTART - 1) "\001" substr(t, RSTART + 2, RLENGTH - 4) "\002" substr(t, RSTART + RLENGTH)
	return t
}

function put(t) {
	gsub(/\001/, bold, t)
	gsub(/\002/, plain, t)
	whole = whole t "\n"
}

# The paragraph, if there is one, in lines of whole words.
function flush(    t, l, indent, blank) {
	if (paragraph == "")
		return
	indent = sprintf("%" hanging "s", "")
	for (t = with_breaks(quiet(paragraph)); match(t, /[ \003]+/); t = substr(t, RSTART + RLENGTH)) {
		l = fitted(l, blank, substr(t, 1, RSTART - 1), indent)
		blank = substr(t, RSTART, 1) == " " ? " " : ""
	}
	put(fitted(l, blank, t, indent))
	paragraph = ""
	hanging = 0
}

# The line with the word; or the word alone where the line has no room for it, and is put.
function fitted(l, blank, word, indent) {
	if (l ~ /^ *$/ || columns(l blank word) <= width)
		return l blank word
	put(l)
	return indent word
}

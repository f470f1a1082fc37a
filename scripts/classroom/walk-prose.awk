# walk-prose: the prose of a lesson for a terminal: paragraphs as wide as that is, headings
# bold, the marks of markdown left out; tables, blocks and lines that begin with a tab stay
# as they are. prose takes a line, prose_end gives what they all became. For walk-read, and for
# lab:
#
#	awk -v width=80 -f scripts/classroom/walk-prose.awk -f scripts/classroom/lab-prose.awk FILE

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
		paragraph = paragraph (paragraph == "" ? "" : " ") l
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
function flush(    word, n, i, l, indent) {
	if (paragraph == "")
		return
	n = split(quiet(paragraph), word, / +/)
	indent = sprintf("%" hanging "s", "")
	l = word[1]
	for (i = 2; i <= n; i++)
		if (columns(l " " word[i]) > width) {
			put(l)
			l = indent word[i]
		} else
			l = l " " word[i]
	put(l)
	paragraph = ""
	hanging = 0
}

# As many as it has characters; those of Chinese and its like take two.
function columns(t) {
	gsub(/[\001\002]/, "", t)
	gsub(/[\343-\351\353-\355][\200-\277][\200-\277]/, "  ", t)
	gsub(/[\200-\277]/, "", t)
	return length(t)
}

# difference: what differs in a line that placeholder.awk found not to be alike: the part
# of it to show, the column, and what is wrong there in words.

function paint(colour, t) {
	return ENVIRON["colours"] ? "\033[" colour "m" t "\033[0m" : t
}

# Of a text that is too long to be shown, what stands behind the cut.
function window(t, cut,    stop) {
	while (cut && substr(t, cut + 1, 1) ~ /[\200-\277]/)
		cut++
	for (stop = cut + 60; substr(t, stop + 1, 1) ~ /[\200-\277]/; )
		stop++
	return (cut ? "..." : "") substr(t, cut + 1, stop - cut) (length(t) > stop ? "..." : "")
}

# On a terminal Chinese and its like take two columns, an accent of its own takes none.
function blanks_under(t) {
	gsub(/([\343-\351\353-\355]|\352[\260-\277]|\357[\274\275])[\200-\277]+|\360[\200-\277]+/, "  ", t)
	gsub(/\314[\200-\277]|\315[\200-\257]/, "", t)
	gsub(/[\300-\377][\200-\277]+|[^\200-\377]/, " ", t)
	return t
}

# Where in a text as it is written the octet stands at which it is stuck.
function stuck_at(t, at,    n) {
	while (stuck > 0 && at <= length(t)) {
		n = match(substr(t, at, 4), /^(\\x..|\\.|[{][{]|[\300-\377][\200-\277]+)/) ? RLENGTH : 1
		stuck -= substr(t, at, n) == "{{" ? 1 : length(said(substr(t, at, n)))
		at += n
	}
	return at
}

# What differs, in words: wanted and got are the rest of either line from there.
function difference(    w, g) {
	w = substr(wanted, 1, 1)
	g = substr(got, 1, 1)
	return lost != "" ? "nothing from here on is what should follow " lost : \
		wanted in end && got in end ? "the line is ended by " end[got] " instead of " end[wanted] : \
		wanted in end && got ~ /^ +\\[enc]$/ ? "a blank at the end of the line" : \
		wanted in end ? "the line should end here" : \
		got in end && wanted ~ /^ +\\[enc]$/ ? "a blank is missing at the end of the line" : \
		got in end ? "the line ends too soon" : \
		w == " " && substr(wanted, 2, 1) == g ? "a blank is missing" : \
		g == " " && substr(got, 2, 1) == w ? "a blank too many" : \
		w != g && tolower(w) == tolower(g) ? "a letter in the wrong case" : \
		w g ~ /^[^\\\200-\377]+$/ ? "expected \"" w "\", here is \"" g "\"" : \
		"another character was expected"
}

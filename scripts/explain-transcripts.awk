# How compare-transcripts tells the first difference: both lines, a caret and its column
# in words, the moment of the conversation, and the rule that was broken.

function explain(s, e, a,    more, extra, missing, event, t, at, cut, before, p, why) {
	more = (count["A", s] - a) - (count["E", s] - e)
	extra = !e || (more > 0 && would_fit(s, e, a + 1, 1))
	missing = a > count["A", s] || (more < 0 && would_fit(s, e + 1, a, 1))
	event = kind["E", s, e] == "event" || kind["A", s, a] == "event"
	why = extra ? "a line too many" : missing ? "a line is missing" : event ? "another event" : ""
	if (!why) {
		alike(s, e, a)
		t = text["A", s, a]
		at = stuck_at(t, codes && protocol == "http" ? index(t, " ") + 1 : 1)
		cut = at > 60 ? at - 30 : 0
		before = substr(t, 1, at - 1)
		gsub(/[\200-\277]/, "", before)
		why = "column " (length(before) + 3) " (the " ordinal(length(before) + 1) " character after " s ":): " difference()
	}
	print where("E", s, e) " and " where("A", s, a) " differ, " (e ? moment("E", s, e) : moment("A", s, a)) ":"
	print "expected  " paint("32", shown("E", s, e, cut))
	print "actual    " paint("31", shown("A", s, a, cut))
	if (at)
		print blanks_under("actual    S:" window(substr(t, 1, at - 1), cut)) paint("1;31", "^")
	print paint("1", why)
	for (p in meaning)
		if (at && index(text["E", s, e], p) && met[p] != where("A", s, a))
			print p " is what it was in " met[p]
	if (a <= count["A", s] && !event)
		print_rule(s, a, e ? "E" : "A", e ? e : a)
	return 1
}

function paint(colour, t) {
	return ENVIRON["colours"] ? "\033[" colour "m" t "\033[0m" : t
}

function where(f, s, i) {
	return i && i <= count[f, s] ? file[f] ":" line[f, s, i] : "the end of " file[f]
}

function shown(f, s, i, cut) {
	if (!i || i > count[f, s])
		return "(the " (f == "E" ? "expected" : "actual") " conversation ends here: " s " says nothing more)"
	return kind[f, s, i] == "event" ? text[f, s, i] : s ":" window(text[f, s, i], cut)
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

function ordinal(n) {
	return n (n % 100 ~ /^1[123]$/ ? "th" : n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th")
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

# When it was said: which command was the last one, and which is the next.
function moment(f, s, i,    n, words) {
	n = step[f, s, i]
	if (kind[f, s, i] == "message")
		return "in the message, after DATA"
	words = s == "S" ? reply_place(f, n) : n ? "after " command[f, n] : "at the beginning"
	if (s == "C" && kind[f, s, i] ~ /^(command|end)$/)
		words = "in " command[f, n] (n > 1 ? ", after " command[f, n - 1] : "")
	return words (command[f, n + 1] != "" ? ", before " command[f, n + 1] : "")
}

function reply_place(f, n) {
	return n <= 0 ? "in the greeting" : "after " (command[f, n] != "" ? command[f, n] : "the last command")
}

# The first rule that the actual line a breaks and line i of file f, which says what it
# should be, does not.
function print_rule(s, a, f, i,    n, r, rule, column) {
	any_case = 0
	n = split(ENVIRON["rules"], rule, "\n")
	for (r = 2; r < n; r++) {
		split(rule[r], column, "\t")
		if (breaks(column, "A", a, s, f, i) && (f == "A" || !breaks(column, "E", i, s, f, i))) {
			sub(/ /, ", section ", column[1])
			print "RFC " column[1] ": " column[4]
			return
		}
	}
}

function breaks(rule, which, a, s, f, i,    octets, is) {
	octets = said(text[which, s, a])
	is = situation(octets, kind[f, s, i], reply_place(f, step[f, s, i]), early[which, a])
	if (kind[f, s, i] == "command")
		octets = toupper(octets)
	return is ~ rule[2] && (rule[3] == "-" || octets !~ rule[3])
}

# What the second column of the rules is held against.
function situation(octets, is, after, too_early,    words) {
	words = protocol " " is " " (is == "command" ? verb(octets) (too_early ? " early" : "") : is == "reply" ? after : "")
	if (octets ~ /\\([nc]$|x0d)/)
		words = words " unended"
	gsub(/\\(x..|.)/, "?", octets)
	return words (length(octets) + 2 > (is == "message" ? 1000 : 512) ? " long" : "")
}

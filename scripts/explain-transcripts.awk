# How compare-transcripts tells the first difference: both lines, a caret and its column
# in words (difference.awk), the moment of the conversation, and the rule that was broken.

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

function where(f, s, i) {
	return i && i <= count[f, s] ? file[f] ":" line[f, s, i] : "the end of " file[f]
}

function shown(f, s, i, cut) {
	if (!i || i > count[f, s])
		return "(the " (f == "E" ? "expected" : "actual") " conversation ends here: " s " says nothing more)"
	return kind[f, s, i] == "event" ? text[f, s, i] : s ":" window(text[f, s, i], cut)
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

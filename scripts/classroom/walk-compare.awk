# walk-compare: what a lesson says appears, against what did. With whole=1 that is all the
# output; without it more may follow, so as many lines of it are taken as fit. Ends with 0
# and tells how many in the file $taken, and what each {NAME} means in $names; with 1 where
# they differ; with 2 where the lines so far fit.
#
# The files are f=N the names and their meanings so far, f=E what is expected, f=A what
# appeared, ended by octet 2; of that, so many lines as compared says were taken before.

BEGIN {
	s = "S"
	unfinished = !whole
	names_file = ENVIRON["names"]
}
f == "N" {
	split($0, known, "\t")
	meaning[known[1]] = known[3]
	met[known[1]] = known[2]
	next
}
f == "A" && FNR <= compared { next }
f == "A" && sub(/\002$/, "") && ($0 == "" || !whole) { next }
{
	gsub(/\\/, "&&")
	if (f == "A")
		gsub(/[{]/, "&&")
	escape_controls()
	text[f, s, ++count[f, s]] = $0
}
END { exit hold() }

# What a terminal would obey is shown, not done.
function escape_controls(    i) {
	if ($0 ~ /[\001-\037\177]/)
		for (i = 1; i < 128; i = i == 31 ? 127 : i + 1)
			gsub(sprintf("%c", i), "\\" octet[sprintf("%02x", i)])
	while (match($0, /\302[\200-\237]/))
		$0 = substr($0, 1, RSTART - 1) "\\xc2" c1(substr($0, RSTART + 1, 1)) substr($0, RSTART + 2)
}

function c1(character,    i) {
	for (i = 128; sprintf("%c", i) != character; )
		i++
	return sprintf("\\x%02x", i)
}

function hold(    e, here, open, skipped, p) {
	here = 1
	for (e = 1; e <= count["E", s]; e++) {
		if (text["E", s, e] == "{lines}") {
			open = skipped = 1
			continue
		}
		if (open)
			here = place(s, e, here)
		open = 0
		if (!alike(s, e, here))
			return explain(e, here) + (!whole && (skipped || here > count["A", s]))
		here++
	}
	if (open)
		here = count["A", s] + 1
	if (whole && here <= count["A", s])
		return explain(0, here)
	print here - 1 >ENVIRON["taken"]
	printf "" >names_file
	for (p in meaning)
		print p "\t" met[p] "\t" meaning[p] >names_file
	return 0
}

function where(file, side, i) {
	return file == "E" ? "line " first + i - 1 : "line " typed_at
}

function explain(e, a,    more, t, at, cut, before, why, p) {
	more = (count["A", s] - a) - (count["E", s] - e)
	why = !e || (whole && more > 0 && would_fit(s, e, a + 1, 1)) ? "a line too many" : \
		a > count["A", s] || (whole && more < 0 && would_fit(s, e + 1, a, 1)) ? "a line is missing" : ""
	if (why == "") {
		alike(s, e, a)
		t = text["A", s, a]
		at = stuck_at(t, 1)
		t = plain(substr(t, 1, at - 1))
		cut = length(t) > 59 ? length(t) - 30 : 0
		before = t
		gsub(/[\200-\277]/, "", before)
		why = "column " length(before) + 1 ": " difference()
	}
	print ENVIRON["lesson"] ":" (e ? first + e - 1 : count["E", s] ? first + count["E", s] - 1 : typed_at) \
		": after \"" ENVIRON["typed"] "\":"
	print "expected  " paint("32", shown("E", e, cut))
	print "got       " paint("31", shown("A", a, cut))
	if (at)
		print blanks_under("got       " window(t, cut)) paint("1;31", "^")
	print paint("1", why)
	for (p in meaning)
		if (at && index(text["E", s, e], p) && met[p] != where("A", s, a))
			print p " is what it was in " met[p]
	return 1
}

function shown(file, i, cut) {
	return i && i <= count[file, s] ? window(plain(text[file, s, i]), cut) : \
		file == "E" ? "(nothing more)" : whole ? "(nothing more, and it has ended)" : "(nothing more)"
}

function plain(t) {
	gsub(/[{][{]/, "{", t)
	gsub(/\\\\/, "\\", t)
	return t
}

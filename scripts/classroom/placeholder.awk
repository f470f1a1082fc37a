# placeholder: holds a line that a lesson says appears against one that did: {any}, {NAME} and
# {lines} may stand for it. For walk-compare.
#
# text[f, s, i] is the i-th line of the file f, E (expected) or A (actual), spelled as in a
# transcript on side s, which is S; count[f, s] is how many there are. Where unfinished is set,
# more lines may follow the actual ones. where(f, s, i) tells in words where a line is.
BEGIN {
	for (i = 0; i < 256; i++) {
		hex = sprintf("%02x", i)
		octet[hex] = i < 32 || i == 92 || i == 127 ? "\\x" hex : sprintf("%c", i)
	}
	end["\\e"] = "CRLF"
	end["\\n"] = "a bare LF"
	end["\\c"] = "nothing at all"
	names = 0
}

# After {lines}: where the lines from e up to the next {lines} stand, which is the first
# place they fit, or at the end if they are the last; else what to hold against e.
function place(s, e, from,    size, end_at, p) {
	for (size = 1; e + size <= count["E", s] && text["E", s, e + size] != "{lines}"; )
		size++
	end_at = count["A", s] - size + 1
	for (p = !unfinished && e + size > count["E", s] && end_at > from ? end_at : from; p <= end_at; p++)
		if (would_fit(s, e, p, size))
			return p
	for (p = from; p <= count["A", s]; p++)
		if (would_fit(s, e, p, 1))
			return p
	return e + size <= count["E", s] ? p : end_at > from ? end_at : from
}

# Whether the lines from e fit those from a; a trial gives no {NAME} its meaning.
function would_fit(s, e, a, size,    i, before) {
	before = names
	for (i = 0; i < size && alike(s, e + i, a + i); )
		i++
	forget(before)
	return i == size
}

function forget(before) {
	while (names > before)
		delete meaning[name[names--]]
}

function alike(s, e, a,    pattern, actual, before) {
	pattern = text["E", s, e]
	actual = text["A", s, a]
	before = names
	if (e > count["E", s] || a > count["A", s] || pattern == "{lines}")
		return 0
	if (pattern == actual && pattern !~ /[{]/)
		return 1
	gsub(/[{][{]/, "{", actual)
	if (fits(pattern, with_end(said(actual)), where("A", s, a)))
		return 1
	forget(before)
	return 0
}

# The octets of a text, in one spelling. What not every awk can hold stays an escape.
function said(t,    part, n, i, octets) {
	n = split(t, part, /\\/)
	octets = part[1]
	for (i = 2; i <= n; i++)
		if (part[i] == "")
			octets = octets octet["5c"] part[++i]
		else if (part[i] ~ /^x/)
			octets = octets octet[tolower(substr(part[i], 2, 2))] substr(part[i], 4)
		else
			octets = octets (part[i] ~ /^r/ ? octet["0d"] substr(part[i], 2) : "\\" part[i])
	return octets
}

# A line that was not ended otherwise was ended by CRLF, which \e stands for.
function with_end(octets) {
	return octets ~ /\\[nc]$/ ? octets : octets "\\e"
}

# A placeholder takes the shortest text that lets what follows it fit, so nothing is
# tried twice. A {NAME} that was met before is what it was then.
function fits(pattern, octets, where_met,    pos, hole, before, p) {
	gsub(/[{][{]/, "\\x7b", pattern)
	pos = 1
	while (match(pattern, /[{][^}]*[}]/)) {
		before = substr(pattern, 1, RSTART - 1)
		p = substr(pattern, RSTART, RLENGTH)
		pattern = substr(pattern, RSTART + RLENGTH)
		if (!(p in meaning)) {
			pos = behind(said(before), octets, pos, hole, where_met)
			if (!pos)
				return 0
			before = ""
			hole = p in meaning ? "" : p
		}
		if (p in meaning)
			pattern = before meaning[p] pattern
	}
	return behind(with_end(said(pattern)), octets, pos, hole, where_met) > 0
}

# The position in octets behind a literal text, which stands at pos; or after a hole, a
# placeholder, anywhere from there on, or at the end of the line. 0 where it does not.
function behind(literal, octets, pos, hole, where_met,    at, n) {
	at = pos
	n = length(literal)
	if (hole != "" && literal ~ /\\[enc]$/)
		at = length(octets) - n + 1
	else if (hole != "" && n > 0)
		at = pos - 1 + index(substr(octets, pos), literal)
	if (at >= pos && substr(octets, at, n) == literal) {
		if (hole != "" && hole != "{any}") {
			name[++names] = hole
			met[hole] = where_met
			meaning[hole] = substr(octets, pos, at - pos)
			gsub(/[{]/, "\\x7b", meaning[hole])
		}
		return at + n
	}
	at = at > pos ? at : pos
	n = alike_octets(literal, substr(octets, at))
	lost = n == 0 && !(literal in end) ? hole : ""
	stuck = (lost != "" ? pos : at) - 1 + n
	wanted = substr(literal, n + 1)
	got = substr(octets, stuck + 1)
	return 0
}

# How many octets two texts begin with alike, in whole characters and whole escapes.
function alike_octets(a, b,    n) {
	while (n < length(a) && substr(a, n + 1, 1) == substr(b, n + 1, 1))
		n++
	while (n > 0 && (substr(a, n + 1, 1) substr(b, n + 1, 1)) ~ /[\200-\277]/)
		n--
	return match(substr(a, 1, n), /\\(x[0-9a-f]?)?$/) ? RSTART - 1 : n + 0
}

# The words of draw-transcript's drawings: numbers, names, sums, and text made fit for them.

function grouped(n,    t) {
	n = sprintf("%d", n)
	for (t = ""; length(n) > 3; n = substr(n, 1, length(n) - 3))
		t = "," substr(n, length(n) - 2) t
	return n t
}

function lines_and_octets(n, o) {
	return sprintf(n == 1 && o == 1 ? spoken("%s line, %s octet") : n == 1 ? spoken("%s line, %s octets") : \
		o == 1 ? spoken("%s lines, %s octet") : spoken("%s lines, %s octets"), grouped(n), grouped(o))
}

function both_said(f) {
	return sprintf(open[f] ? spoken("%s %s; %s %s; placeholders are not counted") : spoken("%s %s; %s %s"), \
		who(f, "C"), lines_and_octets(said[f, "C"], octets[f, "C"]), \
		who(f, "S"), lines_and_octets(said[f, "S"], octets[f, "S"]))
}

# The sums of a phase, of those who said something.
function phase_said(f, r) {
	return side_said(f, r, "C") (said[f, r, "C"] && said[f, r, "S"] ? spoken("; ") : "") side_said(f, r, "S")
}
function side_said(f, r, s) {
	return said[f, r, s] ? s " " lines_and_octets(said[f, r, s], octets[f, r, s]) : ""
}

# A side's name. A host may talk to itself, and then it is told which side it is.
function who(f, s,    name) {
	name = s == "C" ? client[f] : server[f]
	return client[f] != server[f] ? name : sprintf(s == "C" ? spoken("%s (client)") : spoken("%s (server)"), name)
}

# For those who do not see the drawing.
function in_short(f,    r, t) {
	for (r = 1; r <= rows[f]; r++)
		if (row[f, r] == "phase")
			t = t (t == "" ? "" : spoken(", ")) phase_name(f, r)
	if (t == "")
		t = sprintf(spoken("A conversation between %s, the client, and %s, the server: in all %s."), \
			client[f], server[f], both_said(f))
	else
		t = sprintf(spoken("A conversation between %s, the client, and %s, the server: %s, in all %s."), \
			client[f], server[f], t, both_said(f))
	return t (row[f, rows[f]] == "cut" ? " " words[f, rows[f]] : "")
}

function phase_name(f, r) {
	return phases[f, words[f, r]] > 1 ? sprintf(spoken("%s %s"), words[f, r], number[f, r]) : words[f, r]
}

function event(f, r) {
	return sprintf(words[f, r] == "closes" ? spoken("%s closes the connection") : spoken("%s resets the connection"), \
		who(f, side[f, r]))
}

# What a long line is without.
function octets_left_out(f, r) {
	return left_out[f, r] ? sprintf(spoken(" ... and %s octets more"), grouped(left_out[f, r])) : ""
}

# The characters that are markup, and the two that no XML may hold.
function escaped(t) {
	gsub(/&/, "\\&amp;", t)
	gsub(/</, "\\&lt;", t)
	gsub(/>/, "\\&gt;", t)
	gsub(/"/, "\\&quot;", t)
	gsub(/\357\277\276/, "\\xef\\xbf\\xbe", t)
	gsub(/\357\277\277/, "\\xef\\xbf\\xbf", t)
	return t
}

# What was said, an octet that is no text in the element octet, and in the element line_end what
# is no plain CRLF: a CR or LF alone, and no line end at all.
function marked(t, octet, line_end) {
	t = escaped(t)
	gsub(/\\(\\|x[0-9A-Fa-f][0-9A-Fa-f])/, "<" octet ">&</" name_of(octet) ">", t)
	gsub(/\\r|\\[nc]$/, "<" line_end ">&</" name_of(line_end) ">", t)
	return t
}

function name_of(element) {
	sub(/ .*/, "", element)
	return element
}

# Of a run that is folded, its first row's number; 0 for a row that is drawn by itself.
function folded(f, r) {
	return run_lines[f, run[f, r]] > fold ? run[f, r] : 0
}

# As much of a text as fits into n columns, in whole characters and escapes.
function whole_columns(t, n,    p, c, size) {
	for (p = 1; n > 0 && p <= length(t); p += size) {
		c = substr(t, p, 1)
		if (c == "\\")
			size = substr(t, p + 1, 1) == "x" ? 4 : 2
		else
			size = octets_of_character(c)
		n -= size > 1 ? columns(substr(t, p, size)) : 1
		if (n < 0)
			break
	}
	return substr(t, 1, p - 1)
}

# The same, up to a blank where there is one.
function whole_words(t, n,    part) {
	part = whole_columns(t, n)
	if (part != t && substr(t, length(part) + 1, 1) != " " && match(part, / [^ ]*$/) && RSTART > 1)
		part = substr(part, 1, RSTART - 1)
	return part
}

function cut_at(t, n,    part) {
	part = whole_columns(t, n)
	return part == t ? t : whole_columns(t, n - 3) "..."
}

function style_sheet(    l) {
	while ((getline l < style) > 0)
		print l
}

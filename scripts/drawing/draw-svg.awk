# draw-transcript: the rows of draw-transcript.awk as an SVG, which any browser shows and
# any word processor takes in. Lengths are in its own units: 640 of them are its width.

BEGIN {
	width = 640
	left = 28		# where the client's lifeline is, and
	right = width - left	# the server's
	leading = 18		# from one line of text to the next
	column = 8.5		# of a letter
	across = int((right - left - 28) / column)
}

function draw(    f) {
	for (f = 1; f in title; f++)
		draw_conversation(f)
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " width " " y + 12 "\" role=\"img\" aria-labelledby=\"title desc\">"
	print "<title id=\"title\">" escaped(title[1]) "</title>\n<desc id=\"desc\">"
	for (f = 1; f in title; f++)
		print escaped(in_short(f))
	print "</desc>\n<style>"
	style_sheet()
	print "</style>\n<rect class=\"sheet\" width=\"100%\" height=\"100%\"/>"
	for (i = 1; i <= drawn; i++)
		print drawing[i]
	print "</svg>"
}

# put ELEMENT: the height is known only at the end, so elements wait until then.
function put(element) {
	drawing[++drawn] = element
}

function draw_conversation(f,    r, top) {
	y += 26
	write("dim", left, y, "", title[f])
	y += 24
	write("name C", left - 16, y, "", cut_at(who(f, "C"), 30))
	write("name S", right + 16, y, "end", cut_at(who(f, "S"), 30))
	y += 15
	write("dim", left - 16, y, "", spoken("the client, C"))
	write("dim", right + 16, y, "end", spoken("the server, S"))
	y += 8
	put("")
	top = drawn
	from = y
	for (r = 1; r <= rows[f]; r++)
		if (!folded(f, r))
			draw_row(f, r)
		else if (run[f, r] == r)
			draw_fold(f, r)
	y += 10
	drawing[top] = lifeline(left) lifeline(right)
	y += 18
	write_lines("dim", width / 2, "middle", both_said(f), 90)
}

function lifeline(x) {
	return "<line class=\"life\" x1=\"" x "\" y1=\"" from "\" x2=\"" x "\" y2=\"" y "\"/>"
}

function write(class, x, y, anchor, t) {
	put_text(class, x, y, anchor, escaped(t))
}

function put_text(class, x, y, anchor, marked_up) {
	put("<text class=\"" class "\" x=\"" x "\" y=\"" y "\"" (anchor ? " text-anchor=\"" anchor "\"" : "") ">" marked_up "</text>")
}

# Text of several words, as many lines of n across as it needs.
function write_lines(class, x, anchor, t, n,    part) {
	for (; t != ""; sub(/^ /, "", t)) {
		part = whole_words(t, n)
		write(class, x, y, anchor, part)
		t = substr(t, length(part) + 1)
		y += t != "" ? 15 : 0
	}
}

function draw_row(f, r,    k, t, s) {
	k = row[f, r]
	s = side[f, r]
	if (k == "phase")
		draw_phase(f, r)
	else if (k ~ /^(note|event|cut)$/) {
		y += leading
		if (k == "event")
			write("event " s, edge(s), y, s == "S" ? "end" : "", event(f, r))
		else
			write_lines("dim", width / 2, "middle", words[f, r], 85)
		y += 6
	} else
		draw_arrow(k, s, words[f, r] octets_left_out(f, r))
}

function draw_phase(f, r) {
	y += 14
	put("<rect class=\"band\" x=\"" left + 1 "\" y=\"" y "\" width=\"" right - left - 2 "\" height=\"22\"/>")
	y += 15
	write("", left + 14, y, "", phase_name(f, r))
	write("dim", right - 14, y, "end", phase_said(f, r))
	y += 10
}

function draw_fold(f, r) {
	draw_arrow(row[f, r], side[f, r], "(" lines_and_octets(run_lines[f, r], run_octets[f, r]) ") " words[f, r], 1)
}

function edge(s) {
	return s == "C" ? left + 14 : right - 14
}

# Text, as many lines as it needs but four, and the arrow under it.
function draw_arrow(k, s, t, most_lines,    part, n) {
	most_lines = most_lines ? most_lines : 4
	for (n = 1; n == 1 || t != ""; n++) {
		part = n == most_lines ? cut_at(t, across) : whole_words(t, across)
		y += leading
		put_text(s, edge(s), y, s == "S" ? "end" : "", marked(part, "tspan class=\"octet\"", "tspan class=\"line-end\""))
		if (n == most_lines)
			break
		t = substr(t, length(part) + 1)
		sub(/^ /, "", t)
	}
	y += 6
	put(arrow(k ~ /^(command|reply|end)$/ ? s : s " data", s))
	y += 3
}

function arrow(class, s,    tip, back) {
	tip = s == "C" ? right - 1 : left + 1
	back = s == "C" ? tip - 9 : tip + 9
	return "<line class=\"" class "\" x1=\"" (s == "C" ? left : right) "\" y1=\"" y "\" x2=\"" (s == "C" ? back : tip) "\" y2=\"" y "\"/>" \
		"<path class=\"" s "\" d=\"M" back " " y - 4 " L" tip " " y " L" back " " y + 4 (s == "C" ? " Z" : "") "\"/>"
}

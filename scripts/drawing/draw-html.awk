# draw-transcript --html: the rows of draw-transcript.awk as a page. The drawing is the text
# itself, so that it can be read aloud, searched and copied; the style sheet makes lifelines
# and arrows of it.

function draw(    f) {
	print "<!DOCTYPE html>\n<html lang=\"" spoken("en") "\">\n<meta charset=\"utf-8\">"
	print "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
	print "<link rel=\"icon\" href=\"data:,\">"
	print "<title>" escaped(2 in title ? sprintf(spoken("%s and others"), title[1]) : title[1]) "</title>\n<style>"
	style_sheet()
	print "</style>\n<main>"
	for (f = 1; f in title; f++)
		draw_conversation(f)
	print "</main>\n</html>"
}

function draw_conversation(f,    r) {
	print "<figure class=\"conversation\">"
	print "<figcaption>" escaped(title[f]) "<small>" escaped(both_said(f)) "</small></figcaption>"
	print "<div class=\"names\"><b>" escaped(who(f, "C")) "<small>" spoken("the client, C") "</small></b> <b>" \
		escaped(who(f, "S")) "<small>" spoken("the server, S") "</small></b></div>"
	print "<ol aria-label=\"" escaped(in_short(f)) "\">"
	for (r = 1; r <= rows[f]; r++)
		if (!folded(f, r))
			draw_row(f, r)
		else if (run[f, r] == r)
			draw_fold(f, r)
	print "</ol>\n</figure>"
}

function draw_row(f, r,    k) {
	k = row[f, r]
	if (k == "phase")
		print "<li class=\"phase\"><b>" phase_name(f, r) "</b> <small>" phase_said(f, r) "</small></li>"
	else if (k ~ /^(note|cut|event)$/)
		print "<li class=\"" k " " side[f, r] "\">" escaped(k == "event" ? event(f, r) : words[f, r]) "</li>"
	else
		print "<li class=\"" k " " side[f, r] "\"><i>" side[f, r] ":</i><code>" line_of(f, r) "</code></li>"
}

function draw_fold(f, r,    i) {
	print "<li class=\"" row[f, r] " " side[f, r] "\"><details><summary><i>" side[f, r] ":</i>" \
		lines_and_octets(run_lines[f, r], run_octets[f, r]) \
		"<code>" escaped(cut_at(words[f, r], 60)) "</code></summary>\n<pre>"
	for (i = r; run[f, i] == r; i++)
		print line_of(f, i)
	i -= r
	print "</pre>" (run_lines[f, r] > i ? "<p>" sprintf(spoken("... and %s lines more"), grouped(run_lines[f, r] - i)) "</p>" : "") "</details></li>"
}

function line_of(f, r) {
	return marked(words[f, r], "s", "u") (left_out[f, r] ? "<small>" octets_left_out(f, r) "</small>" : "")
}

# What draw-transcript draws: the lines of the files, followed by transcript.awk, become
# rows; draw-svg.awk or draw-html.awk then draws them.
#
# f is the conversation: title[f], client[f] and server[f] are names, said[f, s] and
# octets[f, s] what side s (C or S) said in all. Row n of conversation f: row[f, n] is its
# kind (phase, command, reply, more, header, message, body, end, event, note, cut), side[f,
# n], words[f, n] its text, size[f, n] its octets. A phase has its number in number[f, n],
# and its sums in said[f, n, s] and octets[f, n, s]. A run of data has its first row's
# number in run[f, n]; of the first row, run_lines and run_octets are the whole run's.
BEGIN {
	fold = 16	# lines of data that are drawn; more of them are folded to one
	most = 400	# lines of a fold that are kept, the others are counted
	longest = 2000	# octets of a line that are kept, the others are counted
	for (i = 1; i < 256; i++)
		octet[i] = sprintf("%c", i)
}
unreadable { next }
!within { within = 1; begin($0); next }
{ torn = sub(/\002$/, "") }
torn && $0 == "" { finish(""); within = 0; next }
{ take(tame($0)) }
torn { finish("in the middle of a line"); within = 0 }
END {
	if (!unreadable)
		draw()
	else
		print "draw-transcript: " unreadable | "cat >&2"
	exit unreadable ? 65 : 0
}

function begin(name) {
	f++
	file[f] = title[f] = name
	sub(/.*\//, "", title[f])
	client[f] = "client"
	server[f] = "server"
	protocol = phase = ""
	greets = filled = blanks = rows[f] = 0
}

# One file may hold several conversations, as wiretap writes them.
function begin_another(line,    before) {
	finish("")
	before = f
	begin(file[f])
	lines[f] = lines[before]
	title[f] = title[before] ": " line
}

# What a transcript writes as \xNN, written so: nothing in a file commands the reader.
function tame(l,    cr, b) {
	cr = sub(/\r$/, "", l) ? "\r" : ""
	sub(/^\357\273\277/, "", l)
	for (b = 1; (l ~ /[\001-\037\177]/ || !utf8(l)) && b < 256; b++)
		if ((b < 32 || b > 126) && index(l, octet[b]))
			gsub(octet[b], sprintf("\\x%02x", b), l)
	return l cr
}

function take(l,    s) {
	if (l ~ /^# conversation [0-9]+\r?$/ && rows[f] > 0)
		begin_another(substr(l, 3))
	read_line(l)
	if (unreadable)
		return
	if (l ~ /^#/ && l !~ /^# conversation [0-9]+/ && l !~ /^# *\r?$/)
		add("note", "", substr(l, l ~ /^# / ? 3 : 2), 0)
	else if (l ~ /^!wait/)
		add("note", "", substr(l, 7) " seconds of silence", 0)
	else if (l ~ /^[CS!]/)
		take_side(substr(l, l ~ /^!/ ? 2 : 1, 1))
}

# What is whole of what side s has said. A line may have begun before the other side spoke.
function take_side(s,    t, k, i) {
	while (taken[f, s] < count[f, s]) {
		i = ++taken[f, s]
		t = text[f, s, i]
		k = kind[f, s, i]
		delete text[f, s, i]
		if (k == "event") {
			ended[f] = 1
			add(k, s, (s == "C" ? client[f] : server[f]) substr(t, 3) " the connection", 0)
		} else
			take_said(s, k, t)
	}
}

function take_said(s, k, t,    n) {
	k = k == "{lines}" ? "more" : k
	if (protocol == "http")
		k = http_kind(s, k, t)
	else if (protocol == "pop3" && k == "more")
		k = "message"
	name_sides(s, k, t)
	enter_phase(s, k)
	n = octets_of(t)
	add(k, s, t, n)
	said[f, s]++
	said[f, phase_row, s]++
	octets[f, s] += n
	octets[f, phase_row, s] += n
	if (k == "body")
		body_left[f] -= n
}

function add(k, s, t, n,    r, first) {
	r = rows[f]
	first = k ~ /^(message|header|body|more)$/ && row[f, r] == k && side[f, r] == s ? run[f, r] : 0
	if (!first || run_lines[f, first] < most) {
		rows[f] = ++r
		row[f, r] = k
		side[f, r] = s
		size[f, r] = n
		run[f, r] = first ? first : r
		shorten(r, t)
	}
	run_lines[f, run[f, r]]++
	run_octets[f, run[f, r]] += n
}

# Of a text that is too long what stands before the cut, in whole characters and escapes.
function shorten(r, t,    cut) {
	words[f, r] = t
	if (length(t) <= longest)
		return
	for (cut = longest; substr(t, cut + 1, 1) ~ /[\200-\277]/; )
		cut--
	t = substr(t, 1, cut)
	if (match(t, /\\x?[0-9A-Fa-f]?$/))
		t = substr(t, 1, RSTART - 1)
	words[f, r] = t
	left_out[f, r] = size[f, r] - octets_of(t "\\c")
}

# Octets of a line as it was said, with its line end.
function octets_of(t,    end) {
	gsub(/\\\\/, "\001", t)
	end = sub(/\\n$/, "", t) ? 1 : sub(/\\c$/, "", t) ? 0 : 2
	gsub(/\\x[0-9A-Fa-f][0-9A-Fa-f]|\\r|[{][{]/, "\001", t)
	if (gsub(/[{][^}]*[}]/, "", t))
		open[f] = 1
	return length(t) + end
}

# An answer of HTTP has a header, and behind the empty line a body of so many octets.
function http_kind(s, k, t) {
	if (s == "S" && k != "more")
		answer_body[f] = body_left[f] = 0
	if (s == "C" || k != "more")
		return k
	if (answer_body[f])
		return "body"
	if (tolower(t) ~ /^content-length: *[0-9]+$/ && command[f, replies[f]] != "HEAD")
		body_left[f] = substr(t, 16) + 0
	answer_body[f] = t == ""
	return "header"
}

# The hosts, as they name themselves.
function name_sides(s, k, t,    part) {
	split(t, part, / +/)
	if (part[2] !~ /^[A-Za-z0-9.:_-]+$/ || length(part[2]) > 64)
		return
	if (s == "C" && k == "command" && verb(t) ~ /^(HELO|EHLO)$/)
		client[f] = part[2]
	if (s == "C" && k == "header" && tolower(part[1]) == "host:")
		server[f] = part[2]
	if (s == "S" && k == "reply" && said[f, "S"] == 0 && t ~ (protocol == "pop3" ? "^[+]OK [^ ]+[.]" : "^220 "))
		server[f] = part[2]
}

# Phases begin with what the client says; the greeting is the server's.
function enter_phase(s, k,    v, now) {
	v = k == "command" && s == "C" ? command[f, commands[f]] : ""
	now = phase == "" ? (protocol == "http" ? "request" : protocol != "" ? "greeting" : "conversation") : phase
	if (protocol == "http")
		now = k == "command" ? "request" : k == "reply" ? "answer" : now
	else if (v == "QUIT")
		now = "farewell"
	else if (protocol == "pop3")
		now = v ~ /^(USER|PASS|APOP|AUTH)$/ ? "authorization" : v ~ /^(STAT|LIST|RETR|DELE|RSET|UIDL|TOP)$/ ? "transaction" : now
	else if (v != "")
		now = v ~ /^(HELO|EHLO)$/ ? "greeting" : v ~ /^(MAIL FROM|RCPT TO)$/ ? "envelope" : v == "DATA" ? "message" : now
	if (now == phase && v != "MAIL FROM" && (protocol != "http" || k !~ /^(command|reply)$/))
		return
	phase = now
	add("phase", "", now, 0)
	phase_row = rows[f]
	number[f, phase_row] = ++phases[f, now]
}

# The end of a conversation. Where it is no end, the last row says so.
function finish(why,    n) {
	end_line("C")
	take_side("C")
	end_line("S")
	take_side("S")
	n = commands[f] + 0
	if (why != "" && unreadable) { # a torn line that was not even one
		unreadable = ""
	} else if (filled && filled == blanks && filled > 1 && !unreadable)
		unreadable = file[f] ":" blank ": a blank after every colon; what was said begins right behind it"
	if (unreadable)
		return
	if (rows[f] == 0)
		why = "before anything was said"
	else if (why == "" && !ended[f])
		why = command[f, n] == "DATA" && code[f, n] !~ /^[45]/ && (f, n) in code ? "in the middle of the message" : \
			header[f] ? "in the middle of a request" : \
			(protocol == "smtp" && goes_on[f]) || goes_on[f] == "text" ? "in the middle of a reply" : \
			body_left[f] > 0 ? "in the middle of an answer, " grouped(body_left[f]) " octets before its end" : \
			!open[f] && n > replies[f] - greets ? "before the last reply" : ""
	if (why != "")
		add("cut", "", "The transcript ends here, " why ".", 0)
}

function grouped(n,    t) {
	n = sprintf("%d", n)
	for (t = ""; length(n) > 3; n = substr(n, 1, length(n) - 3))
		t = "," substr(n, length(n) - 2) t
	return n t
}

function lines_and_octets(n, o) {
	return grouped(n) (n == 1 ? " line, " : " lines, ") grouped(o) (o == 1 ? " octet" : " octets")
}

function both_said(f, key) {
	return client[f] " " lines_and_octets(said[f key, "C"], octets[f key, "C"]) "; " server[f] " " \
		lines_and_octets(said[f key, "S"], octets[f key, "S"]) (open[f] ? ", without what a placeholder stands for" : "")
}

# For those who do not see the drawing.
function in_short(f,    r, t) {
	t = "A conversation between " client[f] ", the client, and " server[f] ", the server: "
	for (r = 1; r <= rows[f]; r++)
		if (row[f, r] == "phase")
			t = t phase_name(f, r) ", "
	return t "in all " both_said(f, "") "." (row[f, rows[f]] == "cut" ? " " words[f, rows[f]] : "")
}

function phase_name(f, r) {
	return words[f, r] (phases[f, words[f, r]] > 1 ? " " number[f, r] : "")
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

# Of a run that is folded, its first row's number; 0 for a row that is drawn by itself.
function folded(f, r) {
	return run_lines[f, run[f, r]] > fold ? run[f, r] : 0
}

# As much of a text as stands in n columns, in whole characters: Chinese and its like take two.
function whole_columns(t, n,    p, c, size) {
	for (p = 1; n > 0 && p <= length(t); p += size) {
		c = substr(t, p, 1)
		size = c < "\300" ? 1 : c < "\340" ? 2 : c < "\360" ? 3 : 4
		n -= size > 3 || (size == 3 && c > "\342") ? 2 : 1
		if (n < 0)
			break
	}
	return substr(t, 1, p - 1)
}

function cut_at(t, n,    part) {
	part = whole_columns(t, n)
	return part == t ? t : whole_columns(t, n - 3) "..."
}

function style_sheet(    l) {
	while ((getline l < style) > 0)
		print l
}

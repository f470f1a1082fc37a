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
	drawn_most = 5000	# rows of a conversation that are drawn, the others are counted
	longest = 2000	# octets of a line that are kept, the others are counted
	for (i = 1; i < 256; i++)
		octet[i] = sprintf("%c", i)
}
unreadable { next }
!within { within = 1; begin(tame($0)); next }
/\003/ { unreadable = file[f] ": cannot be read"; unread = 1; next }
{ torn = sub(/\002$/, "") }
torn && $0 == "" { finish(""); within = 0; next }
{ take(tame($0)) }
torn { finish(spoken("in the middle of a line")); within = 0 }
END {
	if (!unreadable)
		draw()
	else
		print "draw-transcript: " unreadable | "cat >&2"
	exit unread ? 66 : unreadable ? 65 : 0
}

function begin(name) {
	f++
	file[f] = name
	sub(/.*\//, "", name)
	title[f] = name
	client[f] = spoken("client")
	server[f] = spoken("server")
	protocol = phase = ""
	greets = filled = blanks = rows[f] = 0
}

# One file may hold several conversations, as wiretap writes them.
function begin_another(n,    before) {
	finish("")
	before = f
	begin(file[f])
	lines[f] = lines[before]
	title[f] = sprintf(spoken("%s: conversation %s"), title[f], n)
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
		begin_another(substr(l, 16))
	read_line(l)
	if (unreadable)
		return
	if (l ~ /^#/ && l !~ /^# (conversation [0-9]+|[$].*)?\r?$/)
		take_comment(substr(l, l ~ /^# / ? 3 : 2))
	else if (l ~ /^!wait/)
		add("note", "", sprintf(spoken("%s seconds of silence"), substr(l, 7) + 0), 0)
	else if (l ~ /^[CS!]/)
		take_side(substr(l, l ~ /^!/ ? 2 : 1, 1))
}

# Lines of comment, one after the other, are one note.
function take_comment(t) {
	sub(/\r$/, "", t)
	if (row[f, rows[f]] == "note" && last_comment == lines[f] - 1)
		shorten(rows[f], words[f, rows[f]] " " t)
	else
		add("note", "", t, 0)
	last_comment = lines[f]
}

# What is whole of what side s has said. A line may have begun before the other side spoke.
function take_side(s,    t, k, i) {
	while (taken[f, s] < count[f, s]) {
		i = ++taken[f, s]
		t = text[f, s, i]
		k = kind[f, s, i]
		delete text[f, s, i]
		delete kind[f, s, i]
		if (k == "event") {
			ended[f] = 1
			add(k, s, substr(t, 4), 0)
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
	if (r >= drawn_most && k != "cut") {
		undrawn[f]++
		return
	}
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

# The part of a long text before the cut, in whole characters and escapes.
function shorten(r, t,    cut, pairs) {
	words[f, r] = t
	if (length(t) <= longest)
		return
	for (cut = longest; substr(t, cut + 1, 1) ~ /[\200-\277]/; )
		cut--
	t = substr(t, 1, cut)
	pairs = t
	gsub(/\\\\/, "..", pairs)
	if (match(pairs, /\\x?[0-9A-Fa-f]?$/))
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

# An answer of HTTP has a header, and after the empty line a body of so many octets.
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
	now = phase == "" ? (protocol == "http" ? spoken("request") : protocol != "" ? spoken("greeting") : spoken("conversation")) : phase
	if (protocol == "http")
		now = k == "command" ? spoken("request") : k == "reply" ? spoken("answer") : now
	else if (v == "QUIT")
		now = spoken("farewell")
	else if (protocol == "pop3")
		now = v ~ /^(USER|PASS|APOP|AUTH)$/ ? spoken("authorization") : \
			v ~ /^(STAT|LIST|RETR|DELE|RSET|UIDL|TOP)$/ ? spoken("transaction") : now
	else if (v != "")
		now = v ~ /^(HELO|EHLO)$/ ? spoken("greeting") : v ~ /^(MAIL FROM|RCPT TO)$/ ? spoken("envelope") : \
			v == "DATA" ? spoken("message") : now
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
		unreadable = file[f] ":" blank ": a blank after every colon; what was said begins right after it"
	if (unreadable)
		return
	if (rows[f] == 0)
		why = spoken("before anything was said")
	else if (why == "" && !ended[f])
		why = command[f, n] == "DATA" && code[f, n] !~ /^[45]/ && (f, n) in code ? spoken("in the middle of the message") : \
			header[f] ? spoken("in the middle of a request") : \
			(protocol == "smtp" && goes_on[f]) || goes_on[f] == "text" ? spoken("in the middle of a reply") : \
			body_left[f] > 0 ? sprintf(spoken("in the middle of an answer, %s octets before its end"), grouped(body_left[f])) : \
			!open[f] && n > replies[f] - greets ? spoken("before the last reply") : ""
	if (undrawn[f])
		add("cut", "", sprintf(spoken("%s lines more are not drawn."), grouped(undrawn[f])), 0)
	if (why != "")
		add("cut", "", sprintf(spoken("The transcript ends here, %s."), why), 0)
}

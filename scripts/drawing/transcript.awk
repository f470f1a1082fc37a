# transcript: reads transcripts, line by line, and follows the conversation: which command
# a line is, or which one it answers. For draw-transcript; lessons/README.md has the format.
#
# f is the number of a conversation; s is C or S, a side of it; text[f, s, i] is the i-th
# thing on that side, kind what it is. command[f, n] is the n-th command, code[f, n] the
# reply to it.

function read_line(l,    s, why) {
	sub(/\r$/, "", l)
	if (++lines[f] == 1) {
		sub(/^\357\273\277/, "", l)
		if (l ~ /^listening on /)
			return
	}
	why = fault(l)
	if (why == "")
		why = after_end(l)
	if (why != "")
		unreadable = file[f] ":" lines[f] ": " why
	if (unreadable || l ~ /^(#|!wait)/)
		return
	filled += l ~ /^[CS]:./
	if (l ~ /^[CS]: / && ++blanks == 1)
		blank = lines[f]
	sub(/ $/, "\\x20", l)
	s = substr(l, l ~ /^!/ ? 2 : 1, 1)
	if (l ~ /^!|:[{]lines[}]$/ || !interrupted[f, s] || length(begun[f, s]) > 8192)
		end_line(s)
	interrupted[f, s] = 0
	interrupted[f, s == "C" ? "S" : "C"] = 1
	if (begun[f, s] != "")
		l = whole_line(substr(begun[f, s], 1, length(begun[f, s]) - 2), substr(l, 3))
	begun[f, s] = l
	if (!unended(l))
		end_line(s)
}

# Whether a line ends in \c, and not in \\c: more of it may follow, however much the other
# side says before that.
function unended(l) {
	gsub(/\\\\/, "", l)
	return l ~ /\\c$/
}

# Two pieces of a line. A CR and the LF after it are its end, though they were cut apart.
function whole_line(l, more,    said) {
	said = l
	gsub(/\\\\/, "", said)
	if (more == "\\n" && sub(/\\r$/, "", said)) {
		l = substr(l, 1, length(l) - 2)
		more = sub(/ $/, "", l) ? "\\x20" : ""
	}
	return l more
}

# All that s said of a line, or an event.
function end_line(s,    l, i) {
	l = begun[f, s]
	if (l == "")
		return
	begun[f, s] = ""
	i = count[f, s] + 1
	text[f, s, i] = l ~ /^!/ ? l : substr(l, 3)
	kind[f, s, i] = l ~ /^!/ ? "event" : s == "C" ? client_says(substr(l, 3)) : server_says(substr(l, 3))
	count[f, s] = i
}

# A side that has closed says nothing more; draw-transcript begins another conversation
# at # conversation N.
function after_end(l,    s) {
	s = substr(l, l ~ /^!/ ? 2 : 1, 1)
	if (l ~ /^!. resets/)
		ended[f, "C"] = ended[f, "S"] = 1
	else if (l ~ /^!. closes/)
		ended[f, s] = 1
	else if (l ~ /^[CS]:/ && ended[f, s])
		return "said after the end of " s "; another conversation begins with # conversation N"
	return ""
}

# What is wrong with a line of a transcript, and what was probably meant.
function fault(l,    said, rest) {
	if (l ~ /^[CS]:/ && l !~ /[^ -~]|[\\{]/)
		return ""
	said = substr(l, 1, 1) ":"
	rest = l
	gsub(/\\(\\|r|x[0-9A-Fa-f][0-9A-Fa-f])/, "", rest)
	sub(/\\[nc]$/, "", rest)
	gsub(/[{][{]|[{]any[}]|[{][A-Z0-9_-]+[}]/, "", rest)
	if (l ~ /^[CS]:[{]lines[}]$/)
		rest = ""
	if (l ~ /^#/)
		return ""
	return l ~ /[\001-\037\177]/ ? "a control character; an octet that is not text is written \\xNN" : \
		!utf8(l) ? "not UTF-8; an octet that is not text is written \\xNN" : \
		l == "" ? "an empty line; an empty line that was said is C: or S: alone" : \
		l ~ /^!wait [0-9]+([.][0-9]+)?$/ && substr(l, 7) + 0 <= 3600 || l ~ /^![CS] (closes|resets)$/ ? "" : \
		l ~ /^!/ ? "no such event; there are !C closes, !S closes, !C resets, !S resets, !wait 0.5" : \
		l ~ /^[CS];/ ? "a semicolon; probably " said " was meant" : \
		l ~ /^[CS]\357\274\232/ ? "a full-width colon; probably " said " was meant" : \
		l !~ /^[CS]:/ && l ~ /^ *[CScs] *:/ ? "probably C: or S: was meant, a capital letter and the colon right after it" : \
		l !~ /^[CS]:/ ? "neither C: nor S: before what was said; a comment begins with #, an event with !" : \
		rest ~ /\\/ ? "no such escape; there are \\\\, \\xNN, \\r, and at the end of a line \\n and \\c" : \
		l ~ /^[CS]:\\c$/ ? "nothing at all was said; leave the line out" : \
		said_plainly(l) ~ /\\(r|x0[dD])\\n$/ ? "\\r\\n is how every line ends; leave it out" : \
		said_plainly(l) ~ /\\x0[aA]/ ? "an LF ends a line; end it in \\n, go on in the next" : \
		rest ~ /[{]lines[}]/ ? "{lines} is alone after the colon; within a line it is {any}" : \
		rest ~ /[{]/ ? "no such placeholder; there are {any}, {lines}, {NAME} in capitals; a brace is {{" : ""
}

# A line without the backslashes that were said.
function said_plainly(l) {
	gsub(/\\\\/, "", l)
	return l
}

# RFC 3629 section 4, but for the control characters, which a terminal would obey.
function utf8(l) {
	gsub(/\302[\240-\277]|[\303-\337][\200-\277]/, "?", l)
	gsub(/\340[\240-\277][\200-\277]|\355[\200-\237][\200-\277]/, "?", l)
	gsub(/[\341-\354\356\357][\200-\277][\200-\277]/, "?", l)
	gsub(/\360[\220-\277][\200-\277][\200-\277]|\364[\200-\217][\200-\277][\200-\277]/, "?", l)
	gsub(/[\361-\363][\200-\277][\200-\277][\200-\277]/, "?", l)
	return l !~ /[\200-\377]/
}

# A command; or, after a DATA that was not refused, a line of the message.
function client_says(t,    n, last, refused) {
	n = commands[f] + 0
	last = command[f, n]
	refused = code[f, n] ~ /^[45]/
	if (header[f]) {
		header[f] = t != ""
		return "header"
	}
	if (last == "DATA" && !refused && t != ".")
		return "message"
	if (t == "{lines}")
		return t
	if (t ~ / HTTP\/[0-9.]+$/)
		protocol = "http"
	header[f] = protocol == "http"
	commands[f] = n + 1
	command[f, n + 1] = last == "DATA" && !refused ? "the message" : verb(t)
	return command[f, n + 1] == "the message" ? "end" : "command"
}

function verb(t) {
	t = toupper(t)
	if (t ~ /^(MAIL *FROM|RCPT *TO)/)
		return t ~ /^M/ ? "MAIL FROM" : "RCPT TO"
	return match(t, /^[A-Z]+/) && RLENGTH <= 12 ? substr(t, 1, RLENGTH) : "an unknown command"
}

# The first line of a reply, or more of it. Reply 0 is the greeting, which HTTP has not. In POP3 a
# text, which a dot ends, follows +OK.
function server_says(t,    more) {
	if (!protocol)
		protocol = t ~ /^HTTP\// ? "http" : t ~ /^([+]OK|-ERR)/ ? "pop3" : t ~ /^[0-9][0-9][0-9]/ ? "smtp" : ""
	greets = protocol != "http"
	more = goes_on[f]
	if (protocol == "http") {
		more = more && t !~ /^HTTP\//
		goes_on[f] = 1
	} else if (protocol == "pop3") {
		more = more == "text" || (more && t !~ /^([+]OK|-ERR)/)
		goes_on[f] = more ? (t == "." ? 0 : "text") : t ~ /^[+]OK/
	} else
		goes_on[f] = t ~ /^[0-9][0-9][0-9]-/ || (more && t == "{lines}")
	if (more)
		return protocol == "pop3" && t == "." ? "end" : "more"
	replies[f] = t == "{lines}" ? commands[f] + greets : replies[f] + 1
	if (t != "{lines}")
		code[f, replies[f] - greets] = t
	return t == "{lines}" ? t : "reply"
}

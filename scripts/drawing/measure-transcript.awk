# measure-transcript: the cost of carrying files, counted octet by octet from the records of
# wiretap: a file for each column of a table, in it the conversations one after the other. For
# compare-http-smtp. It wants octets above 127 to be question marks, so that every awk counts
# octets. lessons/README.md has the format of a transcript.
#
#	LC_ALL=C awk -v titles='HTTP|HTTP -1|SMTP' -f spoken.awk -f measure-transcript.awk 1.txt 2.txt 3.txt
#
# sum[row, c] is a number of column c. What was said is taken apart as the peer takes it
# apart: HTTP by Content-Length (RFC 9112, 6.3), SMTP by the line that is a dot (RFC 5321,
# 4.5.2), the message by its boundary (RFC 2046, 5.1.1).

FNR == 1 { c++ }
/^# conversation / {
	check_whole()
	sum["connections", c]++
	speaker = ""
}
/^[CS]:/ { hear(substr($0, 1, 1), substr($0, 3)) }
END {
	check_whole()
	for (i = 1; i <= c; i++)
		if (!wrong && !sum["payload", i])
			wrong = "column " i ": nothing was carried"
	if (wrong)
		print "measure-transcript: " wrong
	else
		print_table()
	exit wrong ? 65 : 0
}

# stage is where a conversation is in a head, a message, or a body; left, what is missing
# of a body of HTTP.
function check_whole() {
	if (stage != "" || left > 0)
		refuse("a conversation ends too soon")
	stage = ""
	left = 0
}

function refuse(why) {
	if (!wrong)
		wrong = FILENAME ":" FNR ": " why
}

# One line of a side: whether somebody waited for it, and what its octets were for.
function hear(side, text,    n, end) {
	if (speaker == "") {
		first[c] = side
		protocol = side == "C" ? "http" : "smtp"
	}
	if (side == "S" && speaker != "S")
		sum["waits", c]++
	speaker = side
	gsub(/\\(\\|r|x[0-9a-f][0-9a-f])|[{][{]/, "?", text)
	end = text ~ /\\n$/ ? 1 : text ~ /\\c$/ ? 0 : 2
	if (end < 2)
		text = substr(text, 1, length(text) - 2)
	n = length(text) + end
	sum[side, c] += n
	if (protocol == "http" && side == "S")
		response(text, n)
	else if (stage != "")
		message(text, end)
	else {
		sum[side == "C" ? "asked" : "answered", c] += n
		if (side == "S" && text ~ /^354/)
			begin_message()
	}
}

# A status line, header lines, an empty line, then as many octets as they said. The next
# response may begin on the line on which a body ended.
function response(text, n,    body) {
	body = n < left ? n : left
	left -= body
	n -= body
	sum["payload", c] += body
	if (n == 0)
		return
	text = substr(text, body + 1)
	sum["answered", c] += n
	if (stage == "") {
		stage = "head"
		promised = -1
		carrier[c] = "S"
		sum["messages", c]++
		sum["objects", c]++
		if (text !~ /^HTTP\/1[.][01] 200 /)
			refuse("this response brings no object")
	} else if (tolower(text) ~ /^content-length:/) {
		promised = substr(text, 16) + 0
	} else if (text == "") {
		stage = ""
		left = promised
		if (left < 0)
			refuse("a response without Content-Length")
	}
}

# A header and a body; or a header, and parts that have one each. boundary is "" until a
# header names one.
function begin_message() {
	stage = "header"
	encoding = boundary = ""
	is_part = 0
	carrier[c] = "C"
	sum["messages", c]++
}

function message(text, end) {
	if (text == ".") {
		end_body(0)
		stage = ""
		sum["lines", c] += 1 + end
		return
	}
	if (text ~ /^[.]/) {
		text = substr(text, 2)
		sum["lines", c]++
	}
	if (boundary != "" && index(text, "--" boundary) == 1) {
		end_body(1)
		sum["boundaries", c] += length(text) + end
		is_part = text != "--" boundary "--"
		stage = is_part ? "header" : "around"
		encoding = ""
	} else if (stage == "header")
		header_line(text, end)
	else if (stage == "body")
		body_line(text, end)
	else
		sum["boundaries", c] += length(text) + end
}

function header_line(text, end) {
	sum["header", c] += length(text) + end
	if (tolower(text) ~ /^content-transfer-encoding: *[^ ]+$/) {
		encoding = tolower(substr(text, 27))
		sub(/^ */, "", encoding)
		if (encoding == "quoted-printable")
			refuse("quoted-printable is not measured")
	}
	if (match(text, /boundary="[^"]+"/)) {
		boundary = substr(text, RSTART + 10, RLENGTH - 11)
		if (is_part)
			refuse("a multipart in a multipart is not measured")
	}
	if (text == "") {
		stage = boundary == "" || is_part ? "body" : "around"
		letters = padding = line_ends = held = 0
	}
}

# The end of a line is held until the next one comes: before a delimiter it is a part of that.
function body_line(text, end) {
	line_ends += held
	held = end
	letters += length(text)
	if (encoding == "base64" && match(text, /=+$/))
		padding += RLENGTH
}

# Three octets were four letters; of a text's line ends the file has the LF.
function end_body(delimited,    file) {
	if (stage != "body")
		return
	sum["boundaries", c] += delimited ? held : 0
	line_ends += delimited ? 0 : held
	file = encoding == "base64" ? letters / 4 * 3 - padding : letters + line_ends / 2
	sum["payload", c] += file
	sum[encoding == "base64" ? "base64" : "lines", c] += letters + line_ends - file
	sum["objects", c]++
}

function print_table(    i, framing) {
	split(titles, title, "[|]")
	for (i = 1; i <= c; i++) {
		opener[i] = carrier[i] == "S" ? spoken("the receiver") : spoken("the sender")
		speaks[i] = first[i] == "S" ? spoken("the server") : spoken("the client")
		way[i] = carrier[i] == "S" ? spoken("pull") : spoken("push")
		framing = sum["C", i] + sum["S", i] - sum["payload", i]
		sum["framing", i] = framing
		overhead[i] = sprintf("%.1f %%", 100 * framing / sum["payload", i])
		sum["trips", i] = sum["waits", i] + sum["connections", i]
	}
	words("", title)
	count(spoken("TCP connections"), "connections")
	words(spoken("  opened by"), opener)
	words(spoken("  so the files are moved by"), way)
	words(spoken("  the first to speak is"), speaks)
	count(spoken("files carried"), "objects")
	count(spoken("  in so many messages"), "messages")
	count(spoken("times the client waits, in all"), "trips")
	count(spoken("  for TCP to connect"), "connections")
	count(spoken("  for the server to answer"), "waits")
	count(spoken("octets from the client"), "C")
	count(spoken("octets from the server"), "S")
	count(spoken("  of both: the files themselves"), "payload")
	count(spoken("  of both: what frames them"), "framing")
	count(spoken("    requests, or commands"), "asked")
	count(spoken("    heads of responses, or replies"), "answered")
	count(spoken("    header lines of the message"), "header")
	count(spoken("    boundaries between its parts"), "boundaries")
	count(spoken("    line ends, dots"), "lines")
	count(spoken("    what base64 adds"), "base64")
	words(spoken("framing, in percent of the files"), overhead)
}

function count(label, row,    i, number) {
	for (i = 1; i <= c; i++)
		number[i] = sum[row, i] + 0
	words(label, number)
}

function words(label, word,    i, line) {
	line = padded(label, 34)
	for (i = 1; i <= c; i++)
		line = line padded("", 15 - columns(word[i])) word[i]
	print label ~ /^[^ ]|^$/ ? bold line plain : line
}

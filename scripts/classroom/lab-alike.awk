# lab-alike: prints the functions of an exercise that have 60 words or more, each in one line: label,
# its name, the number of its words, and a checksum of them, with tabs between. It drops comments
# and blanks, and replaces a name by the place where it first came in that function: two functions
# that differ only in these are the same.
#
#	awk -f lab-alike.awk label=anna functions=wire_next_line ~/mail-lab/02-the-wire/wire.c
#
# It reads as a compiler does: a comment is never in a text in quotes. A function is the name, its
# parentheses, and what is between its braces.
BEGIN {
	keywords = " auto break case char const continue default do double else enum extern float for goto if inline int" \
		" long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while "
	for (i = 1; i < 256; i++)
		code[sprintf("%c", i)] = i
}
FNR == 1 {
	print_functions()
	begin_file()
}
{ read_line($0 "\n") }
END { print_functions() }

function begin_file(    i) {
	state = "code"
	current = ""
	depth = 0
	file_label = label
	split("", text)
	split("", wanted)
	n = split(functions, list, " ")
	for (i = 1; i <= n; i++)
		wanted[list[i]] = 1
}
function print_functions(    i) {
	for (i = 1; i <= n; i++)
		if (list[i] in text && count[list[i]] >= 60)
			print file_label "\t" list[i] "\t" count[list[i]] "\t" checksum(text[list[i]])
}
function checksum(t,    i, sum) {
	sum = 0
	for (i = 1; i <= length(t); i++)
		sum = (sum * 257 + code[substr(t, i, 1)]) % 2147483647
	return sum
}

# Parts a line where something may begin or end, and reads one part after the other.
function read_line(line,    part, parts, k) {
	if (length(line) > 20000)
		return
	gsub(/[A-Za-z0-9_]+|[^A-Za-z0-9_]/, "&\001", line)
	parts = split(line, part, "\001")
	for (k = 1; k < parts; k++)
		k += read_part(part[k], part[k + 1])
}
# Takes a part; returns 1 if the next one is taken with it.
function read_part(p, next_one) {
	if (state == "comment" || state == "line comment")
		return read_comment(p, next_one)
	if (state == "\"" || state == "'")
		return read_quoted(p, next_one)
	if (p == "/" && (next_one == "*" || next_one == "/")) {
		state = next_one == "*" ? "comment" : "line comment"
		return 1
	}
	if (p == "\"" || p == "'") {
		state = p
		quoted = p
	} else if (p !~ /[ \t\r\n\f\v]/)
		word(p)
	return 0
}
function read_comment(p, next_one) {
	if (state == "comment" && p == "*" && next_one == "/") {
		state = "code"
		return 1
	}
	if (state == "line comment" && p == "\n")
		state = "code"
	return 0
}
function read_quoted(p, next_one) {
	quoted = quoted p
	if (p == "\\" && next_one != "\n") {
		quoted = quoted next_one
		return 1
	}
	if (p == state || p == "\n") {
		state = "code"
		word(quoted)
	}
	return 0
}

# A word of the code. A wanted name outside of braces, and the ( after it, may begin a function: that is
# known once its { comes before a ;.
function word(w) {
	if (depth == 0 && w in wanted && current == "") {
		current = w
		words = ""
		number = 0
		names = 0
		split("", place)
		return
	}
	if (w == "{")
		depth++
	if (current != "" && number < 3000) {
		words = words " " plain(w)
		number++
	}
	if (w == "}")
		depth--
	if (current != "" && depth == 0 && (w == "}" || w == ";")) {
		if (w == "}") {
			text[current] = words
			count[current] = number
		}
		current = ""
	}
}
function plain(w) {
	if (w !~ /^[A-Za-z_]/ || index(keywords, " " w " "))
		return w
	if (!(w in place))
		place[w] = "n" ++names
	return place[w]
}

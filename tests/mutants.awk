# mutants: the single changes that somebody could make by mistake in one function of a C file.
#
#	awk -f tests/mutants.awk -v f=stuff lessons/smtp/dots.c		a line for each: its
#				number, the line of the file, the change in it
#	awk -f tests/mutants.awk -v f=stuff -v k=7 lessons/smtp/dots.c	the file with the 7th
#
# A comparison is turned or moved by one, && is ||, a constant is one off, an octet or a name
# is another of its kind, a condition is negated, always or never true, an operator is another
# one, a string lacks an octet, a statement is left out. What does not compile is no mistake
# that anybody hands in.
BEGIN {
	n = split("<= < > ==,>= > < ==,== !=,!= ==,&& ||,|| &&,++ --,-- ++,+= -= =,-= += =," \
		"|= = &=,<< >>,>> <<,< <= >= ==,> >= <= ==,+ -,- +,& |,| &,* /,/ *", pairs, ",")
	for (i = 1; i <= n; i++) {
		sign = pairs[i]
		sub(/ .*/, "", sign)
		others[sign] = substr(pairs[i], length(sign) + 2)
	}
}

{ file = file $0 "\n" }
/^[a-zA-Z]/ { head = (" " $0) ~ ("[ *]" f "[(]") && !/;[ \t]*$/ }
/;[ \t]*$/ && !inside { head = 0 }
/^[{]/ && head { inside = 1; first = NR; before = substr(file, 1, length(file) - 2) }
inside { body = body $0 "\n" }
/^}/ && inside { inside = head = 0; after = length(file) }

END {
	if (body == "") {
		print "mutants: there is no function " f | "cat >&2"
		exit 65
	}
	find_names()
	for (at = 1; at <= length(body); at += step)
		step = token()
	leave_out()
	if (k != "")
		printf "%s%s%s", before, changed, substr(file, after + 1)
}

# n octets at from become to.
function change(from, n, to, line, was) {
	was = substr(body, from, n)
	if (was == to)
		return
	count++
	if (count == k)
		changed = substr(body, 1, from - 1) to substr(body, from + n)
	if (k != "")
		return
	line = substr(body, 1, from - 1)
	line = first + gsub(/\n/, "", line)
	print count "\t" line "\t" shown(from, n, was, to)
}

# The line with what is changed in it, as git diff --word-diff shows it.
function shown(from, n, was, to, left, right) {
	left = substr(body, 1, from - 1)
	sub(/.*\n/, "", left)
	right = substr(body, from + n)
	sub(/\n.*/, "", right)
	left = left "[-" was "-]" (to == "" ? "" : "{+" to "+}") right
	gsub(/[\n\t ]+/, " ", left)
	sub(/^ /, "", left)
	return left
}

# What begins at at: it is changed in each way; returns its length.
function token(rest, n, c) {
	rest = substr(body, at)
	c = substr(rest, 1, 1)
	if (rest ~ /^\/\*/)
		return index(rest, "*/") + 1
	if (c == "\"" || c == "'")
		return text(rest, c)
	if (match(rest, /^[A-Za-z_0-9]+/))
		return word(substr(rest, 1, RLENGTH), RLENGTH)
	if (rest ~ /^->/)
		return 2
	n = (substr(rest, 1, 2) in others) ? 2 : 1
	if (n == 2 || substr(body, at - 1, 3) ~ /^ [^ ] $/)
		operator(substr(rest, 1, n), n)
	if (c == "!" && n == 1)
		change(at, 1, "")
	return n
}

function operator(sign, n, i, many, list) {
	many = split(others[sign], list, " ")
	for (i = 1; i <= many; i++)
		change(at, n, list[i])
}

# An octet is another one; a string lacks one.
function text(rest, quote, n, i, one) {
	for (n = 2; substr(rest, n, 1) != quote; n += one) {
		one = substr(rest, n, 1) == "\\" ? 2 : 1
		if (quote == "\"")
			change(at + n - 1, one, "")
	}
	if (quote == "'") {
		one = substr(rest, 1, n)
		change(at, n, one == "'\\r'" ? "'\\n'" : one == "'\\n'" ? "'\\r'" : "'~'")
		change(at, n, "'\\0'")
	}
	return n
}

function word(name, n, i) {
	if (name ~ /^[0-9]/) {
		change(at, n, "(" name " + 1)")
		change(at, n, "(" name " - 1)")
	} else if (name == "true" || name == "false")
		change(at, n, name == "true" ? "false" : "true")
	else if (name ~ /^[A-Z][A-Z_0-9]+$/)
		for (i = 1; i <= names; i++)
			if (known_names[i] != name && family(known_names[i]) == family(name))
				change(at, n, known_names[i])
	if ((name == "if" || name == "while") && substr(body, at + n, 2) == " (")
		condition(at + n + 2, name)
	return n
}

# A condition begins at from, after its parenthesis.
function condition(from, name, n, old) {
	n = closing(from) - from
	old = substr(body, from, n)
	change(from, n, "!(" old ")")
	change(from, n, "0 && (" old ")")
	if (name == "if")
		change(from, n, "1 || (" old ")")
}

# Where the parenthesis is closed that is open at i. No octet or string of ours has one.
function closing(i, depth, c) {
	for (depth = 1; depth > 0; i++) {
		c = substr(body, i, 1)
		depth += (c == "(") - (c == ")")
	}
	return i - 1
}

# The constants that the file has: SEEN_CR and SEEN_TEXT are of a kind.
function find_names(rest, name) {
	rest = file
	while (match(rest, /[A-Z][A-Z_0-9]+/)) {
		name = substr(rest, RSTART, RLENGTH)
		if (!(name in known)) {
			known[name] = 1
			known_names[++names] = name
		}
		rest = substr(rest, RSTART + RLENGTH)
	}
}
function family(name) {
	if (name ~ /^(WAITS|DELIVERED|FAILED|GIVEN_UP)$/)
		return "outcome"
	sub(/_.*/, "", name)
	return name
}

# Statements of one line or more that end in a ; and begin no line of declarations.
function leave_out(lines, n, i, from, statement, j) {
	declares = "^\t+(if|while|for|else|switch|case|do|struct|const|static|bool|unsigned|size_t|char|uintmax_t|enum|long|int)[ (]"
	unfinished = "^\t+[a-z*][^;{}]*[^;{}:]$"
	n = split(body, lines, "\n")
	from = 1
	for (i = 1; i <= n; i++) {
		statement = lines[i]
		for (j = i; statement !~ declares && statement ~ unfinished && j < n; j++)
			statement = statement "\n" lines[j + 1]
		if (statement !~ declares && statement ~ /^\t+[a-z*(][^{}]*;/) {
			match(statement, /^\t+/)
			at = from + RLENGTH
			match(statement, /;/)
			change(at, RSTART - (at - from), "")
		}
		from += length(lines[i]) + 1
	}
}

# english: habits of a manner of English that has to be read twice, in comments, messages
# and texts: a line for each, with file and line. Exits 1 if there is one.
#
#	awk -f tests/english.awk README.md server/*.c
#
# It sees words, not meaning. "stands for", "leaves behind", and "if no ... is" are allowed. Of C
# it reads the comments and the strings.
BEGIN {
	add("stands, where it is", "(stands?|stood|standing)")
	add("behind, where it is after or in", "behind")
	add("in hand, where it is present", "in hand")
	add("a negated noun: no ... is", "no [a-z'-]+ (is|are|was|were)")
	add("a negated noun: is none", "(is|are|was|were|be) none")
	add("tells that, without whom", "(tells?|telling) that")
	add("who, for a program or a host", \
		"(client|server|host|program|peer|recipient|sender|mailer|process)s?,? who")
	verb = " (has|had|is|was|are|were|can|could|may|must|does|[a-z]+[^s' ]s)"
	add("who, as a noun", "(for|of|on|at|to|with|before|after|by|than|where|and|then|when|if|but) who" verb)
	begins_who = "(^|[.:;(\"] )who" verb "([^a-z]|$)"
}

function add(name, words) {
	habit[++habits] = name
	pattern[habits] = "(^|[^a-z0-9_$-])" words "([^a-z0-9_-]|$)"
}

# prose LINE: its words, in small letters, without the marks of a comment or of mdoc.
function prose(line) {
	line = tolower(FILENAME ~ /\.[ch]$/ ? said_in_c(line) : line)
	gsub(/\t/, " ", line)
	sub(/^ *(\/\*|\*|#+|\/\/|\.it|@test|==|-) */, "", line)
	gsub(/^"|\*\/ *$/, "", line)
	gsub(/  +/, " ", line)
	gsub(/stand(s|ing)? for/, "mean", line)
	gsub(/(ha[sd]|have|finds?|if|while|once) no /, "lack ", line)
	gsub(/(left|leaves?|leaving) ([a-z]+ )?behind/, "left", line)
	sub(/ $/, "", line)
	return line
}

# said_in_c LINE: its comments and its strings.
function said_in_c(line,    said) {
	for (said = ""; line != ""; line = substr(line, RLENGTH + 1)) {
		if (in_comment)
			match(line, /^([^*]|\*+[^*\/])*\**\/?/)
		else if (!match(line, /^"([^"\\]|\\.)*"?/) && !match(line, /^\/\*/))
			match(line, /^(\/?[^"\/]+|\/)/)
		if (in_comment || line ~ /^("|\/\*)/)
			said = said substr(line, 1, RLENGTH)
		if (in_comment ? substr(line, 1, RLENGTH) ~ /\*\/$/ : line ~ /^\/\*/)
			in_comment = !in_comment
	}
	return said
}

FNR == 1 {
	before = ""
	in_comment = 0
}

{
	line = prose($0)
	text = before " " line
	for (i = 1; i <= habits; i++)
		if (line ~ pattern[i] || (text ~ pattern[i] && before !~ pattern[i]))
			report(habit[i])
	# A line may begin with who in the middle of a sentence.
	begin = before == "" || before ~ /[.:;]$/ ? line : before " " line
	if (begin ~ begins_who && before !~ begins_who && $0 !~ /\?/)
		report("who, as a noun")
	n = split(line, word, " ")
	before = n ? word[n] : ""
	if (n > 1)
		before = word[n - 1] " " before
}

function report(name) {
	found = 1
	print FILENAME ":" FNR ": " name ": " $0
}

END {
	exit found
}

# spoken-texts: the texts that scripts say to a person, which scripts/classroom/words.zh has too:
# file:line, a tab, the text; in it \n is the end of a line.
#
#	awk -f tests/spoken-texts.awk scripts/lab scripts/classroom/lab-* scripts/drawing/*.awk
#
# In a shell these are what is in quotes after tell, spoken, step, note, fail STATUS and refuse STATUS; each line of usage where
# that goes to spoken_lines, and of what << gives it. In awk it is spoken("...").
FNR == 1 {
	end_file()
	file = FILENAME
	all = here_text = usage = ""
	line_number = 0
}
{
	if (here_text != "") {
		if ($0 ~ "^\t*" here_text "$")
			here_text = ""
		else {
			sub(/^\t+/, "")
			put(FNR, $0)
		}
		all = all "\n"
		next
	}
	if (match($0, /spoken_lines <<-?'[A-Z]+'/)) {
		here_text = substr($0, RSTART, RLENGTH - 1)
		sub(/.*'/, "", here_text)
	}
	all = all ($0 ~ /^[ \t]*#/ ? "" : $0) "\n"
}
END { end_file() }

function end_file(    rest, at, quote, is_awk, is_usage, text, lines, n, i) {
	rest = all
	at = 1
	while (match(rest, /(^|[^A-Za-z_."$-])((tell|spoken|step|note|(fail|refuse) [0-9]+) ['"]|spoken\("|usage=')/)) {
		at += count_lines(substr(rest, 1, RSTART + RLENGTH - 1))
		quote = substr(rest, RSTART + RLENGTH - 1, 1)
		is_awk = substr(rest, RSTART + RLENGTH - 2, 1) == "("
		is_usage = substr(rest, RSTART + RLENGTH - 2, 1) == "="
		rest = substr(rest, RSTART + RLENGTH)
		if (is_awk)
			match(rest, /^([^"\\]|\\.)*/)
		else
			match(rest, "^[^" quote "]*")
		text = substr(rest, 1, RLENGTH)
		rest = substr(rest, RLENGTH + 1)
		if (is_usage && all ~ /"\$usage" \| spoken_lines/) {
			n = split(text, lines, "\n")
			for (i = 1; i <= n; i++)
				put(at + i - 1, lines[i])
		} else if (!is_usage && text !~ /^\$/)
			put(at, one_line(text))
		at += count_lines(text)
	}
	all = ""
}
function count_lines(t) { return gsub(/\n/, "", t) }
function one_line(t) {
	gsub(/\n/, "\\n", t)
	return t
}
function put(n, text) {
	gsub(/\t/, "\\t", text)
	print file ":" n "\t" text
}

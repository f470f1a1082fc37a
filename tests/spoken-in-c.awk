# spoken-in-c: the texts that files of C give to spoken, one a line, written as in C; so has
# scripts/classroom/words.zh them.

FNR == 1 { put_texts() }
{ code = code $0 "\n" }
END { put_texts() }

function put_texts(    text, part) {
	while (match(code, /(spoken|SPOKEN)\([ \t\n]*"/)) {
		code = substr(code, RSTART + RLENGTH - 1)
		text = ""
		while (match(code, /^[ \t\n]*"([^"\\]|\\.)*"/)) {
			part = substr(code, 1, RLENGTH - 1)
			code = substr(code, RLENGTH + 1)
			sub(/^[ \t\n]*"/, "", part)
			text = text part
		}
		print text
	}
	code = ""
}

# skeleton: of a page in Markdown what is the same in each language: console blocks, the levels of
# headings, how many items a list has and rows a table; and of each paragraph what no language
# changes, sorted: code, links, RFCs and their sections, passages of the articles.
# One line for each block of the page, with the line where it begins, after a tab.

/^```/ {
	end_block()
	fence = !fence
	if (fence) {
		console = /^```console/
		put(console ? $0 : "block", NR)
	}
	next
}
fence {
	if (console)
		put($0, NR)
	next
}
/^#+ / {
	end_block()
	put($1 (/ Answers/ ? " Answers" : ""), NR)
	next
}
/^[ \t]*$/ {
	end_block()
	next
}
/^\|/ {
	end_block()
	text = $0
	begin = NR
	kind = "row"
	end_block()
	next
}
/^ *([-*+]|[0-9]+[.)]) / && (text == "" || kind == "item") {
	end_block()
	kind = "item"
}
{
	if (text == "")
		begin = NR
	text = text " " $0
}
END { end_block() }

function put(what, at) { print what "\t" at }

function end_block() {
	if (text != "") {
		n = 0
		if (text ~ /\*\*Predict:\*\*/)
			token[++n] = "Predict"
		take("`[^`]*`")
		take("\\]\\([^)]*\\)")
		take("RFC [0-9]+")
		take("[0-9]+[.][0-9]+[.0-9]*[0-9]")
		take("[AB][0-9][0-9]?")
		put((kind == "" ? "paragraph" : kind) sorted(), begin)
	}
	text = kind = ""
}

# Takes all that match out of the text, each a token.
function take(what,    t) {
	while (match(text, what)) {
		t = substr(text, RSTART, RLENGTH)
		text = substr(text, 1, RSTART - 1) " " substr(text, RSTART + RLENGTH)
		if (t ~ /^\]/) {
			gsub(/#[^)]*|[.]zh/, "", t)
			sub(/\/?README.md\)$/, ")", t)
		}
		gsub(/[ \t]+/, " ", t)
		token[++n] = t
	}
}

function sorted(    i, k, t, all) {
	for (i = 2; i <= n; i++)
		for (k = i; k > 1 && token[k] < token[k - 1]; k--) {
			t = token[k]
			token[k] = token[k - 1]
			token[k - 1] = t
		}
	for (i = 1; i <= n; i++)
		all = all " " token[i]
	return all
}

# A message at a station of its journey, as HTML: the output of diff -U between the station
# before and this one, line by line. ends is the number of lines here that end in CRLF, had
# that of the station before; where diff found nothing, now is the file. what is said in place
# of the sums, if anything.
NR <= 3 { next }
{ line[++n] = $0 }
END {
	if (n == 0)
		while ((getline l < now) > 0)
			line[++n] = " " l
	for (i = 1; i <= n; i++) {
		mark = substr(line[i], 1, 1)
		length_of = length(line[i]) - 1
		if (mark == "+")
			added += length_of + (ends > 0 ? 2 : 1)
		else if (mark == "-")
			taken += length_of + (had > 0 ? 2 : 1)
		else
			same++
	}
	if (ends > 0 && had == 0) {
		added += same
		cr = "<ins class=\"cr\">CR</ins>"
	}
	if (ends == 0 && had > 0) {
		taken += same
		cr = "<del class=\"cr\">CR</del>"
	}
	print "<p>" (what != "" ? what : amount("more", "+", added) (added > 0 && taken > 0 ? spoken(", ") : "") \
		amount("less", "&minus;", taken) (cr == "" ? "" : sprintf(spoken(", %s of them the CR of a line"), same))) "</p>\n<pre>"
	for (i = 1; i <= n; i = next_line)
		show(i)
	print "</pre>"
}

function amount(class, sign, octets) {
	return octets > 0 ? "<span class=\"" class "\">" sprintf(spoken("%s %s octets"), sign, octets) "</span>" : ""
}

# One line; or, where it begins a long run of the same kind, the run, folded.
function show(i,    j, k) {
	for (j = i; j <= n && substr(line[j], 1, 1) == substr(line[i], 1, 1); )
		j++
	next_line = j
	if (j - i <= 24) {
		for (k = i; k < j; k++)
			print marked(line[k])
		return
	}
	for (k = i; k < i + 12; k++)
		print marked(line[k])
	print "</pre><details><summary>" sprintf(spoken("%s lines more"), j - i - 14) "</summary><pre>"
	for (; k < j - 2; k++)
		print marked(line[k])
	print "</pre></details><pre>"
	for (; k < j; k++)
		print marked(line[k])
}

function marked(l,    mark) {
	mark = substr(l, 1, 1)
	l = substr(l, 2)
	gsub(/&/, "\\&amp;", l)
	gsub(/</, "\\&lt;", l)
	gsub(/\t/, "    ", l)
	return mark == "+" ? "<ins>" l "</ins>" : mark == "-" ? "<del>" l "</del>" : l cr
}

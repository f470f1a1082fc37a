# lab-lessons: what lab grade has to know of the exercises. Prints of each its lesson, the path of
# its file, its weight and its functions; writes to CASES of each case the lesson, name, sentence
# and rule, and whether it is hidden. Tabs are between.
#
#	awk -v cases=CASES -v words=.zh -f lab-lessons.awk lessons/*/exercise
#
# Which cases there are is in the exercise itself; with words, their sentences and rules are those of
# exercise.zh, where that has them.
FNR == 1 {
	id = FILENAME
	sub(/\/exercise$/, "", id)
	sub(/.*\//, "", id)
	lesson[++lessons] = id
	weight[id] = 1
	section = ""
	if (words != "")
		read_words(FILENAME words)
}
/^== / {
	section = $0
	next
}
section == "" && $1 == "file:" { path[id] = $2 }
section == "" && $1 == "weight:" { weight[id] = $2 }
section == "" && $1 == "function:" { functions[id] = functions[id] $2 " " }
section == "== cases" && $0 != "" {
	gsub(/\t+/, "\t")
	split($0, part, "\t")
	if ((id, part[1]) in theirs)
		$0 = theirs[id, part[1]]
	hidden = sub(/^!/, "")
	print id "\t" $0 "\t" (hidden ? "hidden" : "") >cases
}
function read_words(file,    l, inside) {
	while ((getline l <file) > 0) {
		gsub(/\t+/, "\t", l)
		split(l, part, "\t")
		if (l ~ /^== /)
			inside = l == "== cases"
		else if (inside)
			theirs[id, part[1]] = l
	}
	close(file)
}
END {
	for (i = 1; i <= lessons; i++)
		print lesson[i] "\t" path[lesson[i]] "\t" weight[lesson[i]] "\t" functions[lesson[i]]
}

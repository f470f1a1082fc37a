# lab-lessons: what lab grade has to know of the exercises. Prints of each its lesson, the path of
# its file, its weight and its functions; writes to CASES of each case the lesson, name, sentence
# and rule, and whether it is hidden. Tabs are between.
#
#	awk -v cases=CASES -f lab-lessons.awk lessons/*/exercise
FNR == 1 {
	id = FILENAME
	sub(/\/exercise$/, "", id)
	sub(/.*\//, "", id)
	lesson[++lessons] = id
	weight[id] = 1
	section = ""
}
/^== / {
	section = $0
	next
}
section == "" && $1 == "file:" { path[id] = $2 }
section == "" && $1 == "weight:" { weight[id] = $2 }
section == "" && $1 == "function:" { functions[id] = functions[id] $2 " " }
section == "== cases" && $0 != "" {
	hidden = sub(/^!/, "")
	gsub(/\t+/, "\t")
	print id "\t" $0 "\t" (hidden ? "hidden" : "") >cases
}
END {
	for (i = 1; i <= lessons; i++)
		print lesson[i] "\t" path[lesson[i]] "\t" weight[lesson[i]] "\t" functions[lesson[i]]
}

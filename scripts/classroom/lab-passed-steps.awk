# lab-passed-steps: where the letter went through a student's code: for each step of alice-to-bob
# the programs, and the functions of hers that were called there.
#
#	LC_ALL=C awk -f spoken.awk -f lab-passed-steps.awk STEPS PASSED
BEGIN { width = 80 }
FILENAME == ARGV[1] {
	size += length($0) + 1
	name = $0
	if (name ~ /^[0-9]\./)
		name = sprintf(spoken("step %s"), substr(name, 1, 1))
	else
		sub(/([:,.]|：|，|。).*/, "", name)
	step[size] = name
	order[++steps] = size
	next
}
!seen[$0]++ { functions[$1, $2] = functions[$1, $2] (functions[$1, $2] == "" ? "" : ", ") $3 }
!known[$1, $2]++ { programs[$1] = programs[$1] " " $2 }
END {
	for (i = 1; i <= steps; i++) {
		n = split(programs[order[i]], program, " ")
		for (j = 1; j <= n; j++)
			put("  " padded(j == 1 ? step[order[i]] : "", 17) " " program[j] ": ", functions[order[i], program[j]])
	}
}

# A line, or several with an indent.
function put(line, words,    word, n, i, indent) {
	indent = sprintf("%20s", "")
	n = split(words, word, / /)
	for (i = 1; i <= n; i++) {
		if (columns(line word[i]) > width) {
			sub(/ $/, "", line)
			print line
			line = indent
		}
		line = line word[i] (i < n ? " " : "")
	}
	print line
}

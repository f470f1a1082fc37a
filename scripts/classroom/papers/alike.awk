# alike: works in which a function of 60 words or more is the same once comments, blanks and names
# are gone: out/alike.txt. A list to look at and no verdict: a short function has few right forms,
# and students who follow the hints write what they say.
END {
	print_to = out "/alike.txt"
	print spoken("Functions that are the same without their comments, blanks and names. It proves nothing:") >print_to
	print spoken("compare them, and ask. The more words, the less likely that it came so by chance.") >print_to
	for (k = 1; k <= lessons; k++) {
		keys = found = 0
		for (i = 1; i <= students; i++)
			read_functions(who[i], lesson[k])
		for (i = 1; i <= keys; i++)
			consider(key[i], lesson[k])
		groups(lesson[k])
	}
	close(print_to)
}
# Who wrote which function: its name, words and checksum are the key.
function read_functions(s, id,    n, i, one) {
	n = split(functions[s, id], one, "\n")
	for (i = 1; i < n; i++) {
		if (!((id, one[i]) in writers))
			key[++keys] = one[i]
		writers[id, one[i]] = writers[id, one[i]] (writers[id, one[i]] == "" ? "" : spoken(", ")) s
		writer_count[id, one[i]]++
	}
}
# Whoever have several functions in common are a group once, with all of these.
function consider(key, id,    part, whose) {
	split(key, part, "\t")
	whose = writers[id, key]
	if (real_function[id, part[1]] == part[3])
		whose = sprintf(spoken("the real file, %s"), whose)
	else if (writer_count[id, key] < 2)
		return
	if (!((id, whose) in sum))
		group[++found] = whose
	sum[id, whose] += part[2]
	which[id, whose] = which[id, whose] (which[id, whose] == "" ? "" : spoken(", ")) part[1]
}
# The groups of a lesson, those with the most words first.
function groups(id,    i, k, g) {
	if (found > 0)
		print "\n" id ":" >print_to
	for (i = 2; i <= found; i++)
		for (k = i; k > 1 && sum[id, group[k - 1]] < sum[id, group[k]]; k--) {
			g = group[k]
			group[k] = group[k - 1]
			group[k - 1] = g
		}
	for (i = 1; i <= found; i++)
		print sprintf(spoken("  %s words: %s: %s"), sum[id, group[i]], group[i], which[id, group[i]]) >print_to
}

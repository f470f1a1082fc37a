# class: what a teacher wants to know before the next hour: out/class.txt. For each lesson it has
# the cases that most works fail, and the wrong program of tests/wrong that each work behaves
# like: the one that fails in the same cases, if there are several also with the same words.
END {
	class = out "/class.txt"
	print sprintf(spoken("%s students, %s works"), students, all_works + 0) >class
	if (notes != "")
		printf "%s%s", spoken("\nIn the folder of the class:\n"), notes >class
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			class_lesson(lesson[k])
	not_handed_in()
	late_works()
	close(class)
}
function class_lesson(id,    i, whole, broken) {
	whole = broken = 0
	for (i = 1; i <= students; i++) {
		whole += (who[i], id) in is_work && passed(who[i], id) == total[id]
		broken += (who[i], id) in is_work && !compiles[who[i], id]
	}
	print sprintf(spoken("\n%s: %s works, %s right, %s that do not compile"), id, works[id] + 0, whole, broken) >class
	if (broken > 0)
		do_not_compile(id)
	if (works[id] > broken)
		most_missed(id, works[id] - broken)
	behaviours(id)
}
function do_not_compile(id,    i, whose) {
	for (i = 1; i <= students; i++)
		if ((who[i], id) in is_work && !compiles[who[i], id])
			whose = listed(whose, who[i])
	print sprintf(spoken("  Does not compile: %s"), whose) >class
}
# The five cases that were missed most, by what compiles.
function most_missed(id, tried,    k, c, i, place, order, count) {
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		count[c] = 0
		for (i = 1; i <= students; i++)
			count[c] += compiles[who[i], id] && verdict[who[i], id, c] != "passed"
		for (place = k; place > 1 && count[order[place - 1]] < count[c]; place--)
			order[place] = order[place - 1]
		order[place] = c
	}
	print spoken("\n  Missed most:") >class
	for (k = 1; k <= total[id] && k <= 5; k++)
		print "    " padded(order[k], 16) " " missed_of(count[order[k]], tried, title[id, order[k]]) >class
}
# Who behaves like which wrong program.
function behaviours(id,    i, s, like, alike, most) {
	most = 0
	for (i = 1; i <= students; i++) {
		s = who[i]
		if (!compiles[s, id] || passed(s, id) == total[id])
			continue
		like = behaves_like(s, id)
		if (!(like in alike))
			order_of[++most] = like
		alike[like] = listed(alike[like], s)
	}
	if (most > 0 && wrongs > 0)
		print spoken("\n  Behaves like the wrong program:") >class
	for (i = 1; i <= most && wrongs > 0; i++)
		print "    " order_of[i] ": " alike[order_of[i]] >class
}
# The wrong programs that fail as this work does, or "none of them".
function behaves_like(s, id,    i, same, close_ones, w) {
	same = close_ones = ""
	for (i = 1; i <= wrongs; i++) {
		w = wrong[i]
		if (wrong_lesson[w] != id || wrong_fails[w] != fails(s, id, 0))
			continue
		close_ones = listed(close_ones, w)
		if (wrong_words[w] == fails(s, id, 1))
			same = listed(same, w)
	}
	return same != "" ? same : close_ones != "" ? close_ones : spoken("none of them")
}
function fails(s, id, words,    k, c, text) {
	text = ""
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		if (verdict[s, id, c] != "passed")
			text = text c "\t" (words ? reason[s, id, c] "\t" : "")
	}
	return text
}
# Why there was nothing to try: of each lesson, and of those on the roster who are not here.
function not_handed_in(    i, k, text) {
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			not_tried(lesson[k])
	text = ""
	for (i = 1; i <= rostered; i++)
		if (!(roster_id[i] in is_here))
			text = listed(text, roster_id[i])
	if (text != "")
		print sprintf(spoken("\nOn the roster, without a folder: %s"), text) >class
	text = ""
	for (i = 1; i <= students && rostered; i++)
		if (!(who[i] in on_roster))
			text = listed(text, who[i])
	if (text != "")
		print sprintf(spoken("\nNot on the roster: %s"), text) >class
}
function not_tried(id,    i, n, w, reasons, whose) {
	n = 0
	for (i = 1; i <= students; i++) {
		if ((who[i], id) in is_work)
			continue
		w = nothing(who[i], id)
		if (!(w in whose))
			reasons[++n] = w
		whose[w] = listed(whose[w], who[i])
	}
	if (n > 0)
		print sprintf(spoken("\nNot tried, %s:"), id) >class
	for (i = 1; i <= n; i++)
		print "  " reasons[i] ": " whose[reasons[i]] >class
}
# A list with one more in it.
function listed(list, t) { return list (list == "" ? "" : spoken(", ")) t }
function late_works(    i, k, text) {
	text = ""
	for (i = 1; i <= students; i++)
		for (k = 1; k <= lessons; k++)
			if (late(who[i], lesson[k]) != "")
				text = text "  " who[i] ": " lesson[k] ": " late(who[i], lesson[k]) "\n"
	if (text != "")
		printf "%s%s", spoken("\nLate:\n"), text >class
}

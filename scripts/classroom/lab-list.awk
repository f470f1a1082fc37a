# lab-list: of each lesson its number and name, and what was done of it; of an exercise that is
# still open its title, the first sentence of its task, and in a line below what was done.
#
#	LC_ALL=C awk -v ids='00-before-you-start 01-...' -f spoken.awk -f lab-list.awk \
#		file=read ~/mail-lab/read file=exercise lessons/*/exercise
#
# Reads progress, read, cases and hints of one's own folder, as far as they are there. In another
# language the name of a lesson is the heading of its text, but for what is in parentheses.
file == "progress" { done[$1] = 1 }
file == "read" { has_read[$1] = 1 }
file == "cases" { cases[$1] = sprintf(spoken("%s of %s cases hold"), $2, $3) }
file == "hints" { hints[$1] = $2 == 1 ? spoken("1 hint") : sprintf(spoken("%s hints"), $2) }
file == "text" && FNR == 1 && FILENAME ~ /README[.].*[.]md$/ {
	sub(/^# [0-9]* */, "")
	sub(/（.*/, "")
	name_of[lesson_of(FILENAME)] = $0
}
file == "exercise" {
	if (FNR == 1) {
		id = lesson_of(FILENAME)
		section = ""
	}
	if (/^== /)
		section = $0
	else if (section == "== task" && !(id in title) && $0 != "") {
		title[id] = $0
		sub(/[.]([ \t].*)?$|。.*/, "", title[id])
	}
}
END {
	n = split(ids, lesson, " ")
	for (i = 1; i <= n; i++)
		put_lesson(lesson[i], substr(lesson[i], 1, 2))
	print ""
}
# lesson_of PATH: the folder of a file: it may be exercise, or exercise.zh, which is the Chinese one.
function lesson_of(path) {
	sub(/\/[^\/]*$/, "", path)
	sub(/.*\//, "", path)
	return path
}
function put_lesson(id, number,    name, state) {
	name = substr(id, 4)
	gsub(/-/, " ", name)
	if (id in name_of)
		name = name_of[id]
	state = state_of(id, number)
	if (number in done || !(id in title)) {
		put_line("  " (number in done ? green tick plain : " ") " " number "  " padded(name, 30) " " state)
		return
	}
	put_line("    " number "  " padded(name, 30) " " title[id])
	if (state != "")
		print sprintf("%39s", "") sprintf(spoken("open: %s"), state)
}
function put_line(l) {
	sub(/ +$/, "", l)
	print l
}
function state_of(id, number,    s) {
	s = number in has_read ? spoken("read") : ""
	if (number in done && id in title)
		s = listed(s, spoken("solved"))
	else if (id in cases)
		s = listed(s, cases[id])
	return id in hints ? listed(s, hints[id]) : s
}
# A list with one more in it.
function listed(list, t) { return list == "" ? t : sprintf(spoken("%s, %s"), list, t) }

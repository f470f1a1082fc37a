# lab-list: of each lesson its number and name, and what was done of it; of an exercise that is
# still open its title, the first sentence of its task, and in a line below what was done.
#
#	awk -v ids='00-before-you-start 01-...' -f lab-list.awk file=read ~/mail-lab/read \
#		file=exercise lessons/*/exercise
#
# Reads progress, read, cases and hints of one's own folder, as far as they are there.
file == "progress" { done[$1] = 1 }
file == "read" { has_read[$1] = 1 }
file == "cases" { cases[$1] = $2 " of " $3 " cases hold" }
file == "hints" { hints[$1] = $2 ($2 == 1 ? " hint" : " hints") }
file == "exercise" {
	if (FNR == 1) {
		id = FILENAME
		sub(/\/exercise[^\/]*$/, "", id) # exercise.zh is the Chinese one
		sub(/.*\//, "", id)
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
function put_lesson(id, number,    name, state) {
	name = substr(id, 4)
	gsub(/-/, " ", name)
	state = state_of(id, number)
	if (number in done || !(id in title)) {
		put_line("  " (number in done ? green tick plain : " ") " " number "  " sprintf("%-30s", name) " " state)
		return
	}
	put_line("    " number "  " sprintf("%-30s", name) " " title[id])
	if (state != "")
		printf "%39sopen: %s\n", "", state
}
function put_line(l) {
	sub(/ +$/, "", l)
	print l
}
function state_of(id, number,    s) {
	s = number in has_read ? ", read" : ""
	if (number in done && id in title)
		s = s ", solved"
	else if (id in cases)
		s = s ", " cases[id]
	if (id in hints)
		s = s ", " hints[id]
	return substr(s, 3)
}

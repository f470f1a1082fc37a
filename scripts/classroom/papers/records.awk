# records: what every paper of a class begins with: the lessons, the cases, the roster, the names
# of the students in their order, the records of the wrong programs and those of the class are
# read, each in its turn (file is which), and asked for by the functions here.
#
#	awk -f records.awk -f gradebook.awk file=lessons ... file=records ...
#
# lab-trials has the form of a record. A record holds no control character, and is UTF-8.
BEGIN { FS = "\t" }
file == "lessons" {
	lesson[++lessons] = $1
	expected[$1] = $1 "/" $2
	weight[$1] = $3
	deadline[$1] = $4
}
file == "cases" {
	name[$1, ++total[$1]] = $2
	title[$1, $2] = $3
	rule[$1, $2] = $4
	hidden[$1, $2] = $5
}
file == "roster" {
	on_roster[$1] = ++rostered
	roster_id[rostered] = $1
	full_name[$1] = $2
	email[$1] = $3
	file_of[$1] = $4
}
file == "students" {
	who[++students] = $1
	is_here[$1] = 1
}
file == "times" { local_time[$1] = $2 }
file == "real" { real_function[$1, $2] = $4 }
file == "wrong" { read_wrong() }
file == "records" { read_record() }

function read_record() {
	if ($1 == "student") {
		student = $2
		file_of[student] = $3
	} else if ($1 == "class")
		notes = notes "  " $2 "\n"
	else if ($1 == "other")
		others[student] = others[student] (others[student] == "" ? "" : spoken(", ")) $2
	else if ($1 == "work" || $1 == "none") {
		student = $2
		id = $3
		seconds[student, id] = $4
		path[student, id] = $5
		why[student, id] = $1 == "none" ? $6 : ""
		if ($1 == "work")
			read_work()
	} else if ($1 == "passed" || $1 == "failed") {
		verdict[student, id, $2] = $1
		reason[student, id, $2] = $3
		if ($3 == "does not compile")
			compiles[student, id] = 0
	} else if ($1 == "function")
		functions[student, id] = functions[student, id] $2 "\t" $3 "\t" $4 "\n"
	else if ($1 == "said")
		said[student, id] = said[student, id] substr($0, 6) "\n"
}
# Of a wrong program: in which cases it fails, and with which words.
function read_wrong() {
	if ($1 == "work") {
		wrong[++wrongs] = $2
		wrong_lesson[$2] = $3
	} else if ($1 == "failed") {
		wrong_fails[wrong[wrongs]] = wrong_fails[wrong[wrongs]] $2 "\t"
		wrong_words[wrong[wrongs]] = wrong_words[wrong[wrongs]] $2 "\t" $3 "\t"
	}
}
function read_work() {
	is_work[student, id] = 1
	compiles[student, id] = 1
	works[id]++
	all_works++
}

# is_shown ID: whether anybody has a work of that lesson, or it was asked for: only has it, with
# blanks around. Without any work, and without a lesson that was asked for, it is all of them.
function is_shown(id) {
	return works[id] > 0 || index(only, " " id " ") > 0 || all_works == 0 && only == ""
}

# passed WHO ID: how many cases hold.
function passed(s, id,    k, sum) {
	sum = 0
	for (k = 1; k <= total[id]; k++)
		sum += verdict[s, id, name[id, k]] == "passed"
	return sum
}
# points WHO ID: of ten, to a tenth, as a text.
function points(s, id) { return sprintf("%.1f", 10 * passed(s, id) / total[id]) }

# total_points WHO, possible_points: of all lessons, each as often as its weight is.
function total_points(s,    k, sum) {
	sum = 0
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			sum += weight[lesson[k]] * points(s, lesson[k])
	return sprintf("%.1f", sum)
}
function possible_points(    k, sum) {
	sum = 0
	for (k = 1; k <= lessons; k++)
		if (is_shown(lesson[k]))
			sum += weight[lesson[k]] * 10
	return sprintf("%.1f", sum)
}

# first_failure WHO ID: of the cases that do not hold, the first that the student has too, or else the
# first; or why there is nothing to try.
function first_failure(s, id,    k, c, alone) {
	if (!((s, id) in is_work))
		return nothing(s, id)
	if (!compiles[s, id])
		return spoken("does not compile")
	for (k = 1; k <= total[id]; k++) {
		c = name[id, k]
		if (verdict[s, id, c] == "passed")
			continue
		if (hidden[id, c] == "" && reason[s, id, c] !~ /^the teacher's alone: /)
			return sprintf(spoken("%s: %s"), c, reason_of(s, id, c))
		if (alone == "")
			alone = sprintf(spoken("%s: %s"), c, reason_of(s, id, c))
	}
	return alone
}
# A record is English where lab-verdicts, lab-collect and lab-changed have written it.
function reason_of(s, id, c) {
	if (!((s, id, c) in verdict))
		return spoken("its record has no verdict of this case")
	if (reason[s, id, c] ~ /^the teacher's alone: /)
		return sprintf(spoken("the teacher's alone: %s"), substr(reason[s, id, c], 22))
	return spoken(reason[s, id, c])
}
function nothing(s, id) {
	if (why[s, id] != "")
		return spoken(why[s, id])
	if (others[s] == "")
		return spoken("nothing was handed in")
	return sprintf(spoken("nothing was handed in that is called %s; there is %s"), expected[id], others[s])
}

# missed_of COUNT WORKS TITLE: how many have missed the case of that title.
function missed_of(n, tried, title) { return sprintf(spoken("%d of %d: %s"), n, tried, title) }

# late WHO ID: by how much a work was changed after its deadline; an empty text where it was not.
function late(s, id,    n) {
	if (!((s, id) in is_work) || deadline[id] == "" || seconds[s, id] <= deadline[id])
		return ""
	n = int((seconds[s, id] - deadline[id] + 59) / 60)
	if (n < 60)
		return sprintf(spoken("%dm"), n)
	if (n < 24 * 60)
		return sprintf(spoken("%dh %dm"), n / 60, n % 60)
	return sprintf(spoken("%dd %dh"), n / 1440, n % 1440 / 60)
}

# date_of SECONDS: since 1970, as 2026-11-30T17:59:00 of UTC. The year begins in March, so that the
# day which some years have more is its last.
function date_of(n,    day, era, of_era, year, of_year, month) {
	day = int(n / 86400) + 719468
	n %= 86400
	era = int(day / 146097)
	of_era = day - era * 146097
	year = int((of_era - int(of_era / 1460) + int(of_era / 36524) - int(of_era / 146096)) / 365)
	of_year = of_era - (365 * year + int(year / 4) - int(year / 100))
	month = int((5 * of_year + 2) / 153)
	day = of_year - int((153 * month + 2) / 5) + 1
	month += month < 10 ? 3 : -9
	return sprintf("%04d-%02d-%02dT%02d:%02d:%02d", year + era * 400 + (month < 3), month, day, \
		int(n / 3600), int(n % 3600 / 60), n % 60)
}

# csv TEXT: as a field of RFC 4180; what a spreadsheet would take for a formula, or for text that
# is marked so already, has an apostrophe before it, which marks it as text.
function csv(t) {
	if (t ~ /^ *[=+@-]/)
		t = "'" t
	if (t ~ /[",]|^ | $/) {
		gsub(/"/, "\"\"", t)
		t = "\"" t "\""
	}
	return t
}

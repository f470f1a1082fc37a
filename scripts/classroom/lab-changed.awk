# lab-changed: lists the works of a class that have to be tried. Reads keys, starts, sums,
# students and works, as lab-collect and lab-trials wrote them; of the record of a work the first
# two lines. A line for each work: what to do, the number of the student, the record, the key, and
# what the record begins with.
BEGIN { FS = "\t" }
file == "keys" { key[$1] = $2 }
file == "starts" { # as cksum writes: the sum, the size, the name
	split($0, word, " ")
	start[substr(word[3], 3)] = word[1] "-" word[2]
}
file == "sums" {
	split($0, word, " ")
	split(word[3], part, "/")
	sum[part[2], part[3]] = word[1] "-" word[2]
	size[part[2], part[3]] = word[2]
}
file == "students" {
	name[$1] = $2
	records[$1] = $3
}
file == "works" {
	why = $5
	if (why == "" && size[$1, $2] > 1000000)
		why = too_large
	if (why == "" && sum[$1, $2] == start[$2])
		why = "it is as lab start made it"
	decide($1, $2, why)
}
function decide(n, id, why,    record, head, tried, old, of) {
	record = records[n] "/" id
	of = sum[n, id] " " key[id]
	head = "work\t" name[n] "\t" id "\t" $3 "\t" $4
	if (why == "nothing was handed in" && $4 == "-") {
		print "gone", n, record, "-", "-"
		return
	}
	if (why != "") {
		sub(/^work/, "none", head)
		print "none", n, record, "-", head "\t" why
		return
	}
	old = ""
	tried = ""
	if ((getline old <record) > 0)
		getline tried <record
	close(record)
	if (tried != "tried\t" of "\tboxed" && !(force != "" && tried == "tried\t" of "\topen"))
		print "try", n, record, of, head
	else
		print old == head ? "keep" : "head", n, record, of, head
}
BEGIN { OFS = "\t" }

# lab-find: finds a student's file for each lesson among all that she handed in. Reads lessons (id
# and file), then found: the path of a file, or of an archive, a tab, and of a file in it. Prints
# for each lesson with a file: id, archive (or -) and path, tabs between; then the files of no
# lesson: other, - and the path, as far as a student may have meant it.
#
# The better a name fits, the sooner it is taken: 07-base64/base64.c, the same in some folder, base64.c
# anywhere, base64 (1).c or anna_base64.c anywhere. Of several that fit as well it is the last,
# where a longer name counts as later: base64 (10).c comes after base64 (9).c. What is in the folder of
# another lesson is of that one; the course itself is no work.
BEGIN { FS = OFS = "\t" }
file == "lessons" {
	id[++lessons] = $1
	name[lessons] = $2
	next
}
{
	archive = NF > 1 ? $1 : "-"
	path = NF > 1 ? $2 : $1
	sub(/^\.\//, "", path)
	if (NF > 1 && path ~ /[*?\[\]\\]|^[-\/]|(^|\/)[.][.]\//) # which no unpacker takes for itself
		next
	whole[++files] = $0
	if (NF > 1 && is_of_handin(archive, path))
		handin[archive] = 1
	for (i = 1; i <= lessons; i++)
		consider(fits(path, id[i], name[i]) * 2 - (NF > 1))
}
END {
	for (i = 1; i <= lessons; i++)
		if (best[i] > 0) {
			print id[i], best_archive[i], best_path[i]
			taken[best_line[i]] = 1
			taken[best_archive[i]] = 1
		}
	for (k = 1; k <= files && others < 20; k++)
		if (!(whole[k] in taken) && !is_in_handin(whole[k]) && may_be_meant("/" whole[k])) {
			sub(/\t/, ": ", whole[k])
			print "other", "-", whole[k]
			others++
		}
}
# Not what lab keeps for itself, nor what a compiler or an editor has left.
function may_be_meant(path) {
	return path !~ /\/(run|own|host|class|lessons|client|server)\// && \
		path !~ /\/(progress|read|cases|hints|ports|lessons|record[.][0-9]+|hunt[.][^\/]+)$/ && \
		path !~ /\/[.][^\/]+$|[.]c[.][0-9]+$|[.]o$|~$/
}
# Whether a path is that of what lab handin puts into an archive: anna/02-the-wire/wire.c in anna.tar.gz.
function is_of_handin(archive, path,    i) {
	sub(/.*\//, "", archive)
	if (!sub(/[.]tar[.]gz$/, "", archive))
		return 0
	for (i = 1; i <= lessons; i++)
		if (path == archive "/" id[i] "/" name[i])
			return 1
	return 0
}
function is_in_handin(line) {
	sub(/\t.*/, "", line)
	return line in handin
}
function consider(rank) {
	if (rank <= 0 || rank < best[i])
		return
	if (rank == best[i] && (length(path) < length(best_path[i]) || \
		length(path) == length(best_path[i]) && tolower(path) < tolower(best_path[i])))
		return
	best[i] = rank
	best_archive[i] = archive
	best_path[i] = path
	best_line[i] = $0
}
# How well a path fits: 4, 3, 2, 1 or 0 as above. What lab reset has kept (base64.c.1) does not.
function fits(path, lesson, file,    base, stem) {
	if (path ~ /(^|\/)(lessons|client|server)\//)
		return 0
	if (path == lesson "/" file)
		return 4
	if (ends_in(path, "/" lesson "/" file))
		return 3
	if (in_other_lesson(path, lesson))
		return 0
	base = path
	sub(/.*\//, "", base)
	if (base == file)
		return 2
	stem = substr(file, 1, length(file) - 2)
	base = "/" tolower(base)
	return base ~ ("[^a-z0-9]" stem "([^a-z0-9].*)?[.]c([.]txt)?$") && base !~ /^\/[.]/ ? 1 : 0
}
function in_other_lesson(path, lesson,    i) {
	for (i = 1; i <= lessons; i++)
		if (id[i] != lesson && index("/" path, "/" id[i] "/"))
			return 1
	return 0
}
function ends_in(path, tail) {
	return length(path) > length(tail) && substr(path, length(path) - length(tail) + 1) == tail
}

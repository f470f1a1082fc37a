# told: all that lab check would tell of each work, on standard output; for lab grade -v.
END {
	for (i = 1; i <= students; i++)
		for (k = 1; k <= lessons; k++)
			if (is_shown(lesson[k]) || why[who[i], lesson[k]] != "")
				if (only == "" || index(only, " " lesson[k] " "))
					tell(who[i], lesson[k])
}
function tell(s, id) {
	print s ": " id ": " ((s, id) in is_work ? "" : nothing(s, id))
	if ((s, id) in is_work)
		print said[s, id]
}

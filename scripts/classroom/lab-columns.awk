# lab-columns: lines of fields with tabs between, as columns of a terminal: each as wide as widths
# says, and a blank after it. It needs spoken.awk.
#
#	LC_ALL=C awk -v widths='24 5' -f spoken.awk -f lab-columns.awk FILE
BEGIN {
	FS = "\t"
	split(widths, width, " ")
}
{
	line = ""
	for (i = 1; i < NF; i++)
		line = line padded($i, width[i]) " "
	print line $NF
}

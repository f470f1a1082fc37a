# lab-fold: cuts each line where a word ends, so that it takes no more than width columns; a word
# that is wider remains whole. It needs spoken.awk.
#
#	LC_ALL=C awk -v width=80 -f spoken.awk -f lab-fold.awk FILE
{
	line = ""
	for (text = with_breaks($0); match(text, /[ \003]/); text = substr(text, RSTART + 1))
		add(substr(text, 1, RSTART - 1) (substr(text, RSTART, 1) == " " ? " " : ""))
	add(text)
	print line
}

function add(word) {
	if (line != "" && columns(line word) > width) {
		print line
		line = ""
	}
	line = line word
}

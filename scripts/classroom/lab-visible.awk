# lab-visible: octets as od -An -v -tx1 writes them, as lines that can be read: each ends in what
# ended it, \r\n or \n, or \c where nothing did; what is not ASCII text is \xNN.
BEGIN {
	for (i = 32; i < 127; i++)
		text[sprintf("%02x", i)] = sprintf("%c", i)
	text["5c"] = "\\\\"
	text["0d"] = "\\r"
	text["0a"] = "\\n\n"
}
{
	for (i = 1; i <= NF; i++) {
		printf "%s", $i in text ? text[$i] : "\\x" $i
		last = $i
	}
}
END { if (NR > 0 && last != "0a") print "\\c" }

# manual-examples: the examples of a manual page as a lesson for walk. A literal display
# of EXAMPLES, `.Bd -literal -offset indent` to `.Ed`, is a console block; each line stays
# in its place, so that walk tells the line of the page. Whatever is not to be performed
# is in another display there: .Dl, or .Bd -unfilled.
#
#	awk -f tests/manual-examples.awk client/b64.1 >b64/README.md

BEGIN {
	free["e"] = free["(rs"] = "\\"
	free["-"] = "-"
	free["&"] = ""
	free["(aq"] = "'"
	free["(dq"] = "\""
	free["(ga"] = "`"
	free["(ha"] = "^"
	free["(ti"] = "~"
	free["(^e"] = "\303\252"
}
/^\.Sh / { section = $2 }
section != "EXAMPLES" || (!inside && !/^\.(Bd|Ed)/) {
	print ""
	next
}
/^\.Bd / {
	if (/ -literal/ && $0 != ".Bd -literal -offset indent")
		refuse("performed is .Bd -literal -offset indent, nothing else is literal")
	inside = / -literal/
	print inside ? "```console" : ""
	next
}
/^\.Ed/ {
	print inside ? "```" : ""
	inside = 0
	next
}
/^[.']/ { refuse("a macro within an example") }
{ print freed($0) }

# What roff escapes is freed.
function freed(t,    done, escape) {
	while (match(t, /\\/)) {
		done = done substr(t, 1, RSTART - 1)
		t = substr(t, RSTART + 1)
		escape = substr(t, 1, t ~ /^[(]/ ? 3 : 1)
		t = substr(t, length(escape) + 1)
		if (!(escape in free))
			refuse("\\" escape " is no escape of examples")
		done = done free[escape]
	}
	return done t
}

function refuse(why) {
	print FILENAME ":" FNR ": " why >"/dev/stderr"
	exit 65
}

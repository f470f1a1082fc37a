# lab-exercise: reads lessons/NN-name/exercise. want is the name of a header line, of which every
# one is printed, or "== NAME" for the lines of a section.
/^== / { section = $0; next }
section == "" && want !~ /^==/ && index($0, want ":") == 1 {
	sub(/^[^:]*:[ \t]*/, "")
	print
}
section != "" && section == want && ($0 != "" || said) { # not the empty lines before
	for (; held > 0; held--)
		print ""
	if ($0 == "")
		held++
	else
		print
	said = 1
}

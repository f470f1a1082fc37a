# lab-exercise: prints a section of lessons/NN-name/exercise; want is the line that begins it,
# "== NAME".
/^== / { section = $0; next }
section == want && ($0 != "" || said) { # not the empty lines before
	for (; held > 0; held--)
		print ""
	if ($0 == "")
		held++
	else
		print
	said = 1
}

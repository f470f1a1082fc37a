# lab-exercise: prints a part of lessons/NN-name/exercise: "== NAME", the section that this line
# begins, or NAME, the words of each line "NAME: words" before the first section.
/^== / { section = $0; next }
section == "" && index($0, want ":") == 1 { sub(/^[^:]*:[ \t]*/, ""); print }
section == want && ($0 != "" || said) { # not the empty lines before
	for (; held > 0; held--)
		print ""
	if ($0 == "")
		held++
	else
		print
	said = 1
}

# walk-read: reads a lesson for walk. What is typed and what appears becomes steps: the
# file list in the folder $steps has a line for each, its number, kind, window, how to wait
# for it, line in the lesson, line of its first output, and whether output is expected;
# N.typed, N.expected and N.prose hold what they say.
#
# kinds: prose; run a command; type a line to talk; interrupt, Ctrl-C; look at the window
# again. A command will end (how: end), stay and go on, or either, which only a try tells.

BEGIN {
	steps = ENVIRON["steps"]
	last = 0
}
{ sub(/\r$/, "") }
NR == 1 { sub(/^\357\273\277/, "") }
wrong != "" { next }
fence == "" && /^[ \t>*-]+(```|~~~)[ \t]*console/ || fence == "" && /^~~~[ \t]*console/ {
	refuse("a console block begins with ``` at the margin")
}
fence == "" && /^(```|~~~)/ {
	fence = substr($0, 1, 3)
	fence_line = NR
	console = $0 == "```console"
	if ($0 ~ /^``` *console/ && !console && $0 != "```console by-hand")
		refuse("no such block; there are ```console and ```console by-hand")
	if (console) {
		prompted = 0
		next
	}
}
fence != "" && NR > fence_line && $0 ~ "^" fence "[ \t]*$" {
	if (open_command)
		refuse("the command above ends in a backslash, and nothing follows")
	if (!console)
		tell($0)
	fence = ""
	console = 0
	next
}
!console { tell($0) }
console { read_console($0) }
END {
	if (wrong == "" && fence != "")
		refuse("the block that begins here has no end", fence_line)
	if (wrong != "") {
		print wrong
		exit 65
	}
	for (i = 1; i <= last; i++)
		write_step(i)
	close(steps "/list")
}

function refuse(why, line) {
	if (wrong == "")
		wrong = (line ? line : NR) ": " why
}

# Prose; a section of it is a step of its own.
function tell(l) {
	if (kind[last] != "prose" || (l ~ /^##? / && fence == ""))
		step("prose", "-")
	text[last] = text[last] l "\n"
}

function read_console(l,    name, rest) {
	if (open_command) {
		if (l !~ /^>( |$)/)
			refuse("what goes on with the command above begins with \"> \"")
		typed[last] = typed[last] "\n" substr(l, 3)
		first[last]++
	} else if (l == "^C")
		interrupt(name_of_last)
	else if (match(l, /^[A-Za-z0-9][A-Za-z0-9.-]*[$]( |$)/)) {
		name = l
		sub(/[$].*/, "", name)
		rest = substr(l, RLENGTH + 1)
		if (rest ~ /^ *$/)
			step("look", name)
		else if (rest == "^C")
			interrupt(name)
		else {
			step("run", name)
			typed[last] = rest
			talks[name] = rest ~ /^([^ ]*\/)?talk( |$)/ && rest !~ /[<|]/
		}
	} else if (l ~ /^C:/ && talks[name_of_last])
		type(substr(l, 3))
	else if (!prompted)
		refuse("a block begins with a prompt, NAME$; alone on a line it looks at that window again")
	else
		expected[last] = expected[last] l "\n"
	open_command = wrong == "" && kind[last] == "run" && expected[last] == "" && l ~ /\\$/
	prompted = 1
}

function step(what, name) {
	kind[++last] = what
	in_window[last] = name
	at[last] = NR
	first[last] = NR + 1
	if (what != "prose")
		name_of_last = name
}

function interrupt(name) {
	if (name == "")
		refuse("^C, and nothing was started before it")
	step("interrupt", name)
	talks[name] = 0
}

# talk shows what is typed as a transcript has it.
function type(line,    echo) {
	step("type", name_of_last)
	first[last] = NR
	typed[last] = echo = line
	gsub(/\\/, "&&", echo)
	gsub(/[{]/, "&&&&", echo)
	sub(/ $/, "\\x20", echo)
	expected[last] = "C:" echo "\n"
}

# How step i goes on: if its window is used again, it tells; by the last step all must end.
function how(i,    j, next_step) {
	for (next_step = i + 1; next_step <= last && kind[next_step] == "prose"; )
		next_step++
	for (j = next_step; j <= last && in_window[j] != in_window[i]; )
		j++
	return kind[i] == "interrupt" ? "end" : kind[j] ~ /^(type|interrupt|look)$/ ? "stay" : \
		next_step > last || j == next_step ? "end" : "either"
}

function write_step(i) {
	print i, kind[i], in_window[i], how(i), at[i], first[i], (expected[i] != "") >(steps "/list")
	if (kind[i] == "prose")
		put("prose", i, text[i])
	else {
		put("typed", i, typed[i] "\n")
		put("expected", i, expected[i])
	}
}

function put(what, i, t,    name) {
	name = steps "/" i "." what
	printf "%s", t >name
	close(name)
}

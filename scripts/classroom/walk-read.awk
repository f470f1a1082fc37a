# walk-read: reads a lesson for walk. What is typed and what appears becomes steps. It prints
# how many commands there are, what a shell does first, and then the texts of each step, in the
# order of write_step; octet 036 ends each.
#
# kinds: prose; run a command; type a line to talk; interrupt, Ctrl-C; look at the window again.
# Before a command, the last one of its window has to settle; at the end each window has to
# end. With show=1 the lesson is seen, width columns wide, from the section on that has
# ENVIRON["WALK_FROM"] in its heading, in any case; asks=1 where somebody can answer, colours=1 where the
# terminal has them. spoken.awk and walk-prose.awk belong to it.

BEGIN {
	readme = ENVIRON["WALK_README"]
	from = ENVIRON["WALK_FROM"]
	seen = show && from == ""
	if (colours) {
		bold = "\033[1m"
		dim = "\033[2m"
		green = "\033[1;32m"
		red = "\033[1;31m"
		plain = "\033[0m"
	}
	last = 0
}
{ sub(/\r$/, "") }
NR == 1 { sub(/^\357\273\277/, "") }
wrong != "" { next }
fence == "" && /^[ \t>*-]+(```|~~~)[ \t]*console/ || fence == "" && /^~~~[ \t]*console/ {
	refuse(spoken("a console block begins with ``` at the margin"))
}
fence == "" && /^(```|~~~)/ {
	fence = substr($0, 1, 3)
	fence_line = NR
	console = $0 == "```console"
	if ($0 ~ /^``` *console/ && !console && $0 != "```console by-hand")
		refuse(spoken("no such block; there are ```console and ```console by-hand"))
	if (console) {
		prompted = 0
		next
	}
}
fence != "" && NR > fence_line && $0 ~ "^" fence "[ \t]*$" {
	if (open_command)
		refuse(spoken("the command above ends in a backslash, and nothing follows"))
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
		refuse(spoken("the block that begins here has no end"), fence_line)
	if (wrong != "") {
		print wrong
		exit 65
	}
	for (i = 1; i <= last; i++)
		prepare(i)
	if (show && !seen) {
		sub(/\/README[^\/]*$/, "", readme)
		print sprintf(spoken("no section of %s has this in its heading: %s"), readme, from)
		exit 66
	}
	for (i = 1; i <= last; i++)
		commands += kind[i] == "run"
	put_text(commands + 0)
	put_text(beginning())
	for (i = 1; i <= last; i++) {
		if (i in settles)
			write_step("settle", settles[i])
		write_step(kind[i], i)
	}
	for (i = 1; i <= windows; i++)
		write_step("end", command[window[i]])
}

function refuse(why, line) {
	if (wrong == "")
		wrong = readme ":" (line ? line : NR) ": " why
}

# Prose; a section of it is a step of its own.
function tell(l) {
	if (kind[last] != "prose" || (l ~ /^##? / && fence == ""))
		step("prose", "")
	text[last] = text[last] l "\n"
}

function read_console(l,    name, rest) {
	if (open_command) {
		if (l !~ /^>( |$)/)
			refuse(spoken("what goes on with the command above begins with \"> \""))
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
			if (name in command)
				settles[last] = command[name]
			else
				window[++windows] = name
			command[name] = last
			talks[name] = rest ~ /^([^ ]*\/)?talk( |$)/ && rest !~ /[<|]/
		}
	} else if (l ~ /^C:/ && talks[name_of_last])
		type(substr(l, 3))
	else if (!prompted)
		refuse(spoken("a block begins with a prompt, NAME$; alone on a line it looks at that window again"))
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
		refuse(spoken("^C, and nothing was started before it"))
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
	gsub(/[{][{]/, "{", echo)
	echoed[last] = length(echo) + 3
}

# How long step i is waited for once what it says has appeared, in milliseconds. If its
# window is used again, that tells whether it goes on or ends (-1), which it must by the last
# step; where only a try can tell, or nothing is to appear, it gets a while.
function patience(i,    j, next_step) {
	for (next_step = i + 1; next_step <= last && kind[next_step] == "prose"; )
		next_step++
	for (j = next_step; j <= last && in_window[j] != in_window[i]; )
		j++
	return kind[i] == "interrupt" ? -1 : \
		kind[j] ~ /^(type|interrupt|look)$/ ? (expected[i] == "" ? 300 : 0) : \
		next_step > last || j == next_step ? -1 : 1500
}

# How step i is shown, and what is asked before and after that.
function prepare(i,    heading) {
	if (kind[i] == "prose") {
		heading = text[i]
		sub(/\n.*/, "", heading)
		if (heading ~ /## Answers/)
			return
		if (!seen)
			seen = show && heading ~ /^#/ && index(tolower(heading), tolower(from)) > 0
		else if (heading ~ /## /)
			before[i] = question(spoken("Enter goes on (b and Enter go back, q and Enter end it) "))
		if (!seen)
			return
		shown[i] = rendered(text[i])
		if (("\n" text[i]) ~ /\n[*][*]Predict:/)
			after[i] = question(spoken("What do you say? Enter goes on "))
	} else if (seen) {
		shown[i] = bold (kind[i] == "run" ? broken(in_window[i] "$ ", typed[i]) : \
			kind[i] == "type" ? "C:" typed[i] : \
			in_window[i] (kind[i] == "interrupt" ? "$ ^C" : "$")) plain
		after[i] = kind[i] == "look" || !asks ? "\n" : " " question(spoken("<Enter>"))
		tick[i] = kind[i] == "type" && patience(i) == 0 ? "" : green "\342\234\223" plain "\n"
		cross[i] = red "\342\234\227 " spoken("not as written") plain "\n"
	}
}

function question(asked) {
	return asks ? dim asked plain : ""
}

function rendered(t,    line, n, i) {
	n = split(t, line, /\n/)
	for (i = 1; i < n; i++)
		prose(line[i])
	return prose_end()
}

# A command with its prompts. A line that is too long goes on after a backslash.
function broken(prompt, t,    line, n, i, all) {
	n = split(t, line, /\n/)
	quote = ""
	for (i = 1; i <= n; i++)
		all = all (i > 1 ? "\n" : "") cut((i > 1 ? "> " : prompt), line[i])
	return all
}

# A line, cut at blanks that are in no quotes: quote is the one that is open.
function cut(l, t,    i, c, begin, blank, done) {
	begin = length(l) + 1
	l = l t
	for (i = begin; i <= length(l); i++) {
		c = substr(l, i, 1)
		if (c == "\\" && quote != "'")
			i++
		else if (c == quote)
			quote = ""
		else if (quote == "" && c ~ /["']/)
			quote = c
		else if (quote == "" && c == " " && i > begin)
			blank = i
		if (blank && i > width - 2 && length(l) > width) {
			done = done substr(l, 1, blank - 1) " \\\n"
			l = "    " substr(l, blank + 1)
			i += 4 - blank
			begin = 5
			blank = 0
		}
	}
	return done l
}

# What a shell does first: what is typed there is no business of the student's own home, and
# speaks English, as it is written. It says
# on descriptor 8 that a command has ended, that Ctrl-C has come, and that it ends itself.
# A host that a lesson begins (lab host) is that of the window's own shell.
function beginning() {
	return "walk_status=0; walk_return() { return \"$1\"; }\n" \
		"trap 'echo interrupted >&8' INT; trap 'echo gone >&8' EXIT\n" \
		"PATH=$MAIL_LAB_BUILD:$MAIL_LAB_SCRIPTS:$MAIL_LAB_SCRIPTS/classroom:$PATH\n" \
		"HOME=$WALK_WORK TMPDIR=$WALK_WORK MAIL_LAB_HOME=$WALK_WORK/mail-lab TERM=dumb LC_ALL=C\n" \
		"export PATH HOME TMPDIR MAIL_LAB_HOME TERM LC_ALL\n" \
		"unset SOURCE_DATE_EPOCH POP3_PASSWORD CDPATH ENV WALK_WORK WALK_README WALK_FROM\n" \
		"unset MAIL_LAB_CLASS MAIL_LAB_ADDRESSES MAIL_LAB_HOST\n" \
		"export MAIL_LAB_WORDS=\n" \
		"lab() {\n" \
		"\t[ \"$1\" = host ] || { command lab \"$@\"; return; }\n" \
		"\twalk_host=$(command lab host -p $$ \"$2\") && eval \"$walk_host\"\n" \
		"}\n" \
		"echo . >&8\n"
}

# What the shell of the window reads, or the program there.
function sent(i,    command) {
	command = typed[i]
	gsub(/'/, "'\\''", command)
	return kind[i] == "run" ? "walk_return $walk_status\neval '" command "'\nwalk_status=$?\necho . >&8\n" : \
		kind[i] == "type" ? typed[i] "\n" : kind[i] == "interrupt" ? "\003" : ""
}

function name_of(i,    name) {
	name = typed[i]
	sub(/\n.*/, "", name)
	return kind[i] == "type" ? "C:" name : kind[i] == "interrupt" ? "^C" : \
		kind[i] == "look" ? in_window[i] "$" : name
}

function write_step(what, i,    anew) {
	anew = what == "settle" || what == "end"
	put_text(what)
	put_text(in_window[i])
	put_text(anew ? -1 : patience(i))
	put_text(at[i])
	put_text(anew ? at[i] : first[i])
	put_text(anew ? "" : echoed[i])
	put_text(name_of(i)) # in reports
	put_text(anew ? "" : sent(i)) # to the shell, or the program
	put_text(anew ? "" : expected[i])
	put_text(before[i]) # a question, if nothing was typed for it
	put_text(anew ? "" : shown[i])
	put_text(anew ? "" : after[i])
	put_text(anew ? "" : tick[i])
	put_text(cross[i]) # not empty where it is seen what comes of it
}

function put_text(t) {
	gsub(/\036/, "?", t)
	printf "%s\036", t
}

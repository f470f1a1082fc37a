#!/usr/bin/env bats
# lab hunt, and scripts/classroom/hunt.c: wrong programs are caught by what a student writes.
load common

setup() {
	common_setup
	needs patch
	MAIL_LAB_HOME=$work/home LC_ALL=C TMPDIR=$work/tmp
	export MAIL_LAB_HOME LC_ALL TMPDIR
	mkdir tmp
	at=home/04-the-end-of-a-message
}
teardown() { common_teardown; }

# wrong_ones NN: those of the lesson, as files of $hunted.
wrong_ones() {
	lesson=$(echo "$root/lessons/$1"-*)
	hunted=$work/hunted
	if [ -e "$build/hunted/made" ] &&
		[ -z "$(find "$root/tests/wrong" "$build/modules.a" "$build/hunt" -newer "$build/hunted/made")" ]; then
		hunted=$build/hunted # as make has built them
	else
		sh "$root/scripts/classroom/lab-wrong" "$hunted" "$lesson"
	fi
}

# hunted_before NN...: she has, so that their wrong programs are in her folder.
hunted_before() {
	local number
	mkdir -p home/run/hunted
	for number; do
		wrong_ones "$number"
		cp -p "$hunted/$number"-* home/run/hunted
	done
}

# each_is_caught NN: by the rows of the exercise or the conversation of the case that is meant for it.
each_is_caught() {
	local object case bad=''
	wrong_ones "$1"
	awk -F '\t+' 'NF == 3 && !/^#/ { print $2 "\t" $3 }' "$lesson/rows" >all.rows
	hunt "$lesson" all.rows "$hunted/$1"-*.o >said || :
	grep -q '^caught' said || { cat said && return 1; }
	while IFS=$'\t' read -r said object; do
		[ "$said" = missed ] || continue
		read -r case <"${object%.o}.case"
		case=$(awk -F '\t+' -v words="$case" '$2 == words { print $1 }' "$lesson/exercise")
		for file in "$lesson/cases/$case".{txt,in}; do
			[ ! -e "$file" ] || ! hunt "$lesson" "$file" "$object" >one || continue 2
		done
		echo "nothing catches $object, of $case"
		bad=yes
	done <said
	[ -z "$bad" ] && [ -z "$(ls -A tmp)" ]
}

@test "a hunt begins with files to write in; it counts the programs that are caught, and hints at the others" {
	run lab hunt 4
	ends 0
	says 'Here are 7 programs that are wrong.'
	says 'Write a test: input (or a conversation) and what the right program answers.'
	says 'It catches a wrong program if that one answers something else.'
	says "Edit one: nano \"$work/$at/hunt.rows\""
	says "$work/$at/hunt.rows"
	says "$work/$at/hunt.txt"
	[ -s "$at/hunt.rows" ]
	printf '%s\n' '# the dots' 'unstuff("..a\r\n.\r\n")   ".a\r\n" SEEN_END took=8' >"$at/hunt.rows"
	rm "$at/hunt.txt"
	run lab hunt 4
	ends 0
	[ "${lines[0]}" = 'hunt.rows: the right program passes it, and these do not: 1 2 3' ] || says 'these do not'
	caught=${lines[1]#Caught: } caught=${caught% of 7}
	[ "$caught" -ge 1 ]
	[ "$caught" -lt 7 ]
	says 'A hint for program '
	says '. It gets this wrong:'
	echo 'unstuff("a\n.\nb\r\n.\r\n")   "a\n.\nb\r\n" SEEN_END took=10 faults=BARE_LF' >"$at/hunt.rows"
	run lab hunt 4
	ends 0
	says "Caught: $((caught + 1)) of 7"
	awk -F '\t+' 'NF == 3 && !/^#/ { print $2 "  " $3 }' "$root/lessons/04-the-end-of-a-message/rows" >"$at/hunt.rows"
	run lab hunt 4
	says 'Caught: 7 of 7'
	says 'nothing is left to hunt here'
	[ -z "$(ls -A tmp)" ]
}

@test "what the right program does not pass is told, and catches nobody" {
	hunted_before 04
	lab hunt 4 >/dev/null
	rm "$at/hunt.txt"
	echo 'unstuff("..a\r\n.\r\n")   "..a\r\n" SEEN_END took=8' >"$at/hunt.rows"
	run lab hunt 4
	ends 65
	says 'The right program does not pass it:'
	says '  expected  "..a\r\n" SEEN_END took=8'
	says '  got       ".a\r\n" SEEN_END took=8'
	says 'Caught: 0 of 7'
	printf '%s\n' '# two lines' 'unstuff("a"' >"$at/hunt.rows"
	run lab hunt 4
	ends 65
	says 'hunt.rows:2: not a call, and what comes of it: unstuff("a"'
	echo 'destuff("a")  "a"' >"$at/hunt.rows"
	run lab hunt 4
	ends 65
	says 'an unknown function: destuff("a")'
}

@test "a transcript catches, whatever its file is called; so does an input with what it becomes" {
	hunted_before 04 07 11
	printf '%s\n' 'S:220 hamburger.edu' 'C:HELO crepes.fr' 'S:250 Hello crepes.fr, pleased to meet you' \
		'C:MAIL FROM:<alice@crepes.fr>' 'S:250 alice@crepes.fr ... Sender OK' \
		'C:RCPT TO:<bob@hamburger.edu>' 'S:250 bob@hamburger.edu ... Recipient OK' \
		'C:DATA' 'S:354 Enter mail, end with "." on a line by itself' 'C:a\n' 'C:.\n' 'C:b' 'C:.' \
		'S:550 a bare LF in the message: end lines with CRLF (RFC 5321, 2.3.8)' \
		'C:QUIT' 'S:221 hamburger.edu closing connection' '!S closes' >mine
	run lab hunt 4 mine
	ends 0
	says 'hunt.txt: the right program passes it, and these do not: '
	printf 'a' >mine.in
	printf 'YQ==\n' >mine.out
	run lab hunt 7 mine.in
	ends 0
	says 'mine.in: the right program passes it, and these do not: '
	run lab hunt 11 mine.in
	ends 64
	run lab hunt 6
	ends 66
	run lab hunt 4 no-such-file
	ends 66
}

@test "a wrong program that runs without end is caught, and is ended" {
	lesson=$root/lessons/07-base64
	sed 's/^static void encode_three(.*/&/; /^static void encode_three/,/^}/s/^{/{ for (;;) {}/' "$root/lessons/message/base64.c" >base64.c
	hunt -o endless.o "$lesson" base64.c
	printf 'Bob' >one.in
	printf 'Qm9i\n' >one.out
	LAB_TIME=3s run hunt "$lesson" one.in endless.o
	ends 0
	says "$(printf 'caught\tendless.o')"
	[ -z "$(ls -A tmp)" ]
}

@test "on a terminal all of it fits in 80 columns" {
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	hunted_before 03
	(on_terminal 'stty cols 80; export TERM=xterm; lab hunt 3; lab hunt 3; echo $? >ended' </dev/null >screen 3>&-)
	[ "$(cat ended)" -eq 0 ]
	tr -d '\r' <screen | sed "s/$(printf '\033')\[[0-9;]*m//g" >seen
	grep -q 'Caught: 0 of 12' seen
	[ "$(grep -v -F "$work" seen | awk 'length > 80' | wc -l)" -eq 0 ]
}

@test "03, 04, 07: each wrong program can be caught" {
	each_is_caught 03
	each_is_caught 04
	each_is_caught 07
}
@test "02, 05, 08: each wrong program can be caught" {
	each_is_caught 02
	each_is_caught 05
	each_is_caught 08
}
@test "09, 10, 11: each wrong program can be caught" {
	each_is_caught 09
	each_is_caught 10
	each_is_caught 11
}
@test "12, 13: each wrong program can be caught" {
	each_is_caught 12
	each_is_caught 13
}

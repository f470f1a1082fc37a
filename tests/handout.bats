# make handout: the course for students without git, and the answers for their teacher.
load common
load grading

setup_file() {
	common_setup
	LC_ALL=C sh "$root/scripts/classroom/handout" "$BATS_FILE_TMPDIR" >"$BATS_FILE_TMPDIR.names" ||
		{ common_teardown && return 1; }
	common_teardown
}
setup() {
	common_setup
	MAIL_LAB_HOME=$work/home LC_ALL=C
	export MAIL_LAB_HOME LC_ALL
	{ read -r archive && read -r key; } <"$BATS_FILE_TMPDIR.names"
	gzip -dc "$archive" | tar -xf -
	top=$(echo "$work"/mail-lab-*)
}
teardown() { common_teardown; }

# In the handout, and nowhere else.
student() {
	env -u MAIL_LAB_BUILD PATH="$top/scripts:$(printf '%s\n' "$PATH" | tr : '\n' | grep -v -F -e "$root" | paste -s -d : -)" "$@"
}

@test "a folder that is there is not written over" {
	mkdir there
	: >there/mine
	run sh "$root/scripts/classroom/handout" -t there
	ends 73
	says 'there is there already'
	[ "$(ls there)" = mine ]
	run sh "$root/scripts/classroom/handout" nowhere
	ends 66
	says 'handout: nowhere: no such folder'
}

@test "in the handout a lesson walks, and an exercise begins, hints, and is checked" {
	cd "$top"
	student lab 7
	run student lab
	says 'Next: lab 0'
	student lab start 7
	student lab hint 7
	case=$(sed -n '/^== cases/{n;s/\t.*//p;q;}' lessons/07-*/exercise)
	run student lab check 7 "$case"
	ends 1
	says 'What happened in'
	cp "$root/lessons/message/base64.c" "$MAIL_LAB_HOME/07-base64/base64.c"
	run student lab check 7
	ends 0
	says 'the exercise of lesson 7 is done'
	[ "$(printf '%s\n' "$output" | grep -c 'The real one')" -eq 0 ]
}

@test "in the handout her own programs carry the letter, and wrong programs are hunted" {
	needs patch
	cd "$top"
	student lab start 4 >/dev/null
	cp "$root/lessons/smtp/dots.c" "$MAIL_LAB_HOME/04-the-end-of-a-message/dots.c"
	run student lab try 4
	ends 0
	says 'Through your dots.c it went here:'
	says 'smtp-server: unstuff_octet'
	student lab hunt 4 >/dev/null
	printf '%s\n' 'unstuff("..a\r\n.\r\n")   ".a\r\n" SEEN_END took=8' \
		>"$MAIL_LAB_HOME/04-the-end-of-a-message/hunt.rows"
	run student lab hunt 4
	ends 0
	says 'hunt.rows: the right program passes it, and these do not: '
	says ' of 7'
	for lesson in lessons/*/exercise; do
		lesson=${lesson#lessons/}
		[ -e "build/hunted/${lesson%%-*}-1.o" ]
	done
}

@test "the handout holds no answer, no body that a student writes, and no name of our folders" {
	cd "$top"
	[ "$(grep -l -r '^## Answers' . | wc -l)" -eq 0 ]
	[ "$(grep -l -r '^!' lessons --include='exercise*' --include=rows | wc -l)" -eq 0 ]
	[ -z "$(find . -name '*.patch' -o -name wrong -o -name 'answers*' -o -name 'TEACHERS*' -o -name 'AUTHORS*')" ]
	[ "$(grep -l -r -F -e "$root/" -e "$work" . | wc -l)" -eq 0 ]
	for exercise in "$root"/lessons/*/exercise; do
		while read -r word file && [ "$word" != file: ]; do :; done <"$exercise"
		# It is the starter already: to make it again changes nothing.
		starter "$exercise" "$file" >got
		same "$file" got
		# What only the real file has is nowhere, hints aside.
		awk '{ sub(/^[ \t]*/, "") } NR == FNR { has[$0] = 1; next } length($0) > 30 && !($0 in has)' "$file" "$root/$file" >lacks
		: >found
		[ ! -s lacks ] || grep -r -F -f lacks --include='*.[ch]' --include='*.md' --include='*.awk' . >found || :
		[ ! -s found ] || { cat found; return 1; }
	done
}

@test "the key has the answers, the real files, and programs that are wrong; the same bytes every time" {
	mkdir two
	sh "$root/scripts/classroom/handout" two >/dev/null
	for archive in "$BATS_FILE_TMPDIR"/*; do cmp "$archive" "two/${archive##*/}"; done
	[ "$(ls "$BATS_FILE_TMPDIR" | wc -l)" -eq 2 ]
	gzip -dc "$key" | tar -xf -
	cd "$work"/mail-lab-*-key
	same lessons/wire/wire.c "$root/lessons/wire/wire.c"
	same lessons/message/base64.c "$root/lessons/message/base64.c"
	same lessons/TEACHERS.md "$root/lessons/TEACHERS.md"
	same lessons/AUTHORS.md "$root/lessons/AUTHORS.md"
	same lessons/02-the-wire/wrong/02-no-nul.patch "$root/tests/wrong/02-no-nul.patch"
	for lesson in "$root"/lessons/[0-9]*-*; do
		lesson=${lesson##*/}
		for text in "$root/lessons/$lesson"/README*.md; do
			text=${text##*/}
			{ sed '/^## Answers/,$d' "$root/lessons/$lesson/$text"; cat "lessons/$lesson/answers${text#README}"; } |
				same - "$root/lessons/$lesson/$text"
			cmp <(sed '/^## Answers/,$d' "$root/lessons/$lesson/$text") "$top/lessons/$lesson/$text"
		done
	done
}

@test "the key laid over the handout grades as a clone does, hidden cases and wrong programs too" {
	local wrong
	needs patch
	nobody_reads_clone
	gzip -dc "$key" | tar -xf -
	chmod 711 "$work" "${BATS_RUN_TMPDIR-$work}" # root grades as nobody
	cp -R "$work"/mail-lab-*-key/. "$top"
	mkdir -p class/anna/03-the-transcript class/ben/03-the-transcript clone/tests/wrong
	cp "$root/lessons/transcript/reply.c" class/anna/03-the-transcript
	patch -s -o class/ben/03-the-transcript/reply.c "$root/lessons/transcript/reply.c" "$root/tests/wrong/03-words.patch"
	# The clone has two wrong programs of the lesson, and so has the key.
	cp -R "$root/scripts" "$root/lessons" "$root/client" "$root/server" clone
	cp "$root/tests/wrong/03-words.patch" "$root/tests/wrong/03-first-digit.patch" clone/tests/wrong
	for wrong in "$top"/lessons/03-*/wrong/*; do
		[ -e "clone/tests/wrong/${wrong##*/}" ] || rm "$wrong"
	done
	student "$top/scripts/lab" grade -f -o graded class >table.csv 2>told
	clone/scripts/lab grade -f -o cloned class >expected.csv 2>told
	same expected.csv table.csv
	same cloned/class.txt graded/class.txt
	has_line '*03-words: ben' graded/class.txt
	total=$(sed '1,/^== cases/d' "$root/lessons/03-the-transcript/exercise" | grep -c .)
	has_line "anna,03-the-transcript,$total,$total,10.0," table.csv
}

# lab grade -o: the papers of a class, whatever its students are called and have written.
load common
load grading

# A class is graded once, with what has a name here that begins with given: each before the test that
# looks at its students. A test for which something has to change has a class of its own.
all=$BATS_FILE_TMPDIR/all
setup_file() {
	local given
	export TZ=UTC0
	mkdir "$all"
	BATS_TEST_TMPDIR=$all grading_setup 02-the-wire 'one-line|nul'
	without_box # the papers are the same, and are made sooner
	compiled_sooner
	for given in $(compgen -A function given_); do "$given" || return; done
	lab grade -f -o graded class >table.csv 2>told || { cat told && return 1; }
	cd /
}
setup() {
	common_setup
	export TZ=UTC0
}
teardown() { common_teardown; }

# own_class: here, with nobody in it yet. Its cases are rows alone.
own_class() {
	nobody_comes_here
	mkdir tmp class
	chmod 1777 tmp
	cp -R "$all/tree" .
	[ ! -d "$all/programs" ] || ln -s "$all/programs" .
	rm tree/lessons/02-the-wire/cases/*
	grading_names "$work" 02-the-wire
}
# class_of_all: here are the papers of the class that is graded once; it has a table and what was told.
class_of_all() {
	grading_names "$all" 02-the-wire
	cd "$all" || return
}
# papers OPTION...: in the folder graded, of the records of that class.
papers() {
	grading_names "$all" 02-the-wire
	cp -R "$all/graded" .
	lab grade -f -o graded "$@" >table.csv 2>told
}

# wrong PATCH NAME: hands in a wrong program.
wrong() {
	needs patch
	patch -s -o wrong.c "$real" "$root/tests/wrong/$1.patch"
	hands_in "$2" <wrong.c
}
# graded OPTION...: grades the class into the folder graded.
graded() { lab grade -f -o graded "$@" class >table.csv 2>told; }
# to_try N OPTION...: so many works are to be tried, were the class to be graded now.
to_try() {
	local n=$1
	shift
	lab grade -f -n -o graded "$@" class >commands 2>told
	has_exactly "$n" '*' commands
}
# python CODE: Python reads a paper as others do.
python() {
	command -v python3 >/dev/null || skip 'there is no Python'
	python3 -c "$1"
}

given_right_and_wrong() {
	hands_in anna <"$real"
	wrong 02-no-nul ben
	touch -t 202611301730 class/ben/02-the-wire/wire.c
}

@test "a class of names from hell has papers that others read, and each keeps its id" {
	own_class
	hands_in anna <"$real"
	wrong 02-no-nul '=1+1'
	printf 'int x = "\001\377 ]]> \\ \t <b>&\302\205\357\277\277;\n' | hands_in '@"quoted", <b>&'
	mkdir class/-1 class/+1 "class/$(printf 'tab\tand\nline\033\303\251\377')"
	printf '\357\273\277id;name;email\r\n=1+1;"Ben ""=cmd"", B\303\266ll";ben@hamburger.edu\r\n'"'"'-1;=HYPERLINK(x);x\r\nzoe;Zo\303\251;zoe@crepes.fr\r\n' >roster.csv
	graded -r roster.csv
	cat >expected.csv <<'END'
id,name,email,02-the-wire,total,of,late
'=1+1,"Ben ""=cmd"", Böll",ben@hamburger.edu,5.0,5.0,10.0,
'-1,'=HYPERLINK(x),x,,0.0,10.0,
zoe,Zoé,zoe@crepes.fr,,0.0,10.0,
'+1,,,,0.0,10.0,
"'@""quoted"", <b>&",,,0.0,0.0,10.0,
anna,,,10.0,10.0,10.0,
tab\x09and\x0aline\x1bé\xff,,,,0.0,10.0,
END
	same expected.csv graded/gradebook.csv
	[ -e graded/feedback/=1+1.txt ] && [ -e graded/results/-1.json ]
	count_files graded/feedback
	[ "$n_files" -eq 7 ]
	has_line 'zoe, *: 0.0 of 10.0 points*' graded/feedback/zoe.txt
	has_line 'Nothing was handed in. What is expected is 02-the-wire/wire.c.*' graded/feedback/zoe.txt
	python 'import csv, glob, json, xml.etree.ElementTree as tree
rows = list(csv.reader(open("graded/gradebook.csv", encoding="utf-8", newline="")))
assert all(len(row) == 7 for row in rows), rows
assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row), rows
for name in glob.glob("graded/results/*.json"):
    result = json.load(open(name, encoding="utf-8"))
    assert len(result["tests"]) == 2, result
    assert {t["status"] for t in result["tests"]} <= {"passed", "failed"}, result
    assert set(result) <= {"score", "output", "output_format", "tests"}, result
assert json.load(open("graded/results/anna.json"))["score"] == 10
suites = tree.parse("graded/junit.xml").getroot()
assert len(suites) == 6 and suites.tag == "testsuites"
assert {s.get("name"): s.get("failures") for s in suites}["=1+1"] == "1"'
}

@test "feedback says what lab check says, and what was handed in, and when" {
	papers -d 2=2026-11-28T14:00,7=2026-11-30
	sed '/What happened/,$!d' graded/feedback/ben.txt >told_to_ben
	lab=lab "$build/examine" "$all/tree/lessons/02-the-wire" "$all/class/ben/02-the-wire/wire.c" | sed '/What happened/,$!d' >checked
	same checked told_to_ben
	has_line '*ben: 5.0 of 10.0 points*' graded/feedback/ben.txt
	has_line 'Handed in: 02-the-wire/wire.c, of 2026-11-30 * UTC, 2d 3h after the deadline' graded/feedback/ben.txt
	has_line '  - nul * a NUL in a line is reported' graded/feedback/ben.txt
	has_line '*,02-the-wire 2d 3h' graded/gradebook.csv
	papers -d 2026-12-01
	has_line 'Handed in: 02-the-wire/wire.c, of 2026-11-30 * UTC' graded/feedback/ben.txt
}

@test "the class is told: the cases that were missed most, and which wrong program a work is like" {
	own_class
	hands_in anna <"$real"
	wrong 02-no-nul ben
	mkdir -p tree/tests/wrong
	cp "$root"/tests/wrong/02-no-nul.patch "$root"/tests/wrong/02-bare-lf-accepted.patch tree/tests/wrong
	graded
	has_line '02-the-wire: 2 works, 1 right, 0 that do not compile' graded/class.txt
	has_line '    nul * 1 of 2: a NUL in a line is reported' graded/class.txt
	has_line '    one-line * 0 of 2: *' graded/class.txt
	has_line '    02-no-nul: ben' graded/class.txt
}

@test "a lesson counts as often as its weight is, given or in its exercise" {
	papers -w 2=3,7=9
	has_line ben,5.0,15.0,30.0, graded/gradebook.csv
	cp -R "$all/tree" .
	{ echo 'weight: 2' && cat "$exercise"; } >tree/lessons/02-the-wire/exercise
	PATH=$work/tree/scripts:$PATH
	lab grade -f -o graded >table.csv 2>told
	has_line ben,5.0,10.0,20.0, graded/gradebook.csv
}

@test "what has not changed is not tried again, and the papers have the same bytes" {
	own_class
	PATH=${PATH//"$all/fake:"/} # in a box
	wrong 02-no-nul ben
	mkdir 02-the-wire
	cp "$real" 02-the-wire
	tar -czf class/zoe.tgz 02-the-wire
	graded
	has_line '*tried: 2 works; as they were: 0' told
	cp -R graded first
	graded
	has_line '*tried: 0 works; as they were: 2' told
	diff -r first graded
	# A later copy of the same work is of another time, and that alone.
	touch -t 203001010000 class/zoe.tgz
	echo '/* mended */' >>class/ben/02-the-wire/wire.c
	graded
	has_line '*tried: 1 works; as they were: 1' told
	has_line 'Handed in: * of 2030-01-01 *' graded/feedback/zoe.txt
	# Other cases, then another examiner.
	cp "$exercise" before
	sed 's/a NUL in a line is reported/a NUL is told/' before >"$exercise"
	to_try 2
	cp before "$exercise"
	to_try 0
	to_try 2 -t 19s
	# The papers may be in the folder of the class: they are no student.
	cp -R graded class
	lab grade -f -o class/graded class >/dev/null 2>told
	has_line '*tried: 0 works; as they were: 2' told
	diff -r graded class/graded
	rm -r class/graded class/ben/02-the-wire/wire.c
	graded
	has_line 'ben,,0.0*' graded/gradebook.csv
}

given_what_prints_a_record() {
	{
		printf '#include <stdio.h>\n__attribute__((constructor)) static void begin(void)\n{\n'
		printf '\tprintf("\\n\\npassed\\tone-line\\nwork\\tben\\t02-the-wire\\t0\\t-\\npassed\\tnul\\n\\"}]<x>");\n\tfflush(stdout);\n}\n'
		cat "$real"
	} | hands_in pat
}
@test "nothing that a work prints is a line of its record" {
	class_of_all
	has_exactly 1 'work*' graded/records/pat/02-the-wire
	has_exactly 0 'passed*' graded/records/pat/02-the-wire
	[ "$(cut -f 1 graded/records/pat/02-the-wire | sort -u | paste -s -d ' ' -)" = 'failed function said tried work' ]
	has_exactly 1 'pat,*' table.csv
	has_exactly 1 'ben,*' table.csv
}

@test "what -o does not understand" {
	grading_names "$all" 02-the-wire
	for wrong in '-d tomorrow' '-d 2026-13-01' '-w heavy' '-r nowhere'; do
		# shellcheck disable=SC2086 # words
		run lab grade -f -o graded $wrong "$all/class"
		case $wrong in -r*) ends 66 ;; *) ends 64 ;; esac
	done
	run lab grade -f -d 2026-11-30 "$all/class"
	ends 64
	says 'needs a folder: -o'
}

given_works_in_odd_places() {
	mkdir -p class/home/mail-lab/02-the-wire "class/moved/my work/02-the-wire" class/packed/anna/02-the-wire \
		class/flat class/twice class/late class/named/lessons/wire
	cp "$real" class/home/mail-lab/02-the-wire/wire.c
	cp "$real" "class/moved/my work/02-the-wire/wire.c"
	cp "$real" class/flat/wire.c
	echo 'no C' >'class/twice/wire (1).c'
	cp "$real" 'class/twice/Wire (2).C'
	cp "$real" class/twice/rewire.c
	cp "$real" class/late/WIRE_final.c.txt
	cp "$real" class/named/lessons/wire/wire.c
	cp "$real" class/named/main.c
	cp "$real" class/packed/anna/02-the-wire/wire.c
	(cd class/packed && tar -cf - anna | gzip >work.tgz && rm -r anna)
	(cd class/home/mail-lab && tar -cf ../../boxed.tar 02-the-wire)
	if command -v unzip && command -v python3; then
		(cd class/home/mail-lab && python3 -m zipfile -c ../../zipped.zip 02-the-wire)
	else
		cp class/boxed.tar class/zipped.tar
	fi >/dev/null
}
@test "what was handed in is found, wherever it is and whatever it is called, and what was expected is told" {
	class_of_all
	cat table.csv
	for name in home flat moved twice late packed boxed zipped; do
		has_line "$name,02-the-wire,2,2,10.0," table.csv
	done
	has_line 'named,02-the-wire,0,2,0.0,nothing was handed in that is called 02-the-wire/wire.c; there is main.c' table.csv
	has_line 'named: 0.0 of*' graded/feedback/named.txt
	has_line 'Handed in: wire.c, of *' graded/feedback/flat.txt
	has_line 'What is expected is 02-the-wire/wire.c.' graded/feedback/flat.txt
	has_line 'Handed in: work.tgz: anna/02-the-wire/wire.c, of *' graded/feedback/packed.txt
	has_line '*not tried: *wire (1).c*' graded/feedback/twice.txt
	has_exactly 0 '*not tried*' graded/feedback/packed.txt
	has_exactly 0 '*not tried*' graded/feedback/boxed.txt
}

given_archives_that_would_harm() {
	mkdir -p bad/02-the-wire class/bad class/bomb class/link class/zip
	cp "$real" bad/02-the-wire/wire.c
	ln -s /etc bad/etc
	(cd bad && tar -P -cf ../class/bad/up.tar ../bad/02-the-wire/wire.c "$work/bad/02-the-wire/wire.c" etc)
	ln -s "$real" bad/wire.c
	(cd bad && tar -cf ../class/link/link.tar wire.c)
	dd if=/dev/zero of=bad/02-the-wire/wire.c bs=1000000 count=30 2>/dev/null
	(cd bad && tar -czf ../class/bomb/bomb.tar.gz 02-the-wire)
	echo 'this is no archive' >class/zip/work.zip
	echo 'this is no archive' >class/broken.tar.gz
}
@test "an archive writes nothing, wherever it says that its files belong, and bombs no disk" {
	class_of_all
	cat table.csv
	has_line 'bad,*,"nothing was handed in that is called 02-the-wire/wire.c; there is up.tar*' table.csv
	has_line 'bomb,*,"no file, or of more than 1 MB, was handed in"' table.csv
	has_line 'link,*,it could not be taken out of its archive*' table.csv
	has_line 'zip,*,nothing was handed in that is called 02-the-wire/wire.c; there is work.zip*' table.csv
	has_line 'broken,*,nothing was handed in *; there is broken.tar.gz*' table.csv
	is_empty tmp
}

given_what_lab_handin_packs() {
	mkdir -p home/02-the-wire
	cp "$real" home/02-the-wire/wire.c
	MAIL_LAB_HOME=$PWD/home lab handin ruth >/dev/null
	mv home/ruth.tar.gz class
	cp class/ruth.tar.gz class/'ruth 1.tar.gz'
}
@test "lab handin packs what lab grade finds, and says what is done" {
	grading_names "$all" 02-the-wire
	MAIL_LAB_HOME=$work/home TMPDIR=$work/tmp
	export MAIL_LAB_HOME TMPDIR
	mkdir -p tmp home/02-the-wire
	run lab handin anna
	ends 66
	starts >home/02-the-wire/wire.c
	run lab handin anna
	ends 66
	says 'is as lab start made it'
	says 'nothing was written yet: lab check 2 tries what you write'
	! [[ $output == *'lab start 2 begins one'* ]] || return 1
	run lab handin -h
	ends 0
	says 'usage: lab handin [NAME]'
	cp "$real" home/02-the-wire/wire.c
	run lab handin anna
	ends 0
	says 'wire.c               has not passed lab check 2'
	lab check 2 >checked
	run lab handin anna
	ends 0
	says "  02-the-wire                      wire.c               is done"
	says "To hand in: $work/home/anna.tar.gz"
	for name in ../anna .anna -- 'a b' ''; do
		run lab handin "$name"
		ends 64
	done
	is_empty tmp
	class_of_all
	has_exactly 0 '*What is expected*' graded/feedback/ruth.txt
	has_line 'ruth,02-the-wire,2,2,10.0,' table.csv
	has_line 'ruth 1,02-the-wire,2,2,10.0,' table.csv
}

@test "what -n prints are commands, each for one work, whose records laid together are those of the class" {
	own_class
	wrong 02-no-nul "ben's \$(work)"
	mkdir class/empty
	(cd class && mkdir -p zoe/02-the-wire && cp "$real" zoe/02-the-wire && tar -cf zoe.tar zoe && rm -r zoe)
	to_try 2
	! grep -q '^passed' -r graded || return 1
	# On two machines, say: each has a folder of its own.
	n=0
	while IFS= read -r command; do
		n=$((n + 1))
		mkdir "machine$n"
		(cd "machine$n" && sh -c "$command" 2>told)
		has_line '*tried: 1 works; as they were: 0' "machine$n/told"
		only_in "machine$n/graded" records
	done < <(sed 's/-o graded/-o .\/graded/' commands)
	mkdir -p merged
	for machine in machine?; do cp -R "$machine/graded" merged; done
	lab grade -f -o merged/graded >/dev/null 2>told
	has_line 'ben*' merged/graded/gradebook.csv
	lab grade -f -o graded class >/dev/null 2>&1
	grep -v '^empty' graded/gradebook.csv >without
	same without merged/graded/gradebook.csv
	# Here too they are nothing to try again, once they are there.
	to_try 0
}

given_alike_works() {
	cp "$root"/tests/right/02-goto right
	starts >starter.c
	starter right "$real" >goto.c
	hands_in abe <goto.c
	sed 's/octet/byte/g; s/\<to\>/where/g; s,^\t\([a-z]\),\t/* mine */  \1,' goto.c | hands_in ada
	sed 's/got/how/g' "$real" | hands_in amy
	starter "$root/tests/right/02-table" "$real" | hands_in art
	{ cat starter.c && echo; } | hands_in asa
	{ cat starter.c && echo && echo; } | hands_in ava
}
@test "alike works are listed, whatever was renamed, and no others" {
	class_of_all
	cat graded/alike.txt
	has_line '  * words: abe, ada: wire_next_line' graded/alike.txt
	has_line '  * words: the real file, amy, anna, *: wire_next_line' graded/alike.txt
	has_exactly 2 '  * words: *' graded/alike.txt
	for name in art asa ava; do has_exactly 0 "*$name*" graded/alike.txt; done
}

# block N FENCE: of the blocks of that kind in what teachers read, the Nth.
block() { awk -v n="$1" -v fence="\`\`\`$2" '$0 == "```" { on = 0 } on; $0 == fence { on = ++k == n }' "$root/lessons/TEACHERS.md"; }

@test "the workflow and the autograder that teachers read do what they say" {
	own_class
	ln -s tree mail-lab
	mkdir source results submission
	ln -s ../tree source/mail-lab
	wrong 02-no-nul work && mv class/work .
	cp work/02-the-wire/wire.c submission
	block 1 yaml | sed -n 's/^      - run: //p' | sed 's/-l 7/-l 2/' >steps
	has_exactly 5 '*' steps
	sed 1d steps | head -n 3 >first_steps
	GITHUB_STEP_SUMMARY=$work/summary sh -e first_steps >/dev/null 2>told
	has_line '*What happened in nul*' summary
	run sh -c "$(tail -n 1 steps)"
	ends 1
	block 1 sh | sed "s,/autograder[^ ;]*,\"&\",g; s,/autograder,$work,g; s/-l 7/-l 2/; s,^cd.*,& \&\& rm -r graded," >run_autograder
	sh run_autograder >/dev/null 2>told
	has_line '*"score": 5.0*' results/results.json
	rm submission/wire.c && echo 'int main(void) { return 0; }' >submission/main.c
	sh run_autograder >/dev/null 2>told
	has_line '*"score": 0.0*' results/results.json
	has_line '*nothing was handed in that is called 02-the-wire/wire.c; there is main.c*' results/results.json
	cp "$real" work/02-the-wire/wire.c
	rm -r graded
	mkdir -p tree/tests/wrong
	cp "$root/tests/wrong/02-no-nul.patch" tree/tests/wrong # which fails for nobody
	GITHUB_STEP_SUMMARY=$work/summary sh -e first_steps >/dev/null 2>told
	sh -c "$(tail -n 1 steps)"
}

given_names_of_links() {
	mkdir key 02-the-wire
	cp "$real" key/wire.c
	cp "$real" 02-the-wire && tar -cf key.tar 02-the-wire
	# A path in two lines, of which the second one leads through a link.
	mkdir -p "class/lines/$(printf 'x\n.')/key"
	echo 'no C' >"class/lines/$(printf 'x\n.')/key/wire.c"
	ln -s "$work/key" class/lines/key
	# A path that looks like that of a file in an archive.
	mkdir -p "class/tab/$(printf 'key.tar\t02-the-wire')"
	echo 'no C' >"class/tab/$(printf 'key.tar\t02-the-wire')/wire.c"
	ln -s "$work/key.tar" class/tab/key.tar
	ln -s "$work/key.tar" class/archive.tar
}
@test "whoever makes names of links has nothing that is not in the own folder" {
	class_of_all
	cat table.csv told
	has_line 'lines,*,0,2,0.0,nothing was handed in*' table.csv
	has_line 'tab,*,0,2,0.0,nothing was handed in*' table.csv
	has_exactly 0 'archive,*' table.csv
	has_line '*archive.tar: a link is not followed' told
}

@test "a loose file in the class folder is its owner's, or is named as not understood" {
	own_class
	hands_in anna </dev/null
	rm class/anna/02-the-wire/wire.c
	cp "$real" class/cem_wire.c
	cp "$real" class/anna-wire.c
	cp "$real" 'class/wire (1).c'
	cp "$real" class/zoe_wire.c
	echo rar >class/eva.rar
	printf 'cem,Cem,cem@crepes.fr\neva,Eva,eva@crepes.fr\n' >roster.csv
	cp roster.csv class
	graded -r roster.csv
	cat table.csv told graded/class.txt
	has_line 'cem,02-the-wire,2,2,10.0,' table.csv
	has_line 'anna,02-the-wire,2,2,10.0,' table.csv
	has_line 'Handed in: anna-wire.c, of *' graded/feedback/anna.txt
	for file in 'wire (1).c' zoe_wire.c eva.rar; do
		has_line "*/class/$file is not understood: *" told
		has_line "*/class/$file is not understood: *" graded/class.txt
	done
	has_exactly 3 '*not understood*' graded/class.txt
	# As commands, too.
	rm -r graded
	lab grade -f -n -o graded -r roster.csv class 2>told >commands
	sh commands >/dev/null 2>&1
	has_line 'passed*' graded/records/cem/02-the-wire
	has_line 'passed*' graded/records/anna/02-the-wire
}

@test "a class without a file that is recognised has its papers all the same" {
	own_class
	mkdir class/anna class/ben
	echo 'no C' >class/anna/main.c
	run lab grade -f class
	ends 66
	says '02-the-wire/wire.c in it'
	graded -l 2
	has_line '*found no work* 02-the-wire/wire.c in it' told
	has_exactly 3 '*' graded/gradebook.csv
	has_line '*What is expected is 02-the-wire/wire.c*' graded/feedback/anna.txt
	graded
	has_line '*What is expected is 02-the-wire/wire.c*' graded/feedback/ben.txt
}

@test "feedback is about what the student can try too; what is the teacher's alone is said to be that" {
	own_class
	cp "$root/lessons/02-the-wire/cases/nul.txt" tree/lessons/02-the-wire/cases
	rows=tree/lessons/02-the-wire/rows
	awk '{ print } $0 == "== one-line" {
		print "!mine\twire_next_line(\"A\\r\\n\", 1000, closes)\tWIRE_GOT \"B\", WIRE_END length=0" }' $rows >more.txt
	cp more.txt $rows
	hands_in anna <"$real"
	wrong 02-no-nul ben
	graded -l 2
	cat table.csv graded/feedback/anna.txt
	has_line "anna,*one-line: the teacher's alone: *" table.csv
	has_line "This row is not in a student's handout." graded/feedback/anna.txt
	! has_line '*This case alone*' graded/feedback/anna.txt || return 1
	has_line 'ben,*nul: expected 500*' table.csv
	has_line '*This case alone: lab check 2 nul*' graded/feedback/ben.txt
	# Of one case, too.
	awk '{ print } /^!mine/ { sub(/!mine/, "ours"); sub(/"A/, "\"C"); print }' $rows >more.txt
	cp more.txt $rows
	graded -l 2
	has_line '*This case alone: lab check 2 one-line*' graded/feedback/anna.txt
	# A case that is hers alone.
	cp "$root/lessons/02-the-wire/rows" $rows
	sed 's/^nul/!nul/' "$exercise" >more.txt
	cp more.txt "$exercise"
	graded -l 2
	has_line "ben,*nul: the teacher's alone: *" table.csv
	has_line "This case is not in a student's handout." graded/feedback/ben.txt
	has_exactly 0 '*In a debugger*' graded/feedback/ben.txt
}

given_damage_and_links() {
	echo 'no C' | hands_in fay
	echo 'no C' | hands_in gus
	mkdir -p class/ida/mail-lab class/jon class/kim elsewhere whole
	cp "$real" whole/wire.c
	tar -cf - -C whole wire.c | gzip | head -c 600 >class/hal.tar.gz
	ln -s "$real" class/ida/mail-lab/wire.c
	ln -s "$work/elsewhere" class/jon/mail-lab
	(cd class/kim && ln -s "$real" wire.c && tar -cf kim.tar wire.c && rm wire.c)
	echo 'no archive' >class/lou.tar.gz
}
@test "a damaged archive and a link are said to be that, and class.txt names whose work does not compile" {
	class_of_all
	cat table.csv graded/class.txt
	has_line 'hal,*its archive is damaged*' table.csv
	has_line 'ida,*,a link was handed in' table.csv
	has_line 'jon,*there is mail-lab (a link)' table.csv
	has_line 'kim,*it could not be taken out of its archive: it is a link*' table.csv
	has_line 'lou,*there is lou.tar.gz (damaged)' table.csv
	has_line '  Does not compile: amy, fay, gus, xia' graded/class.txt
}

given_two_archives() {
	mkdir -p later/02-the-wire
	cp "$real" later/02-the-wire/wire.c
	tar -czf class/wes.tgz -C later 02-the-wire
	cp class/wes.tgz 'class/vic (1).tar.gz'
	cp class/wes.tgz class/xia.tar.gz
	echo 'no C' >later/02-the-wire/wire.c
	tar -czf class/wes.tar.gz -C later 02-the-wire
	cp class/wes.tar.gz class/vic.tar.gz
	hands_in xia <later/02-the-wire/wire.c
	touch -t 202611010000 class/wes.tar.gz class/vic.tar.gz class/xia.tar.gz
	touch -t 202611020000 class/wes.tgz 'class/vic (1).tar.gz'
}
@test "of two archives of one student the later one is taken, and both are named" {
	class_of_all
	cat table.csv told
	has_line 'vic,02-the-wire,2,2,10.0,' table.csv
	has_line 'wes,02-the-wire,2,2,10.0,' table.csv
	has_line 'xia,*does not compile*' table.csv
	for name in vic wes xia; do has_exactly 1 "$name*" table.csv; done
	for paper in told graded/class.txt; do
		has_line '*/vic (1).tar.gz and */vic.tar.gz are of one student: the first, which is *later*, is taken' $paper
		has_line '*/wes.tgz and */wes.tar.gz are of one student: the first, which is *later*, is taken' $paper
		has_line '*/xia and */xia.tar.gz are of one student: the first, which is a folder, is taken' $paper
	done
}

given_what_lab_keeps() {
	export MAIL_LAB_HOME=$PWD/class/quin
	hands_in quin <"$real"
	lab check 2 >checked
	lab hint 2 >hinted
	lab handin quin >handed
	unset MAIL_LAB_HOME
	(cd class/quin && mkdir -p run/bin own class host/anna/mail &&
		for file in run/bin/talk own/talk class/anna host/anna/users ports read cases 02-the-wire/hunt.rows; do
			echo x >>$file
		done)
	ln -s "$root/lessons" class/quin/02-the-wire/lessons
	cp -R class/quin class/rob
	rm class/rob/02-the-wire/wire.c class/rob/quin.tar.gz
	cp -R class/rob class/sue
	echo notes >class/sue/notes.txt
}
@test "what lab keeps in its folder is not what a student handed in" {
	class_of_all
	ls -R class/quin
	cat graded/feedback/quin.txt
	has_line 'quin,02-the-wire,2,2,10.0,' table.csv
	has_exactly 0 '*handed in too*' graded/feedback/quin.txt
	cat table.csv
	has_line 'rob,*,nothing was handed in' table.csv
	has_line 'sue,*there is notes.txt' table.csv
}

@test "deadlines and the times that feedback names are those of the clock here, which is named" {
	export TZ=CET-1
	papers -d 2026-11-30T18:00
	has_line 'Handed in: 02-the-wire/wire.c, of 2026-11-30 18:30 CET, 30m after the deadline' graded/feedback/ben.txt
}

@test "lab grade -v takes the name of a student for her archive too" {
	own_class
	mkdir 02-the-wire
	starts >02-the-wire/wire.c
	tar -czf class/anna.tar.gz 02-the-wire
	run lab grade -f -v class/anna
	ends 0
	says 'anna: 02-the-wire: '
	run lab grade -f -v class/nobody
	ends 66
}

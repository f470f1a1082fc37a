# lab grade -o: the papers of a class, whatever its students are called and have written.
load common
load grading

setup() {
	grading_setup 02-the-wire 'one-line|nul'
	export TZ=UTC0
}
teardown() { common_teardown; }

# wrong PATCH NAME: hands in a wrong program.
wrong() {
	needs patch
	patch -s -o wrong.c "$real" "$root/tests/wrong/$1.patch"
	hands_in "$2" <wrong.c
}
# graded OPTION...: grades the class into the folder graded.
graded() { lab grade -f -o graded "$@" class >table.csv 2>told; }
# python CODE: Python reads a paper as others do.
python() {
	command -v python3 >/dev/null || skip 'there is no Python'
	python3 -c "$1"
}

@test "a class of names from hell has papers that others read, and each keeps its id" {
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
	[ "$(ls graded/feedback | wc -l)" -eq 7 ]
	grep -q '^zoe, .*: 0.0 of 10.0 points' graded/feedback/zoe.txt
	grep -q '^Nothing was handed in. What is expected is 02-the-wire/wire.c.' graded/feedback/zoe.txt
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
	wrong 02-no-nul ben
	touch -t 202611301730 class/ben/02-the-wire/wire.c
	graded -d 2=2026-11-28T14:00,7=2026-11-30
	sed '/What happened/,$!d' graded/feedback/ben.txt >told_to_ben
	lab=lab "$build/examine" tree/lessons/02-the-wire class/ben/02-the-wire/wire.c | sed '/What happened/,$!d' >checked
	same checked told_to_ben
	grep -qF 'ben: 5.0 of 10.0 points' graded/feedback/ben.txt
	grep -q '^Handed in: 02-the-wire/wire.c, of 2026-11-30 .* UTC, 2d 3h after the deadline$' graded/feedback/ben.txt
	grep -q '^  - nul  *a NUL in a line is reported$' graded/feedback/ben.txt
	grep -q ',02-the-wire 2d 3h$' graded/gradebook.csv
	graded -d 2026-12-01
	grep -q '^Handed in: 02-the-wire/wire.c, of 2026-11-30 .* UTC$' graded/feedback/ben.txt
}

@test "the class is told: the cases that were missed most, and which wrong program a work is like" {
	hands_in anna <"$real"
	wrong 02-no-nul ben
	mkdir tree/tests
	cp -R "$root/tests/wrong" tree/tests
	graded
	grep -q '^02-the-wire: 2 works, 1 right, 0 that do not compile$' graded/class.txt
	grep -q '^    nul  *1 of 2: a NUL in a line is reported$' graded/class.txt
	grep -q '^    one-line  *0 of 2: ' graded/class.txt
	grep -q '^    02-no-nul: ben$' graded/class.txt
}

@test "a lesson counts as often as its weight is, given or in its exercise" {
	wrong 02-no-nul ben
	graded -w 2=3,7=9
	says_of ben 5.0,15.0,30.0,
	{ echo 'weight: 2' && cat "$exercise"; } >heavier
	cp heavier "$exercise"
	graded
	says_of ben 5.0,10.0,20.0,
}
says_of() { grep -q "^$1,$2\$" graded/gradebook.csv || { cat graded/gradebook.csv; return 1; }; }

@test "what has not changed is not tried again, and the papers have the same bytes" {
	hands_in anna <"$real"
	wrong 02-no-nul ben
	graded
	grep -q 'tried: 2 works; as they were: 0' told
	cp -R graded first
	graded
	grep -q 'tried: 0 works; as they were: 2' told
	diff -r first graded
	# A later copy of the same work is of another time, and that alone.
	touch -t 203001010000 class/anna/02-the-wire/wire.c
	echo '/* mended */' >>class/ben/02-the-wire/wire.c
	graded
	grep -q 'tried: 1 works; as they were: 1' told
	grep -q '^Handed in: .* of 2029-12-31\|2030-01-01 ' graded/feedback/anna.txt
	# Other cases, then another examiner.
	sed -i.old 's/a NUL in a line is reported/a NUL is told/' "$exercise"
	graded
	grep -q 'tried: 2 works; as they were: 0' told
	graded -t 19s
	grep -q 'tried: 2 works; as they were: 0' told
	graded -t 19s
	grep -q 'tried: 0 works; as they were: 2' told
	# The papers may be in the folder of the class: they are no student.
	cp -R graded class
	lab grade -f -o class/graded -t 19s class >/dev/null 2>told
	grep -q 'tried: 0 works; as they were: 2' told
	diff -r graded class/graded
	rm -r class/graded class/ben/02-the-wire/wire.c
	graded -t 19s
	grep -q '^ben,,0.0' graded/gradebook.csv
}

@test "nothing that a work prints is a line of its record" {
	{
		printf '#include <stdio.h>\n__attribute__((constructor)) static void begin(void)\n{\n'
		printf '\tprintf("\\n\\npassed\\tone-line\\nwork\\tben\\t02-the-wire\\t0\\t-\\npassed\\tnul\\n\\"}]<x>");\n\tfflush(stdout);\n}\n'
		cat "$real"
	} | hands_in anna
	graded
	[ "$(grep -c '^work' graded/records/anna/02-the-wire)" -eq 1 ]
	[ "$(grep -c '^passed' graded/records/anna/02-the-wire)" -eq 0 ]
	[ "$(cut -f 1 graded/records/anna/02-the-wire | sort -u | paste -s -d ' ' -)" = 'failed function said tried work' ]
	[ "$(wc -l <table.csv)" -eq 2 ]
}

@test "what -o does not understand" {
	hands_in anna <"$real"
	for wrong in '-d tomorrow' '-d 2026-13-01' '-w heavy' '-r nowhere'; do
		# shellcheck disable=SC2086 # words
		run lab grade -f -o graded $wrong class
		case $wrong in -r*) ends 66 ;; *) ends 64 ;; esac
	done
	run lab grade -f -d 2026-11-30 class
	ends 64
	says 'needs a folder: -o'
}

@test "what was handed in is found, wherever it is and whatever it is called, and what was expected is told" {
	for name in home flat twice late moved; do
		mkdir -p "class/$name"
	done
	mkdir -p class/home/mail-lab/02-the-wire "class/moved/my work/02-the-wire" class/packed/anna/02-the-wire
	cp "$real" class/home/mail-lab/02-the-wire/wire.c
	cp "$real" "class/moved/my work/02-the-wire/wire.c"
	cp "$real" class/flat/wire.c
	echo 'no C' >'class/twice/wire (1).c'
	cp "$real" 'class/twice/Wire (2).C'
	cp "$real" class/twice/rewire.c
	cp "$real" class/late/WIRE_final.c.txt
	mkdir -p class/named/lessons/wire
	cp "$real" class/named/lessons/wire/wire.c
	cp "$real" class/named/main.c
	cp "$real" class/packed/anna/02-the-wire/wire.c
	(cd class/packed && tar -cf - anna | gzip >work.tgz && rm -r anna)
	(cd class/home/mail-lab && tar -cf ../../boxed.tar 02-the-wire)
	if command -v unzip && command -v python3; then
		(cd class/home/mail-lab && python3 -m zipfile -c ../../zipped.zip 02-the-wire)
	else
		cp class/boxed.tar class/zipped.tar
	fi
	graded
	cat table.csv
	for name in home flat moved twice late packed boxed zipped; do
		grep -q "^$name,02-the-wire,2,2,10.0,$" table.csv
	done
	grep -q '^named,02-the-wire,0,2,0.0,nothing was handed in that is called 02-the-wire/wire.c; there is main.c$' table.csv
	grep -q '^named: 0.0 of' graded/feedback/named.txt
	grep -q '^Handed in: wire.c, of ' graded/feedback/flat.txt
	grep -q '^What is expected is 02-the-wire/wire.c.$' graded/feedback/flat.txt
	grep -q '^Handed in: work.tgz: anna/02-the-wire/wire.c, of ' graded/feedback/packed.txt
	grep -q 'not tried: .*wire (1).c' graded/feedback/twice.txt
	! grep -q 'not tried' graded/feedback/packed.txt graded/feedback/boxed.txt || return 1
	graded
	grep -q 'tried: 0 works; as they were: 8' told
}

@test "an archive writes nothing, wherever it says that its files belong, and bombs no disk" {
	hands_in anna <"$real"
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
	graded
	cat table.csv
	grep -q '^bad,.*,"nothing was handed in that is called 02-the-wire/wire.c; there is up.tar' table.csv
	grep -q '^bomb,.*,"no file, or of more than 1 MB, was handed in"' table.csv
	grep -q '^link,.*,it could not be taken out of its archive' table.csv
	grep -q '^zip,.*,nothing was handed in that is called 02-the-wire/wire.c; there is work.zip' table.csv
	grep -q '^broken,.*,nothing was handed in .*; there is broken.tar.gz' table.csv
	[ -z "$(ls tmp)" ]
}

@test "lab handin packs what lab grade finds, and says what is done" {
	MAIL_LAB_HOME=$work/home
	export MAIL_LAB_HOME
	mkdir -p home/02-the-wire
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
	cp home/anna.tar.gz class
	cp home/anna.tar.gz class/'ben 1.tar.gz'
	graded
	! grep -q 'What is expected' graded/feedback/anna.txt || return 1
	grep -q '^anna,02-the-wire,2,2,10.0,$' table.csv
	grep -q '^ben 1,02-the-wire,2,2,10.0,$' table.csv
	for name in ../anna .anna -- 'a b' ''; do
		run lab handin "$name"
		ends 64
	done
	[ -z "$(ls tmp)" ]
}

@test "what -n prints are commands, each for one work, whose records laid together are those of the class" {
	hands_in anna <"$real"
	wrong 02-no-nul "ben's \$(work)"
	mkdir class/empty
	(cd class && mkdir -p zoe/02-the-wire && cp "$real" zoe/02-the-wire && tar -cf zoe.tar zoe && rm -r zoe)
	lab grade -f -n -o graded class >commands
	[ "$(wc -l <commands)" -eq 3 ]
	! grep -q '^passed' -r graded || return 1
	# On three machines, say: each has a folder of its own.
	n=0
	while IFS= read -r command; do
		n=$((n + 1))
		mkdir "machine$n"
		(cd "machine$n" && sh -c "$command" 2>told)
		grep -q 'tried: 1 works; as they were: 0' "machine$n/told"
		[ "$(ls "machine$n/graded")" = records ]
	done < <(sed 's/-o graded/-o .\/graded/' commands)
	mkdir -p merged
	for machine in machine?; do cp -R "$machine/graded" merged; done
	lab grade -f -o merged/graded >/dev/null 2>told
	grep -q . merged/graded/gradebook.csv
	lab grade -f -o graded class >/dev/null 2>&1
	grep -v '^empty' graded/gradebook.csv >without
	same without merged/graded/gradebook.csv
	# Here too they are nothing to try again, once they are there.
	[ "$(lab grade -f -n -o graded class | wc -l)" -eq 0 ]
}

@test "alike works are listed, whatever was renamed, and no others" {
	cp "$root"/tests/right/02-goto right
	starts >starter.c
	starter right "$real" >goto.c
	hands_in anna <goto.c
	sed 's/octet/byte/g; s/\<to\>/where/g; s,^\t,\t/* mine */  ,' goto.c | hands_in ben
	sed 's/got/how/g' "$real" | hands_in cleo
	starter "$root/tests/right/02-table" "$real" | hands_in dora
	{ cat starter.c && echo; } | hands_in eve
	{ cat starter.c && echo && echo; } | hands_in fay
	graded
	cat graded/alike.txt
	sed '1,/^02-the-wire:/d; s/[0-9][0-9]* words/N words/' graded/alike.txt | sort >listed
	printf '  N words: %s: wire_next_line\n' 'anna, ben' 'the real file, cleo' | sort >expected
	same expected listed
}

# block N FENCE: of the blocks of that kind in what teachers read, the Nth.
block() { awk -v n="$1" -v fence="\`\`\`$2" '$0 == "```" { on = 0 } on; $0 == fence { on = ++k == n }' "$root/lessons/TEACHERS.md"; }

@test "the workflow and the autograder that teachers read do what they say" {
	# Neither has a box.
	mkdir fake
	printf '#!/bin/sh\nexit 1\n' >fake/unshare
	chmod +x fake/unshare
	PATH=$work/fake:$PATH
	mkdir tree/tests
	cp -R "$root/tests/wrong" tree/tests
	ln -s tree mail-lab
	mkdir source results submission
	ln -s ../tree source/mail-lab
	wrong 02-no-nul work && mv class/work .
	cp work/02-the-wire/wire.c submission
	block 1 yaml | sed -n 's/^      - run: //p' | sed 's/-l 7/-l 2/' >steps
	[ "$(wc -l <steps)" -eq 5 ]
	sed 1d steps | head -n 3 >first_steps
	GITHUB_STEP_SUMMARY=$work/summary sh -e first_steps >/dev/null 2>told
	grep -q 'What happened in nul' summary
	run sh -c "$(tail -n 1 steps)"
	ends 1
	block 1 sh | sed "s,/autograder,$work,; s/-l 7/-l 2/; s,^cd.*,& \&\& rm -r graded," >run_autograder
	sh run_autograder >/dev/null 2>told
	grep -q '"score": 5.0' results/results.json
	rm submission/wire.c && echo 'int main(void) { return 0; }' >submission/main.c
	sh run_autograder >/dev/null 2>told
	grep -q '"score": 0.0' results/results.json
	grep -q 'nothing was handed in that is called 02-the-wire/wire.c; there is main.c' results/results.json
	cp "$real" work/02-the-wire/wire.c
	rm -r graded
	GITHUB_STEP_SUMMARY=$work/summary sh -e first_steps >/dev/null 2>told
	sh -c "$(tail -n 1 steps)"
}

@test "whoever makes names of links has nothing that is not in the own folder" {
	hands_in anna <"$real"
	mkdir key
	cp "$real" key/wire.c
	mkdir 02-the-wire && cp "$real" 02-the-wire && tar -cf key.tar 02-the-wire
	# A path in two lines, of which the second one leads through a link.
	mkdir -p "class/lines/$(printf 'x\n.')/key"
	echo 'no C' >"class/lines/$(printf 'x\n.')/key/wire.c"
	ln -s "$work/key" class/lines/key
	# A path that looks like that of a file in an archive.
	mkdir -p "class/tab/$(printf 'key.tar\t02-the-wire')"
	echo 'no C' >"class/tab/$(printf 'key.tar\t02-the-wire')/wire.c"
	ln -s "$work/key.tar" class/tab/key.tar
	ln -s "$work/key.tar" class/archive.tar
	graded
	cat table.csv told
	grep -q '^lines,.*,0,2,0.0,nothing was handed in' table.csv
	grep -q '^tab,.*,0,2,0.0,nothing was handed in' table.csv
	! grep -q '^archive,' table.csv || return 1
	grep -q 'archive.tar: a link is not followed' told
}

@test "a loose file in the class folder is its owner's, or is named as not understood" {
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
	grep -q '^cem,02-the-wire,2,2,10.0,$' table.csv
	grep -q '^anna,02-the-wire,2,2,10.0,$' table.csv
	grep -q '^Handed in: anna-wire.c, of ' graded/feedback/anna.txt
	for file in 'wire (1).c' zoe_wire.c eva.rar; do
		grep -qF "/class/$file is not understood: " told
		grep -qF "/class/$file is not understood: " graded/class.txt
	done
	[ "$(grep -c 'not understood' graded/class.txt)" -eq 3 ]
	# As commands, too.
	rm -r graded
	lab grade -f -n -o graded -r roster.csv class 2>told >commands
	sh commands >/dev/null 2>&1
	grep -q '^passed' graded/records/cem/02-the-wire
	grep -q '^passed' graded/records/anna/02-the-wire
}

@test "a class without a file that is recognised has its papers all the same" {
	mkdir class/anna class/ben
	echo 'no C' >class/anna/main.c
	run lab grade -f class
	ends 66
	says '02-the-wire/wire.c in it'
	graded -l 2
	grep -q 'found no work.* 02-the-wire/wire.c in it' told
	[ "$(wc -l <graded/gradebook.csv)" -eq 3 ]
	grep -q 'What is expected is 02-the-wire/wire.c' graded/feedback/anna.txt
	graded
	grep -q 'What is expected is 02-the-wire/wire.c' graded/feedback/ben.txt
}

@test "feedback is about what the student can try too; what is the teacher's alone is said to be that" {
	rows=tree/lessons/02-the-wire/rows
	awk '{ print } $0 == "== one-line" {
		print "!mine\twire_next_line(\"A\\r\\n\", 1000, closes)\tWIRE_GOT \"B\", WIRE_END length=0" }' $rows >more.txt
	cp more.txt $rows
	hands_in anna <"$real"
	wrong 02-no-nul ben
	graded -l 2
	cat table.csv graded/feedback/anna.txt
	grep -q "^anna,.*,.*one-line: the teacher's alone: " table.csv
	grep -q "^This row is your teacher's alone: lab check does not have it.$" graded/feedback/anna.txt
	! grep -q 'This case alone' graded/feedback/anna.txt || return 1
	grep -q '^ben,.*nul: expected 500' table.csv
	grep -q 'This case alone: lab check 2 nul' graded/feedback/ben.txt
	# Of one case, too.
	awk '{ print } /^!mine/ { sub(/!mine/, "ours"); sub(/"A/, "\"C"); print }' $rows >more.txt
	cp more.txt $rows
	graded -l 2
	grep -q 'This case alone: lab check 2 one-line' graded/feedback/anna.txt
	# A case that is hers alone.
	cp "$root/lessons/02-the-wire/rows" $rows
	sed 's/^nul/!nul/' "$exercise" >more.txt
	cp more.txt "$exercise"
	graded -l 2
	grep -q "^ben,.*nul: the teacher's alone: " table.csv
	grep -q "^This case is your teacher's alone" graded/feedback/ben.txt
	! grep -q 'In a debugger' graded/feedback/ben.txt || return 1
}

@test "a damaged archive and a link are said to be that, and class.txt names whose work does not compile" {
	hands_in anna <"$real"
	echo 'no C' | hands_in fay
	echo 'no C' | hands_in gus
	mkdir -p class/ben class/cleo/mail-lab class/dora class/eve class/real
	cp "$real" class/real/wire.c
	(cd class/real && tar -cf - wire.c) | gzip >whole.tar.gz
	head -c 600 whole.tar.gz >class/ben.tar.gz && rmdir class/ben
	ln -s "$real" class/cleo/mail-lab/wire.c
	mkdir elsewhere && ln -s "$work/elsewhere" class/dora/mail-lab
	(cd class/eve && ln -s "$real" wire.c && tar -cf eve.tar wire.c && rm wire.c)
	graded
	cat table.csv graded/class.txt
	grep -q '^ben,.*its archive is damaged' table.csv
	grep -q '^cleo,.*,a link was handed in$' table.csv
	grep -q '^dora,.*there is mail-lab (a link)$' table.csv
	grep -q '^eve,.*it could not be taken out of its archive: it is a link' table.csv
	grep -q '^  Does not compile: fay, gus$' graded/class.txt
	echo 'no archive' >class/ben.tar.gz
	graded
	grep -q '^ben,.*there is ben.tar.gz (damaged)$' table.csv
}

@test "of two archives of one student the later one is taken, and both are named" {
	mkdir -p home/02-the-wire class/ben
	rmdir class/ben
	cp "$real" home/02-the-wire/wire.c
	tar -czf class/ben.tgz -C home 02-the-wire
	cp class/ben.tgz 'class/anna (1).tar.gz'
	cp class/ben.tgz class/cleo.tar.gz
	echo 'no C' >home/02-the-wire/wire.c
	tar -czf class/ben.tar.gz -C home 02-the-wire
	cp class/ben.tar.gz class/anna.tar.gz
	hands_in cleo <home/02-the-wire/wire.c
	touch -t 202611010000 class/*.tar.gz
	touch -t 202611020000 class/ben.tgz 'class/anna (1).tar.gz'
	graded
	cat table.csv told
	grep -q '^anna,02-the-wire,2,2,10.0,$' table.csv
	grep -q '^ben,02-the-wire,2,2,10.0,$' table.csv
	grep -q '^cleo,.*does not compile' table.csv
	[ "$(wc -l <table.csv)" -eq 4 ]
	for paper in told graded/class.txt; do
		grep -q '/anna (1).tar.gz and .*/anna.tar.gz are of one student\|/anna.tar.gz and .*/anna (1).tar.gz are of one student' $paper
		grep -q '/ben.*/ben.tgz are of one student\|/ben.tgz and .*/ben.tar.gz are of one student' $paper
		grep -q '/cleo and .*/cleo.tar.gz are of one student: the first, which is a folder, is taken' $paper
	done
}

@test "what lab keeps in its folder is not what a student handed in" {
	MAIL_LAB_HOME=$work/class/anna
	export MAIL_LAB_HOME
	hands_in anna <"$real"
	lab check 2 >checked
	lab hint 2 >hinted
	lab handin anna >handed
	mkdir -p class/anna/run/bin class/anna/own class/anna/class class/anna/host/anna/mail
	for file in run/bin/talk own/talk class/anna host/anna/users ports read cases 02-the-wire/hunt.rows; do
		echo x >>"class/anna/$file"
	done
	ln -s "$root/lessons" class/anna/02-the-wire/lessons
	ls -R class/anna
	graded
	cat graded/feedback/anna.txt
	! grep -q 'handed in too' graded/feedback/anna.txt || return 1
	rm class/anna/02-the-wire/wire.c class/anna/anna.tar.gz
	graded -l 2
	cat table.csv
	grep -q '^anna,.*,nothing was handed in$' table.csv
	echo notes >class/anna/notes.txt
	graded -l 2
	grep -q 'there is notes.txt$' table.csv
}

@test "deadlines and the times that feedback names are those of the clock here, which is named" {
	hands_in anna <"$real"
	TZ=UTC0 touch -t 202611301730 class/anna/02-the-wire/wire.c
	export TZ=CET-1
	graded -d 2026-11-30T18:00
	grep -q '^Handed in: 02-the-wire/wire.c, of 2026-11-30 18:30 CET, 30m after the deadline$' graded/feedback/anna.txt
}

@test "lab grade -v takes the name of a student for her archive too" {
	mkdir 02-the-wire
	cp "$real" 02-the-wire
	tar -czf class/anna.tar.gz 02-the-wire
	lab grade -f -v class/anna >told 2>&1
	grep -q '^anna: 02-the-wire: ' told
	run lab grade -f -v class/nobody
	ends 66
}

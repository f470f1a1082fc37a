#!/usr/bin/env bats
# The Chinese course: what is typed and what appears is the same in both languages, and no page
# stays as it was when the English changes.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# chinese FILE: the name of the Chinese text of an English one.
chinese() {
	case $1 in
	*.md) echo "${1%.md}.zh.md" ;;
	*) echo "$1.zh" ;;
	esac
}

# prose WIDTH: the file text, as a terminal shows it.
prose() {
	LC_ALL=C awk -v width="$1" -f "$root/scripts/classroom/spoken.awk" \
		-f "$root/scripts/classroom/walk-prose.awk" -f "$root/scripts/classroom/lab-prose.awk" text
}

# texts: each English text that has a Chinese one, from the root of the house on.
texts() { (cd "$root" && LC_ALL=C ls lessons/README.md lessons/TEACHERS.md lessons/[0-9]*/README.md lessons/[0-9]*/exercise); }

# alike FILE FORM: whether the awk program FORM prints the same of both texts, but for the number of
# the line, which comes after a tab. Shows the first difference.
alike() {
	local one=$root/$1 other n
	other=$root/$(chinese "$1")
	[ -r "$other" ] || { echo "there is no $(chinese "$1")" && return 1; }
	LC_ALL=C awk -f "$2" "$one" >english
	LC_ALL=C awk -f "$2" "$other" >chinese
	cut -f 1 english >english.form
	cut -f 1 chinese >chinese.form
	n=$(diff english.form chinese.form | sed -n '1s/[^0-9].*//p')
	[ -n "$n" ] || return 0
	echo "$1, and below it $(chinese "$1"); each with the number of a line:"
	sed -n "$n,$((n + 1))p" english
	sed -n "$n,$((n + 1))p" chinese
	return 1
}

@test "each page has its Chinese page, with the same commands, headings, links, RFCs and passages" {
	local text failed=0
	for text in $(texts | grep '[.]md$'); do
		alike "$text" "$root/tests/skeleton.awk" || failed=1
	done
	[ "$failed" -eq 0 ]
}

@test "each exercise has its Chinese text, with the same hints and cases, and their RFCs" {
	local text failed=0
	cat >form.awk <<-'END'
		/^learnt:/ { print "learnt\t" NR }
		/^== (task|hint|cases)/ { print $0 "\t" NR; part = $2; next }
		/^== / { part = ""; next }
		part == "cases" {
			split($0, of, "\t")
			all = of[1]
			while (match(of[3], /RFC [0-9]+|[0-9]+[.][0-9.]*[0-9]/)) {
				all = all " " substr(of[3], RSTART, RLENGTH)
				of[3] = substr(of[3], RSTART + RLENGTH)
			}
			print all (of[2] == "" ? " lacks a sentence" : "") "\t" NR
		}
	END
	for text in $(texts | grep 'exercise$'); do
		alike "$text" form.awk || failed=1
	done
	[ "$failed" -eq 0 ]
}

@test "no English text has changed since its Chinese one was held against it" {
	texts | (cd "$root" && xargs cksum) >now
	diff "$root/tests/chinese.sums" now >changed || {
		sed -n 's/^> [0-9]* [0-9]* //p' changed | while read -r text; do
			echo "$text has changed: bring $(chinese "$text") up to it, and its line in tests/chinese.sums"
		done
		return 1
	}
}

@test "a paragraph in Chinese breaks between characters, but not before a comma nor after a bracket" {
	printf '%s\n' '服务器说“你好”，（客户）答：`HELO crepes.fr`。' '下一行，没有空格；abc' 'def有一个。' >text
	printf '%s\n' '服务器说“你好”，（客' '户）答：`HELO' 'crepes.fr`。下一行，' '没有空格；abc def有' '一个。' >expected
	prose 20 >got
	same expected got
	printf '%s\n' '服务器说“你好”，（客' '户）答：`HELO' 'crepes.fr`。下一行，没' '有空格；abc def有一' '个。' >expected
	prose 22 >got
	same expected got
}

@test "code with remarks in Chinese goes on below in the columns that there are, each character whole" {
	printf '\t%s\n' 'WIRE_GOT   一行，以CRLF结束，也就是回车符和换行符' '(写出这个字节，或者等号和它的两个数字；然后返回text)' >text
	printf '%s\n' '    WIRE_GOT   一行，以CRLF结束，也就是' '               回车符和换行符' \
		'    (写出这个字节，或者等号和它的两个数' '        字；然后返回text)' >expected
	prose 39 >got
	same expected got
}

#!/usr/bin/env bats
# spoken: what the course says to a person in her own language. Each text has its line in
# scripts/classroom/words.zh, and what is shown keeps its columns.
load common

setup() {
	common_setup
	words=$root/scripts/classroom/words.zh
	lesson=$root/lessons/07-base64
	LC_ALL=C TMPDIR=$work/tmp
	export LC_ALL TMPDIR
	mkdir tmp
}
teardown() { common_teardown; }

# in_chinese COMMAND...: run, with the words of the course.
in_chinese() { MAIL_LAB_WORDS=$words run "$@"; }

# lacking: of the texts that are read, those that have no line in words.zh.
lacking() {
	awk -F '\t' 'NR == FNR { if (!/^#/ && NF == 2) has[$1] = 1; next } !($0 in has)' "$words" - | sort -u
}
texts_in_c() { find "$root/lessons" "$root/client" "$root/server" "$root/scripts" -name '*.c' -exec awk -f "$root/tests/spoken-in-c.awk" {} +; }

@test "every row of tests/rows/utf8 holds" { rows utf8; }

@test "each text that a C program says to a person has its line in words.zh" {
	texts_in_c >said
	[ "$(wc -l <said)" -gt 150 ]
	lacking <said >lack
	[ ! -s lack ] || { echo 'without a line in words.zh:' && cat lack && return 1; }
	# What is said no longer has no line left.
	awk '/^# / { mine = $0 ~ /^# examine/; next } mine' "$words" | cut -f 1 | sort >lines
	sort -u said | comm -13 - lines >unsaid
	[ ! -s unsaid ] || { echo 'said by no program:' && cat unsaid && return 1; }
}

@test "each line of words.zh is there once, with the conversions of its English, in order or numbered" {
	awk -F '\t' '
		# conversions: those of printf in a text, in the order of what they convert.
		function conversions(t,    n, c, k, of, all) {
			gsub(/%%/, "", t)
			while (match(t, /%([0-9]+[$])?[-+ 0#]*[0-9.*]*[hljzt]*[a-zA-Z]/)) {
				c = substr(t, RSTART + 1, RLENGTH - 1)
				t = substr(t, RSTART + RLENGTH)
				k = ++n
				if (c ~ /^[0-9]+[$]/) {
					k = c + 0
					sub(/^[0-9]+[$]/, "", c)
					numbered++
				}
				of[k] = of[k] "%" c
			}
			if (numbered && numbered != n)
				all = "some are numbered: "
			numbered = 0
			for (k = 1; k <= n; k++)
				all = all " " of[k]
			return all
		}
		/^#/ || !/\t/ { next }
		NF != 2 || $2 == "" { print FILENAME ":" FNR ": not an English text and a Chinese one: " $0 }
		$1 in seen { print FILENAME ":" FNR ": it is there twice: " $1 }
		conversions($1) != conversions($2) { print FILENAME ":" FNR ": " conversions($1) " becomes" conversions($2) }
		{ seen[$1] = 1 }' "$words" >wrong
	[ ! -s wrong ] || { cat wrong && return 1; }
}

# copy_of LESSON: one of our own, with its exercise to write in.
copy_of() {
	mkdir -p lessons
	cp -R "$1" lessons
	lesson=$work/lessons/${1##*/}
	LAB_HEADERS=$root
	export LAB_HEADERS
}

@test "a check in Chinese tells what happened, and what a record is found by stays as it is" {
	patch -s -o wire.c "$root/lessons/wire/wire.c" "$root/tests/wrong/02-no-nul.patch"
	in_chinese "$build/examine" -r record "$root/lessons/02-the-wire" wire.c nul
	ends 1
	says '用例nul没有通过：'
	says '到这里都正确：'
	says '接着，在NOOP之后、未知命令之前：'
	says '
  预期      S:500 a NUL in the line
  实际      S:250 OK
              ^
  应为“5”，这里是“2”
'
	says '规则：RFC 5321, 4.1.2'
	says '只检验这个用例：lab check 2 nul'
	reads record "$(printf 'failed\tnul\texpected 500, got 250: done')"
	echo x >base64.c
	in_chinese "$build/examine" -m "$lesson" base64.c three
	says "$(printf 'failed\tthree\tdoes not compile')"
	in_chinese "$build/examine" "$lesson" base64.c three
	says '缺少函数encode_three：base64.c里必须有它。'
	says 'base64.c编译不通过。编译器说：'
}

@test "below two lines with Han characters the caret is in the right column" {
	lesson=$root/lessons/10-many-messages-one-connection
	sed 's/^C:Do you like ketchup?/C:你好，番茄酱 a/' "$lesson/cases/no-dots.txt" >mine.txt
	printf '你好，番茄酱 b\n\nHow about pickles?\n' >mine.eml
	in_chinese hunt "$lesson" mine.txt
	ends 65
	says '
  预期      C:你好，番茄酱 a
  实际      C:你好，番茄酱 b
                           ^
  应为“a”，这里是“b”
'
	printf '%s\n' 'S:220 你好 a' >expected
	printf '%s\n' 'S:220 你好 b' >actual
	in_chinese compare-transcripts expected actual
	ends 1
	[ "$output" = 'expected:1和actual:1不同，在问候行中：
预期      S:220 你好 a
实际      S:220 你好 b
                     ^
第10列（S:之后第8个字符）：应为“a”，这里是“b”' ] || { echo "$output" && return 1; }
	# A difference within a character is one of the whole character.
	sed 's/^C:Do you like ketchup?/C:番茄酱/' "$lesson/cases/no-dots.txt" >mine.txt
	printf '番茄醬\n\nHow about pickles?\n' >mine.eml
	run hunt "$lesson" mine.txt
	says '
  actual    C:番茄醬
                  ^
'
}

@test "of long lines with Han characters the part around the caret is shown" {
	lesson=$root/lessons/10-many-messages-one-connection
	sed "s/^C:Do you like ketchup?/C:$(n_of 60 番)a茄/" "$lesson/cases/no-dots.txt" >mine.txt
	printf '%s\n\nHow about pickles?\n' "$(n_of 60 番)b茄" >mine.eml
	run hunt "$lesson" mine.txt
	says "
  expected  ...$(n_of 15 番)a茄
  actual    ...$(n_of 15 番)b茄
$(printf '%45s' '')^
"
	# What is cut at the right edge is cut between two characters.
	sed "s/^C:Do you like ketchup?/C:a$(n_of 60 番)/" "$lesson/cases/no-dots.txt" >mine.txt
	printf '%s\n\nHow about pickles?\n' "b$(n_of 60 番)" >mine.eml
	run hunt "$lesson" mine.txt
	says "
  expected  C:a$(n_of 28 番)...
"
}

@test "compare-transcripts explains in Chinese, with the rule that a line breaks" {
	article=$root/lessons/03-the-transcript/expected.txt
	sed 's/<alice@crepes.fr>/alice/' "$article" >actual
	in_chinese compare-transcripts "$article" actual
	ends 1
	says ':4和actual:4不同，在MAIL FROM中，HELO之后、RCPT TO之前：'
	says '第13列（C:之后第11个字符）：应为“<”，这里是“a”'
	says 'RFC 5321, 4.1.1.2：尖括号紧跟冒号：MAIL FROM:<alice@crepes.fr>'
	sed '$d' "$article" >actual
	in_chinese compare-transcripts "$article" actual
	says '和actual的结尾不同，'
	says '（实际的对话到此为止：S不再说话）'
}

@test "a case has the sentence and the rule of exercise.zh, and English where that lacks it" {
	copy_of "$lesson"
	printf '%s\n' 'learnt: 三个字节变成四个字符。' '== cases' \
		"$(printf 'three\t三个字节变成四个字符，不多也不少，无论编码器以前拿着什么字节，也无论它们是从哪里来的\t规则一')" >"$lesson/exercise.zh"
	sed -e 's/^three/!&/' "$lesson/exercise" >hidden
	mv hidden "$lesson/exercise"
	in_chinese "$build/examine" "$lesson" "$root/lessons/message/base64.c"
	ends 0
	says '  + three            三个字节变成四个字符，不多也不少，无论编码器以前拿着什么字'
	says '
                     节，也无论它们是从哪里来的'
	says '  + one-left         '"$(awk -F '\t' '$1 == "one-left" { print $2 }' "$lesson/exercise")"
	[ -z "$(printf '%s\n' "$output" | awk '{ gsub(/[\343-\357][\200-\277][\200-\277]/, "xx") } length > 80')" ]
	# What the lines between pieces are, too.
	copy_of "$root/lessons/02-the-wire"
	echo 'unit: 一行' >"$lesson/exercise.zh"
	patch -s -o wire.c "$root/lessons/wire/wire.c" "$root/tests/wrong/02-cr-in-the-same-piece.patch"
	in_chinese "$build/examine" "$lesson" wire.c one-line
	says '读一次不等于一行：整个到达时能通过，切成1字节一段就不行'
}

@test "what has no line in the file is English, and so is all of it without a file" {
	printf 'expected\t预期\n' >few
	printf '%s\n' 'S:220 a' >expected
	printf '%s\n' 'S:220 b' >actual
	MAIL_LAB_WORDS=$work/few run compare-transcripts expected actual
	[ "${lines[0]}" = 'expected:1 and actual:1 differ, in the greeting:' ]
	[ "${lines[1]}" = '预期      S:220 a' ]
	[ "${lines[2]}" = 'actual    S:220 b' ]
	MAIL_LAB_WORDS=$work/nowhere run compare-transcripts expected actual
	[ "${lines[1]}" = 'expected  S:220 a' ]
}

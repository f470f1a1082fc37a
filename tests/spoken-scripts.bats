#!/usr/bin/env bats
# spoken, in the scripts: what they say to a person comes from scripts/classroom/words.zh, in the
# language that is chosen, and nothing of it is said past that.
load common

setup() {
	common_setup
	words=$root/scripts/classroom/words.zh
	MAIL_LAB_HOME=$work/home LC_ALL=C.UTF-8 TMPDIR=$work/tmp
	export MAIL_LAB_HOME LC_ALL TMPDIR
	mkdir tmp home
	lists_scripts
}
teardown() { common_teardown; }

# lists_scripts: sets shells and awks, those of the course that speak to a person.
lists_scripts() {
	cd "$root/scripts" || return
	shells=(lab alice-to-bob compare-http-smtp draw-transcript drawing/draw-alice-to-bob)
	awks=(drawing/*.awk classroom/papers/*.awk)
	local file
	for file in classroom/lab-* classroom/walk-*; do
		case $file in *.awk) awks+=("$file") ;; classroom/lab-*) shells+=("$file") ;; esac
	done
	cd "$work" || return
}

# texts: those that the scripts say, a line each, with the place.
texts() { (cd "$root/scripts" && awk -f "$root/tests/spoken-texts.awk" "${shells[@]}" "${awks[@]}"); }

# texts_of_records: of a record, which is English; a paper says them by spoken().
texts_of_records() {
	(cd "$root/scripts/classroom" && sed -n "s/.*\(why\|too_large\)='\([^']*[a-z] [^']*\)'.*/\2/p
		s/.*work 0 [^']*'\([^']*\)'.*/\1/p" lab-collect lab-grade
	sed -n 's/.*why = "\([^"]*\)"$/\1/p
		s/.*reason\[.*"\([^"]* [^"]*\)".*/\1/p' lab-changed.awk lab-verdicts.awk)
}

# in_chinese COMMAND...: as somebody has it who has chosen Chinese.
in_chinese() { MAIL_LAB_WORDS=$words run "$@"; }

@test "each text that a script says to a person has its line in words.zh" {
	texts >said
	[ "$(wc -l <said)" -gt 300 ]
	texts_of_records | sed 's/^/a record	/' >of_records
	[ "$(sort -u of_records | wc -l)" -ge 9 ]
	awk -F '\t' '
		NR == FNR { if ($0 !~ /^#/ && NF == 2) has[$1] = 1; next }
		$2 ~ /[A-Za-z][A-Za-z]/ && !($2 in has)' "$words" said of_records >lack
	[ ! -s lack ] || { echo 'without a line in words.zh:' && cat lack && return 1; }
}

@test "no line of words.zh is left of a text that nothing says any more" {
	{ texts && texts_of_records | sed 's/^/a record	/'; } | cut -f 2 >said
	# A text in C may be in several pieces, which the compiler joins.
	find "$root/lessons" "$root/client" "$root/server" "$root/scripts" -name '*.c' -exec cat {} + |
		awk '{ all = all $0 " " } END { gsub(/"[ \t]+"/, "", all); print all }' >c
	awk -F '\t' '
		FILENAME == "said" { said[$0] = 1; next }
		FILENAME == "c" { c = $0; next }
		!/^#/ && !($1 in said) && index(c, "\"" $1 "\"") == 0 { print $1 }' said c "$words" >unsaid
	[ ! -s unsaid ] || { echo 'said by nothing:' && cat unsaid && return 1; }
}

@test "a line of a script has the conversions of its English, in the same order" {
	# printf(1) and awk know no numbered ones.
	texts | cut -f 2 | awk -F '\t' '
		function conversions(t,    all) {
			gsub(/%%/, "", t)
			for (; match(t, /%[^ A-Za-z]*[A-Za-z]/); t = substr(t, RSTART + RLENGTH))
				all = all " " substr(t, RSTART, RLENGTH)
			return all
		}
		FILENAME == "-" { said[$0] = 1; next }
		$1 in said && conversions($1) != conversions($2)' - "$words" >wrong
	[ ! -s wrong ] || { cat wrong && return 1; }
}

@test "a script says nothing to a person but by tell, fail, spoken and spoken_lines" {
	# What may be: what a program writes into its own files, Alice's and Bob's letters, names of
	# programs, and the diagnostics of alice-to-bob, compare-http-smtp and draw-transcript, which are
	# English as those of every program are.
	cat >allowed <<-'END'
		the programs are not built: make builds them" >&2
		: not a new or empty folder" >&2
		'    mime-encode        smtp-server, mail-queue   smtp-server       pop3-fetch'
		Do you like ketchup?
		Yes, and pickles too.
		bob:I like pickles
		# what $class says; nobody listens on port 1
		usage: draw-alice-to-bob DIR HOST:PORT
		<section class="station"><h3>
		printf 'lab: try: ' >&2
		int main(void) { return 0; }
	END
	(cd "$root/scripts" && grep -nE "(echo|printf( '%s\\\\n')?) [\"'][^\"']*[A-Za-z]{2,}[,:]? [a-z]{2,}" "${shells[@]}" |
		grep -v '^[^:]*:[0-9]*:[[:space:]]*#') | grep -vF -f allowed >bare || :
	# Of awk: each text in quotes, but where spoken gets it.
	cat >allowed <<-'END'
		lab-alike.awk
		lab-passed.awk
		papers/junit.awk
		drawing/draw-html.awk
		drawing/draw-svg.awk
		drawing/transcript.awk
		student,lesson,passed,total,points,first failure
		walk_return $walk_status
		eval '
		CDPATH ENV WALK_WORK
		MAIL_LAB_ADDRESSES
		{ command lab
		command lab host
		this response brings no object
		a response without Content-Length
		a multipart in a multipart is not measured
		quoted-printable is not measured
		a conversation ends too soon
		: nothing was carried
		: a blank after every colon
		: cannot be read
		the exercise names 
		, which is not there once
		an unknown command
		the message
		does not compile
		class=\"
		console by-hand
		trap 'echo interrupted
	END
	texts_of_records >>allowed
	(cd "$root/scripts" && awk '
		/^[ \t]*#/ { next }
		{
			sub(/[ \t]# .*/, "")
			for (l = $0; match(l, /"([^"\\]|\\.)*"/); l = substr(l, RSTART + RLENGTH))
				if (substr(l, RSTART, RLENGTH) ~ /[A-Za-z][A-Za-z]+[,:]? [a-z][a-z]/ && substr(l, 1, RSTART - 1) !~ /spoken\($/)
					print FILENAME ":" FNR ": " substr(l, RSTART, RLENGTH)
		}' "${awks[@]}") | grep -vF -f allowed >>bare || :
	[ ! -s bare ] || { echo 'said past tell:' && cat bare && return 1; }
}

@test "lab -L zh lists, starts, hints and checks in Chinese, and -L en in English" {
	run lab -L zh
	ends 0
	says '  03  传输脚本                       比较应答与预期的应答'
	says '下一步：lab 0'
	run lab -L zh start 3
	ends 0
	says '由你来写： reply_code（第'
	says "头文件：$root/lessons、client、server"
	run lab -L zh hint 3
	says '提示1'
	says '还是没有头绪？再来一次lab hint 3。'
	run lab -L zh check 3 one-word
	ends 1
	run lab -L zh
	says '                                       进行中：用了1条提示'
	run lab -L zh hint 3 9
	ends 66
	[ "$output" = 'lab: 没有第9条提示' ]
	run lab -L zh -h
	says '用法：lab '
	[ "${output//[[:ascii:]]/}" != '' ]
	MAIL_LAB_WORDS=$words run lab -L en hint 3 1
	says 'Still stuck? lab hint 3 once more.'
	run lab -L xx
	ends 64
	[ "$output" = 'lab: xx: no such language; zh and en are some' ]
}

@test "the language is that of the locale, where a terminal shows UTF-8" {
	unset MAIL_LAB_WORDS LC_ALL LC_CTYPE LC_MESSAGES LANG
	LANG=zh_CN.UTF-8 run lab hint 3 1
	says '提示1'
	LC_ALL=zh_TW.utf8 run lab hint 3 1
	says '提示1'
	LANG=en_US.UTF-8 LC_MESSAGES=zh_CN.UTF-8 run lab hint 3 1
	says '提示1'
	LANG=zh_CN.GBK run lab hint 3 1
	says 'Hint 1'
	LANG=zh_CN.UTF-8 LC_ALL=C run lab hint 3 1
	says 'Hint 1'
	LANG=fr_FR.UTF-8 run lab hint 3 1
	says 'Hint 1'
	LANG=zh_CN.UTF-8 run lab -L en hint 3 1
	says 'Hint 1'
}

@test "the section that lab start points to is there in Chinese, and what a lesson's reader is able to do" {
	section=$(awk -F '\t' '$1 ~ /^Other editors/ { gsub(/.*%s 0 "|".*/, "", $2); print $2 }' "$words")
	[ -n "$section" ]
	grep -q "^## $section" "$root"/lessons/00-*/README.zh.md
	in_chinese sh "$root/scripts/classroom/lab-onwards" read "$root"/lessons/01-*
	ends 0
	says '第1课读完了'
	says "$(awk '/^## / { n++; next } n == 1 && /^-/ { print substr($0, 1, 20); exit }' "$root"/lessons/01-*/README.zh.md)"
}

@test "lab hunt names in Chinese the case that would catch a program" {
	lab hunt 3 >/dev/null
	in_chinese lab hunt 3
	says '第1个程序的提示。它错在这一条：'
	title=$(cat "$MAIL_LAB_HOME/run/hunted/03-1.case" 2>/dev/null || cat "$build/hunted/03-1.case")
	name=$(awk -F '\t+' -v t="$title" '$2 == t { print $1; exit }' "$root"/lessons/03-*/exercise)
	says "$(awk -F '\t+' -v n="$name" '$1 == n { print $2 }' "$root"/lessons/03-*/exercise.zh)"
}

@test "alice-to-bob in Chinese has the same console lines, and its page is Chinese" {
	# What differs from one time to the next: numbers, what Message-ID has, and whether the farewell
	# had been heard when the record was read.
	plain() { sed -E '/(C:RSET|S:250 forgotten|C:QUIT|S:221 .*)$/d' | sed 's/[0-9][0-9a-f]*/N/g; s/=_part_[0-9a-fN]*/=_part_N/; s/<N[^@]*@/<N@/; s/\(Mon\|Tue\|Wed\|Thu\|Fri\|Sat\|Sun\), .*/DAY/'; }
	sh "$root/scripts/alice-to-bob" | plain | grep -E '^(crepes|hamburger).*\$ |^    -|^[ ]*[CS]:|^N |^  queue' >english
	in_chinese sh "$root/scripts/alice-to-bob" --keep kept
	ends 0
	says '从Alice到Bob：'
	plain <<<"$output" | grep -E '^(crepes|hamburger).*\$ |^    -|^[ ]*[CS]:|^N |^  queue' >chinese
	[ "$(wc -l <english)" -gt 60 ]
	same english chinese
	grep -q '<html lang="zh-CN">' kept/index.html
	grep -q '<h1>从Alice到Bob</h1>' kept/index.html
	# Not a sentence of English is left, but what the programs said.
	sed '/<style>/,/<\/style>/d; /<pre>/,/<\/pre>/d' kept/index.html | grep -E '<(h[123]|p|title|small|desc|figcaption)' |
		grep -E '>[^<]*[a-z]{2,} [a-z]{2,}[^<]*<' >english || :
	[ ! -s english ] || { cat english && return 1; }
}

@test "of what alice-to-bob says in Chinese no line takes more than 80 columns" {
	awk -F '\t' '/^# alice-to-bob/ { on = 1 } /^# drawings/ { on = 0 } /^# compare/ { on = 1 } /^# walk/ { on = 0 }
		on && !/^#/ { gsub(/%s|\\n/, "", $2); print $2 }' "$words" >lines
	cat >over.awk <<<'columns($0) > 80'
	LC_ALL=C awk -f "$root/scripts/classroom/spoken.awk" -f over.awk lines >over
	[ ! -s over ] || { cat over && return 1; }
}

@test "the table of compare-http-smtp has its columns in Chinese" {
	in_chinese compare-http-smtp
	ends 0
	says '从Alice到Bob。他用HTTP来取：'
	cat >wide.awk <<<'/^(TCP|客户|服务器|传送|开销|  |    [^ ]* +[0-9])/ && /[0-9%]$/ { print columns($0) }'
	LC_ALL=C awk -f "$root/scripts/classroom/spoken.awk" -f wide.awk <<<"$output" | sort -u >widths
	[ "$(cat widths)" = 79 ]
}

@test "a lesson that walk cannot find a section of says so in Chinese" {
	in_chinese lab 1 'no such section'
	ends 66
	says '里没有标题含有这几个字的一节：no such section'
}

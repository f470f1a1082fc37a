#!/usr/bin/env bats
# The manual: each program has its page, each page is true to its program, and what its
# examples say is typed and appears, is typed and appears.
#
#	.Bd -literal -offset indent     performed; .Dl and .Bd -unfilled are not

load common

setup() {
	common_setup
	cd "$root" || return 1
}
teardown() { common_teardown; }

# pages: all that there are, in the array of that name.
pages() {
	local page
	pages=()
	for page in client/*.1 server/*.1 scripts/*.1 scripts/*/*.1 lessons/*/*.5; do
		[ ! -e "$page" ] || pages+=("$page")
	done
}

# commands: the page of each program of the Makefile, of each script with a usage of its own
# but for the parts of others and what only a clone has, and of the format.
commands() {
	local name folder
	for name in $(awk '/^PROGRAMS =/ { inside = 1; sub(/.*=/, "") }
		inside { inside = sub(/\\$/, ""); print }' Makefile); do
		for folder in client server scripts/classroom; do
			[ ! -e "$folder/$name.c" ] || echo "$folder/$name.1"
		done
	done
	for name in $(grep -ls "^usage='usage: " scripts/* scripts/classroom/*); do
		case $name in
		*/lab) echo scripts/mail-lab.1 ;;
		*/lab-* | */setup | */handout) ;;
		*) echo "$name.1" ;;
		esac
	done
	echo lessons/transcript/transcript.5
}

# usage PAGE: its program's own line.
usage() {
	local name=${1##*/}
	case $name in
	mail-lab.1) lab -h ;;
	*) "${name%.1}" -h ;;
	esac
}

# words_of_usage: of each form of the usage the options, operands and words. The usage of each
# page comes after a line "== PAGE".
words_of_usage() {
	awk '
		function end() { if (NR > 1) print "" }
		/^== / { end(); print; line = 0; over = 0; next }
		++line == 1 { name = $2; sub(/^usage:/, "      ") }
		!/^       / { over = 1 }
		!over {
			sub(/^ +/, "")
			sub(/   .*/, "")
			gsub(/[][|]|\.\.\./, " ")
			$1 = $1
			if ($1 == name)
				printf "%s", (line > 1 ? "\n" : "")
			sub("^" name "( |$)", "")
			printf "%s", ($0 == "" ? "" : $0 " ")
		}
		END { end() }'
}

# words_of_synopsis PAGE...: the same of the pages.
words_of_synopsis() {
	awk '
		function end() { if (NR > 1) print "" }
		FNR == 1 { end(); print "== " FILENAME; inside = begun = 0 }
		/^\.Sh / { inside = $2 == "SYNOPSIS"; next }
		!inside || /^\.(Bk|Ek)/ { next }
		/^\.Nm/ { printf "%s", (begun++ ? "\n" : ""); next }
		{
			sub(/^\./, "")
			for (i = 1; i <= NF; i++)
				if ($i == "Fl")
					printf "-%s ", $(++i)
				else if ($i !~ /^(Op|Oo|Oc|Ns|Ar|Cm|\||\.\.\.)$/)
					printf "%s ", $i
		}
		END { end() }' "$@"
}

# unexplained WORDS PAGE...: the options among the words that no .It of their page is for.
unexplained() {
	awk '
		NR == FNR && /^== / { page = $2; next }
		NR == FNR { for (i = 1; i <= NF; i++) if ($i ~ /^-./ && $i != "--") wanted[page, substr($i, 2)] = 1; next }
		/^\.It Fl / { delete wanted[FILENAME, $3] }
		END { for (one in wanted) { split(one, of, SUBSEP); print of[1] ": -" of[2] " is not explained" } }' "$@"
}

@test "each program has its page, and each page its program" {
	commands | sort >"$work/expected"
	pages
	printf '%s\n' "${pages[@]}" | sort >"$work/actual"
	comm -13 "$work/expected" "$work/actual" >"$work/alone"
	[ ! -s "$work/alone" ] || { cat "$work/alone" && return 1; }
	same "$work/expected" "$work/actual"
}

@test "each program is in PROGRAMS of the Makefile, and has its row in README.md and its tests" {
	local file name
	commands >"$work/commands"
	for file in $(grep -l '^int main(' client/*.c server/*.c scripts/classroom/*.c); do
		[ "${file##*/}" != rows.c ] || continue # the main of each driver of rows
		name=${file##*/} name=${name%.c}
		has_line "${file%.c}.1" "$work/commands" || echo "not in PROGRAMS: $name"
		has_line "| [[]$name]($file) |*" README.md || echo "no row in README.md: $name"
		[ -e "tests/$name.bats" ] || [ "$name" = confine ] || echo "no tests/$name.bats"
	done >"$work/missing"
	[ ! -s "$work/missing" ] || { cat "$work/missing" && return 1; }
}

@test "the synopsis of each page is the usage of its program, and each option is explained" {
	local page with_usage=()
	pages
	for page in "${pages[@]}"; do
		[[ $page == *.1 ]] || continue
		with_usage+=("$page")
		echo "== $page"
		usage "$page"
	done >"$work/usages"
	words_of_usage <"$work/usages" >"$work/expected"
	words_of_synopsis "${with_usage[@]}" >"$work/actual"
	[ "$(grep -c '^[^=]' "$work/expected")" -ge ${#with_usage[@]} ]
	same "$work/expected" "$work/actual"
	unexplained "$work/expected" "${with_usage[@]}" >"$work/failed"
	[ ! -s "$work/failed" ] || { cat "$work/failed" && return 1; }
}

@test "the examples of each page are performed, and hold" {
	local page lesson lessons=()
	mkdir "$work/lessons"
	ln -s "$root"/lessons/* "$work/lessons/"
	pages
	for page in "${pages[@]}"; do lessons+=("$work/lessons/${page##*/}"); done
	rm -f "${lessons[@]}"
	mkdir "${lessons[@]}"
	for page in "${pages[@]}"; do
		lesson=$work/lessons/${page##*/}
		awk -f tests/manual-examples.awk "$page" >"$lesson/README.md"
		has_line '```console' "$lesson/README.md" || { echo "$page: no example" && return 1; }
	done
	cd "$work/lessons"
	printf '%s\n' ./*.[15]/ >"$work/list"
	run timeout 600 xargs -n 6 -P 4 walk -i 300 <"$work/list" # it waits more than it works
	ends 0
}

@test "mandoc finds nothing to say of any page" {
	local page
	command -v mandoc >/dev/null || skip "mandoc is not installed"
	mkdir -p "$work/man/man1" "$work/man/man5"
	# It looks for the pages that a page refers to, and misses an index of them.
	for page in $(commands); do
		: >"$work/man/man${page##*.}/${page##*/}"
	done
	pages
	MANPATH=$work/man mandoc -Tlint -W style "${pages[@]}" 2>&1 | grep -v 'outdated mandoc.db' >"$work/said" || :
	[ ! -s "$work/said" ] || { cat "$work/said" && return 1; }
}

# What the tests of exercises have in common: the real file passes the check of its lesson,
# the starter does not, and each wrong program in tests/wrong is refused by the case that is
# meant for it, in the words that are: both are in the first line of its patch.
#
#	load common
#	load exercise
#	@test "..." { passes 02-the-wire; }

# source_of LESSON: the file of its exercise, in $source.
source_of() {
	local word
	while read -r word source && [ "$word" != file: ]; do :; done <"$root/lessons/$1/exercise"
}

# cases_of LESSON: the lines of its cases, in the array cases.
cases_of() {
	local line inside=
	cases=()
	while IFS= read -r line; do
		[ -z "$inside" ] || [ -z "$line" ] || cases+=("$line")
		[ "$line" != '== cases' ] || inside=yes
	done <"$root/lessons/$1/exercise"
}

# check LESSON FILE [CASE]: its story, up to the first case that fails.
check() { LC_ALL=C "$build/examine" -1 "$root/lessons/$1" "$2" ${3+"$3"}; }

# passes LESSON: the real file does.
passes() {
	local source cases
	formed "$1"
	source_of "$1"
	cases_of "$1"
	run check "$1" "$root/$source"
	ends 0
	printf '%s\n' "$output" >said
	has_exactly ${#cases[@]} '  + *' said
}

# formed LESSON: three hints; a name, a sentence and a rule for each case; a case for each file,
# and for each wrong program.
formed() {
	local dir=$root/lessons/$1 file case cases names='' tab=$'\t'
	has_lines 3 '== hint *' "$dir/exercise" ||
		{ echo "$1: less than three hints" && return 1; }
	cases_of "$1"
	for case in "${cases[@]}"; do
		[[ $case =~ ^[^$tab]+${tab}[^$tab]+${tab}[^$tab]+$ ]] ||
			{ echo "not name, sentence, rule: $case" && return 1; }
		case=${case#!}
		names=$names$'\n'${case%%"$tab"*}
	done
	for file in "$dir"/cases/*; do
		[ -e "$file" ] || continue # rows alone
		file=${file##*/}
		case $names$'\n' in
		*$'\n'"${file%.*}"$'\n'*) ;;
		*) echo "cases/$file: no such case under == cases" && return 1 ;;
		esac
	done
	for file in "$root/tests/wrong/${1%%-*}"-*.patch; do
		read -r _ case _ <"$file"
		case $names$'\n' in
		*$'\n'"$case"$'\n'*) ;;
		*) echo "$file: no such case: $case" && return 1 ;;
		esac
	done
}

# begins LESSON: the starter compiles under the strictest warnings, and fails.
begins() {
	local source file name
	source_of "$1"
	file=$source name=${source##*/}
	starter "$root/lessons/$1/exercise" "$root/$file" >"$name"
	! cmp -s "$name" "$root/$file" || return 1
	for compiler in gcc 'clang -fsyntax-only'; do
		command -v ${compiler%% *} >/dev/null || continue
		# shellcheck disable=SC2046 # a word for each option
		(cd "$root" && $compiler $(sed -n '3,4p' "$build/compiler") -O2 -pthread \
			-c -o /dev/null "$work/$name")
	done
	run check "$1" "$name"
	ends 1
	says 'What happened in'
}

# refuses LESSON FILE PATCH: tried on the case that is meant for it; its story is in the file it
# leaves.
refuses() {
	local name=${3##*/} case
	name=${name%.patch}
	patch -s -o "$name.c" "$root/$2" "$3" >"$name.story" 2>&1 || return 1
	read -r _ case _ <"$3"
	export LC_ALL=C
	exec "$build/examine" -1 "$root/lessons/$1" "$name.c" "$case" >"$name.story" 2>&1 3>&-
}

# sanitizes: whether the compiler can tell in which line a program crashed.
sanitizes() {
	echo 'int main(void) { return 0; }' | $(head -n 1 "$build/compiler") -fsanitize=address,undefined \
		-x c -o sanitized - 2>/dev/null && ./sanitized
}

# each_wrong_program LESSON: every one of it; all at once, then one by one what was said of it.
each_wrong_program() {
	local patch name case words said source bad='' sanitized='' number=${1%%-*} lesson=$1
	needs patch
	source_of "$lesson"
	set -- "$root/tests/wrong/$number"-*.patch
	[ $# -ge 3 ] || { echo "$lesson: less than three wrong programs" && return 1; }
	! sanitizes || sanitized=yes
	for patch; do
		refuses "$lesson" "$source" "$patch" 3>&- &
	done
	wait
	for patch; do
		name=${patch##*/} name=${name%.patch}
		read -r _ case words <"$patch"
		read_in "$name.story"
		said=${content//$'\n'/ } said="What happened in ${said#*What happened in }"
		[ -n "$sanitized" ] || case $words in *crashed* | pointer) words=crashed ;; esac
		case $said in
		"What happened in $case:"*"$words"*) ;;
		*)
			printf '%s was to be refused by %s with: %s\n' "$name" "$case" "$words"
			cat "$name.story"
			bad=yes
			;;
		esac
	done
	[ -z "$bad" ]
}

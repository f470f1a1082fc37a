# spoken: in which language the course speaks, and how its scripts say something in it. Read in by
# lab-places and the demo, which have set $here, their own folder.
# shellcheck shell=sh disable=SC2034,SC2154 # used and set where it is read in

# language NAME: MAIL_LAB_WORDS becomes the file of the words of that language: English, a tab,
# theirs. It is empty for English, and where there is no such file.
language() {
	MAIL_LAB_WORDS=
	[ ! -r "$words_folder/words.$1" ] || MAIL_LAB_WORDS=$words_folder/words.$1
	export MAIL_LAB_WORDS
}

# Without a choice it is that of the locale, where a terminal shows UTF-8.
words_folder=$here
[ -e "$here/spoken.sh" ] || words_folder=$here/classroom
if [ -z "${MAIL_LAB_WORDS+chosen}" ]; then
	case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
	*[Uu][Tt][Ff]*8*) messages=${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} ;;
	*) messages=C ;;
	esac
	language "${messages%%[_.]*}"
fi

# spoken FORMAT: the same in that language. The end of a line in it is \n in the file.
spoken() {
	if [ -z "$MAIL_LAB_WORDS" ]; then
		printf '%s' "$1"
	else
		english=$1 awk -F '\t' '
			BEGIN { english = ENVIRON["english"]; gsub(/\n/, "\\n", english) }
			$1 == english { print theirs = $2; exit }
			END { if (theirs == "") print ENVIRON["english"] }' "$MAIL_LAB_WORDS"
	fi
}

# spoken_lines: each line of standard input, in that language.
spoken_lines() {
	if [ -z "$MAIL_LAB_WORDS" ]; then
		cat
	else
		awk -f "$words_folder/spoken.awk" -f "$words_folder/spoken-lines.awk"
	fi
}

# tell FORMAT ARGUMENT...: printf, in that language.

tell() {
	format=$1
	[ -z "$MAIL_LAB_WORDS" ] || format=$(spoken "$1")
	shift
	# shellcheck disable=SC2059 # the format is ours
	printf "$format" "$@"
}

# For the tests of mime-encode: what it has written is the file message, and is looked at without a
# process.
#
#	load common
#	load writing

# find_boundary: of the message, in $boundary; empty where it has none.
find_boundary() {
	local line begins='Content-Type: multipart/mixed; boundary="'
	boundary=
	while IFS= read -r line && [ -n "$line" ]; do
		case $line in "$begins"*) line=${line#"$begins"} && boundary=${line%\"} ;; esac
	done <message
}
# find_field N NAME: its lines in part N, or for 0 in the header of the message, in $found.
find_field() {
	local line on='' body='' at=0
	found=
	while [ "$at" -le "$1" ] && IFS= read -r line; do
		if [ -n "${boundary-}" ] && [ "$line" = "--$boundary" ]; then
			at=$((at + 1)) on='' body=''
			continue
		fi
		case $line in
		'') body=yes && [ "$1" -gt 0 ] || break ;;
		"$2:"*) on=yes ;;
		[!\ ]*) on= ;;
		esac
		[ "$at" -ne "$1" ] || [ -z "$on$body" ] || [ -n "$body" ] || found=$found$line$'\n'
	done <message
}
# is_in_part N NAME [TEXT]: the field is like that in the part; without TEXT not at all.
is_in_part() {
	local wanted=
	[ $# -lt 3 ] || wanted="$2: $3"$'\n'
	find_field "$1" "$2"
	[ "$found" = "$wanted" ] && return 0
	printf 'expected: %s\ngot:      %s\n' "$wanted" "$found"
	return 1
}
# is_refused STATUS TEXT OPTION...: mime-encode, of what comes from standard input, writes nothing,
# and says why in one line.
is_refused() {
	local status_wanted=$1 text=$2 content
	shift 2
	status=0
	mime-encode "$@" >message 2>told || status=$?
	read_in told
	output=${content%$'\n'}
	ends "$status_wanted" && says "$text" && has_exactly 1 '*' told && [ ! -s message ]
}

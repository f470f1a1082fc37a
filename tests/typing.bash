# For the tests of what files of the lessons say is to be typed: it is typed as they have it,
# in a tree like the student's.
#
#	load common
#	load typing

# tree: its folders, and in build the programs alone.
tree() {
	local program programs=()
	mkdir build
	for program in "$build"/*; do
		[ ! -f "$program" ] || [ ! -x "$program" ] || programs+=("$program")
	done
	ln -s "${programs[@]}" build/
	ln -s "$root/lessons" "$root/scripts" .
}

# typed: the lines on standard input are typed in the tree; what they print is in the file
# seen. A server has a window of its own, and a port that is free in place of the one said.
typed() {
	local line listens said
	: >seen
	while IFS= read -r line <&6; do
		listens=
		case $line in
		*\ -l\ localhost:*)
			listens=${line#* -l localhost:}
			listens=${listens%%[!0-9]*}
			eval "port_$listens=0"
			;;
		esac
		for said in 2525 8080 8081; do
			eval "line=\${line//localhost:$said/localhost:\${port_$said-0}}"
		done
		if [ -n "$listens" ]; then
			eval "serve $line"
			eval "port_$listens=$port"
		else
			eval "$line" >>seen 2>&1 || echo "status $?" >>seen
		fi
	done 6<&0 </dev/null
}

# taught FILE: the lines that a file of the lessons has after "# $ ".
taught() { sed -n 's/^# \$ //p' "$root/lessons/$1" >lines && [ -s lines ] && typed <lines; }

# no_departure: nothing that was typed has failed.
no_departure() {
	grep -q '^status' seen || return 0
	cat seen
	return 1
}

# What the tests of lab grade have in common: a tree of one exercise with few cases, so that a
# class is soon graded, and what is handed in.
#
#	load common
#	load grading

# grading_setup LESSON CASES: the tree; its exercise has these cases alone, with | between.
grading_setup() {
	common_setup
	chmod 711 "$work" "${BATS_RUN_TMPDIR-$work}" # root grades as nobody
	mkdir tmp tree class
	chmod 1777 tmp
	TMPDIR=$work/tmp LC_ALL=C id=$1 exercise=$work/tree/lessons/$1/exercise
	export TMPDIR LC_ALL
	file=$(sed -n 's/^file: *//p' "$root/lessons/$1/exercise")
	(cd "$root" && find scripts lessons/"$1" "$file" ! -type d && find lessons client server -name '*.h') >files
	tar -cf - -C "$root" -T files | tar -xf - -C tree
	awk -F '\t' -v cases="^($2)\$" '/^== / { section = $0 } section != "== cases" || /^==/ || $1 ~ cases' \
		"$root/lessons/$1/exercise" >"$exercise"
	real=$work/tree/$file
	PATH=$work/tree/scripts:$work/tree/scripts/classroom:$PATH
}

# hands_in NAME: what comes from standard input.
hands_in() {
	mkdir -p "class/$1/$id"
	cat >"class/$1/$id/${file##*/}"
}

# starts: as lab start makes the file.
starts() { awk -f "$root/scripts/classroom/lab-starter.awk" "$exercise" "$real"; }

# needs_a_box: whether this system lets a user make one.
needs_a_box() {
	local user=''
	[ "$(id -u)" -ne 0 ] || user='setpriv --reuid 65534 --regid 65534 --clear-groups'
	$user unshare --user --map-root-user --mount --mount-proc --pid --fork --ipc --uts --net \
		mount -t tmpfs none /mnt 2>/dev/null || skip 'this system gives a user no box'
}

# What the tests of lab grade have in common: a tree of one exercise with few cases, so that a
# class is soon graded, and what is handed in.
#
#	load common
#	load grading

# grading_names FOLDER LESSON: the names that tests use, of a tree there; its lab is the one to be run.
grading_names() {
	export TMPDIR=$1/tmp LC_ALL=C
	id=$2 exercise=$1/tree/lessons/$2/exercise
	file=$(sed -n 's/^file: *//p' "$root/lessons/$2/exercise")
	real=$1/tree/$file
	[ ! -d "$1/programs" ] || build=$1/programs # a copy (for_nobody)
	MAIL_LAB_BUILD=$build PATH=$1/tree/scripts:$1/tree/scripts/classroom:$build:$PATH
}

# grading_setup LESSON CASES: the tree; its exercise has these cases alone, with | between.
grading_setup() {
	common_setup
	nobody_comes_here
	mkdir tmp tree class
	chmod 1777 tmp
	grading_names "$work" "$1"
	(cd "$root" && find scripts lessons/"$1" "$file" ! -type d && find lessons client server -name '*.h') >files
	tar -cf - -C "$root" -T files | tar -xf - -C tree
	awk -F '\t' -v cases="^($2)\$" '/^== / { section = $0 } section != "== cases" || /^==/ || $1 ~ cases' \
		"$root/lessons/$1/exercise" >"$exercise"
	for_nobody
}

# nobody_comes_here: to $work, and reads what is made there, whatever the umask was until now: root
# grades as nobody.
nobody_comes_here() {
	local folder=$work
	umask 022
	chmod 711 "$folder"
	while [ "${folder#"${BATS_RUN_TMPDIR-none}"/}" != "$folder" ]; do
		folder=${folder%/*}
		chmod 711 "$folder"
	done
}

# as_nobody COMMAND...: as root tries a work.
as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups "$@" 2>/dev/null; }

# for_nobody: where root grades, nobody has to read the programs and what is graded with them. A tree
# that is root's alone is copied.
for_nobody() {
	[ "$(id -u)" -eq 0 ] && as_nobody true || return 0
	chmod -R a+rX tree
	as_nobody test -r tree/scripts/lab || skip "nobody may not read $work"
	! as_nobody test -r "$build/modules.a" || return 0
	mkdir programs
	find "$build" -maxdepth 1 -type f ! -name '*.tap' -exec cp {} programs \;
	chmod -R a+rX programs
	build=$work/programs
	MAIL_LAB_BUILD=$build PATH=$build:$PATH
}

# nobody_reads_clone: what is graded with the whole of it is left out where root alone may read it.
nobody_reads_clone() {
	[ "$(id -u)" -ne 0 ] || ! as_nobody true || as_nobody test -r "$root/scripts/lab" ||
		skip "nobody may not read $root"
}

# hands_in NAME: what comes from standard input. place_of NAME: where that belongs, in $place.
hands_in() {
	place_of "$1"
	cat >"$place"
}
place_of() {
	mkdir -p "class/$1/$id"
	place=class/$1/$id/${file##*/}
}

# starts: as lab start makes the file.
starts() { starter "$exercise" "$real"; }

# without_box: what makes one fails here.
without_box() {
	mkdir -p fake
	printf '#!/bin/sh\necho "unshare: not permitted" >&2\nexit 1\n' >fake/unshare
	chmod +x fake/unshare
	PATH=$PWD/fake:$PATH
}

# compiled_sooner: from now on works are compiled without analyzer, sanitizers and optimizer.
compiled_sooner() {
	local compiler sanitizers path
	{ IFS= read -r compiler && IFS= read -r sanitizers; } <"$build/compiler"
	[ -z "$sanitizers" ] && [ "$compiler" = "${compiler##*/}" ] || return 0
	path=$(command -v "$compiler")
	mkdir -p fake
	cat >"fake/$compiler" <<END
#!/bin/sh
for word; do
	shift
	case \$word in
	-fanalyzer) exit ;;
	-fsanitize=* | -fno-sanitize* | -O1) ;;
	*) set -- "\$@" "\$word" ;;
	esac
done
exec "$path" "\$@"
END
	chmod +x "fake/$compiler"
	PATH=$PWD/fake:$PATH
}

# needs_a_box: whether this system lets a user make one.
needs_a_box() {
	local user=''
	[ "$(id -u)" -ne 0 ] || user=as_nobody
	PATH=$PATH:/usr/sbin:/sbin $user unshare --user --map-root-user --mount --mount-proc --pid --fork \
		--ipc --uts --net sh -c 'mount -t tmpfs none /mnt && ip link set lo up' 2>/dev/null ||
		skip 'this system gives a user no box'
}

# What the tests of walk need: a lesson of a few lines, what is told of it, and a look
# at what was left behind.
#
#	load common
#	load walking
# shellcheck disable=SC2016 # the shell of a window expands it

setup() {
	common_setup
	mkdir "$work/tmp"
	export TMPDIR=$work/tmp
}

# Nothing is left behind by any of them: no file, no process.
teardown() {
	local left=
	is_empty "$work/tmp" || left=files
	nothing_runs || left="$left a process"
	common_teardown
	[ -z "$left" ] || { echo "left behind: $left" && return 1; }
}

# No program of a lesson is still there: they all run in its folder.
nothing_runs() {
	local folders
	[ -r /proc/self/cwd ] || return 0
	folders=$(find /proc -maxdepth 2 -name cwd -exec readlink {} + 2>/dev/null) || :
	[[ $'\n'$folders != *$'\n'"$work/tmp/"* ]]
}

# lesson LINE...: a lesson of one console block.
lesson() {
	mkdir -p one
	{
		printf '%s\n' '# One' '' '```console'
		printf '%s\n' "$@"
		echo '```'
	} >one/README.md
}

as_written() {
	run timeout 300 walk -i 120 "$@" one 3>&-
	ends 0 && says "one: " && says "all as written"
}

# differs_at LINE COMMAND: told with this place.
differs_at() {
	run timeout 300 walk -i 5 one 3>&-
	ends 1 && [ "${lines[0]}" = "one/README.md:$1: after \"$2\":" ] || {
		echo "$output"
		return 1
	}
}

# refused LINE WHY
refused() {
	run timeout 300 walk one 3>&-
	ends 65 && says "walk: one/README.md:$1: $2"
}

# What the tests of the class's own Internet need: students, each with a home of her own, and
# the shells that lab host gives them.
#
#	load common
#	load hosting

setup() {
	common_setup
	unset MAIL_LAB_HOST MAIL_LAB_ADDRESSES
	mkdir -m 1777 class
	MAIL_LAB_CLASS=$work/class LC_ALL=C
	export MAIL_LAB_CLASS LC_ALL
	shells=''
}
teardown() {
	local name
	for name in $shells; do
		MAIL_LAB_HOME=$work/home.$name lab stop >/dev/null 2>&1 || :
	done
	common_teardown
}

# opens NAME: a window, in which she types lab host NAME; what she types comes from NAME.typed, what
# she sees is in NAME.seen. Sets pid, of her shell.
opens() {
	[ -p "$1.typed" ] || mkfifo "$1.typed"
	: >"$1.seen" # of the last window
	MAIL_LAB_HOME=$work/home.$1 afresh lab host "$1" <>"$1.typed" >"$1.seen" 2>&1 3>&- &
	pid=$!
	pids="$pids $pid"
	shells="$shells $1"
}

# has_host NAME...: each has, and it is up.
has_host() {
	local name
	for name; do
		opens "$name"
		until_true has_lines 1 '*is up: SMTP*' "$name.seen" || { cat "$name.seen" && return 1; }
	done
}

# types NAME COMMAND: and waits until it has ended; what it printed is in NAME.seen.
types() {
	typed=$((${typed-0} + 1))
	printf '%s\necho "end of %s"\n' "$2" "$typed" >"$1.typed"
	until_true has_line "end of $typed" "$1.seen"
}

# knows NAME OTHER: her host has seen that the other one is up.
knows() {
	has_line "$2.example *" "home.$1/host/$1/routes" && ! has_line "$2.example localhost:1" "home.$1/host/$1/routes"
}

# writes NAME TO: a letter, from her host.
writes() {
	types "$1" "echo 'How about pickles?' | smtp-send -f $1@$1.example -t $2@$2.example localhost:\$SMTP"
	has_line "250 <$2@$2.example>*" "$1.seen" || { cat "$1.seen" && return 1; }
}

# has_mail NAME N: so many messages.
has_mail() {
	count_files "home.$1/host/$1/mail/$1/new"
	[ "$n_files" -eq "$2" ]
}

# is_down NAME: so says the folder of the class, and nothing of it runs.
is_down() {
	only_in "class/$1" down && [ ! -e "home.$1/host/$1/up" ] && nothing_runs "$1"
}
nothing_runs() {
	local record program
	for record in "home.$1"/run/[0-9]*; do
		[ -e "$record" ] && read -r _ program <"$record" || continue
		! processes | grep -q "^ *[0-9]*  *${record##*/} .*$program" || return 1
	done
}

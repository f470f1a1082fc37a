# For the tests of mime-decode -a: it acts on a terminal, where the test is the person.
#
#	load common
#	load acting
#	setup() { acting_setup; }
#	teardown() { acting_teardown; }

acting_setup() {
	common_setup
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	mkfifo in
	knows_systems
	# A command of mailcap is given no long name of a folder, and none with a blank.
	if [[ $work = *[!A-Za-z0-9/._-]* ]] || [ ${#work} -gt 100 ]; then
		copies=$(mktemp -d /tmp/mail-lab.XXXXXX) && ln -s "$copies" tmp
	else
		copies=$work/tmp && mkdir tmp
	fi
	export TMPDIR=$copies MAILCAPS=$work/mailcap HOME=$work
	gif='Content-Type: image/gif\nContent-Transfer-Encoding: base64\n\nZm9v\n'
}

acting_teardown() {
	common_teardown
	[ -z "${copies-}" ] || rm -rf "$copies"
}

# mailcap LINE...: the mailcap of this test.
mailcap() { printf '%s\n' "$@" >mailcap; }

# begin OPTION...: mime-decode -a runs on a terminal, whose keys are descriptor 4 and
# whose screen is the file of that name; what it prints goes to the file shown, its
# exit status to the file ended.
begin() {
	: >screen
	: >shown
	: >ended
	: >ready
	on_terminal "${before-}mime-decode -a $* >shown; echo \$? >ended" \
		<in >>screen 3>&- 4>&- &
	client=$!
	pids="$pids $client"
	exec 4>in
}
types() { printf '%b' "$1" >&4; }
is_asked() { has_line '*\[y/N\]*' screen; }
is_asked_or_ended() { is_asked || [ -s ended ]; }
end() {
	until_true test -s ended
	wait "$client" || :
	exec 4>&-
}
# bob MESSAGE ANSWER OPTION...: the message, and the keys after the question, if there
# is one, as formats of printf %b.
bob() {
	local answer=$2
	printf '%b' "$1" >message
	shift 2
	begin "$@" message
	until_true is_asked_or_ended
	[ -s ended ] || types "$answer"
	end
}
is_clean() { is_empty tmp; }
# read_of FILE: it is in $content, without CR, FOLDER for that of the copy.
read_of() {
	read_in "$1"
	content=${content//$'\r'/}
	while [[ $content =~ "$TMPDIR"/mail-[0-9]+-[0-9]{9} ]]; do
		content=${content/"${BASH_REMATCH[0]}"/FOLDER}
	done
}
# shows LINE: the file shown.
shows() {
	read_of shown
	[ "$content" = "$1"$'\n' ] || { printf 'expected %s\ngot      %s' "$1" "$content" && return 1; }
}

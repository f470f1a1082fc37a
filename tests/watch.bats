#!/usr/bin/env bats
# lab watch: on a terminal, where the test is the student who saves her file and presses keys.
load common

setup() {
	common_setup
	command -v script >/dev/null || skip "no script(1), and so no terminal"
	mkdir tmp
	MAIL_LAB_HOME=$work/home LC_ALL=C TMPDIR=$work/tmp TERM=xterm NO_COLOR=1
	export MAIL_LAB_HOME LC_ALL TMPDIR TERM NO_COLOR
	lab start 4 >/dev/null
	dots=$MAIL_LAB_HOME/04-the-end-of-a-message/dots.c
	right=$root/lessons/smtp/dots.c
}
teardown() { common_teardown; }

# watches: lab watch 4 on a terminal, whose keys are descriptor 4 and whose screen is the file of
# that name; the state of the terminal goes to the files before and after, its status to ended.
watches() {
	mkfifo keys
	on_terminal 'stty rows 40 cols 80; stty -g >before; lab watch 4; echo $? >ended; stty -g >after' \
		<keys >screen 3>&- 4>&- &
	client=$!
	pids="$pids $client"
	exec 4>keys
}
# shows COUNT TEXT: so many lines of the screen have it.
shows() { until_true has_lines "$1" "*$2*" screen || { tail -n 20 screen; return 1; }; }
# ended WITH: it has, and left the terminal as it was, and no file of its own.
ended() {
	until_true test -s after
	exec 4>&-
	wait "$client" || :
	[ "$(cat ended)" -eq "$1" ]
	same before after
	[ -z "$(ls -A tmp)" ]
}
cleared() { grep -c "$(printf '\033')\[2J" screen; }

@test "each save is checked, on a clear screen: how many hold, the first that does not; q ends it" {
	watches
	shows 1 'q ends this'
	shows 1 'dots.c at*------------*0 of 12 cases hold'
	shows 1 'What happened in message'
	[ "$(grep -c 'What happened' screen)" -eq 1 ]
	sed 's/out\[made++\] = .\\r.;/(void)0;/' "$right" >"$dots"
	shows 2 'q ends this'
	shows 1 'of 12 cases hold'
	shows 1 'What happened in crlf-dot-cr:'
	cp "$right" "$dots.new" && mv "$dots.new" "$dots"
	shows 3 'q ends this'
	shows 1 '++++++++++++*12 of 12 cases hold'
	shows 1 'the exercise of lesson 4 is done'
	[ "$(cleared)" -eq 3 ]
	[ "$(cat home/progress)" = 04 ]
	[ "$(cat home/cases)" = '04-the-end-of-a-message 12 12' ]
	printf q >&4
	ended 0
}

@test "a save while a check still runs begins another one at once" {
	sed 's/switch (u->seen) {/for (;;) {} &/' "$right" >"$dots"
	watches
	shows 1 'dots.c at'
	until_true sh -c 'ls tmp/*/*/errors'
	cp "$right" "$dots"
	shows 1 '12 of 12 cases hold'
	[ "$(grep -c 'What happened' screen)" -eq 0 ]
	printf q >&4
	ended 0
}

@test "Ctrl-C ends it, and the check that runs; the terminal is as it was" {
	sed 's/switch (u->seen) {/for (;;) {} &/' "$right" >"$dots"
	watches
	until_true sh -c 'ls tmp/*/*/errors'
	printf '\003' >&4
	ended 130
}

@test "without a terminal it ends with its input, or by a signal, and clears no screen" {
	lab watch 4 </dev/null >out
	grep -q '0 of 12 cases hold' out
	[ "$(grep -c "$(printf '\033')" out)" -eq 0 ]
	[ -z "$(ls -A tmp)" ]
	mkfifo keys
	lab watch 4 <keys >screen 3>&- &
	client=$!
	exec 4>keys
	shows 1 'q ends this'
	cp "$right" "$dots"
	shows 1 '12 of 12'
	kill "$client"
	wait "$client" || status=$?
	exec 4>&-
	[ "$status" -eq 143 ]
	[ -z "$(ls -A tmp)" ]
}

@test "there is nothing to watch before the exercise was begun" {
	run lab watch 5
	ends 66
	says 'lab start 5 makes it'
	run lab watch 6
	ends 66
}

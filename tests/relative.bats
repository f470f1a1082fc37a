# Where TMPDIR, MAIL_LAB_BUILD and PATH name folders from where we are, every script finds them,
# also after it has gone elsewhere.
load common

setup() {
	common_setup
	ln -s "$build" programs
	ln -s "$root" tree
	mkdir tmp
	PATH=programs:tree/scripts:tree/scripts/classroom:/usr/local/bin:/usr/bin:/bin
	TMPDIR=tmp MAIL_LAB_BUILD=programs MAIL_LAB_HOME=home NO_COLOR=1
	export TMPDIR MAIL_LAB_BUILD MAIL_LAB_HOME NO_COLOR
}
teardown() { common_teardown; }

# done_well: the last run is, and nothing is left behind.
done_well() {
	ends 0
	is_empty tmp
}

@test "alice-to-bob" {
	run alice-to-bob
	done_well
}

@test "compare-http-smtp" {
	run compare-http-smtp
	done_well
}

@test "lab check" {
	run lab start 11
	ends 0
	cp "$root/server/queue/decide.c" home/11-*/decide.c
	run lab check 11
	done_well
}

@test "lab watch, lab try, lab hunt" {
	needs patch
	lab start 4 >/dev/null
	cp "$root/lessons/smtp/dots.c" home/04-*/dots.c
	run lab watch 4 </dev/null
	done_well
	run lab try 4
	done_well
	says 'smtp-server: unstuff_octet'
	run lab hunt 4
	done_well
	run lab hunt 4
	done_well
}

@test "walk" {
	mkdir one
	printf '# One\n\n```console\nx$ echo hi | qp\nhi\n```\n' >one/README.md
	run walk one 3>&-
	done_well
}

@test "handout" {
	mkdir out
	run handout out
	done_well
	[ "$(ls out | wc -l)" -eq 2 ]
}

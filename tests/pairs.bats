# What should have been said, and what was: whoever judges it judges it alike. pairs.tsv
# has the pairs.
load common

setup() { common_setup; }
teardown() { common_teardown; }

# judged_by_replay SIDE COUNTS: one replay says what was said, another one expects it.
judged_by_replay() {
	local exact=-x serving=said calling=expected served=0 called=0
	[ "$2" = words ] || exact=''
	[ "$1" = S ] || serving=expected calling=said
	replay $exact -i 5s -l 127.0.0.1:0 "$serving" >announced 2>by_server 3>&- &
	pids=$!
	exec 5<announced
	read -r _ _ address <&5
	replay $exact -i 5s "$address" "$calling" >by_replay 2>&1 || called=$?
	wait "$pids" || served=$?
	pids=
	exec 5<&-
	[ "$1" = S ] && return "$called"
	{ while IFS= read -r line; do printf '%s\n' "$line"; done; } <by_server >>by_replay
	return "$served"
}

judged_by_comparison() {
	local codes=--codes
	[ "$1" = codes ] || codes=''
	compare-transcripts $codes expected said >by_comparison 2>&1
}

# verdict WHO COMMAND...: whether it says what $verdict does of the pair.
verdict() {
	local who=$1 status=0 is
	shift
	"$@" || status=$?
	case $status in 0) is=alike ;; 1) is=different ;; *) is="no verdict ($status)" ;; esac
	[ "$is" = "$verdict" ] && return 0
	printf '%s: by %s %s is %s to %s, where %s count\n' "$verdict" "$who" "$said" "$is" \
		"$expected" "$counts"
	cat "$who"
	failed=yes
}

@test "each pair is judged alike by replay and by compare-transcripts" {
	local side counts verdict expected said rows=0 failed=
	mkfifo announced
	while IFS=$'\t' read -r side counts verdict expected said; do
		case $side in [SC]) ;; *) continue ;; esac
		printf '%s\n' "${expected//|/$'\n'}" >expected
		printf '%s\n' "${said//|/$'\n'}" >said
		verdict by_replay judged_by_replay "$side" "$counts"
		verdict by_comparison judged_by_comparison "$counts"
		rows=$((rows + 1))
	done <"$BATS_TEST_DIRNAME/pairs.tsv"
	[ "$rows" -ge 60 ] && [ -z "$failed" ]
}

# Counts what bats printed (TAP, a file for each test file): the failures in
# full, then one line. With -v quiet=1 a line for one file as it ends.
FNR == 1 { close_file(); name = FILENAME; sub(/.*\//, "", name); sub(/\.tap$/, "", name) }
/^1\.\.[0-9]+/ { planned = substr($0, 4) + 0; next }
/^ok .*# skip/ { skipped++; seen++; skips = skips "  skipped: " name ": " $0 "\n"; failing = 0; next }
/^ok / { passed++; seen++; failing = 0; next }
/^not ok / { failed++; seen++; failing = 1 }
{ if (failing || $0 !~ /^#/) trouble = trouble "  " name ": " $0 "\n" }
END {
	close_file()
	if (quiet) {
		printf "%-22s %3d passed%s%s\n", name, passed, \
			failed ? ", " failed " FAILED" : "", skipped ? ", " skipped " skipped" : ""
		exit
	}
	printf "%s%s", skips, trouble
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	exit failed > 0 || passed == 0
}
# A file that ended before its plan was done has failed where it stopped; one
# without a plan never began.
function close_file() {
	if (name == "")
		return
	if (seen < planned || planned == 0) {
		failed += planned > seen ? planned - seen : 1
		trouble = trouble "  " name ": ended after " seen + 0 " of " planned + 0 " tests\n"
	}
	seen = planned = failing = 0
}

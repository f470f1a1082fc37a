# row: of pairs of runs, a line each (ours, then the peer's: seconds, of them at work,
# memory), one row of the table. The ratio is the median of the pairs' own ratios, so that
# what else the machine did in the meantime has slowed both. Without a peer the row says what is
# work of the time, and how many processes were started.

function median(values, n,    i, j, held) {
	for (i = 2; i <= n; i++) {
		held = values[i]
		for (j = i - 1; j > 0 && values[j] > held; j--)
			values[j + 1] = values[j]
		values[j + 1] = held
	}
	return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

function shown(seconds) {
	return seconds < 0.01 ? sprintf("%.0f us", seconds * 1e6) : \
		seconds < 10 ? sprintf("%.0f ms", seconds * 1e3) : sprintf("%.1f s", seconds)
}

{
	ours[NR] = $1
	ours_at_work[NR] = $2
	theirs[NR] = $4
	ratio[NR] = $4 > 0 ? $1 / $4 : 0
	work[NR] = $5 > 0 ? $2 / $5 : 0
}

END {
	if (peer == "") {
		printf "| %s | %s | alone: %s at work%s | | | | |\n", title, shown(median(ours, NR)),
			shown(median(ours_at_work, NR)), processes == "" ? "" : ", " processes " processes"
		exit
	}
	is = median(ratio, NR)
	printf "| %s | %s | %s: %s | %.2f | %.2f | %s | %s |\n", title, shown(median(ours, NR)),
		peer, shown(median(theirs, NR)), is, median(work, NR),
		goal == "-" ? "" : sprintf("%.2f", goal),
		goal == "-" ? "" : is <= goal ? "yes" : "no"
}

# plot: draws the points of growth as SVG: four panels, both axes of each in powers of ten
# or of 1,024. It looks right on white and on black. A line read is: panel, series, x, y.

BEGIN {
	wide = 330; high = 210 # of a panel
	left = 70; top = 56; across = 90; down = 84
	title[1] = "Time, by size of a message"
	title[2] = "Peak memory, by size of a message"
	title[3] = "Time of smtp-server for 2,000 messages"
	title[4] = "Peak memory of smtp-server"
	under[1] = under[2] = "size of the message"
	under[3] = under[4] = "conversations at once"
	dashes = split("none|7 3|2 3|9 3 2 3|4 2", dash, "|")
}

{
	panel[NR] = $1; series[NR] = $2; x[NR] = $3; y[NR] = $4
	widen(low_x, high_x, $1, $3)
	widen(low_y, high_y, $1, $4)
	if (!($2 in number)) {
		number[$2] = ++count
		name[count] = $2
	}
}

function widen(low, high, at, value) {
	if (!(at in low) || value < low[at])
		low[at] = value
	if (!(at in high) || value > high[at])
		high[at] = value
}

# The powers of ten between which an axis goes.
function below(value,    n) {
	n = log(value) / log(10)
	return int(n) - (n < int(n))
}
function above(value) { return -below(1 / value) }

function spot_x(at, value,    from, to) {
	from = log(low_x[at]); to = log(high_x[at])
	return origin_x(at) + wide * (to > from ? (log(value) - from) / (to - from) : 0)
}
function spot_y(at, value,    from, to) {
	from = below(low_y[at]); to = above(high_y[at])
	return origin_y(at) + high * (1 - (log(value) / log(10) - from) / (to - from))
}
function origin_x(at) { return left + (at % 2 == 0) * (wide + across) }
function origin_y(at) { return top + (at > 2) * (high + down) }

function line(class, x1, y1, x2, y2) {
	printf "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n", \
		class, x1, y1, x2, y2
}
function words(class, anchor, at_x, at_y, text) {
	printf "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", \
		class, anchor, at_x, at_y, text
}

function size(octets) {
	return octets >= 2 ^ 30 ? octets / 2 ^ 30 " GB" : octets >= 2 ^ 20 ? \
		octets / 2 ^ 20 " MB" : octets / 1024 " KB"
}
# A power of ten with its unit: seconds, or octets.
function unit(at, power) {
	if (at % 2 == 0)
		return power >= 6 ? 10 ^ (power - 6) " MB" : 10 ^ (power - 3) " kB"
	return power >= 0 ? 10 ^ power " s" : power >= -3 ? 10 ^ (power + 3) " ms" : \
		10 ^ (power + 6) " us"
}

function axes(at,    n, spot, bottom) {
	bottom = origin_y(at) + high
	words("title", "start", origin_x(at), origin_y(at) - 12, title[at])
	for (n = below(low_y[at]); n <= above(high_y[at]); n++) {
		spot = spot_y(at, 10 ^ n)
		line("grid", origin_x(at), spot, origin_x(at) + wide, spot)
		words("tick", "end", origin_x(at) - 8, spot + 4, unit(at, n))
	}
	for (n = low_x[at]; n <= high_x[at]; n *= at > 2 ? 10 : 1024) {
		spot = spot_x(at, n)
		line("grid", spot, origin_y(at), spot, bottom)
		words("tick", "middle", spot, bottom + 18, at > 2 ? n : size(n))
	}
	words("tick", "middle", origin_x(at) + wide / 2, bottom + 36, under[at])
}

function curve(at, which,    i, path, spot) {
	for (i = 1; i <= NR; i++)
		if (panel[i] == at && series[i] == name[which]) {
			spot = sprintf("%.1f %.1f", spot_x(at, x[i]), spot_y(at, y[i]))
			path = path (path == "" ? "M" : " L") spot
			sub(/ /, "\" cy=\"", spot)
			printf "<circle class=\"dot s%d\" cx=\"%s\" r=\"3\"/>\n", which, spot
		}
	if (path != "")
		printf "<path class=\"curve s%d\" stroke-dasharray=\"%s\" d=\"%s\"/>\n", \
			which, dash[(which - 1) % dashes + 1], path
}

function legend(    i, spot) {
	for (i = 1; i <= count; i++) {
		spot = left + (i - 1) * 150
		printf "<path class=\"curve s%d\" stroke-dasharray=\"%s\" d=\"M%d 20 h34\"/>\n", \
			i, dash[(i - 1) % dashes + 1], spot
		words("tick", "start", spot + 42, 24, name[i])
	}
}

END {
	panels = (3 in low_x) ? 4 : 2
	if (!NR)
		exit 1
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n", \
		left + 2 * wide + across + 30, top + panels / 2 * (high + down) - 30
	print "<title>Time and peak memory, by size of a message and by conversations</title>"
	print "<style>"
	print "svg { background: #fff; font: 13px sans-serif }"
	print "text { fill: #222 } .title { font-weight: bold } .grid { stroke: #ddd }"
	print ".curve { fill: none; stroke-width: 2 }"
	colours("#0072b2 #b84a00 #007a59 #a8437f #7a6200")
	print "@media (prefers-color-scheme: dark) {"
	print "svg { background: #16181c } text { fill: #e6e6e6 } .grid { stroke: #3a3d44 }"
	colours("#5db8f0 #ff9a5c #3fd0a4 #ee95c8 #e3c64a")
	print "}\n</style>"
	legend()
	for (i = 1; i <= panels; i++) {
		axes(i)
		for (j = 1; j <= count; j++)
			curve(i, j)
	}
	print "</svg>"
}

function colours(list,    i, n, each) {
	n = split(list, each, " ")
	for (i = 1; i <= n; i++)
		printf ".s%d { stroke: %s } .dot.s%d { fill: %s }\n", i, each[i], i, each[i]
}

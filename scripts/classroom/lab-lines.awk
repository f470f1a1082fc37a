# lab-lines: at which line of a file each function of an exercise begins: NAME N.
#
#	awk -f lab-functions.awk -f lab-lines.awk lessons/02-the-wire/exercise ~/mail-lab/02-the-wire/wire.c
begins && !(here in line) { line[here] = head }
END {
	for (i = 1; i <= functions; i++)
		print function_name[i] " " line[i]
}

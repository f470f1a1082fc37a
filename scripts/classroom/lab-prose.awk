# lab-prose: all of a text as walk-prose has it for a terminal.
{ prose($0) }
END { printf "%s", prose_end() }

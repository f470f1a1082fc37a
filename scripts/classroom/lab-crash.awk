# lab-crash: the one line that matters of what the sanitizers of the compiler report: what was
# done, and in which line of the student's own file. file is the name of that.
/runtime error: / && what == "" {
	what = $0
	sub(/.*runtime error: /, "", what)
	line($0)
}
/ERROR: AddressSanitizer: / && what == "" {
	kind = $0
	sub(/.*AddressSanitizer: /, "", kind)
	sub(/ .*/, "", kind)
	what = kind ~ /overflow|underflow/ && kind != "stack-overflow" ? "memory outside of what it has" : \
		kind ~ /use-after|double-free/ ? "memory that was given back already" : \
		kind == "stack-overflow" ? "a function that calls itself without end, or too large a variable" : \
		kind == "SEGV" || kind == "BUS" ? "a pointer that points nowhere" : ""
	what = (what != "" ? what : "a mistake with memory") " (" kind ")"
}
/^(READ|WRITE) of size [0-9]+/ && access == "" {
	access = ($1 == "READ" ? "reads " : "writes ") $4 ($4 == 1 ? " octet of " : " octets of ")
}
/^ +#[0-9]+ / && at == "" { line($0) }
END {
	if (what != "")
		print (at != "" ? at ": " : "") access what
}
function line(t,    n) {
	if (!match(t, "(^|[ /])" file ":[0-9]+"))
		return
	at = substr(t, RSTART, RLENGTH)
	sub(/^[ \/]/, "", at)
	n = t
	if (n ~ / in [a-z_0-9]+ /) {
		sub(/.* in /, "", n)
		sub(/ .*/, "", n)
		at = at ", in " n
	}
}

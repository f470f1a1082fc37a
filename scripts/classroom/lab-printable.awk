# lab-printable: octets as od -An -v -tx1 writes them, as a format for printf(1) that prints them
# in one line: characters in UTF-8 as they are, control characters and other octets as \xNN, a
# backslash as two. With lines set they are lines: LF and tabs stay, and so does a backslash.
BEGIN {
	for (i = 0; i < 256; i++) {
		h = sprintf("%02x", i)
		value[h] = i
		text[h] = i == 92 ? "\\\\\\\\" : i == 37 ? "%%" : i > 31 && i < 127 ? sprintf("%c", i) : "\\\\x" h
	}
	if (lines) {
		text["09"] = "\\t"
		text["0a"] = "\\n"
		text["5c"] = "\\\\"
	}
}
{
	for (i = 1; i <= NF; i++)
		octet[++n] = $i
}
END {
	for (i = 1; i <= n; i++) {
		length_of = character(value[octet[i]], value[octet[i + 1]])
		for (k = 1; k < length_of; k++)
			if (value[octet[i + k]] < 128 || value[octet[i + k]] > 191)
				length_of = 1
		if (octet[i] octet[i + 1] octet[i + 2] ~ /^efbfb[ef]/) # no character, for XML
			length_of = 1
		if (length_of == 1)
			printf "%s", text[octet[i]]
		for (k = 0; length_of > 1 && k < length_of; k++)
			printf "\\%03o", value[octet[i + k]]
		i += length_of - 1
	}
}
# Of how many octets the character is that begins with these two (RFC 3629, 4); 1 for one
# that is not to be seen (C1, marks of direction) or none.
function character(a, b) {
	return a == 226 && b == 128 || a == 226 && b == 129 || a == 194 && b < 160 || a < 194 || a > 244 ? 1 : \
		a < 224 ? 2 : \
		a == 224 && b < 160 || a == 237 && b > 159 ? 1 : a < 240 ? 3 : \
		a == 240 && b < 144 || a == 244 && b > 143 ? 1 : 4
}

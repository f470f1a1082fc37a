# spoken: for each awk that shows something to a person: words in her language, and the columns of
# a terminal that a text takes. Octets are read as such (LC_ALL=C).
#
#	LC_ALL=C awk -f scripts/classroom/spoken.awk -f PROGRAM

# spoken: the same as this English, from the file of lines that $MAIL_LAB_WORDS names: English, a
# tab, theirs; in both \n, \t, \" and \\ are written as in a program.
function spoken(english,    line, tab) {
	if (!are_read) {
		are_read = 1
		while (ENVIRON["MAIL_LAB_WORDS"] != "" && (getline line <ENVIRON["MAIL_LAB_WORDS"]) > 0) {
			tab = index(line, "\t")
			if (tab > 1 && line !~ /^#/)
				theirs[unescaped(substr(line, 1, tab - 1))] = unescaped(substr(line, tab + 1))
		}

	}
	return english in theirs ? theirs[english] : english
}

function unescaped(t) {
	gsub(/\\\\/, "\001", t)
	gsub(/\\n/, "\n", t)
	gsub(/\\t/, "\t", t)
	gsub(/\\"/, "\"", t)
	gsub(/\001/, "\\", t)
	return t
}

# columns: how many the text takes; a Han character and its like take two.
function columns(t) {
	gsub(/[\001\002]/, "", t) # marks of ours
	gsub(/\314[\200-\277]|\315[\200-\257]/, "", t) # accents of their own
	gsub(/\342[\272-\277][\200-\277]|[\343-\355][\200-\277][\200-\277]/, "  ", t)
	gsub(/\357[\244-\253][\200-\277]|\357\274[\200-\277]|\357\275[\200-\240]|\357\277[\240-\246]/, "  ", t)
	gsub(/\360[\200-\277][\200-\277][\200-\277]/, "  ", t)
	gsub(/[\200-\277]/, "", t)
	return length(t)
}

# padded: the text, and blanks up to n columns.
function padded(t, n) {
	n -= columns(t)
	return n > 0 ? sprintf("%s%" n "s", t, "") : t
}

# with_breaks: the text, with octet 003 wherever a line may end that has no blank there: beside a
# Han character, but not before what ends something, and not after what begins something.
function with_breaks(t,    done, c, size, last, p) {
	if (t !~ /[\343-\357]/)
		return t
	for (p = 1; p <= length(t); p += size) {
		c = substr(t, p, 1)
		size = octets_of_character(c)
		c = substr(t, p, size)
		if (p > 1 && (is_wide(c) || is_wide(last)) && !ends_something(c) && !begins_something(last))
			done = done "\003"
		done = done c
		if (c !~ /^[\001\002]$/)
			last = c
	}
	return done
}

# octets_of_character: of UTF-8 that begins with this octet.
function octets_of_character(c) {
	return c < "\300" ? 1 : c < "\340" ? 2 : c < "\360" ? 3 : 4
}

function is_wide(c) {
	return length(c) > 2 && columns(c) == 2
}
function ends_something(c) {
	return c ~ /^[ \001\002.,;:!?)\]]$/ || c ~ /^(。|，|、|；|：|？|！|）|」|』|》|〉|】|”|’|…|—|·)$/
}
function begins_something(c) {
	return c ~ /^[ (\[]$/ || c ~ /^(（|「|『|《|〈|【|“|‘)$/
}

# joined: two lines of a paragraph. There is a blank between words of letters alone.
function joined(one, other) {
	if (one == "" || is_wide(last_character(one)) || is_wide(first_character(other)))
		return one other
	return one " " other
}
function last_character(t) {
	match(t, /([\300-\377][\200-\277]*|[^\300-\377])$/)
	return substr(t, RSTART)
}
function first_character(t) {
	match(t, /^([\300-\377][\200-\277]*|.)/)
	return substr(t, 1, RLENGTH)
}

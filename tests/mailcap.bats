#!/usr/bin/env bats
# client/mailcap, as mime-decode -a uses it: RFC 1524.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154
load common
load acting

setup() { acting_setup; }
teardown() { acting_teardown; }

# asks COMMAND [TYPE]: the command that is asked about, FOLDER for that of the copy;
# nothing where there is no question. The answer is no.
asks() {
	bob "Content-Type: ${2-image/gif}\n\nfoo" 'n\n'
	local line asked=
	read_of screen
	while IFS= read -r line; do
		[[ $line =~ ': run "'(.*)'"? [y/N] ' ]] && asked=$asked${asked:+$'\n'}${BASH_REMATCH[1]}
	done <<<"$content"
	[ "$asked" = "$1" ] || { printf 'expected %s\ngot      %s\n' "$1" "$asked" && return 1; }
	[ -n "$1" ] || has_line '*, not in mailcap: *' shown
	is_clean
}

@test "the first entry for the type counts, in any case, image/* and image for all of image" {
	mailcap 'imag/*; 1' 'image/gi; 2' 'image/gifs; 3' 'images; 4' 'image/; 5' '*/*; 6' \
		'IMAGE/Gif; a' 'image/*; b'
	asks a
	mailcap 'audio/*; 1' 'Image/*;b' 'image/gif; c'
	asks b
	mailcap ' image ; b ; needsterminal' 'image/gif; c'
	asks b
	mailcap 'image/png; b'
	asks ''
	: >mailcap
	asks ''
}

@test "what is commented out names no command, whatever a message calls its type" {
	mailcap '#image/gif; a' '# image/gif; b \' 'image/gif; c' ' #image/gif; d'
	asks c
	asks '' '#image/gif'
}

@test "entries without a command are passed over" {
	mailcap 'image/gif' 'image/gif;' 'image/gif; ;test=true' ';a' 'image/gif; c'
	asks c
}

@test "lines continue after a backslash; backslashes quote, and so does a second %" {
	mailcap 'image/gif; a \' '  b\;c; \' 'needsterminal'
	asks 'a   b;c'
	mailcap 'image/gif; echo "a\;b" 5\% 6%% c\\d \\\; \"e\" f\g \%s;x'
	asks 'echo "a;b" 5% 6% c\d \; "e" fg %s'
	printf 'image/gif; a \\\r\nb\r\n' >mailcap
	asks 'a b'
	printf 'image/gif; a\\\\\nimage/gif; b\n' >mailcap
	asks 'a\'
}

@test "a mailcap may end without a line end, in a backslash, or within a field" {
	printf 'image/gif; a' >mailcap
	asks a
	printf 'image/gif; a\\' >mailcap
	asks 'a\'
	printf 'image/gif; a %%' >mailcap
	asks ''
	printf 'image/gif; a; test' >mailcap
	asks a
	printf '\\\n' >mailcap
	asks ''
	printf '#' >mailcap
	asks ''
}

@test "an entry has 4096 octets at most, however many lines it has; a longer one, or one with a NUL, is passed over" {
	x=$(printf '%4083s' '' | tr ' ' x)
	mailcap "image/gif; a;$x" 'image/gif; b'
	[ "$(head -n 1 mailcap | wc -c)" -eq 4097 ]
	asks a
	mailcap "image/gif; a;x$x" 'image/gif; b'
	asks b
	mailcap 'image/gif; a;\' "x$x" 'image/gif; b'
	asks b
	{
		printf 'image/gif; a;'
		head -c 1048576 /dev/zero | tr '\0' x
		printf '\nimage/gif; b\0; c\nimage/gif; c'
	} >mailcap
	asks c
	{
		printf 'image/gif; a;'
		head -c 1048576 /dev/zero | tr '\0' '\\'
	} >mailcap
	asks ''
	head -c 1048576 /dev/zero >mailcap
	asks ''
}

@test "a command too long for its buffer is passed over" {
	s=$(printf '%1000s' '' | sed 's/ /%s/g')
	mailcap "image/gif; $s" 'image/gif; b'
	asks b
	x=$(printf '%4083s' '' | tr ' ' x)
	mailcap "image/gif;$x" 'image/gif; b'
	asks "$x"
}

@test "an entry counts where its test= succeeds, which is run in silence" {
	mailcap 'image/gif; a; test=false' 'image/gif; b; x; TEST = test 1 = 2' \
		'image/gif; c; test=echo noise \; echo noise >&2 \; ! read x && touch tested' \
		'image/gif; d'
	asks c
	[ -e tested ]
	run grep noise screen shown
	ends 1
	mailcap 'image/gif; a; test=test %t = image/gif; testing=false'
	asks a
}

@test "an entry that wants what came with the message is passed over" {
	for wants in '%{charset}' '%n' '%F' '%x' '%'; do
		mailcap "image/gif; a $wants" "image/gif; b; test=true $wants" 'image/gif; c'
		asks c 'image/gif; charset=x'
	done
	mailcap 'image/gif; b; test=touch ran \; true %s' 'image/gif; c'
	asks c
	[ ! -e ran ]
}

@test "%t is the type, where it is plain; else the entry is passed over" {
	mailcap 'image/*; a %t %s' 'image/*; b; test=true %t' 'image; c %s'
	asks 'a image/gif FOLDER/part.gif'
	asks 'a image/x-b.c+d FOLDER/part.bin' Image/X-b.C+d
	for type in 'image/$HOME' "image/'x'" 'image/`x`' 'image/x&x' 'image/x|x' 'image/*' \
		'image/~' 'image/x{y}' 'image/!x' 'image/#x' 'image/%%s' 'image/..'; do
		asks 'c FOLDER/part.bin' "${type//%%/%}"
	done
	mailcap '-x/y; a %t' '../y; a %t'
	asks '' -x/y
	asks '' ../y
}

@test "nametemplate= names the copy, where it is a plain name" {
	mailcap 'image/gif; a %s; nametemplate=%s.GIF'
	asks 'a FOLDER/part.GIF'
	mailcap 'image/gif; a %s; NameTemplate = x-%s_1'
	asks 'a FOLDER/x-part_1'
	for bad in 'a/%s' '..' '.%s' '' '%s x' '%s$x' "%s'" '%s\;x' '%t' '%{name}' \
		"%s$(printf '%60s' '' | tr ' ' x)"; do
		mailcap "image/gif; a %s; nametemplate=$bad"
		asks 'a FOLDER/part.gif'
	done
	mailcap "image/gif; a %s; nametemplate=%s$(printf '%59s' '' | tr ' ' x)"
	asks "a FOLDER/part$(printf '%59s' '' | tr ' ' x)"
}

@test "MAILCAPS is a list of files, of which some may be missing; else it is ~/.mailcap" {
	echo 'image/gif; a' >one
	echo 'image/*; b' >two
	MAILCAPS=$work/none:$work::two:one
	asks b
	MAILCAPS=one:two
	asks a
	MAILCAPS=
	asks ''
	unset MAILCAPS
	echo 'image/x-mail-lab; a' >.mailcap
	asks a image/x-mail-lab
	for HOME in '' . "/$(printf '%5000s' '' | tr ' ' x)"; do
		asks '' image/x-mail-lab
	done
	unset HOME
	asks '' image/x-mail-lab
}

@test "control octets of a mailcap are escaped in the question" {
	printf 'image/gif; echo \033[2J\377\n' >mailcap
	asks 'echo \x1b[2J\xff'
	bob "$gif" 'y\n'
	grep -qF 'ran "echo \x1b[2J\xff", 3 bytes' shown
}

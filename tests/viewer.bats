#!/usr/bin/env bats
# client/viewer, shell and ask, as mime-decode -a uses them.

# shellcheck disable=SC2016,SC2030,SC2031,SC2154
load common
load acting

setup() { acting_setup; }
teardown() { acting_teardown; }

@test "after a yes the command of mailcap is run on a private copy of the part, which then goes" {
	mailcap 'image/gif; cp %s copy \; ls -l %s >modes \; ls -ld "$(dirname %s)" >>modes'
	bob "$gif" 'y\n'
	tr -d '\r' <screen | sed "s,$TMPDIR/mail-[0-9]*-[0-9]*,FOLDER,g" >got
	has_line 'image/gif: run "cp FOLDER/part.gif copy ; ls -l FOLDER/part.gif >modes ; ls -ld "$(dirname FOLDER/part.gif)" >>modes"[?] [[]y/N] y' got
	reads copy foo
	[ "$(sed -n '1s/^\(..........\).*/\1/p' modes)" = -rw------- ]
	[ "$(sed -n '2s/^\(..........\).*/\1/p' modes)" = drwx------ ]
	grep -q '^image/gif, base64: ran "cp .*/part.gif copy ; .*", 3 bytes$' shown
	has_exactly 1 '*' shown
	reads ended 0
	is_clean
}

@test "a yes is y or yes, in any case, with blanks around it" {
	mailcap 'image/gif; echo run >>runs'
	for yes in y Y yes 'YeS' ' \ty ' ' yes'; do
		rm -f runs
		bob "$gif" "$yes\n"
		reads runs run
		is_clean
	done
}

@test "a no, an empty line, the end of the input and all else run nothing and leave nothing" {
	mailcap 'image/gif; touch ran'
	for no in n no '' ' ' yy ye es 'y es' 'yes y' ja "y$(printf '%80s' '')" \
		"$(printf '%70s' '')y" 'y\0000'; do
		bob "$gif" "$no\n"
		[ ! -e ran ]
		is_clean
		shows 'image/gif, base64: part-1.gif, 3 bytes, not shown: -o DIR saves it'
		reads ended 0
	done
	for end in '\004' 'y\004\004'; do
		bob "$gif" "$end"
		[ ! -e ran ]
		is_clean
	done
	is_asked
}

@test "what was typed before the question does not answer it" {
	mailcap 'image/gif; touch ran'
	mkfifo late
	begin late
	exec 5>late
	types 'yes\n'
	until_true has_line '*yes*' screen
	printf '%b' "$gif" >&5
	exec 5>&-
	until_true is_asked
	types 'n\n'
	end
	[ ! -e ran ]
	reads ended 0
}

@test "a message that is typed or pasted on the terminal does not answer for itself" {
	mailcap 'image/gif; touch ran'
	begin
	types 'Content-Type: image/gif\n\ny\ny\ny\n'
	types '\004\004'
	end
	[ ! -e ran ]
	run is_asked
	ends 1
	has_line '*mime-decode: no terminal to ask on: nothing is run*' screen
	shows 'image/gif, 7bit: part-1.gif, 6 bytes, not shown: -o DIR saves it'
}

@test "lesson 09: what is done by hand, Word started on application/msword, is as written" {
	local lesson=$root/lessons/09-content-types expected
	awk '/^```console by-hand$/ { on = 1; next } /^```$/ { on = 0 } on' "$lesson/README.md" >by-hand
	eval "$(sed -n "s/^bob[$] \(echo .*mailcap\)$/\1/p" by-hand)"
	grep -q '^bob[$] MAILCAPS=mailcap mime-decode -a application-msword.eml$' by-hand
	cp "$lesson/application-msword.eml" .
	begin application-msword.eml
	until_true is_asked
	types 'y\n'
	end
	expected=$(sed -n 's/^\(application.*"wc -c \){any}"? .y\/N. y$/\1/p' by-hand)
	[ -n "$expected" ]
	grep -qF "$expected" screen
	expected=$(sed -n 's/^\([0-9]* \){any}$/\1/p' by-hand)
	[ -n "$expected" ]
	grep -q "^$expected" shown
}

@test "without a terminal nothing is run, not even a test=" {
	mailcap 'image/gif; touch ran; test=touch ran'
	printf '%b' "$gif" >message
	before='' begin "message 2>err"
	end
	[ ! -s screen ]
	has_line 'mime-decode: no terminal to ask on: nothing is run' err
	reads ended 0
	[ ! -e ran ]
	shows 'image/gif, base64: part-1.gif, 3 bytes, not shown: -o DIR saves it'
	command -v setsid >/dev/null || skip "no setsid(1)"
	run setsid mime-decode -a message
	ends 0
	says 'mime-decode: no terminal to ask on: nothing is run'
	[ ! -e ran ]
}

@test "a type that mailcap has no command for is named as such, and offered or saved" {
	mailcap 'image/jpeg; touch ran'
	bob "$gif" ''
	shows 'image/gif, base64, not in mailcap: part-1.gif, 3 bytes, not shown: -o DIR saves it'
	bob "$gif" '' -o new
	shows 'image/gif, base64, not in mailcap: saved part-1.gif, 3 bytes'
	mailcap 'image/gif; touch ran'
	bob "$gif" 'n\n' -o new
	shows 'image/gif, base64: saved part-1-2.gif, 3 bytes'
	bob "$gif" 'y\n' -o new
	shows 'image/gif, base64: ran "touch ran", 3 bytes'
	[ "$(ls new)" = "$(printf '%s\n' part-1-2.gif part-1.gif)" ]
}

@test "a command without %s has the copy as its input, one with it the terminal" {
	mailcap 'image/gif; cat >copy'
	bob "$gif" 'y\n'
	reads copy foo
	mailcap 'image/gif; test -t 0 && echo %s | sed "s,.*/,,">name'
	bob "$gif" 'y\n'
	reads name part.gif
}

@test "a command that fails, or is killed, is told with its status" {
	mailcap 'image/gif; exit 3'
	bob "$gif" 'y\n'
	shows 'image/gif, base64: ran "exit 3", 3 bytes, which ended with status 3'
	mailcap 'image/gif; kill -9 $$'
	bob "$gif" 'y\n'
	shows 'image/gif, base64: ran "kill -9 $$", 3 bytes, which ended with status 137'
	reads ended 0
	is_clean
}

@test "Ctrl-C is for the command that runs, and the copy is still removed" {
	mailcap 'image/gif; trap "echo %s >got\; exit 3" INT\; echo >ready\; read x'
	printf '%b' "$gif" >message
	begin message
	until_true is_asked
	types 'y\n'
	until_true test -s ready
	types '\003'
	end
	has_line '*part.gif' got
	has_line '*status 3' shown
	reads ended 0
	is_clean
}

@test "a signal that ends us waits for the command, and the copy is removed before" {
	mailcap 'image/gif; echo $PPID >ready\; read x\; cp %s copy'
	for signal in TERM HUP; do
		printf '%b' "$gif" >message
		begin message
		until_true is_asked
		types 'y\n'
		until_true test -s ready
		kill -s $signal "$(cat ready)"
		types '\n'
		end
		reads copy foo
		rm copy
		[ "$(cat ended)" -gt 128 ]
		is_clean
	done
}

@test "Ctrl-C at the question leaves nothing" {
	mailcap 'image/gif; touch ran'
	printf '%b' "$gif" >message
	begin message
	until_true is_asked
	types '\003'
	end
	reads ended 130
	[ ! -e ran ]
	is_clean
}

@test "where the copy cannot be made or is not whole, nothing is run, and the reason is told" {
	mailcap 'image/gif; touch ran'
	head -c 100000 "$build/mime-decode" >a.gif
	mime-encode -T image/gif a.gif >message
	before='trap "" XFSZ; ulimit -f 40; ' begin message
	until_true is_asked
	types 'y\n'
	end
	reads ended 74
	grep -q 'mime-decode: .*/part.gif: File too large' screen
	is_clean
	printf '%b' "$gif" >message
	before="sh -c 'trap \"\" XFSZ; ulimit -f 0; exec \"\$@\"' - " begin message
	end # before it asks, since the fields of the message do not fit into a file either
	reads ended 74
	grep -q 'mime-decode: .*: File too large' screen
	[ ! -e ran ]
	is_clean
	TMPDIR=$copies/none
	bob "$gif" 'y\n'
	reads ended 74
	grep -q 'mime-decode: .*/none/mail-.*: No such file' screen
	[ ! -e ran ]
}

@test "nothing that came with the message reaches the shell" {
	mailcap "image/*; echo '%s' \"%s\" %s >>log; nametemplate=%s.x" \
		"text; echo text >>log"
	for value in 'image/x;$(touch pwned)' "image/'\`touch pwned\`'" 'image/`touch${IFS}pwned`' \
		'image/x; name=";touch pwned"' 'image/x; name="$(touch pwned)"' \
		"image/x; name*=utf-8''%24%28touch%20pwned%29%0Atouch%20pwned" \
		'image/x\nContent-Disposition: attachment; filename="`touch pwned`;rm -rf ."' \
		'image/x;touch pwned' 'image/x|touch${IFS}pwned' \
		"image/$(printf '%300s' '' | tr ' ' x)"; do
		bob "Content-Type: $value\n\nfoo" 'y\n'
		[ ! -e pwned ]
	done
	sed "s,$TMPDIR/mail-[0-9]*-[0-9]*,FOLDER,g" log | sort | uniq -c | sed 's/^ *//' >got
	echo '9 FOLDER/part.x FOLDER/part.x FOLDER/part.x' >want
	same want got
	is_clean
}

@test "a part in an encoding that is not known is application/octet-stream here too" {
	mailcap 'image/gif; a' 'application/octet-stream; b'
	bob 'Content-Type: image/gif\nContent-Transfer-Encoding: x-rot13\n\nfoo' 'y\n'
	tr -d '\r' <screen | grep -q '^application/octet-stream: run "b"? \[y/N\] y$'
}

@test "a TMPDIR that a shell could misread, or that is no whole path, is not used" {
	for bad in "$work/a b" "$work/a'b" "$work/\$(touch pwned)" "$work/a;b" relative '' \
		"$work/$(printf '%128s' '' | tr ' ' x)"; do
		TMPDIR=$bad
		[ -z "$bad" ] || mkdir "$TMPDIR"
		mailcap 'image/gif; echo %s >name'
		bob "$gif" 'y\n'
		grep -q '^/tmp/mail-[0-9]*-[0-9]*/part.gif$' name
		[ ! -e "$(dirname "$(cat name)")" ]
		rm name
	done
	[ ! -e pwned ]
}

@test "on a terminal -o saves application/octet-stream, and what is as good as that, after a yes alone" {
	mailcap 'image/gif; true'
	for message in "${gif/image\/gif/application/octet-stream}" "${gif/base64/x-unknown}"; do
		bob "$message" 'n\n' -o new
		tr -d '\r' <screen | grep -qF 'application/octet-stream: save part-1.bin? [y/N] n'
		grep -q ': part-1.bin, [0-9]* bytes, not saved$' shown
		[ ! -e new ]
		bob "$message" 'y\n' -o new
		grep -q ': saved part-1.bin, [0-9]* bytes$' shown
		rm -r new
	done
	bob "${gif/image\/gif/image/png}" '' -o new
	reads new/part-1.png foo
	! is_asked
}

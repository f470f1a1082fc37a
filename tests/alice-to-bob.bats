#!/usr/bin/env bats
# alice-to-bob: the demo.

load common

# The demo is performed twice, and what it printed and left is looked at by most tests: on a
# terminal's Enter, and by make, which keeps all in a folder of the build.
setup_file() {
	root=${BATS_TEST_DIRNAME%/*}
	build=${MAIL_LAB_BUILD:-$root/build}
	performed=${BATS_FILE_TMPDIR:-$(mktemp -d "${TMPDIR:-/tmp}/mail-lab.XXXXXX")}
	MAIL_LAB_WORDS=
	export performed MAIL_LAB_WORDS
	mkdir "$performed/tmp"
	TMPDIR=$performed/tmp MAIL_LAB_BUILD=$build sh "$root/scripts/alice-to-bob" --step \
		<<<$'\n\n\n\n\n\n\n\n\n\n\n' >"$performed/printed"
	make -s -C "$root" B="$build" demo >"$performed/by-make"
}

teardown_file() {
	[ -n "${BATS_FILE_TMPDIR-}" ] || rm -rf "$performed"
}

setup() {
	common_setup
	kept=$build/alice-to-bob
	output=$(<"$performed/printed")
}

teardown() {
	common_teardown
}

@test "Bob gets Alice's letter and her picture, byte for byte, and nothing is left behind" {
	says "C:MAIL FROM:<alice@crepes.fr>"
	says '<bob@hamburger.edu>: put off 1s: '
	says '<bob@hamburger.edu>: delivered: 250 '
	says 'C:PASS {any}'
	[ "${output#*I like pickles}" = "$output" ]
	says 'Final-Recipient: rfc822; bbo@hamburger.edu'
	says "Do you like ketchup?"
	says "saved picture.jpg, $(wc -c <"$root/lessons/07-base64/picture.jpg" | tr -d ' ') bytes"
	says "byte for byte"
	says '你喜欢番茄酱吗?'
	says 'Subject: Re: picture of mine'
	says '> 你喜欢番茄酱吗?'
	is_empty "$performed/tmp"
}

@test "where it is not a terminal there are no colours" {
	[ "$output" = "${output//$'\033'/}" ]
}

@test "the system does not give the port of a server that is not there yet to somebody else" {
	[[ $output =~ ' on 127.0.0.1:'([0-9]*)' yet, ' ]]
	[ "${BASH_REMATCH[1]}" -ge 20000 ]
	[ "${BASH_REMATCH[1]}" -lt 32000 ]
}

@test "--keep leaves everything behind, in a new or empty folder alone" {
	same "$root/lessons/07-base64/picture.jpg" "$kept/hamburger.edu/bob/picture.jpg"
	[ "$(ls "$kept/hamburger.edu/inbox" | wc -l)" -eq 2 ]
	[ -z "$(find "$kept"/hamburger.edu/mail/bob/new "$kept"/*/queue/new -type f)" ]
	has_line 'C:EHLO crepes.fr' "$kept/heard/hamburger.edu/1.txt"
	has_line 'Content-Type: multipart/mixed; *' "$kept/crepes.fr/picture.eml"
	[ "$(cat "$kept"/crepes.fr/mail/alice/new/* | grep -c '^In-Reply-To: <')" -eq 2 ]
	run alice-to-bob --keep "$kept"
	ends 74
	says "alice-to-bob: $kept: not a new"
}

@test "what matters of each message is shown; what servers put before it, and base64, is counted" {
	local said
	said='  C:Do you like ketchup?
  C:How about pickles?'
	[ "$(grep -x -e '  C:Do you like ketchup?' -e '  C:How about pickles?' "$performed/printed")" = "$said" ]
	grep -qx '  C:xOPPsru2t6zH0b20wvA/DQrL5tDFvMTJz87StcTV1casoaMNCg==' "$performed/printed"
	[ "$(grep -c '^  C:/9j/4AAQ' "$performed/printed")" -eq 1 ]
	[ "$(grep -c '^  [.][.][.] 415 lines more of base64$' "$performed/printed")" -eq 1 ]
	[ "$(grep -c '^  [.][.][.] 3 lines that a server has put before it$' "$performed/printed")" -eq 2 ]
	[ "$(grep -c '^  C:Received' "$performed/printed")" -eq 0 ]
	[ "$(grep -c '^    Received: ' "$performed/printed")" -eq 3 ] # in the queue, and in the mailbox
}

@test "--keep leaves no FIFO, on which whoever reads all files would wait" {
	[ -z "$(find "$kept" -type p)" ]
}

# programs_but NAME LINE...: the programs, but one that is a script of these lines.
programs_but() {
	mkdir programs
	ln -s "$build"/* programs
	rm "programs/$1"
	printf '%s\n' '#!/bin/sh' "${@:2}" >"programs/$1"
	chmod +x "programs/$1"
}

@test "--keep has its folder where it is named, whatever the name begins with" {
	programs_but smtp-send 'exit 75' # which ends the demo as soon as there is a letter
	mkdir home elsewhere
	export HOME=$work/home CDPATH=$work/elsewhere
	for name in -P - kept; do
		mkdir -p "elsewhere/$name"
		MAIL_LAB_BUILD=$work/programs run alice-to-bob --keep "$name"
		ends 1
		[ -e "./$name/crepes.fr/letter.eml" ]
	done
	[ -z "$(ls -A home)$(find elsewhere -type f)" ]
}

@test "its page shows the message at each station, and each octet that came or went" {
	sed -n 's/^<section class="station"><h3>\([^<]*\) <small>.* &middot; \([0-9]*\) octets.*/\2 \1/p
		/^<p><span class="[ml]/s/^<p>\(<span class="more">+ \([0-9]*\)[^,]*\)\{0,1\}\(, \)\{0,1\}\(<span class="less">&minus; \([0-9]*\)\)\{0,1\}.*/+\2 -\5/p' \
		"$kept/index.html" >stations
	cat stations # shown where it fails
	[ "$(grep -c '^[0-9]' stations)" -eq 16 ]
	awk '/^[0-9]/ && /As Alice wrote it/ { before = $1; next }
		/^[0-9]/ { if (before == 23763) before = $1; now = $1; next }
		/^[+]/ {
			if (before + substr($1, 2) - substr($2, 2) != now)
				{ print "not the sum: " before " " $0 " " now; exit 1 }
			before = now; sums++
		}
		END { exit sums != 13 }' stations
	grep -q "^Content-Type: image/jpeg$\|<ins>Content-Type: image/jpeg</ins>" "$kept/index.html"
	sed -n 's/.*src="data:image.jpeg;base64,\([^"]*\)".*/\1/p' "$kept/index.html" | b64 -d >picture
	same "$root/lessons/07-base64/picture.jpg" picture
}

@test "its page tells the real ports, and draws what was said at each door" {
	for port in $(sed 's/.*://' "$kept/routes"); do
		grep -q "<text [^>]*>[a-z -]*$port</text>" "$kept/index.html"
	done
	has_exactly 5 '*<figure class="conversation">*' "$kept/index.html"
	[ "$(grep -c '<svg [^>]*role="img" aria-labelledby=' "$kept/index.html")" -eq 2 ]
	[ "$(grep -v 'xmlns=' "$kept/index.html" | grep -Ec '(src|href)="[^#d]|@import|<script')" -eq 0 ]
	has_exactly 0 '*I like pickles*' "$kept/index.html"
}

@test "each name on its page is clear of the box that it is in" {
	LC_ALL=C awk 'BEGIN { RS = "<" }
		function of(name) { return match($0, name "=\"[^\"]*") ? substr($0, RSTART + length(name) + 2, RLENGTH - length(name) - 2) + 0 : 0 }
		/^svg / { n = 0 }
		/^rect / { n++; left[n] = of("x"); top[n] = of("y"); width[n] = of("width"); height[n] = of("height") }
		/^text / && !/left"/ {
			words = $0
			sub(/^[^>]*>/, "", words)
			gsub(/&[^;]*;/, "x", words)
			half = length(words) * 0.62 * (/"who"/ ? 14 : 13) / 2
			x = of("x")
			for (i = 1; i <= n; i++)
				if (x > left[i] && x < left[i] + width[i] && of("y") > top[i] && of("y") < top[i] + height[i]) {
					within++
					if (x - half < left[i] + 3 || x + half > left[i] + width[i] - 3)
						{ print words ": wider than its box"; exit 1 }
				}
		}
		END { print within " names in boxes"; exit within < 20 }' "$kept/index.html"
	grep -q 'figure text { font: 13px' "$kept/index.html"
}

@test "--step waits for Enter before each step" {
	has_exactly 10 '*Enter goes on*' "$performed/printed"
}

@test "a server that is gone half-way ends it with 1, and no process stays" {
	programs_but smtp-send 'exit 75'
	MAIL_LAB_BUILD=$work/programs run alice-to-bob
	ends 1
	says 'crepes.fr did not take it'
}

@test "a reader that has seen enough ends it, and nothing is left behind" {
	mkdir tmp
	for lines in 1 8 30; do
		TMPDIR=$work/tmp bash -c 'alice-to-bob & echo $! >id; wait $!' | head -n "$lines" >/dev/null
		until_true gone
	done
}

gone() { is_empty tmp && ! kill -0 "$(cat id)"; }

@test "a picture that is not the same ends it with 1" {
	programs_but mime-decode "$build/mime-decode \"\$@\"" \
		'[ ! -e bob/picture.jpg ] || echo >>bob/picture.jpg'
	MAIL_LAB_BUILD=$work/programs run alice-to-bob
	ends 1
	says "Bob's picture is not Alice's"
}

@test "usage: 64; programs that are not built: 69" {
	run alice-to-bob --bogus
	ends 64
	run alice-to-bob --keep
	ends 64
	run alice-to-bob -h
	ends 0
	mkdir empty
	MAIL_LAB_BUILD=$work/empty run alice-to-bob
	ends 69
	says 'make'
}

@test "make show serves the page of the demo, and tells its address" {
	# In a process group of its own, as a terminal has one, to end all of it.
	afresh bash -c 'set -m; make -s -C "$0" B="$1" show >shown 2>&1 & echo $! >id; wait' "$root" "${build#"$root"/}" 3>&- &
	pids=$!
	until_true has_line '*http://*' shown
	http-get "$(sed -n 's/.*\(http:.*\)/\1/p' shown)" >page
	kill -INT -- -"$(cat id)"
	until_true gone_too
	has_line '*<title>From Alice to Bob</title>*' page
}

gone_too() { ! kill -0 -- -"$(cat id)"; }

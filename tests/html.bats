#!/usr/bin/env bats
# client/read/html.c: RFC 2854, WHATWG HTML, 13.2.5 and 15.3. What mailers make of HTML is in
# tests/messages, html-*.eml.

# shellcheck disable=SC2154
load common

setup() { common_setup; }
teardown() { common_teardown; }

@test "every row of tests/rows/html holds" { rows html; }

@test "no number commands a terminal" {
	{
		printf 'Content-Type: text/html\n\n'
		for ((n = 0; n < 160; n++)); do printf '&#%d;<a href="&#%d;">&#x%x;</a>' "$n" "$n" "$n"; done
	} | mime-decode >got
	[ "$(LC_ALL=C tr -d '\n\t -\176\200-\377' <got | wc -c)" -eq 0 ]
	! LC_ALL=C grep -q "$(printf '\302[\200-\237]')" got
}

@test "the charset and the transfer encoding are undone before" {
	printf '%s\n' 'Content-Type: TEXT/HTML; charset=gb2312' \
		'Content-Transfer-Encoding: quoted-printable' '' \
		'<p title=3D">">=C4=E3=BA=C3</p=' '>&hearts;' | mime-decode | sed '1,/^$/d' >shown
	printf '你好\n\n♥\n' >want
	same want shown
}

@test "a spoilt page commands no terminal, and does no harm" {
	cat "$root"/tests/messages/html-*.eml | mutate -n 20 page 1 30
	for seed in {1..20}; do
		{ printf 'Content-Type: text/html; charset=utf-8\n\n' && exec cat "page.$seed"; } | mime-decode >>got
	done
	[ -s got ]
	[ "$(LC_ALL=C tr -d '\n\t -\176\200-\377' <got | wc -c)" -eq 0 ]
}

@test "what is longer than any buffer is read like what is short" {
	awk 'BEGIN { while (i++ < 20000) printf "<p>%d &lt; %d<!-- %d > --></p>\n", i, i + 1, i }' >page
	awk 'BEGIN { while (i++ < 20000) printf "%s%d < %d\n", (i > 1 ? "\n" : ""), i, i + 1 }' >want
	{ printf 'Content-Type: text/html\n\n'; cat page; } | mime-decode | sed '1,/^$/d' >got
	same want got
	awk 'BEGIN { while (i++ < 100000) printf "%d <b>&lt;</b> ", i }' >page
	awk 'BEGIN { while (i++ < 100000) printf "%s%d <", (i > 1 ? " " : ""), i; print "" }' >want
	{ printf 'Content-Type: text/html\n\n'; cat page; } | mime-decode | sed '1,/^$/d' >got
	same want got
}

@test "what never ends takes no more time or room than what does" {
	for open in '<' '&' '<!--' '<a href=http:x>' '<script></' '</' '<pre>' '&#9' '<blockquote>' ' '; do
		awk -v open="$open" 'BEGIN { print "Content-Type: text/html\n"
			while (i++ < 200000) printf "%s", open }' | mime-decode >got
	done
	awk 'BEGIN { print "Content-Type: text/html\n"; while (i++ < 9) printf "<blockquote>"
		printf "<pre>"; while (i++ < 200000) printf "\n\nx" }' | mime-decode | sed '1,/^$/d' >got
	[ "$(sort -u got | tr '\n' ' ')" = ' >>>>>>>> x ' ]
}

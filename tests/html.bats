#!/usr/bin/env bats
# client/html and what it stands on: RFC 2854, WHATWG HTML, 13.2.5 and 15.3.

# shellcheck disable=SC2154
load common

setup() { common_setup; }
teardown() { common_teardown; }

# page HTML: what mime-decode shows of it, below the line that names the part; in the
# notation of printf %b.
page() {
	printf 'Content-Type: text/html; charset=utf-8\n\n%b' "$1" | mime-decode |
		sed '1,/^$/d' >shown
}
# reads HTML TEXT: the page is shown as this text.
reads() {
	page "$1"
	printf '%b' "$2" >want
	sed '/^(.xNN: octets/d' shown >got
	same want got
}
letters() {
	awk -v n="$1" -v letter="${2:-x}" 'BEGIN { while (n-- > 0) printf "%s", letter }'
}
# in_pieces FILE: the text of it is the same, wherever it is cut.
in_pieces() {
	local size
	drive-html 0 <"$1" >whole
	for size in 1 2 3 5 7; do
		drive-html "$size" <"$1" | cmp - whole || return 1
	done
}

@test "tags are taken out, in either case, known or not" {
	reads '<B>Do</b> you <x-y>like <o:p>ketchup</o:p>?' 'Do you like ketchup?\n'
	reads 'a<span/>b<i/class=x>c</i  x>d<b\n>e</b\n>' 'abcde\n'
	reads 'a<blockquotes>b<pr>c<prex>d<br\0000>e' 'abcde\n'
	reads '' ''
	reads '<p></p><div><br></div>' ''
}

@test "blocks stand on lines of their own, paragraphs and headings between empty ones" {
	reads 'a<div>b</div>c<div><div>d</div></div>e' 'a\nb\nc\nd\ne\n'
	reads '<h1>a</h1><p>b<p>c</p>d' 'a\n\nb\n\nc\n\nd\n'
	reads 'a<br>b<br/>c<BR />d</br>e' 'a\nb\nc\nd\ne\n'
	reads '<center>a</center><section>b</section><form>c</form><option>d<dl><dt>e<dd>f' \
		'a\nb\nc\nd\ne\nf\n'
	reads 'a<b>b</b><span>c</span>' 'abc\n'
}

@test "there is one empty line at most, none first or last" {
	reads '\n<br><p><br><h1>a</h1><p></p>\n<p><br><br><br>b<br><br><p> </p>' 'a\n\nb\n'
	reads 'a<br><br>b<br><br><br>c' 'a\n\nb\n\nc\n'
	reads '<div>a<br></div><div>b</div><div><br></div><div>c</div>' 'a\nb\n\nc\n'
	reads '<p>a</p><p>&nbsp;</p><p>\0302\0240</p><p>b</p>' 'a\n\nb\n'
}

@test "white space is one blank, none where a line begins or ends" {
	reads ' \n a \t\r\n\f b <b> c</b> \n<br> d \n' 'a b c\nd\n'
	reads 'a<i> </i> b<i> c </i>d' 'a b c d\n'
	reads 'a\vb' 'a\\x0bb\n'
}

@test "what is preformatted keeps its blanks and line ends" {
	reads 'a  b<pre>\n  a  b \n\n\n\tc\r\n</pre>  d  e' 'a b\n\n  a  b\n\n\tc\n\nd e\n'
	reads '<pre>a<b>  b</b></pre>\n<textarea>c  d\ne</textarea>' 'a  b\n\nc  d\ne\n'
	reads '<pre><pre>a</pre>  b</pre>  c</pre>  d' 'a\n\n  b\n\nc\n\nd\n'
}

@test "a blank that is no white space is one, however it is written" {
	reads 'a&nbsp;&nbsp;b &#160; c\0302\0240\0302\0240d' 'a  b   c  d\n'
	reads '<p>&nbsp; &nbsp;a&nbsp;<br>&nbsp;<br>b' '   a\n\nb\n'
	reads 'a<br>\0302<br>\0240b<td>c\0302<td>d\0302<p>e' 'a\n\\xc2\n\\xa0b\tc\\xc2\td\\xc2\n\ne\n'
	reads 'a<a href=http://b>\0302</a>' 'a\\xc2 <http://b>\n'
	reads 'a\0302<br>\0240b\0302 c\0302' 'a\\xc2\n\\xa0b\\xc2 c\\xc2\n'
	blanks=$(letters 79 ' ')
	reads "<pre>a$blanks b" "a$blanks b\n"
	reads "<pre>a$blanks  b" "a$blanks b\n"
	reads "<pre>$blanks  \n\n$blanks\t  b" "$blanks\tb\n"
}

@test "an item of a list has a star before it, where it has text" {
	reads 'a<ul><li>b<li> c</ul>d' 'a\n* b\n* c\nd\n'
	reads '<ol><li><p>a</p></li>\n<li><div>b</div></li></ol>' '* a\n\n* b\n'
	reads '<li>a<br>b</li>c' '* a\nb\nc\n'
	reads '<li></li>a' 'a\n'
	reads '<ul><li></li></ul>a<ul><li></ul>b' 'a\nb\n'
	reads '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>' '* a\n* b\n* c\n'
}

@test "cells of a table have a tab between them, rows a line each" {
	reads '<table><tr><th>a <th>b</tr>\n<tr><td>c</td>\n <td> d</td></tr></table>e <tr><td>f' \
		'a\tb\nc\td\ne\nf\n'
	reads '<table><tr><td></td><td>a</td><td></td></tr><tr><td><p>b</p></td><td>c</td>' \
		'a\n\nb\n\nc\n'
	reads 'a<hr>b<hr/><hr>' 'a\n----------\nb\n----------\n----------\n'
}

@test "what is quoted has its depth before it, 7 at most" {
	reads 'a<blockquote>b<br>c<p>d<blockquote>e</blockquote></blockquote>f' \
		'a\n\n> b\n> c\n>\n> d\n>\n>> e\n\nf\n'
	reads '<blockquote>a</blockquote><blockquote>b</blockquote></blockquote>c' \
		'> a\n\n> b\n\nc\n'
	reads '<blockquote><ul><li>a</ul><pre>b\n  c' '> * a\n>\n> b\n>   c\n'
	q7=$(letters 7 '<blockquote>')
	reads "${q7}a" '>>>>>>> a\n'
	reads "$q7<blockquote>a<br></blockquote>b" '>>>>>>> a\n>>>>>>>\n>>>>>>> b\n'
}

@test "comments end where they end for a browser" {
	reads 'a<!-- b > -- c <p> --d->e<!- -->f' 'af\n'
	reads 'a<!-- b --!>c<!-->d<!--->e<!---->f<!----->g' 'acdefg\n'
	reads 'a<!--!>b-->c<!---!>d-->e<!-- --!->f-->g<!-- --!-->h' 'acegh\n'
	reads 'a<!-- <!-- b -->c<!--<!-->d' 'acd\n'
	reads 'a<!-b>c<!>d<!->x<!DOCTYPE html "e>f<?xml version="1.0"?>g</>h</3 i>j' 'acdxfghj\n'
	reads 'a<![CDATA[b]]>c' 'ac\n'
}

@test "what only Outlook reads is a comment, what only Outlook does not read is text" {
	reads 'a<!--[if mso]>b<td>c<![endif]-->d<!--[if !mso]><!-->e<!--<![endif]-->f' 'adef\n'
	reads 'a<![if !supportLists]>b<![endif]>c' 'abc\n'
}

@test "a < that begins no tag is text" {
	reads '1 < 2 <3 <= <> <"a"> <<b>c</b> a<' '1 < 2 <3 <= <> <"a"> <c a<\n'
	reads 'a</' 'a</\n'
	reads 'a&lt;b&gt;c' 'a<b>c\n'
}

@test "a > in the quotes of a value does not end the tag" {
	reads "a<b x='>' y=\">\" z = '\">' w=\"'>\">b" 'ab\n'
	reads 'a<b x=">"y=>b<b x=a">c<b =">d<b x"=">e' 'abcd\n'
	reads 'a<b x=\n">"\n>b<b x/=">">c' 'ab">c\n'
}

@test "scripts, styles and titles are not shown, up to their end tag in any case" {
	reads '<head><title>a</title><style>b > c</style></head>d<SCRIPT x=">">e</script\n>f' 'df\n'
	reads 'a<script>"</scr" + "ipt>" <b> </scriptx> </ script> </script/>b' 'ab\n'
	reads 'a<script><</SCRIPT>b<script></</script/x=">">c<style></title></style >d' 'abcd\n'
	reads '<script></script><script>> a</script>b' 'b\n'
	reads 'a<template><p>b</template><iframe>c</iframe><noembed>d</noembed>e' 'ae\n'
	reads 'a<title>&lt;/title></title>b</script>c<scripts>d' 'abcd\n'
	reads '<noscript>a</noscript>' 'a\n'
}

@test "what is not closed loses nothing but itself" {
	for open in '<b' '<b x' '<b x=' '<b x="c>d' '<!-- c > d' '<!' '<!-' '<?' '</b' '</3' \
		'<script>c</script' '<style>c' '<title>c<' '<img alt="c"'; do
		reads "a<p>b$open" 'a\n\nb\n'
	done
	reads 'a<pre>b<blockquote>c<ul><li>d' 'a\n\nb\n\n> c\n> * d\n'
}

@test "a picture is its text in brackets" {
	reads 'a <img src=x alt="b  &amp; &gt;\nc"> <IMG ALT=d> <img alt=e/>' 'a [b & > c] [d] [e/]\n'
	reads '<img alt=""><img alt><img><img src=x alt= ><img xalt=b al=c alts=d></img>' ''
	reads '<img alt="&ltx &lt= &lt1 &lt; &lt"><img alt=&gt>' '[&ltx &lt= &lt1 < <][>]\n'
	reads '<pre><img alt="a\n\t\rb">' '[a   b]\n'
	reads '<img alt=a alt=b><img alt alt=b><img alt="" alt=c>' '[a]\n'
	reads '<b alt=a><a alt=b><img href=c></img alt=d>' ''
	reads "<img alt='$(letters 1000)'>" "[$(letters 1000)]\n"
	reads "<img alt='$(letters 1001)'> <img alt=a>" "[$(letters 1000)...] [a]\n"
}

@test "where a link leads stands behind its text, where that says otherwise" {
	reads '<a href="http://b.example/">http://a.example/</a>.' \
		'http://a.example/ <http://b.example/>.\n'
	reads '<A x HREF = https://a.example/?b=1&amp;c=2&copy=3 >d</A>' \
		'd <https://a.example/?b=1&c=2&copy=3>\n'
	reads '<a href="HTTPS:a"><b>c</b> </a>d' 'c <HTTPS:a> d\n'
	reads "<a href='mailto:bob@a'>Bob</a> <a href=mailto:bob@a>bob@a</a>" 'Bob <mailto:bob@a> bob@a\n'
	for text in http://a.example/b/ http://a.example/b a.example/b a.example/b/; do
		reads "<a href=http://a.example/b/> <b>$text</b>\n</a>" "$text\n"
	done
	for text in ttp://a.example/b/ a.example a.example/b// /a.example/b http:a.example/b A.example/b; do
		reads "<a href=http://a.example/b/>$text</a>" "$text <http://a.example/b/>\n"
	done
}

@test "a link that leads nowhere by mail or web is its text" {
	reads '<a href=javascript:a>b</a> <a href=#c>d</a> <a name=e>f</a> <a href="">g</a> <a>h</a>' \
		'b d f g h\n'
	reads '<a href=http:>b</a> <a href=xhttp://a>c</a> <a href=httpx://a>d</a> </a>' 'b c d\n'
	reads '<a hrefs=http://a xhref=http://a hre=http://a>b</a> <a href=#c href=http://a>d</a>' 'b d\n'
	reads '<b href=http://a>b</b> <img href=http://a> <a\0000href=http://a>c' 'b c\n'
}

@test "the address of a link is one word of ASCII that cannot be left" {
	reads "<a href='\001 ht\ntp://a b>\042&lt;\033&eacute;\0377\t'>c</a>" \
		'c <http://a%20b%3E%22%3C%1B%C3%A9%FF>\n'
}

@test "the address of a link stands behind its text, also where lines end" {
	reads '<p><a href=http://a>b</p></a><p>c' 'b <http://a>\n\nc\n'
	reads 'a<p><a href=http://b></a>c' 'a\n\n<http://b>c\n'
	reads 'a <a href=http://b><img alt=c></a> d' 'a [c] <http://b> d\n'
	reads '<a href=http://a>&nbsp;</a>b' '  <http://a>b\n'
	reads '<a href=http://a>b<a href=http://c>d' 'b <http://a>d <http://c>\n'
	address=http://$(letters 993)
	reads "<a href=$address>a</a>b" "a <$address>b\n"
	reads "<a href=${address}y>$address</a>" "$address <$address...>\n"
	reads "<a href=${address%?}éy>a</a>" "a <${address%?}...>\n"
}

@test "a character has a name, with and without the semicolon" {
	reads '&lt;&amp;&gt;&quot;&apos;&eacute;&euro;&thetasym;&AElig;&zwnj;&lang;' \
		"<&>\"'é€ϑÆ\0342\0200\0214⟨\n"
	reads '&lt &eacute&eacute &AMP &copy2009 &notit; &amplt;' '< éé &AMP ©2009 ¬it; &lt;\n'
	reads '&euro &apos &alpha. &thetasymx; &thetasy; &Thetasym;' \
		'&euro &apos &alpha. &thetasymx; &thetasy; &Thetasym;\n'
	reads 'AT&T & &; &&amp;& &x\0000y; &amp;lt; a&' 'AT&T & &; &&& &x\\x00y; &lt; a&\n'
	reads 'a&lt<b>c</b>&gt' 'a<c>\n'
	reads '&lt;b&gt;&#60;/b>' '<b></b>\n'
}

@test "every name of the table is found, and all of HTML 4 and apos are there" {
	names=$(sed -n 's/{"\([A-Za-z0-9]*\)", \(0x[0-9a-f]*\)}/\n&\n/gp' \
		"$root/client/read/html-reference.c" | sed -n 's/^{"\(.*\)", 0\(x.*\)}$/\1 \2/p')
	[ "$(echo "$names" | wc -l)" -eq 253 ]
	echo "$names" | while read -r name number; do echo "&$name;$name<br>"; done >named
	echo "$names" | while read -r name number; do echo "&#$number;$name<br>"; done >numbered
	drive-html 0 <numbered >want
	drive-html 0 <named >got
	same want got
}

@test "a character has a number, decimal or hexadecimal" {
	reads '&#8364;&#x20ac;&#X20AC;&#0008364&#x20acg;&#65b&#65x42;' '€€€€€g;AbAx42;\n'
	reads '&#; &#x; &#xg; &#a; &# &#x' '&#; &#x; &#xg; &#a; &# &#x\n'
	reads '&#127;&#x7f;&#128;&#x80;&#159;&#150;&#160;.' '��€€Ÿ– .\n'
	reads '&#x7ff;&#x800;&#xffff;&#x10000;&#x10ffff;' \
		'\0337\0277\0340\0240\0200\0357\0277\0277\0360\0220\0200\0200\0364\0217\0277\0277\n'
}

@test "no number is a control, a surrogate or past the last character" {
	reads '&#0;&#27;&#x1b;&#155;&#129;' '���›�\n'
	reads '&#xd7ff;&#xd800;&#xdfff;&#xe000;' '\0355\0237\0277��\0356\0200\0200\n'
	reads '&#x110000;&#4294967296;&#4294967361;&#18446744073709551681;&#x100000041;' '�����\n'
	reads 'a&#9;&#10;&#12;&#13; b<pre>c&#10;d&#9;e&#13;&#10;f' 'a b\n\nc\nd\te\nf\n'
	for ((n = 0; n < 160; n++)); do printf '&#%d;' "$n"; done | drive-html 0 >got
	[ "$(LC_ALL=C tr -d '\n -\176\200-\377' <got | wc -c)" -eq 0 ]
	! LC_ALL=C grep -q "$(printf '\302[\200-\237]')" got
}

@test "octets that are no characters, and controls, pass and are escaped" {
	reads 'a\0377<b>\0033[2J</b>\0000b' 'a\\xff\\x1b[2J\\x00b\n'
	reads '<img alt="\0033[2J\0377">' '[\\x1b[2J\\xff]\n'
}

@test "the charset and the transfer encoding are undone before" {
	printf '%s\n' 'Content-Type: TEXT/HTML; charset=gb2312' \
		'Content-Transfer-Encoding: quoted-printable' '' \
		'<p title=3D">">=C4=E3=BA=C3</p=' '>&hearts;' | mime-decode | sed '1,/^$/d' >shown
	printf '你好\n\n♥\n' >want
	same want shown
}

@test "a text is the same wherever it is cut" {
	printf '%s' '<!DOCTYPE x><title>t</title><p>a&amp;b &copy=1 &#x20ac;&nbsp;&thetasym;' \
		'<!-- > --!><!--> <blockquote><pre>' "$(printf '\n\n x\t y\302\240\302')" \
		'</pre><li><img alt="&lt;a' "'" '">c<a href="https://a.example/?b&amp;c">d</a>' \
		'<script>"</scr" </script ><hr/></blockquote>e<td>f<' >page
	in_pieces page
	for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		mutate "$seed" 30 <page >spoilt
		in_pieces spoilt
	done
}

@test "what is longer than any buffer is read like what is short" {
	awk 'BEGIN { while (i++ < 20000) printf "<p>%d &lt; %d<!-- %d > --></p>\n", i, i + 1, i }' >page
	awk 'BEGIN { while (i++ < 20000) printf "%s%d < %d\n", (i > 1 ? "\n" : ""), i, i + 1 }' >want
	{ printf 'Content-Type: text/html\n\n'; cat page; } | mime-decode | sed '1,/^$/d' >got
	cmp want got
}

@test "what never ends takes no more time or room than what does" {
	for open in '<' '&' '<!--' '<a href=http:x>' '<script></' '</' '<pre>' '&#9' '<blockquote>' ' '; do
		awk -v open="$open" 'BEGIN { while (i++ < 200000) printf "%s", open }' |
			drive-html 0 >got
	done
	awk 'BEGIN { while (i++ < 9) printf "<blockquote>"; printf "<pre>"
		while (i++ < 200000) printf "\n\nx" }' | drive-html 0 >got
	[ "$(sort -u got | tr '\n' ' ')" = '>>>>>>> >>>>>>> x ' ]
}

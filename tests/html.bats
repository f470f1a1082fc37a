#!/usr/bin/env bats
# client/read/html.c: RFC 2854, WHATWG HTML, 13.2.5 and 15.3. What mailers make of HTML is in
# tests/messages, html-*.eml.

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
@test "tags are taken out, in either case, known or not" {
	reads '<B>Do</b> you <x-y>like <o:p>ketchup</o:p>?' 'Do you like ketchup?\n'
	reads 'a<span/>b<i/class=x>c</i  x>d<b\n>e</b\n>' 'abcde\n'
	reads 'a<blockquotes>b<pr>c<prex>d<blockquotetextarea>e' 'abcde\n'
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
	reads 'a\tb<td>c' 'a b\tc\n'
}

@test "what is preformatted keeps its blanks and line ends" {
	reads 'a  b<pre>\n  a  b \n\n\n\tc\r\n</pre>  d  e' 'a b\n\n  a  b\n\n\tc\n\nd e\n'
	reads '<pre>a<b>  b</b></pre>\n<textarea>c  d\ne</textarea>' 'a  b\n\nc  d\ne\n'
	reads '<pre>a\n\n\n\nb</pre>  c</pre>  d' 'a\n\nb\n\nc\n\nd\n'
}

@test "a blank that is no white space is one, however it is written" {
	reads 'a&nbsp;&nbsp;b &#160; c\0302\0240\0302\0240d' 'a  b  c  d\n'
	reads '<p>&nbsp;&nbsp;a&nbsp;<br>&nbsp;<br>b' '  a\n\nb\n'
	reads '\0302\0251 a&copy;b\0302\0240\0302\0251' '© a©b ©\n'
	reads '<a href=http://b>\0302\0253\0302\0240c\0302\0253</a>' '« c« <http://b>\n'
	blanks=$(letters 79 ' ')
	reads "<pre>a$blanks  b" "a$blanks"'b\n'
	reads "<pre>$blanks  \n\n\t  b" '\t  b\n'
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
	reads 'a<hr>b<hr/><hr>c' 'a\n\nb\n\nc\n'
}

@test "what is quoted has its depth before it, 8 at most" {
	reads 'a<blockquote>b<br>c<p>d<blockquote>e</blockquote></blockquote>f' \
		'a\n\n> b\n> c\n\n> d\n\n>> e\n\nf\n'
	reads '<blockquote>a</blockquote><blockquote>b</blockquote></blockquote>c' \
		'> a\n\n> b\n\nc\n'
	reads '<blockquote><ul><li>a</ul><pre>b\n  c' '> * a\n\n> b\n>   c\n'
	q8=$(letters 8 '<blockquote>')
	reads "$q8<blockquote>a<br></blockquote>b" '>>>>>>>> a\n\n>>>>>>> b\n'
}

@test "comments end where they end for a browser" {
	reads 'a<!-- b > -- c <p> --d->e<!- -->f' 'af\n'
	reads 'a<!-- b --!>c<!-->d<!--->e<!---->f<!----->g' 'acdefg\n'
	reads 'a<!-- <!-- b -->c<!--<!-->d<!----!-->e' 'acde\n'
	reads 'a<!-b>c<!>d<!->x<!DOCTYPE html "e>f<?xml version="1.0"?>g</>h</3 i>j' 'acdxfghj\n'
	reads 'a<![CDATA[b]]>c' 'ac\n'
}

@test "what only Outlook reads is a comment, what only Outlook does not read is text" {
	reads 'a<!--[if mso]>b<td>c<![endif]-->d<!--[if !mso]><!-->e<!--<![endif]-->f' 'adef\n'
	reads 'a<![if !supportLists]>b<![endif]>c' 'abc\n'
}

@test "a < that begins no tag is text" {
	reads '1 < 2 <3 <= <> <"a"> <<b>c</b> a<' '1 < 2 <3 <= <> <"a"> <c a<\n'
	reads 'a</' 'a\n'
	reads 'a <\000b</b> c' 'a <b c\n'
	reads 'a&lt;b&gt;c' 'a<b>c\n'
}

@test "a > in the quotes of a value does not end the tag" {
	reads "a<b x='>' y=\">\" z = '\">' w=\"'>\">b" 'ab\n'
	reads 'a<b x=">"y=>b<b x=a">c<b x\n =\n">"\n>d<b/x/y=">"/>e' 'abcde\n'
}

@test "scripts, styles and titles are not shown, up to their end tag in any case" {
	reads '<head><title>a</title><style>b > c</style></head>d<SCRIPT x=">">e</script\n>f' 'df\n'
	reads 'a<script>"</scr" + "ipt>" <b> </scriptx> </ script> </script/>b' 'ab\n'
	reads '<title>A title of > it</title>a<style>x script > </style >b' 'ab\n'
	reads 'a<script><</SCRIPT>b<script></</script/x=">">c<style></title></style >d' 'abcd\n'
	reads '<script></script><script>> a</script>b' 'b\n'
	reads 'a<template><p>b</template><iframe>c</iframe><noframes>d</noframes>e' 'ae\n'
	reads 'a<title>&lt;/title></title>b</script>c<scripts>d' 'abcd\n'
	reads '<noscript>a</noscript>' 'a\n'
	reads '<html><head><script>if (a<b && c=">") d("</p>");</SCRIPT\n></head></html>' ''
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
	reads '<img alt="&lt=&lt; &eacute;"><img alt=&gt;>' '[&lt=< é][>]\n'
	reads '<img alt=a alt=b><img alt="" alt=c><b alt=a><a alt=b><img href=c>' '[a]\n'
	reads "<img alt='$(letters 2000)'>" "[$(letters 2000)]\n"
}

@test "where a link leads stands after its words, where they say otherwise" {
	reads '<a href="http://b.example/">http://a.example/</a>.' \
		'http://a.example/ <http://b.example/>.\n'
	reads '<A x HREF = https://a.example/?b=1&amp;c=2&copy=3 >d</A>' \
		'd <https://a.example/?b=1&c=2&copy=3>\n'
	reads '<a href="HTTPS:a"><b>c</b> </a> d' 'c <HTTPS:a> d\n'
	reads "<a href='mailto:bob@a'>Bob</a> <a href=mailto:bob@a>bob@a</a>" 'Bob <mailto:bob@a> bob@a\n'
	for text in http://a.example/b/ http://a.example/b a.example/b a.example/b/; do
		reads "<a href=http://a.example/b/> <b>$text</b>\n</a>" "$text\n"
	done
	for text in ttp://a.example/b/ a.example a.example/b// /a.example/b A.example/b; do
		reads "<a href=http://a.example/b/>$text</a>" "$text <http://a.example/b/>\n"
	done
	reads '<a title="href=http://a" href="http://b">a</a>' 'a <http://b>\n'
	reads '<a href=http://a href=http://b>a</a>' 'a\n'
}

@test "a link within the page is its words" {
	reads '<a href=#c>d</a> <a name=e>f</a> <a href="">g</a> <a>h</a> </a>' 'd f g h\n'
	reads '<a hrefs=http://a xhref=http://a hre=http://a>b</a> <a href=#c href=http://a>d</a>' 'b d\n'
	reads '<b href=http://a>b</b> <img href=http://a> <p href=http://a>c' 'b\n\nc\n'
}

@test "the address of a link is one word of ASCII that cannot be left" {
	reads "<a href=' http://a b>\042&lt;\033&eacute;\0377'>c</a>" \
		'c <http://a%20b%3E%22%3C%1B%C3%A9%FF>\n'
}

@test "the address of a link is shown, whatever there is of words, lines and address" {
	reads '<a href=http://a><div>b</div></a>c' 'b\n<http://a>c\n'
	reads 'a<p><a href=http://b></a>c' 'a\n\n<http://b>c\n'
	reads 'a <a href=http://b><img alt=c></a> d' 'a [c] <http://b> d\n'
	reads '<a href=http://a>b<a href=http://c>d' 'b <http://a>d <http://c>\n'
	reads '<a href=http://a>b<img alt="c' 'b <http://a>\n'
	address=http://$(letters 2000)
	reads "<a href=$address>a</a>b" "a <$address>b\n"
	reads "<a href=$address$(letters 2000)>a</a>" "a <$address$(letters 985)...>\n"
	reads "<a title=$(letters 2974) href=http://good.evil>good</a>" 'good <http://good...>\n'
}

@test "a character has a name" {
	reads '&lt;&amp;&gt;&quot;&apos;&euro;&hellip;&ndash;&mdash;&copy;&reg;&trade;&bull;' \
		"<&>\"'€…–—©®™•\n"
	reads '&lsquo;&rsquo;&sbquo;&ldquo;&rdquo;&bdquo;&laquo;&raquo;&szlig;&AElig;&oelig;&zwnj;' \
		'\0342\0200\0230\0342\0200\0231‚\0342\0200\0234\0342\0200\0235„«»ßÆœ\0342\0200\0214\n'
	reads '&Agrave;&eacute;&Icirc;&ntilde;&Otilde;&uuml;&Aring;&ccedil;&Oslash;&yacute;&scaron;' \
		'ÀéÎñÕüÅçØýš\n'
	reads 'AT&T & &; &&amp;& a&b;c &unknown; &e; &eur; &euros; &euro &Euro; &amp;lt; &a_b; a&' \
		'AT&T & &; &&& a&b;c &unknown; &e; &eur; &euros; &euro &Euro; &lt; &a_b; a&\n'
	reads '&abcdefghijklmnopqrstuvw; &amp;&lt<b>c</b>&lt;b&gt;' '&abcdefghijklmnopqrstuvw; &&ltc<b>\n'
}

@test "a character has a number, decimal or hexadecimal" {
	reads '&#8364;&#x20ac;&#X20AC;&#0008364;&#65b;&#65 &#; &#x; &#xg; &#a; &## &#-1; &#x' \
		'€€€€&#65b;&#65 &#; &#x; &#xg; &#a; &## &#-1; &#x\n'
	reads '&#128;&#x80;&#159;&#150;&#160;.' '€€Ÿ– .\n'
	reads '&#x7ff;&#x800;&#xffff;&#x10000;&#x10ffff;' \
		'\0337\0277\0340\0240\0200\0357\0277\0277\0360\0220\0200\0200\0364\0217\0277\0277\n'
	reads 'a&#9;&#10;&#12;&#13; b<pre>c&#10;d&#9;e' 'a b\n\nc\nd\te\n'
	reads '&#0;&#x110000;&#4294967361;&#x100000041;&#184467440737095516;' \
		'&#0;&#x110000;&#4294967361;&#x100000041;&#184467440737095516;\n'
}

@test "no number commands a terminal" {
	reads '&#27;[2J&#155;2J&#x9b;&#129;&#xd800;' '\\x1b[2J›2J›�\\xed\\xa0\\x80\n'
	{
		printf 'Content-Type: text/html\n\n'
		for ((n = 0; n < 160; n++)); do printf '&#%d;<a href="&#%d;">&#x%x;</a>' "$n" "$n" "$n"; done
	} | mime-decode >got
	[ "$(LC_ALL=C tr -d '\n\t -\176\200-\377' <got | wc -c)" -eq 0 ]
	! LC_ALL=C grep -q "$(printf '\302[\200-\237]')" got
}

@test "octets that are no characters, and controls, pass and are escaped" {
	reads 'a\0377<b>\0033[2J</b>\0000b' 'a\\xff\\x1b[2Jb\n'
	reads '<img alt="\0033[2J\0377">' '[\\x1b[2J\\xff]\n'
}

@test "the charset and the transfer encoding are undone before" {
	printf '%s\n' 'Content-Type: TEXT/HTML; charset=gb2312' \
		'Content-Transfer-Encoding: quoted-printable' '' \
		'<p title=3D">">=C4=E3=BA=C3</p=' '>&hearts;' | mime-decode | sed '1,/^$/d' >shown
	printf '你好\n\n♥\n' >want
	same want shown
}

@test "a spoilt page commands no terminal, and does no harm" {
	cat "$root"/tests/messages/html-*.eml >pages
	for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		{
			printf 'Content-Type: text/html; charset=utf-8\n\n'
			mutate "$seed" 30 <pages
		} | mime-decode >got
		[ "$(LC_ALL=C tr -d '\n\t -\176\200-\377' <got | wc -c)" -eq 0 ]
	done
}

@test "what is longer than any buffer is read like what is short" {
	awk 'BEGIN { while (i++ < 20000) printf "<p>%d &lt; %d<!-- %d > --></p>\n", i, i + 1, i }' >page
	awk 'BEGIN { while (i++ < 20000) printf "%s%d < %d\n", (i > 1 ? "\n" : ""), i, i + 1 }' >want
	{ printf 'Content-Type: text/html\n\n'; cat page; } | mime-decode | sed '1,/^$/d' >got
	cmp want got
	awk 'BEGIN { while (i++ < 100000) printf "%d <b>&lt;</b> ", i }' >page
	awk 'BEGIN { while (i++ < 100000) printf "%s%d <", (i > 1 ? " " : ""), i; print "" }' >want
	{ printf 'Content-Type: text/html\n\n'; cat page; } | mime-decode | sed '1,/^$/d' >got
	cmp want got
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

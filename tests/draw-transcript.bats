#!/usr/bin/env bats
# draw-transcript: what of a conversation is drawn, as SVG and as a page.

load common

setup() {
	common_setup
	article=$root/lessons/03-the-transcript/expected.txt
}
teardown() { common_teardown; }

# transcript LINE...: a file of these lines, \ooo an octet.
transcript() { printf '%b\n' "$@" >transcript.txt; }

# drawn [--html] [FILE...]: draws; what comes is in the file drawing, and in $drawing.
drawn() {
	local html=
	[ "${1-}" != --html ] || { html=--html && shift; }
	[ $# -gt 0 ] || set -- transcript.txt
	draw-transcript $html "$@" >drawing 2>errors || { cat errors && return 1; }
	IFS= read -r -d '' drawing <drawing || :
	nested
}

# nested: each element that is opened is closed, and in the right order.
nested() {
	LC_ALL=C awk 'BEGIN { RS = "\001" } {
		while (match($0, /<\/?[a-zA-Z]+[^<>]*>/)) {
			tag = substr($0, RSTART, RLENGTH)
			$0 = substr($0, RSTART + RLENGTH)
			name = tag
			gsub(/[<>\/]|[ \n].*/, "", name)
			if (tag ~ /\/>$/ || name ~ /^(meta|link)$/)
				continue
			if (tag !~ /^<\//)
				open[++depth] = name
			else if (open[depth--] != name) {
				print "closed as " name " what was opened as " open[depth + 1]
				exit 1
			}
		}
		if (depth) { print "never closed: " open[depth]; exit 1 }
	}' drawing
}

# has TEXT...: the drawing has each of these.
has() {
	local text
	for text; do
		[[ $drawing != *"$text"* ]] || continue
		printf 'expected in the drawing: %s\n' "$text"
		head -c 20000 drawing
		return 1
	done
}

# lacks TEXT: it has not.
lacks() { [[ $drawing != *"$1"* ]] || { echo "in the drawing: $1" && return 1; }; }

@test "a line that was said is an arrow from the one who said it, with its text" {
	drawn "$article"
	[ "$(grep -c '<line class="[CS]' drawing)" -eq "$(grep -c '^[CS]:' "$article")" ]
	[ "$(grep -c '<line class="C' drawing)" -eq "$(grep -c '^C:' "$article")" ]
	has '>MAIL FROM:&lt;alice@crepes.fr&gt;</text>' '>250 Message accepted for delivery</text>'
	drawn --html "$article"
	[ "$(grep -cE '<li class="(command|reply|message|end) [CS]"' drawing)" -eq "$(grep -c '^[CS]:' "$article")" ]
	has '<i>C:</i><code>DATA</code>' '<i>S:</i><code>221 hamburger.edu closing connection</code>'
}

@test "commands and replies are told apart by more than colour" {
	drawn "$article"
	grep '<path class="C"' drawing | head -n 1 | grep -q ' Z"'
	[ "$(grep '<path class="S"' drawing | grep -c ' Z"')" -eq 0 ]
	has 'svg line.S { stroke-dasharray'
	drawn --html "$article"
	has 'li.S { border-bottom: 2px dashed'
}

@test "the lifelines have the names by which the hosts call themselves" {
	for html in '' --html; do
		drawn $html "$article"
		has '>crepes.fr<' '>hamburger.edu<'
	done
	transcript 'C:GET /picture.jpg HTTP/1.1' 'C:Host: localhost:8080' 'C:' 'S:HTTP/1.1 404 Not Found' 'S:'
	drawn
	has '>localhost:8080<' '>client<'
	transcript 'S:+OK hamburger.edu POP3 server ready' 'C:QUIT' 'S:+OK bye'
	drawn
	has '>hamburger.edu<'
	transcript 'S:+OK ready to serve' 'C:QUIT' 'S:+OK bye'
	drawn
	has '>server<'
}

@test "the phases have their names: greeting, envelope, message, farewell" {
	drawn "$article"
	[ "$(sed -n 's/.*<text class="" [^>]*>\([a-z]*\)<.*/\1/p' drawing | tr '\n' ' ')" = 'greeting envelope message farewell ' ]
	drawn "$root/lessons/10-many-messages-one-connection/today.txt"
	has '>envelope 1<' '>message 2<'
	drawn --html "$root/lessons/12-the-mailbox/expected.txt"
	has '<b>authorization</b>' '<b>transaction</b>' '<b>farewell</b>'
	transcript 'C:GET / HTTP/1.0' 'C:' 'S:HTTP/1.0 200 OK' 'S:' 'S:x'
	drawn --html
	has '<b>request</b>' '<b>answer</b>'
}

@test "lines and octets are counted as they were said" {
	transcript 'S:220 +' 'C:\\x00\\\\{{\\r' 'S:500 bare\\n' 'C:QUIT\\c' '!C closes' '!S closes'
	drawn
	has 'client 2 lines, 10 octets; server 2 lines, 16 octets'
	drawn --html
	has 'client 2 lines, 10 octets; server 2 lines, 16 octets'
}

@test "sixteen lines of data are drawn, seventeen are folded to one" {
	{ printf 'S:220 a\nC:DATA\nS:354 go\n' && n_of 16 'C:text\n' && printf 'C:.\nS:250 ok\n'; } >transcript.txt
	drawn --html
	lacks '<details>'
	has_exactly 16 '*<li class="message*' drawing
	{ printf 'S:220 a\nC:DATA\nS:354 go\n' && n_of 17 'C:text\n' && printf 'C:.\nS:250 ok\n'; } >transcript.txt
	drawn --html
	has_exactly 1 '*<li class="message*' drawing
	has '17 lines, 102 octets' '<details>'
	[ "$(grep -c '^text$\|>text$' drawing)" -eq 17 ]
	drawn
	has_exactly 3 '*<line class="C*' drawing
	has '(17 lines, 102 octets) text'
}

@test "of a fold the first 400 lines are kept, the others are counted" {
	{ printf 'S:220 a\nC:DATA\nS:354 go\n' && n_of 500 'C:text\n' && printf 'C:.\nS:250 ok\n'; } >transcript.txt
	drawn --html
	has '500 lines, 3,000 octets' '... and 100 lines more'
}

@test "markup, script and control octets are drawn as text" {
	transcript 'S:220 <script>alert(1)</script>' '# <b>a note --> & ]]>' 'C:HELO "x"\033[31m' \
		'S:250 \377 \342\200\256' 'C:\357\277\277'
	for html in '' --html; do
		drawn $html
		has '220 &lt;script&gt;alert(1)&lt;/script&gt;' '&lt;b&gt;a note --&gt; &amp; ]]&gt;'
		lacks '<script'
		lacks $'\033'
		[ "$(LC_ALL=C tr -d '\n\t -~' <drawing | wc -c)" -eq 0 ]
	done
	has '\x1b' '\xff' '\xef'
}

@test "a line of a million octets is drawn as far as it is shown, and the rest counted" {
	{ printf 'S:220 a\nC:' && head -c 1000000 /dev/zero | tr '\0' 'x' && echo; } >transcript.txt
	drawn --html
	has '... and 998,002 octets more'
	drawn
	[ "$(wc -c <drawing)" -lt 20000 ]
}

@test "escapes are kept whole where a text is cut, and counted once" {
	while read -r n over; do
		{ echo 'S:220 a' && printf 'C:' && n_of "$n" 0 && printf '\\\\' && n_of 50 z && echo; } >transcript.txt
		drawn --html
		has "... and $over octets more"
	done <<<$'1997 51\n1998 52\n1999 53\n2000 53'
}

@test "a line end that is not plain is red, and an octet that is not text is dim" {
	transcript 'S:220 a' 'C:a \\r b\\\\n\\x00 \\\\r\\n' 'S:500 bare' 'C:QUIT\\c'
	drawn
	has 'a <tspan class="line-end">\r</tspan> b<tspan class="octet">\\</tspan>n<tspan class="octet">\x00</tspan>' \
		' <tspan class="octet">\\</tspan>r<tspan class="line-end">\n</tspan></text>' \
		'>QUIT<tspan class="line-end">\c</tspan></text>' 'svg .line-end { fill: var(--less)'
	drawn --html
	has 'a <u>\r</u> b<s>\\</s>n<s>\x00</s> <s>\\</s>r<u>\n</u>' 'QUIT<u>\c</u>'
}

@test "a long line goes on at a blank, which is not drawn, and within no escape" {
	local n
	transcript "S:250-hamburger.edu Hello crepes.fr, pleased to meet you, and this line goes on" 'S:250 8BITMIME'
	drawn
	has 'pleased to meet you, and this</text>' '>line goes on</text>'
	for n in 60 61 62 63 64 65; do
		transcript "C:$(n_of "$n" x)\\\\x00\\\\r$(n_of 20 x)"
		drawn
		has '>\x00</tspan>' '>\r</tspan>'
	done
	drawn --html "$article"
	has 'li.S code { text-align: right; }'
}

@test "the name of a file is drawn as text too, and told as text" {
	name=$(printf 'a\033[31m\377<b>')
	transcript 'S:220 a'
	cp transcript.txt "$name"
	for html in '' --html; do
		drawn $html "$name"
		has 'a\x1b[31m\xff&lt;b&gt;'
		lacks $'\033'
	done
	echo 'S;' >"$name"
	run draw-transcript "$name"
	ends 65
	[ "$output" = "${output//$'\033'/}" ]
	run draw-transcript "$name-"
	ends 66
	[ "$output" = "${output//$'\033'/}" ]
}

@test "a file that cannot be read to its end: 66, and nothing is drawn" {
	[ -r /proc/self/mem ] || skip "no file here that cannot be read"
	run draw-transcript /proc/self/mem
	ends 66
	[ "$output" = 'draw-transcript: /proc/self/mem: cannot be read' ]
}

@test "characters are kept whole where a text is cut" {
	{ printf 'C:a' && n_of 700 '酱' && echo; } >transcript.txt
	for html in '' --html; do
		drawn $html
		iconv -f UTF-8 -t UTF-8 drawing >/dev/null
		has 酱
	done
}

@test "a transcript that was cut anywhere is drawn as far as it goes, and says so" {
	local all n
	all=$(wc -c <"$article")
	for n in 0 1 2 5 17 18 40 100 150 225 300 "$((all - 1))"; do
		head -c "$n" "$article" >"cut.$n"
	done
	drawn cut.*
	has_exactly 12 '*>The transcript ends here, *' drawing
	cp "$article" transcript.txt
	drawn
	lacks 'The transcript ends here'
}

# ends_in WHERE LINE...: so says the drawing of these lines, and SVG and page alike.
ends_in() {
	local where=$1
	shift
	transcript "$@"
	drawn && has "The transcript ends here, $where" && drawn --html && has "The transcript ends here, $where"
}

@test "where it was cut is told: in a message, in a reply, before the last reply, in an answer" {
	ends_in 'in the middle of the message' 'S:220 a' 'C:DATA' 'S:354 go' 'C:text'
	ends_in 'in the middle of a reply' 'S:220 a' 'C:EHLO b' 'S:250-a'
	ends_in 'in the middle of a reply' 'S:+OK a' 'C:LIST' 'S:+OK' 'S:1 100'
	ends_in 'before the last reply' 'S:220 a' 'C:QUIT'
	ends_in 'in the middle of a request' 'C:GET / HTTP/1.1' 'C:Host: a'
	ends_in 'in the middle of an answer, 6 octets before its end' 'C:GET / HTTP/1.0' 'C:' 'S:HTTP/1.0 200 OK' \
		'S:Content-Length: 9' 'S:' 'S:x'
	ends_in 'before anything was said' '# conversation 1'
}

@test "a conversation that its sides have ended was not cut" {
	transcript 'S:220 a' 'C:DATA' 'S:354 go' 'C:text' '!C resets'
	drawn
	lacks 'The transcript ends here'
	has 'client resets the connection'
}

@test "several conversations of one file, and several files, are drawn one after the other" {
	{ printf '# conversation 1\n' && cat "$article" && printf '# conversation 2\n' && cat "$article"; } >two.txt
	drawn --html two.txt "$article"
	has_exactly 3 '*<figure*' drawing
	has '>two.txt: conversation 2<'
	{ cat two.txt && sed 's/conversation /&1/' two.txt; } >four.txt
	drawn --html four.txt
	has '>four.txt: conversation 12<'
	drawn two.txt "$article"
	has_exactly 3 '*>220 hamburger.edu<*' drawing
	has_exactly 1 '*<svg*' drawing
}

@test "each drawing has its text alternative" {
	drawn "$article"
	has 'role="img" aria-labelledby="title desc"' '<title id="title">expected.txt</title>' \
		'A conversation between crepes.fr, the client, and hamburger.edu, the server: greeting, envelope, message, farewell'
	drawn --html "$article"
	has 'aria-label="A conversation between crepes.fr'
}

@test "a drawing needs nothing from elsewhere" {
	for html in '' --html; do
		drawn $html "$article"
		[ "$(grep -v xmlns= drawing | grep -Ec 'https?:|//[a-z]|url\([^#]|@import|<script|src=')" -eq 0 ]
	done
}

@test "notes, silence and placeholders are drawn" {
	transcript 'S:220 a' '# Alice thinks.' '!wait 0.5' 'C:QUIT' 'S:{lines}' 'S:221 {any}'
	drawn
	has '>Alice thinks.<' '>0.5 seconds of silence<' '>221 {any}<' 'placeholders are not counted'
}

@test "lines of comment are one note; a line to type is not a comment" {
	transcript '# One letter,' '# two lines.' '# $ replay x' 'S:220 a' '# Another.'
	drawn --html
	has_exactly 2 '*class="note*' drawing
	has '>One letter, two lines.<' '>Another.<'
	lacks 'replay x'
}

@test "of a host that talks to itself each side is told" {
	transcript 'S:220 crepes.fr' 'C:HELO crepes.fr' 'S:250 x' '!S closes'
	for html in '' --html; do
		drawn $html
		has '>crepes.fr (client)<' '>crepes.fr (server) closes the connection<'
	done
}

@test "of a very long conversation the first 5000 rows are drawn, the others counted" {
	{ echo 'S:220 a' && n_of 3000 'C:NOOP\nS:250 ok\n'; } >transcript.txt
	drawn --html
	has '1,002 lines more are not drawn' 'client 3,000 lines, 18,000 octets'
}

@test "what is no transcript: 65, its line and why, and nothing is drawn" {
	transcript 'S:220 a' 'S;250 b'
	run draw-transcript transcript.txt
	ends 65
	[ "$output" = 'draw-transcript: transcript.txt:2: a semicolon; probably S: was meant' ]
	transcript 'S: 220 a' 'C: QUIT'
	run draw-transcript --html transcript.txt
	ends 65
	says 'a blank after every colon'
}

@test "no such file, a folder: 66; no file, a bogus option: 64" {
	run draw-transcript nowhere
	ends 66
	says 'draw-transcript: nowhere: no such file'
	run draw-transcript "$work"
	ends 66
	run draw-transcript
	ends 64
	run draw-transcript --bogus x
	ends 64
	run draw-transcript -h
	ends 0
	run bash -c 'draw-transcript "$0" >/dev/full' "$article"
	[ ! -e /dev/full ] || ends 74
}

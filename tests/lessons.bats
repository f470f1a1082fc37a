# The transcripts, the queue and the page of lessons 10, 11 and 13: the programs say and do what is there.
load common
load typing

setup() {
	common_setup
	mkdir -p mail/bob
	lessons=$root/lessons
}
teardown() { common_teardown; }

# letters TRANSCRIPT: each message of it becomes a file, letter1, letter2.
letters() {
	awk '/^C:\.$/ { inside = 0 } inside { print substr($0, 3) >("letter" n) }
		/^S:354/ { inside = 1; n++ }' "$1"
}

# said OPTION...: smtp-send says the letters; a transcript of that is in the file record.
said() {
	serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
	serve wiretap -l 127.0.0.1:0 "$address"
	smtp-send "$@" -n crepes.fr -f alice@crepes.fr -t bob@hamburger.edu "$address" letter1 letter2
	until_true has_line '!S closes*' "$server_out"
	grep -v '^listening\|^!' "$server_out" >record
}

@test "10: the transcripts are held by smtp-server to the word" {
	for transcript in article today pipelined; do
		serve smtp-server -l 127.0.0.1:0 -n hamburger.edu mail
		run replay -x "$address" "$lessons/10-many-messages-one-connection/$transcript.txt"
		ends 0
	done
	[ "$(find mail/bob/new -type f | wc -l)" -eq 7 ]
}

@test "10: smtp-send -H says the article's, smtp-send today's" {
	cd "$work"
	letters "$lessons/10-many-messages-one-connection/article.txt"
	said -H
	compare-transcripts "$lessons/10-many-messages-one-connection/article.txt" record
	said
	compare-transcripts "$lessons/10-many-messages-one-connection/today.txt" record
	run compare-transcripts "$lessons/10-many-messages-one-connection/article.txt" record
	ends 1
}

# What differs from day to day, and the port.
constant() {
	sed 's/^Message-ID: .*/Message-ID:/; s/ after .*:$/ after a while:/; s/localhost:[0-9]*/HOST/' "$1"
}

@test "11: the entry is one, the routes are, and what mail-queue makes of them is the bounce" {
	cd "$work"
	mkdir -p queue/new
	cp "$lessons"/11-the-message-queue/1*,0 queue/new
	touch queue/new/*
	serve smtp-server -l localhost:0 -n hamburger.edu mail
	sed "s/:2525/:$port/; s/localhost:2526/localhost:1/" \
		"$lessons/11-the-message-queue/routes" >routes
	TZ=UTC SOURCE_DATE_EPOCH=1763775002 mail-queue -1 -n crepes.fr -m routes queue
	set -- queue/new/*
	[ $# -eq 1 ]
	sed '1,/^$/d' "$1" >bounce
	constant bounce >got
	constant "$lessons/11-the-message-queue/bounce.eml" >expected
	same expected got
	mime-decode -l "$lessons/11-the-message-queue/bounce.eml" | grep -q message/delivery-status
}

@test "13: what the browser asks for is answered by http-server to the word" {
	mkdir page
	cp "$lessons"/13-pull-and-push/page/* page
	serve http-server -l 127.0.0.1:0 page
	for transcript in get persistent pipelined; do
		run replay -x "$address" "$lessons/13-pull-and-push/$transcript.txt"
		ends 0
	done
}

# fetched TRANSCRIPT: http-get fetches / from a server that says what is there.
fetched() {
	serve replay -x -l 127.0.0.1:0 "$lessons/13-pull-and-push/$1.txt"
	http-get "http://$address/" >got
	wait "$pid"
}

@test "13: what the top of each file says is typed, and the page has its pictures" {
	tree
	for transcript in get persistent pipelined; do
		taught "13-pull-and-push/$transcript.txt"
		no_departure
		grep -v '^#' "lessons/13-pull-and-push/$transcript.txt" | sed 's/^S:Date: .*/S:Date:/' >expected
		sed 's/^S:Date: .*/S:Date:/' seen >got
		same expected got
		for name in $(sed -n 's/.*src="\([^"]*\)".*/\1/p' build/page/index.html); do
			http-get "http://$address/$name" >got
			same "build/page/$name" got
		done
	done
	echo 'Do you like ketchup?' >line
	{ cat line && echo 'How about pickles?'; } >expected-chunked
	cp lessons/13-pull-and-push/page/index.html expected-close
	{ cat line && echo 0; } >expected-cut
	{ cat line && echo 'http-get: http://HOST/: the connection was lost before the end' && echo 75; } >expected-cut-counted
	for transcript in chunked close cut cut-counted; do
		taught "13-pull-and-push/$transcript.txt"
		sed "s/localhost:$port/HOST/" seen >got
		same "expected-$transcript" got
		wait "$pid"
	done
}

@test "13: a transcript that is played the wrong way round says by which way it is played" {
	serve http-server -l 127.0.0.1:0 "$lessons/13-pull-and-push/page"
	run replay "$address" "$lessons/13-pull-and-push/cut.txt"
	ends 65
	says 'C: is played without -l, S: with -l'
	serve replay -l 127.0.0.1:0 "$lessons/13-pull-and-push/get.txt"
	run replay "$address" "$lessons/13-pull-and-push/get.txt"
	until_true has_line '*C: is played without -l, S: with -l*' "$server_err"
}

@test "13: http-get knows by either way where a file ends" {
	fetched close
	same "$lessons/13-pull-and-push/page/index.html" got
	fetched chunked
	printf 'Do you like ketchup?\nHow about pickles?\n' >expected
	same expected got
}

@test "13: the page names its pictures, and they are what their names say" {
	cd "$lessons/13-pull-and-push/page"
	for name in $(sed -n 's/.*src="\([^"]*\)".*/\1/p' index.html); do
		[ -s "$name" ] || [ -s "../../07-base64/$name" ]
	done
	[ "$(ls)" = "$(printf '%s\n' hamburger.gif index.html pickle.png)" ]
	mime-decode -o "$work/saved" ../../09-content-types/image-gif.eml
	same "$work/saved/hamburger.gif" hamburger.gif
	[ "$(od -An -v -tx1 pickle.png | tr -d ' \n' | cut -c 1-16,25-48)" = \
		89504e470d0a1a0a494844520000003000000018 ] # PNG, 48 by 24
	[ "$(tail -c 8 pickle.png | head -c 4)" = IEND ]
}

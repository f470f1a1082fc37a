# What reads from outside, and what may come from there: texts with all that a program can
# be told, a table of the programs with what to give them, and the folder that they
# work in. For tests/fuzz.bats, tests/fuzz and tests/soak.
# shellcheck shell=sh

# A conversation with all that a server can be told.
conversation() {
	printf '%s\r\n' 'EHLO crepes.fr' \
		'MAIL FROM:<@a.org,@b.org:"al\"ice"@crepes.fr> SIZE=120 BODY=8BITMIME' \
		'RCPT TO:<postmaster>' 'RCPT TO:<Bob@hamburger.edu>' 'DATA' \
		'Received: from x' 'Subject: =?utf-8?q?=C3=A9?=' '' '..' '..two' 'three' '.' \
		'HELO [127.0.0.1]' 'MAIL FROM:<>' 'RCPT TO:<bob@hamburger.edu>' 'DATA' 'hi' '.' \
		'VRFY bob' 'NOOP' 'RSET' 'HELP' 'QUIT'
}

# A message with all that a reader can be told.
message() {
	cat <<-'END'
		From: =?UTF-8?Q?Al=C3=AFce?= <alice@crepes.fr>
		To: bob@hamburger.edu (Bob (of
		 Burgers)), =?gb2312?b?xOO6ww==?= <b@x>
		Subject: =?us-ascii?q?a_b?= =?utf-8?b?4oKs?=
		MIME-Version: 1.0
		Content-Type: multipart/mixed; boundary="--b (1)"; x*0=a; x*1*=%41

		preamble
		----b (1)
		Content-Type: text/plain; charset=utf-8
		Content-Transfer-Encoding: quoted-printable

		caf=C3=A9 =
		soft=3D
		----b (1)
		Content-Type: image/jpeg; name*=UTF-8''%e2%82%ac.jpg
		Content-Transfer-Encoding: base64
		Content-Disposition: attachment; filename="../picture.jpg"

		/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRof
		Hh0aHBwg
		----b (1)
		Content-Type: message/rfc822

		Subject: within
		Content-Type: multipart/alternative; boundary=c

		--c
		Content-Type: text/html

		<b>x</b>
		--c--
		----b (1)--
		epilogue
	END
}

# What a transcript may hold, but for !wait, which would only take time.
transcript() {
	cat <<-'END'
		# a comment
		S:220 {HOST}
		C:EHLO cr\xc3\xaapes.fr
		S:250-{any}
		S:{lines}
		C:MAIL FROM:<a@{HOST}>\c
		C:
		S:250 {{ok} \\ {any}
		C:RCPT TO:<b@{HOST}>\n
		S:250 你好\x20
		C:DATA
		S:354 {any}
		C:..\r
		C:.
		S:250 OK
		!C closes
		!S closes
	END
}

# programs: a name, the kind of its seeds, what is in the environment, and how it is run in a
# furnished folder, a seed on its standard input. fuzz-peer is the other side, where it needs one.
programs() {
	cat <<-'END'
		smtp-server       said      -                                    smtp-server -n hamburger.edu -q queue mail
		smtp-server-7b    said      -                                    smtp-server -n hamburger.edu -7 -b mail
		smtp-toy          said      -                                    smtp-toy 0
		pop3-server       asked     -                                    pop3-server -u users mail
		pop3-users        users     -                                    pop3-server -u /dev/stdin mail
		http-server       requests  -                                    http-server www
		b64               text      -                                    b64
		b64-d             messages  -                                    b64 -d
		qp                text      -                                    qp
		qp-d              messages  -                                    qp -d
		mime-decode       messages  -                                    mime-decode
		mime-decode-l     messages  -                                    mime-decode -l
		mime-decode-o     messages  -                                    mime-decode -o saved
		mime-encode       messages  -                                    mime-encode -f alice@crepes.fr -t bob@hamburger.edu -s x
		mime-encode-r     messages  -                                    mime-encode -r /dev/stdin
		mime-encode-w     messages  -                                    mime-encode -w /dev/stdin
		smtp-send         replies   -                                    smtp-send -f alice@crepes.fr -t bob@hamburger.edu -t carol@hamburger.edu localhost:25 letter letter
		smtp-send-message messages  PEER=$PWD/replies                    smtp-send -f alice@crepes.fr -t bob@hamburger.edu localhost:25 /dev/stdin
		smtp-send-q       entries   PEER=$PWD/replies                    smtp-send -q localhost:25 /dev/stdin
		pop3-fetch        mailboxes POP3_PASSWORD=x                      pop3-fetch -d -u bob localhost:110 inbox
		http-get          responses -                                    http-get http://localhost:80/ http://localhost:80/a/b
		http-get-o        responses -                                    http-get -o page http://localhost:80/ http://localhost:80/a/b
		talk              replies   -                                    talk localhost:25
		replay            replies   -                                    replay -x localhost:25 transcript
		replay-l          said      -                                    replay -l localhost:0 greets
		replay-transcript scripts   -                                    replay localhost:25 /dev/stdin
		transcript-to-pcap scripts  -                                    transcript-to-pcap /dev/stdin
		wiretap           records   -                                    wiretap -m -l localhost:0 localhost:25
		mail-queue        entries   PEER=$PWD/replies,ENTRY=queue/new/1.a mail-queue -1 -m routes queue
		mail-queue-routes routes    -                                    mail-queue -1 -m /dev/stdin queue
	END
}

# given NAME COMMAND...: runs the command, the program's own command line after it.
given() {
	with=$(programs | awk -v name="$1" '$1 == name && $3 != "-" { gsub(",", " ", $3); print $3 }')
	command=$(programs | awk -v name="$1" '$1 == name { $1 = $2 = $3 = ""; print }')
	shift
	eval "env $with \"\$@\" $command"
}

# sides SIDE TRANSCRIPT: what that side says in it, in octets.
sides() {
	LC_ALL=C sed -n "s/^$1://p" "$2" | sed 's/{any}/x/g; s/{{/{/g; s/$/\\r\\n/
		s/\\n\\r\\n$/\\n/; s/\\c\\r\\n$//; s/\\x\([0-9a-f][0-9a-f]\)/\\\\x\1/g' |
		while IFS= read -r line; do printf '%b' "$line"; done
}

# as_said FOLDER SIDE TRANSCRIPT...: one side of each, in a file of the folder.
as_said() {
	folder=$1 side=$2
	shift 2
	for file; do
		sides "$side" "$file" >"$folder/$(printf '%s' "${file#"$root/"}" | tr / _)"
	done
}

# seeds FOLDER: the lessons' material and the tests', a folder of it for each kind.
seeds() {
	(
		cd "$1" && mkdir said asked users requests text messages replies entries mailboxes \
			responses scripts records routes || exit
		as_said "$PWD/said" C "$root"/lessons/0[2-6]*/*.txt "$root"/lessons/1[01]*/*.txt \
			"$root"/lessons/0[2-6]*/cases/*.txt
		as_said "$PWD/replies" S "$root"/lessons/0[3-6]*/*.txt "$root"/lessons/1[01]*/*.txt
		as_said "$PWD/asked" C "$root"/lessons/12*/*.txt "$root"/lessons/12*/cases/*.txt
		as_said "$PWD/mailboxes" S "$root"/lessons/12*/*.txt "$root"/lessons/12*/cases/*.txt
		as_said "$PWD/requests" C "$root"/lessons/13*/*.txt
		as_said "$PWD/responses" S "$root"/lessons/13*/*.txt "$root"/lessons/13*/cases/*.txt
		cp "$root"/lessons/*/*.eml "$root"/tests/messages/*.eml messages
		for file in "$root"/lessons/*/*.txt "$root"/lessons/*/cases/*.txt; do
			cp "$file" "scripts/$(printf '%s' "${file#"$root/"}" | tr / _)"
		done
		cp "$root"/lessons/08*/*.txt "$root"/lessons/0[789]*/cases/*.in text 2>/dev/null
		cp "$root"/lessons/*/users users
		message >messages/all
		conversation >said/all
		transcript >scripts/all
		sed -n 's/^[CS]://p' "$root/lessons/03-the-transcript/expected.txt" |
			awk '{ printf "%s\r\n", $0 }' >records/mail
		cat asked/* mailboxes/* >records/pop3
		cat requests/* responses/* >records/http
		replies >replies/all
		printf '%s\r\n' 'USER bob' 'PASS x' STAT LIST UIDL 'LIST 1' 'UIDL 1' 'TOP 1 0' \
			'RETR 1' 'DELE 1' NOOP RSET CAPA QUIT >asked/all
		printf '%s\r\n' +OK +OK +OK +OK '1 a' '2 ../b' '3 a' . +OK '..' hi . +OK +OK . +OK \
			>mailboxes/all
		printf '%s\r\n' 'HTTP/1.1 200 OK' 'Transfer-Encoding: chunked' '' '5;x="y"' hello \
			0 'X: y' '' 'HTTP/1.1 404 No' 'Content-Length: 2' '' hi >responses/all
		printf '%s\n' 'MAIL FROM:<alice@crepes.fr> SIZE=19' 'RCPT TO:<bob@hamburger.edu>' \
			'RCPT TO:<carol@hamburger.edu>' '' 'Subject: hi' '' hi >entries/all
		printf '%s\n' '# a comment' 'hamburger.edu localhost:25' '' 'x [::1]:smtp' >routes/all
		find . -type f -size 0 -exec rm {} +
	)
}

# replies: of a server to smtp-send.
replies() {
	printf '%s\r\n' '220 x' '250-x' '250-SIZE 1000' '250-8BITMIME' '250 PIPELINING' '250 x' \
		'250 x' '550 x' '354 x' '250 x' '250-x' '250 x' '250 x' '354 x' '452 x' '221 x'
}

# furnish: what the programs of the table find in their folder. What they have put there or
# taken away is undone, so it can be said again and again.
furnish() {
	mkdir -p mail/bob/new mail/postmaster queue/new saved inbox page mailbox www/sub
	find mail queue/new queue/bad saved inbox page mailbox -type f -exec rm -f {} + 2>/dev/null
	printf 'Subject: x\n\n.hi\n' >mail/bob/new/1
	message >mail/bob/new/2
	echo bob:x >users
	echo hi | tee www/index.html >www/sub/note
	printf 'Subject: x\n\nDo you like ketchup?\n.\n' >letter
	replies >replies
	echo 'hamburger.edu localhost:25' >routes
	printf '%s\n' S:220 'C:EHLO {NAME}' 'S:250 {any}' 'C:MAIL FROM:<a@{NAME}>' 'S:{lines}' C:. \
		'!S closes' >transcript
	printf '%s\n' 'S:220 x' 'C:EHLO {NAME}' 'S:250 {NAME}' 'C:{lines}' C:. 'S:250 x' 'C:{any}x{any}' \
		'!C closes' >greets
}

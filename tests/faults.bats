# What is promised under fault, program by program: names of every kind, disks that are full,
# clocks that jump, logs that nobody reads. Where a single call of the system fails is in
# failing-calls.bats.
load common

setup() {
	common_setup
	mkdir -p mail/bob/new mail/bob/cur mail/bob/tmp queue/new queue/tmp queue/bad
	echo 'bob:I like pickles' >users
	export POP3_PASSWORD='I like pickles'
	now=$(date +%s)
}
teardown() { common_teardown; }

# Unique-ids: an identity is never a part of a name.

# uidls: what UIDL lists, an id in each line.
uidls() {
	printf 'USER bob\r\nPASS I like pickles\r\nUIDL\r\nQUIT\r\n' |
		pop3-server -n hamburger.edu -u users mail | tr -d '\r' | awk '/^[0-9]/ { print $2 }'
}
# fetched WORD...: the letters in inbox, sorted.
fetched() {
	printf '%s\n' "$@" >expected
	cat inbox/* | LC_ALL=C sort >got
	same expected got
}
fetch() { pop3-fetch "$@" -u bob "$address" inbox >>fetch.out; }

@test "two letters whose names begin alike are two, and deleting one never takes the other unread" {
	serve pop3-server -l 127.0.0.1:0 -u users mail
	echo lunch >'mail/bob/new/Re: lunch.eml'
	echo rent >'mail/bob/new/Re: rent.eml'
	echo flags >'mail/bob/new/a:2,S'
	echo no-flags >mail/bob/new/a
	echo colon >'mail/bob/cur/Re: colon.eml'
	fetch -d
	fetch -d
	fetched colon flags lunch no-flags rent
	[ -z "$(ls mail/bob/new mail/bob/cur | grep -v :$)" ]
}

@test "messages in new and in cur, or with other flags, that have one name have two unique-ids" {
	serve pop3-server -l 127.0.0.1:0 -u users mail
	echo new >mail/bob/new/1.a
	fetch
	echo seen >'mail/bob/cur/1.a:2,S'
	echo flagged >'mail/bob/cur/1.a:2,F'
	[ "$(uidls | sort -u | wc -l)" -eq 3 ]
	uidls >first
	uidls >again
	same first again
	fetch -d
	rm -f mail/bob/new/1.a
	fetch -d
	fetched flagged new new seen
}

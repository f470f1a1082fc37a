#!/usr/bin/env bats
# transcript-to-pcap: the packets that it makes of a conversation, octet by octet; and what
# tshark says of them, where it is installed.

load common

setup() {
	common_setup
	article=$root/lessons/03-the-transcript/expected.txt
}
teardown() { common_teardown; }

# transcript LINE...: a file of these lines.
transcript() { printf '%s\n' "$@" >transcript.txt; }

# captured [ARGUMENTS]: of transcript.txt, or of these; the packets are in the file packets.
captured() {
	[ $# -gt 0 ] || set -- transcript.txt
	transcript-to-pcap "$@" >capture
	packets
}

# packets: a line for each packet of the file capture: milliseconds, C or S, its port, flags,
# sequence and acknowledgement from 0 on, how many octets of data, and those. Each header is
# looked at, and whether the numbers of each side follow each other.
packets() {
	od -An -v -tu1 <capture | LC_ALL=C awk '
		function wrong(why) { print "packet " n + 1 ": " why; failed = 1; exit 1 }
		function number(at, size,    v) { for (v = 0; size-- > 0; at++) v = v * 256 + o[at]; return v }
		function words(from, size,    v, i) {
			for (i = 0; i < size; i++) v += o[from + i] * (i % 2 ? 1 : 256)
			return v
		}
		function folded(v) { while (v > 65535) v = int(v / 65536) + v % 65536; return v }
		function flags(v) {
			return (v % 2 ? "F" : "") (int(v / 2) % 2 ? "S" : "") (int(v / 4) % 2 ? "R" : "") \
				(int(v / 8) % 2 ? "P" : "") (int(v / 16) % 2 ? "A" : "")
		}
		{ for (i = 1; i <= NF; i++) o[count++] = $i }
		END {
			if (failed) exit 1
			if (number(0, 4) != 2712847316 || number(4, 4) != 131076 || number(20, 4) != 101)
				wrong("the head of the file")
			for (at = 24; at < count; at = ip + size) {
				ip = at + 16; size = number(at + 8, 4); tcp = ip + 20
				if (number(at + 12, 4) != size || ip + size > count) wrong("cut")
				if (number(ip, 2) != 17664 || number(ip + 2, 2) != size || o[ip + 9] != 6) wrong("IP")
				if (folded(words(ip, 20)) != 65535) wrong("checksum of IP")
				if (folded(words(ip + 12, 8) + 6 + size - 20 + words(tcp, size - 20)) != 65535)
					wrong("checksum of TCP")
				who = o[ip + 12] == 192 ? "C" : "S"; other = who == "C" ? "S" : "C"
				client = number(tcp + (who == "C" ? 0 : 2), 2)
				f = flags(o[tcp + 13]); seq = number(tcp + 4, 4); ack = number(tcp + 8, 4)
				if (f ~ /S/) { begin[who] = next_one[who] = seq }
				if (seq != next_one[who]) wrong(who " says number " seq ", not " next_one[who])
				if (f ~ /A/ && ack != next_one[other]) wrong(who " acknowledges " ack ", not " next_one[other])
				head = int(o[tcp + 12] / 16) * 4; data = size - 20 - head
				next_one[who] += data + (f ~ /[FS]/ ? 1 : 0)
				hex = ""
				for (i = tcp + head; i < ip + size; i++) hex = hex sprintf("%02x", o[i])
				printf "%d %s %d %s %d %d %d %s\n", number(at, 4) * 1000 + number(at + 4, 4) / 1000, who, \
					number(tcp + (who == "S" ? 0 : 2), 2), f, seq - begin[who], \
					f ~ /A/ ? ack - begin[other] : 0, data, hex
				n++
			}
		}' >packets || { cat packets && return 1; }
}

# stream WHO: all that a side said, in hexadecimal.
stream() { awk -v who="$1" '$2 == who { printf "%s", $8 }' packets; }

# octets: standard input in hexadecimal.
octets() { od -An -v -tx1 | tr -d ' \n'; }

@test "a connection begins with three packets, and each line is a segment with its CRLF" {
	transcript 'S:220 a' 'C:HELO b' '!C closes' '!S closes'
	captured
	cat >expected <<-'END'
		0 C 25 S 0 0 0
		1 S 25 SA 0 1 0
		2 C 25 A 1 1 0
		3 S 25 PA 1 1 7 32323020610d0a
		4 C 25 PA 1 8 8 48454c4f20620d0a
		5 C 25 FA 9 8 0
		6 S 25 A 8 10 0
		7 S 25 FA 8 10 0
		8 C 25 A 10 9 0
	END
	sed 's/ $//' packets >got
	same expected got
}

@test "any octet, a bare LF, a CR and a line without an end go as they were said" {
	transcript 'S:220 \x00\xff\\ {{ 你好' 'C:a\n' 'C:b\rc' 'C:d\c' 'S:\x20'
	captured
	[ "$(stream S)" = "$(printf '220 \000\377\\ { 你好\r\n \r\n' | octets)" ]
	[ "$(stream C)" = "$(printf 'a\nb\rc\r\nd' | octets)" ]
}

@test "who only listens acknowledges each second segment, and a long line is several" {
	transcript 'S:220 a' "C:$(n_of 8190 x)" 'C:' 'S:250 b'
	captured
	[ "$(awk '$2 == "C" && $7 { printf "%s ", $7 }' packets)" = '1460 1460 1460 1460 1460 892 2 ' ]
	[ "$(awk '$2 == "S" && $7 == 0 && $4 == "A"' packets | wc -l)" -eq 3 ]
	[ "$(tail -n 1 packets | cut -d ' ' -f 2,7)" = 'S 7' ]
}

@test "each side closes by itself, and the other may go on; a reset is the end of both" {
	transcript 'C:GET / HTTP/1.0' 'C:' '!C closes' 'S:HTTP/1.0 200 OK' '!S closes'
	captured
	[ "$(awk '$1 > 2 { printf "%s%s ", $2, $4 }' packets)" = 'CPA CPA SA CFA SA SPA SFA CA ' ]
	transcript 'S:220 a' '!S resets' '!C closes'
	captured
	[ "$(awk '$1 > 2 { printf "%s%s ", $2, $4 }' packets)" = 'SPA SRA ' ]
	transcript '!S resets'
	captured
	[ "$(awk '{ printf "%s%s ", $2, $4 }' packets)" = 'CS SSA CA SRA ' ]
}

@test "!wait is time that passes, and without it the same transcript makes the same file" {
	transcript '!wait 1' 'S:220 a' '!wait 2.5' 'C:QUIT'
	captured
	[ "$(awk '{ printf "%s ", $1 }' packets)" = '1000 1001 1002 1003 3504 ' ]
	cp capture before
	captured
	same before capture
}

@test "the server's port is that of the protocol, or of -p" {
	transcript 'S:+OK a'
	captured && [ "$(cut -d ' ' -f 3 packets | sort -u)" = 110 ]
	transcript 'C:GET / HTTP/1.1'
	captured && [ "$(cut -d ' ' -f 3 packets | sort -u)" = 80 ]
	captured -p 8080 transcript.txt && [ "$(cut -d ' ' -f 3 packets | sort -u)" = 8080 ]
}

@test "each conversation of a file, and each file, is a connection of its own" {
	{ echo '# conversation 1' && cat "$article" && echo '# conversation 2' && cat "$article"; } >two.txt
	captured two.txt "$article"
	[ "$(grep -c ' S 0 0 0' packets)" -eq 3 ]
	[ "$(od -An -v -tu1 -j 60 -N 2 capture | tr -d ' ')" = 1920 ]
	[ "$(stream S)" = "$(for n in 1 2 3; do sed -n 's/^S:\(.*\)/\1\r/p' "$article"; done | octets)" ]
}

@test "each transcript of the lessons without a placeholder is carried octet for octet" {
	local file tried=0
	for file in "$root"/lessons/*/*.txt; do
		grep -q '^S:' "$file" && ! grep -q '^[CS];\|{[a-zA-Z]*}\|\\' "$file" || continue
		[ "${file##*/}" != as-printed.txt ] || continue # which is not one
		captured "$file"
		tried=$((tried + 1))
		for who in C S; do
			[ "$(stream $who)" = "$(sed -n "s/{{/{/g; s/^$who:\(.*\)/\1\r/p" "$file" | octets)" ] ||
				{ echo "$file: $who" && return 1; }
		done
	done
	[ "$tried" -ge 8 ]
}

@test "a placeholder: 65, its line, and nothing is written of that file" {
	while read -r line; do
		transcript 'S:220 a' "$line"
		transcript-to-pcap transcript.txt >capture 2>errors && status=0 || status=$?
		ends 65
		[ ! -s capture ]
		[[ $(cat errors) == 'transcript-to-pcap: transcript.txt:2: a placeholder'* ]]
		[ "$(wc -l <errors)" -eq 1 ]
	done <<-'END'
		S:{any}
		C:HELO {NAME}
		S:{lines}
	END
}

@test "what is no transcript, or no file: 66; a bad port, no file, -x: 64" {
	transcript 'S;220 a'
	run transcript-to-pcap transcript.txt
	ends 66
	[ "$output" = 'transcript-to-pcap: transcript.txt:1: a semicolon; probably S: was meant' ]
	run transcript-to-pcap nowhere
	ends 66
	for bad in '' '-p 0 x' '-p 65536 x' '-p 1x x' '-x y'; do
		run transcript-to-pcap $bad
		ends 64
	done
	run bash -c 'transcript-to-pcap "$0" >/dev/full' "$article"
	[ ! -e /dev/full ] || ends 74
}

@test "tshark finds nothing wrong, and follows the stream" {
	command -v tshark >/dev/null || skip "tshark is not installed"
	{ printf 'S:220 a\nC:DATA\nS:354 go\n' && n_of 3000 'C:Do you like ketchup? How about pickles?\n' &&
		printf 'C:.\nS:250 ok\nC:QUIT\nS:221 bye\n!S closes\n!C closes\n'; } >transcript.txt
	captured
	export XDG_CONFIG_HOME=$work HOME=$work
	tshark -n -r capture -o tcp.check_checksum:TRUE -o ip.check_checksum:TRUE \
		-Y 'tcp.analysis.flags || _ws.malformed || _ws.expert.severity >= 0x600000' >found 2>errors
	[ ! -s found ] || { head found && return 1; }
	[ "$(tshark -n -r capture -Y 'tcp.checksum.status == 1' -o tcp.check_checksum:TRUE 2>/dev/null | wc -l)" -eq "$(wc -l <packets)" ]
	tshark -n -r capture -q -z follow,tcp,raw,0 2>/dev/null | sed -n '/^Node 1/,$p' | sed '1d; /^==/d' >followed
	[ "$(grep -v "^$(printf '\t')" followed | tr -d '\n')" = "$(stream C)" ]
	[ "$(grep "^$(printf '\t')" followed | tr -d '\t\n')" = "$(stream S)" ]
}

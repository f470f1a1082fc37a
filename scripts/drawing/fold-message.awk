# fold-message: a message, or a transcript with messages in it, of which what matters is shown:
# the fields that servers put before a message, and base64 after its first two lines, are only
# counted. For alice-to-bob:
#
#	awk -v before='    ' [-v trace=yes] -f spoken.awk -f fold-message.awk MESSAGE
#	awk -v transcript=yes -v before='  ' -f spoken.awk -f fold-message.awk TRANSCRIPT
#
# before is put before each line; with trace the fields of the servers are shown too; client and
# server are the colours of either side, and plain ends them.

!transcript && NR == 1 { message_begins() }
!transcript { message_line($0, before $0); next }

/^[#!]/ { next }
{ printed = before (/^C/ ? client : server) $0 plain }
/^C:[.]$/ { message_ends() }
in_message { message_line(substr($0, 3), printed); next }
{ print printed }
/^S:354/ { message_begins() }

END { message_ends() }

function message_begins() {
	in_message = in_header = 1
	of_server = base64 = 0
}

# A line of the message, and how it is printed.
function message_line(text, printed,    what) {
	what = folded_as(text)
	if (what != kind)
		tell_folded()
	kind = what
	if (kind == "")
		print printed
	else
		folded++
}

function message_ends() {
	tell_folded()
	in_message = 0
}

# What a line is, if it is folded; "" for one that is shown.
function folded_as(text) {
	if (text == "")
		in_header = 0
	if (in_header) {
		if (text !~ /^([ \t]|\\x09)/)
			of_server = text ~ /^(Received|Return-Path):/
		return of_server && trace == "" ? "server" : ""
	}
	if (text ~ /^[A-Za-z0-9+\/]+=*$/ && (base64 > 0 || length(text) == 76))
		base64++
	else
		base64 = 0
	return base64 > 2 ? "base64" : ""
}

function tell_folded(    told) {
	if (folded > 0 && kind == "server")
		told = folded == 1 ? spoken("... 1 line that a server has put before it") : \
			sprintf(spoken("... %d lines that a server has put before it"), folded)
	else if (folded > 0)
		told = folded == 1 ? spoken("... 1 line more of base64") : sprintf(spoken("... %d lines more of base64"), folded)
	if (folded > 0)
		print before told
	folded = 0
}

# For the tests of http-get: a server that misbehaves is a transcript that replay performs.
#
#	load common
#	load answering

# server LINE...: replay performs these lines, once, and is waited for by replayed;
# servers: for one client after the other.
server() {
	printf '%s\n' "$@" >script
	serve replay -x -l 127.0.0.1:0 script
}
servers() {
	printf '%s\n' "$@" >script
	serve replay -x -k -l 127.0.0.1:0 script
}
replayed() {
	wait "$pid" || {
		cat "$server_err" "$server_out"
		return 1
	}
}
# get [OPTION...] PATH...: from the server; to $output what it prints, on stderr too.
get() {
	local words=() word
	for word; do
		case $word in /*) words+=("http://$address$word") ;; *) words+=("$word") ;; esac
	done
	run http-get "${words[@]}"
}
# answered LINE...: a server says these lines to one request, and closes; what http-get
# prints is in the files out and err, its exit status in $status.
answered() {
	server 'C:GET /x HTTP/1.1' 'C:Host: {any}' 'C:' "$@"
	status=0
	http-get "http://$address/x" >out 2>err || status=$?
	read_in err
	output=${content%$'\n'}
}
# printed BYTES: standard output, in the escapes of printf %b.
printed() {
	printf '%b' "$1" >expected
	same expected out
}
# only NAME...: these are all the files in page, hidden ones too.
only() { only_in page "$@"; }
# How a response begins, and what a request says after its first line.
ok=('S:HTTP/1.1 200 OK')
asks=('C:Host: {any}' 'C:')

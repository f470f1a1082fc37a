/*
 * dots: how a message lies in a stream of lines (articles: B2; RFC 5321, 4.5.2
 * and 4.1.1.4).
 *
 * A message ends with a line of one dot: the octets CR LF . CR LF. A line of the
 * message itself may begin with a dot too. So the sender puts one more dot before it,
 * and the receiver takes one off:
 *
 *	the message       on the wire
 *	.profile          ..profile CRLF
 *	.                 .. CRLF
 *	                  . CRLF          the end
 *
 * The functions are pure: octets in, octets out, no descriptor and no clock. TCP cuts a
 * stream wherever it likes, so the pieces may have any size; a small struct remembers
 * what is needed from one piece to the next.
 */
#ifndef DOTS_H
#define DOTS_H

#include <stdbool.h>
#include <stddef.h>

/* What a receiver saw last. The names are the octets. */
enum seen {
	SEEN_CRLF, /* at the beginning of a line: also where a message begins */
	SEEN_CRLF_DOT,
	SEEN_CRLF_DOT_CR,
	SEEN_END, /* CRLF.CRLF: the message is whole */
	SEEN_CR,
	SEEN_TEXT
};

/*
 * Octets that a message must not contain (RFC 5321, 2.3.8). They never end a message;
 * the caller chooses what happens to a message that contains them.
 */
enum fault { FAULT_BARE_CR = 1, FAULT_BARE_LF = 2, FAULT_NUL = 4 };

/* Begin each message with all zero: struct unstuff u = {SEEN_CRLF, 0}. */
struct unstuff {
	enum seen seen;
	unsigned faults; /* every enum fault met so far, or-ed */
};

/*
 * The receiver's side: finds the end and takes the stuffed dots off.
 *
 * Takes up to n octets of the stream from in, and puts the octets of the message into
 * out; *made says how many. out has room for n + 1: a CR that was held back may come
 * out too. The CRLF before the last dot belongs to the message.
 *
 * Returns how many octets it took. That is all n, or fewer after the end of the
 * message: then u->seen is SEEN_END, and the next octet begins the client's next
 * command.
 */
size_t unstuff(struct unstuff *u, const char *in, size_t n, char *out, size_t *made);

/*
 * Where in a line a sender is. AFTER_CR: the last octet of the file was a CR. Begin
 * each message with all zero, except cr_is_data.
 */
struct stuff {
	enum {
		LINE_BEGINS,
		LINE_BEGINS_AFTER_CR,
		WITHIN_LINE,
		WITHIN_LINE_AFTER_CR /* with cr_is_data alone */
	} at;
	bool cr_is_data; /* a CR without LF is sent as it is, and does not end a line */
};

/*
 * The sender's side: puts the dots on, and makes a CRLF of every line end that a file
 * may have: LF, CRLF, or CR alone. So it never sends a bare CR or LF; SMTP forbids
 * them. POP3 sets cr_is_data: the message was accepted long ago, and not an octet of it
 * may change.
 *
 * Takes all n octets at in; out has room for 2 * n. Returns how many it made.
 */
size_t stuff(struct stuff *s, const char *in, size_t n, char *out);

/*
 * The end of a message: the CRLF that its last line may lack, and the line of
 * one dot. out has room for 5 octets. Returns how many it made: 3 or 5.
 */
size_t stuff_end(struct stuff *s, char *out);

#endif

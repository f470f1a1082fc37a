/*
 * wire: TCP carries a stream of bytes, mail protocols talk in lines.
 *
 * talk and smtp-toy use bare sockets; all other programs use this. It reads lines that
 * end in CRLF, up to a limit (RFC 5321, 2.3.8), and raw spans of octets; it writes
 * replies through a buffer. peer.h opens a connection, serve.h serves many at once.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define WIRE_LINE 1000	/* longest line that is read, in octets, with CRLF */
#define WIRE_SAID 512	/* longest line that is written (RFC 5321, 4.5.3.1.5) */
#define WIRE_SPAN 32768 /* octets read or written at once */

/* What a read returns. Of two faults it is the one later in this list. */
enum wire_got {
	WIRE_GOT,      /* a line, or a span */
	WIRE_BARE_LF,  /* a line that ends in LF without CR */
	WIRE_NUL,      /* a line with a NUL in it */
	WIRE_TOO_LONG, /* a line over the limit; its tail was read and dropped */
	WIRE_END,      /* the peer has closed (or reset) the connection */
	WIRE_TIME_OUT, /* a whole line did not come, or a reply was not taken, in time */
	WIRE_STOP      /* a signal has told this program to end */
};

/* What came, in a few words for a person. */
const char *wire_why(enum wire_got got);

/*
 * One conversation. Only the functions below change its fields, with these exceptions:
 * the caller may set idle, stop and broken between calls, and seven_bits and lf_is_crlf
 * before the first read. With both of these, the bits are cleared first.
 */
struct wire {
	int in, out; /* descriptors; for a socket both are the same */
	int stop;    /* a descriptor, readable or broken once we have to end; or -1 */
	int idle;    /* milliseconds that a whole line may take */
	long long deadline; /* when the present limit on waiting ends */
	size_t came; /* octets that came within it; for wire_span, since the last line end */
	bool seven_bits; /* clear the eighth bit of each octet that comes, first of all */
	bool lf_is_crlf; /* read a bare LF as CRLF: a terminal's Enter */
	bool cr;	 /* with lf_is_crlf: the last octet read was a CR */
	bool broken;	 /* a write has failed: nothing more is written */
	bool deaf;	 /* the reason: the peer took nothing for as long as idle */
	bool reset;	 /* the end was a reset, not a close */
	char peer[64];	 /* the peer's numeric address, or "" */
	char here[64];	 /* our own address on this connection */
	size_t start, end; /* read and not yet taken: span[start] to span[end - 1] */
	size_t held;	   /* octets of reply[] not yet written */
	char span[WIRE_SPAN];
	char reply[WIRE_SPAN];
};

/*
 * Begins a conversation over two descriptors; wire_close will close them. idle is the
 * limit on waiting, in milliseconds.
 */
void wire_open(struct wire *w, int in, int out, int idle);

/*
 * Ends it: writes what is held, closes the sending side, and waits up to a second for
 * the peer to close its own. Without that wait a reset could destroy our last words on
 * their way. Then it closes the connection.
 */
void wire_close(struct wire *w);

/*
 * Writes what is held, then reads one line into line[], which has room for size octets,
 * CRLF included. A NUL replaces the line end, and *length is the number of octets
 * before it. The limit on waiting is for the whole line. Returns any enum wire_got.
 * *length is 0 after WIRE_TOO_LONG, WIRE_END, WIRE_TIME_OUT and WIRE_STOP.
 */
enum wire_got wire_line(struct wire *w, char *line, size_t size, size_t *length);

/*
 * Writes what is held, then waits until something has come. Points *octets at
 * everything that was read and not yet taken: *n octets. The caller then says with
 * wire_took how many it used. The limit on waiting starts again after each line end, or
 * after WIRE_LINE octets without one: a long line may take its time, but a peer that
 * sends an octet a minute is cut off. Returns WIRE_GOT; or WIRE_END, WIRE_TIME_OUT or
 * WIRE_STOP, and then *n is 0.
 */
enum wire_got wire_span(struct wire *w, const char **octets, size_t *n);
void wire_took(struct wire *w, size_t n);

/*
 * The same two, for what a program sends and nobody types. The limit on waiting starts
 * again only after WIRE_LINE octets, so a peer that sends short lines slowly is cut off
 * too.
 */
enum wire_got wire_piece_line(struct wire *w, char *line, size_t size, size_t *length);
enum wire_got wire_piece(struct wire *w, const char **octets, size_t *n);

/*
 * As wire_line and wire_span, but within the present limit on waiting: for lines that
 * belong together, such as the head of an HTTP request. wire_start_clock starts a new
 * limit, for a wire_span that does not belong to what came before.
 */
enum wire_got wire_next_line(struct wire *w, char *line, size_t size, size_t *length);
enum wire_got wire_next_span(struct wire *w, const char **octets, size_t *n);
void wire_start_clock(struct wire *w);

/*
 * Whether the peer has said something that was not taken yet. It does not wait. An
 * answer that is here before its question cannot belong to the question. The end of the
 * stream does not count; the next wire_line or wire_span returns it.
 */
bool wire_has_come(struct wire *w);

/*
 * wire_say adds one line to what is held, formatted as printf does, with CRLF; it cuts
 * a line at WIRE_SAID octets. wire_vsay is the same with a va_list. wire_put adds n
 * octets as they are. Of WIRE_SPAN or more it first writes what is held, then each whole
 * WIRE_SPAN without copying it, each within its own limit on waiting; only the rest is
 * held. wire_flush writes what is held. The conversation is broken for good once the peer
 * is gone, or does not take the octets within the limit on waiting, or once stop is
 * broken: nobody reads what this program prints. A stop that is readable keeps nothing
 * back. Each function returns 0, or -1 once the conversation is broken.
 */
int wire_say(struct wire *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int wire_vsay(struct wire *w, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
int wire_put(struct wire *w, const char *octets, size_t n);
int wire_flush(struct wire *w);

#endif

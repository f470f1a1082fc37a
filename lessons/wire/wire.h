/*
 * wire: TCP carries a stream of bytes, mail protocols talk in lines.
 *
 * What talk and smtp-toy do with bare sockets, made whole for all the other
 * programs: bounded lines that end in CRLF (RFC 5321, 2.3.8) and raw spans of
 * octets are read, replies are written through a buffer. How a peer is found is
 * in peer, how many are served at once in serve.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define WIRE_LINE 1000	/* octets of a line that is read, with CRLF */
#define WIRE_SAID 512	/* of one that is said (RFC 5321, 4.5.3.1.4 and 4.5.3.1.5) */
#define WIRE_SPAN 32768 /* octets read or written at once */

/* What came of waiting for the peer; of a line with two faults, the later one here. */
enum wire_got {
	WIRE_GOT,      /* a line, or a span */
	WIRE_BARE_LF,  /* a line that ends in LF without CR */
	WIRE_NUL,      /* a line with a NUL in it */
	WIRE_TOO_LONG, /* a line over the limit: its tail was read and thrown away */
	WIRE_END,      /* the peer has closed (or reset) the connection */
	WIRE_TIME_OUT, /* no whole line within the limit on waiting, or no reply taken */
	WIRE_STOP      /* this server has been told to end */
};

/* Why what came is no line, or that it is none to go by, in words for a person. */
const char *wire_why(enum wire_got got);

/*
 * One conversation. Its fields are changed by the functions below; but idle, stop and
 * broken may be set between them. seven_bits and lf_is_crlf may be set before the first
 * read; with both, the bits are cleared first.
 */
struct wire {
	int in, out; /* descriptors: the same one for a socket */
	int stop;    /* readable, or broken, once it has to end; -1: there is none */
	int idle;    /* milliseconds that a whole line may take */
	long long deadline; /* when the limit on waiting that runs is over */
	size_t came; /* octets that have come within it; of wire_span, without a line end */
	bool seven_bits;   /* every eighth bit that comes is cleared, before all else */
	bool lf_is_crlf;   /* a bare LF that comes is read as CRLF: a terminal's Enter */
	bool cr;	   /* with lf_is_crlf: the last octet that came was a CR */
	bool broken;	   /* a write has failed: nothing more is written */
	bool deaf;	   /* for the peer has taken nothing for as long as idle */
	bool reset;	   /* the end was a reset, not a close */
	char peer[64];	   /* the peer's numeric address; "" where it has none */
	char here[64];	   /* ours, that it came to, or goes out from */
	size_t start, end; /* what was read and not yet taken: span[start] to span[end] */
	size_t held;	   /* octets of reply[] not yet written */
	char span[WIRE_SPAN];
	char reply[WIRE_SPAN];
};

/*
 * Begins a conversation over two descriptors, which it owns from here on. idle
 * is the limit on waiting in milliseconds.
 */
void wire_open(struct wire *w, int in, int out, int idle);

/*
 * Ends it: writes what is held, closes the sending side, gives the peer a second
 * to close its own, so that nothing said is lost to a reset, and closes.
 */
void wire_close(struct wire *w);

/*
 * Reads one line into line[], with room for size octets with the CRLF, and puts
 * a NUL in the place of the line end; *length is what comes before it. What is
 * held is written first. The limit on waiting is for the whole line. Returns
 * any enum wire_got; *length is 0 for the last four.
 */
enum wire_got wire_line(struct wire *w, char *line, size_t size, size_t *length);

/*
 * Waits until something has come; what is held is written first. Points *octets at all
 * that was read and not yet taken, *n octets; wire_took says how many were used. The
 * limit on waiting begins anew with each line end, or with each WIRE_LINE octets where
 * there are none: a long line may take its time, but an octet a minute does not hold a
 * place. Returns WIRE_GOT or one of the last three, and then *n is 0.
 */
enum wire_got wire_span(struct wire *w, const char **octets, size_t *n);
void wire_took(struct wire *w, size_t n);

/*
 * The same two, of what a program sends and nobody types: the limit on waiting begins anew
 * with each WIRE_LINE octets alone, so many short lines do not hold a place either.
 */
enum wire_got wire_piece_line(struct wire *w, char *line, size_t size, size_t *length);
enum wire_got wire_piece(struct wire *w, const char **octets, size_t *n);

/*
 * The same two within the limit on waiting that runs already: for lines that belong
 * together, such as the head of a request of HTTP. wire_start_clock begins a limit: the
 * next wire_span does not belong to what came before.
 */
enum wire_got wire_next_line(struct wire *w, char *line, size_t size, size_t *length);
enum wire_got wire_next_span(struct wire *w, const char **octets, size_t *n);
void wire_start_clock(struct wire *w);

/*
 * Whether the peer has said something that was not taken yet; nothing is waited for. An
 * answer that is here before its question is no answer to it. The end of the stream is
 * nothing that was said: the next wire_line or wire_span meets it.
 */
bool wire_has_come(struct wire *w);

/*
 * wire_say puts one line, formatted as printf does, with its CRLF behind what
 * is held; over WIRE_SAID octets it is cut. wire_vsay is to it what vprintf is to
 * printf. wire_put puts n octets as they are.
 * wire_flush writes what is held. A peer that is gone, or does not take it within the
 * limit on waiting, breaks the conversation for good; so does a stop that nobody reads any
 * more. Each returns 0, or -1 once it is broken.
 */
int wire_say(struct wire *w, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int wire_vsay(struct wire *w, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));
int wire_put(struct wire *w, const char *octets, size_t n);
int wire_flush(struct wire *w);

#endif

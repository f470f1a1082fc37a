/*
 * serve: one server, many clients at once (articles: A5).
 *
 * smtp-toy holds one conversation after the other; here each is held in a thread
 * of its own, and nothing that goes wrong in one of them ends the server.
 */
#ifndef SERVE_H
#define SERVE_H

#include "wire/wire.h"

#define SERVE_CONVERSATIONS 1000 /* at once */

/*
 * One conversation, from greeting to farewell. It keeps what it knows in memory
 * of its own; context is what serve was given, the same for all of them. It must last
 * as long as the process: a session may outlive serve.
 */
typedef void serve_session(struct wire *w, const void *context);

struct service {
	const char *where; /* -l HOST:PORT; NULL: standard input and output */
	int idle;	   /* -i: a conversation's limit on waiting, in milliseconds */
	const char *busy;  /* what peer number 1001 is sent, as it stands */
	serve_session *session;
	const void *context;
};

/*
 * Obeys an option that servers have in common, -l or -i. Where its argument is wrong, the
 * program ends as with program_usage.
 */
void serve_option(struct service *s, int option, const char *usage);

/*
 * Listens on HOST:PORT (see peer.h) and holds a session with every peer that
 * connects, until TERM or INT: then it takes no new ones, gives those that wait
 * for their peer WIRE_STOP once what has already come is used up, and returns
 * when all are over, after 10 seconds at the latest. Without HOST:PORT it is one
 * session on standard input and output.
 *
 * Returns what to exit with: 0, or EX_IOERR where standard output could not be
 * written. Where nobody can listen there, the program ends with EX_UNAVAILABLE and
 * the reason on stderr.
 */
int serve(const struct service *s);

#endif

/*
 * serve: one server, many clients at once (articles: A5).
 *
 * smtp-toy holds one conversation after the other. Here each conversation has a thread
 * of its own, and nothing that goes wrong in one of them ends the server.
 */
#ifndef SERVE_H
#define SERVE_H

#include "wire/wire.h"

#define SERVE_CONVERSATIONS 1000 /* at once */

/*
 * One conversation, from greeting to farewell. It keeps its state in memory of its own.
 * context is the same for all sessions: the one in struct service. It must last as long
 * as the process, because a session may outlive serve.
 */
typedef void serve_session(struct wire *w, const void *context);

struct service {
	const char *where; /* -l HOST:PORT; NULL: standard input and output */
	int idle;	   /* -i: a conversation's limit on waiting, in milliseconds */
	const char *busy;  /* what peer number 1001 is sent, word for word */
	serve_session *session;
	const void *context;
};

/*
 * Obeys an option that all servers have, -l or -i. If its argument is wrong, the
 * program ends as with program_usage.
 */
void serve_option(struct service *s, int option, const char *usage);

/*
 * Listens on HOST:PORT (see peer.h) and holds a session with every peer that connects,
 * until TERM or INT comes. Then it takes no new peers. A session first reads what has
 * already come, and then gets WIRE_STOP. serve returns when all sessions are over,
 * after 10 seconds at the latest. Without HOST:PORT it holds one session, on standard
 * input and output.
 *
 * Returns the exit status: 0, or EX_IOERR if standard output could not be written. If
 * it cannot listen there, the program ends with EX_UNAVAILABLE and the reason on
 * stderr.
 */
int serve(const struct service *s);

#endif

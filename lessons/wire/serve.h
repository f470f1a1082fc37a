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

/*
 * Listens on HOST:PORT (see peer.h) and holds a session with every peer that
 * connects, until TERM or INT: then it takes no new ones, gives those that wait
 * for their peer WIRE_STOP once what has already come is used up, and returns
 * when all are over, after 10 seconds at the latest. Peer number 1001 is sent
 * busy as it stands, and closed. With where NULL it is one session on standard
 * input and output.
 *
 * idle is each conversation's limit on waiting in milliseconds. Returns what to
 * exit with: 0, or a status of <sysexits.h> once the reason was told on stderr.
 */
int serve(const char *where, int idle, const char *busy, serve_session *session,
	const void *context);

#endif

/*
 * peer: the two ways to a connection (articles: A9).
 *
 * A peer is named HOST:PORT: localhost:2525, 127.0.0.1:2525, [::1]:2525. The one
 * who has something to send dials, the other one listens.
 */
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>

/* Whether the text has the form HOST:PORT, which says nothing of who is there. */
bool peer_named(const char *where);

/*
 * Connects to HOST:PORT, trying each address of the host for 30 seconds at most. It gives
 * up at once when stop, a descriptor as in struct wire, says that it has to end; -1: there
 * is none. Returns a descriptor, or -1 with a reason in *why (static storage, nothing to
 * free).
 */
int peer_dial(const char *where, int stop, const char **why);

/*
 * Listens on HOST:PORT, port 0 for any that is free, and says so in a line
 * "listening on HOST:PORT" on standard output. No host (":2525") is this
 * machine's loopback; of a host with several addresses it takes one, IPv4 first.
 * Returns a descriptor, or -1 with a reason in *why, as above.
 */
int peer_listen(const char *where, const char **why);

#endif

/*
 * peer: the two ways to a connection (articles: A9).
 *
 * A peer is named HOST:PORT: localhost:2525, 127.0.0.1:2525, [::1]:2525. The side that
 * has something to send dials, the other side listens.
 */
#ifndef PEER_H
#define PEER_H

#include <stdbool.h>

/*
 * Whether the text has the form HOST:PORT. Whether such a host exists is another
 * question.
 */
bool peer_named(const char *where);

/*
 * Connects to HOST:PORT. It tries each address of the host in turn, for 30 seconds at
 * most. stop is a descriptor as in struct wire, or -1; once it is readable, peer_dial
 * gives up. Returns a descriptor, or -1 with a reason in *why (static storage, nothing
 * to free).
 */
int peer_dial(const char *where, int stop, const char **why);

/*
 * Listens on HOST:PORT, and prints "listening on HOST:PORT" on standard output. Port 0
 * takes any free port. Without a host (":2525") it listens on this machine's loopback.
 * If a host has several addresses it takes one, IPv4 first. Returns a descriptor, or -1
 * with a reason in *why, as above.
 */
int peer_listen(const char *where, const char **why);

#endif

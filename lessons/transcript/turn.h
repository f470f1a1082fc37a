/*
 * turn: whose turn it is in a conversation (articles: A11; RFC 5321, 2.1). A reply answers
 * a command, and a client waits for it; but it may say several commands before it does
 * (RFC 2920), and a message of many lines is answered once.
 *
 * Pure: lines in, a number out.
 */
#ifndef TURN_H
#define TURN_H

#include <stdbool.h>

/* Begin with one reply owed, the greeting. */
struct turn {
	unsigned owed; /* replies that the server has not said yet, as far as is known */
	bool message;  /* it said 3xx: what the client says is a message */
	bool groups;   /* it has offered PIPELINING */
};

/* The client has said a line. */
void turn_of_client(struct turn *t);

/* The server has said a line. */
void turn_of_server(struct turn *t, const char *line);

/* Whether the client may say the next command before this one is answered (RFC 2920, 3.1). */
bool turn_goes_on(const struct turn *t, const char *command);

#endif

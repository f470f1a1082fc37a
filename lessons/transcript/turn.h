/*
 * turn: whose turn it is in a conversation (articles: A11; RFC 5321, 2.1). A reply
 * answers a command, and the client waits for it. But it may send several commands
 * before it waits (RFC 2920), and a message of many lines has one reply.
 *
 * Pure: lines in, a number out.
 */
#ifndef TURN_H
#define TURN_H

#include <stdbool.h>

/* Begin with one reply owed: the greeting. */
struct turn {
	unsigned owed; /* replies that the server has not said yet, as far as is known */
	bool message;  /* the server said 3xx: the client's next lines are a message */
	bool groups;   /* the server has offered PIPELINING */
};

/* The client has said a line. */
void turn_of_client(struct turn *t);

/* The server has said a line. */
void turn_of_server(struct turn *t, const char *line);

/* Whether the client may say the next command before this one is answered (RFC 2920, 3.1). */
bool turn_goes_on(const struct turn *t, const char *command);

#endif

/*
 * dialogue: follows a conversation, and knows of each line what it is: a command, a
 * reply to which one, a line of the message (articles: A10; RFC 5321, 4.1.4; RFC 1939,
 * 3; RFC 9112, 2.1).
 */
#ifndef DIALOGUE_H
#define DIALOGUE_H

#include <stdbool.h>
#include <stddef.h>

enum { CLIENT, SERVER };

enum protocol { PROTOCOL_UNKNOWN, PROTOCOL_SMTP, PROTOCOL_POP3, PROTOCOL_HTTP };

enum line_kind {
	LINE_COMMAND, /* of HTTP: the first line of a request */
	LINE_HEADER,  /* of HTTP: the rest of it */
	LINE_MESSAGE, /* after DATA, up to the line that is a dot */
	LINE_END,     /* that line, or the one that ends a text of POP3 */
	LINE_REPLY,   /* its first line */
	LINE_MORE,    /* more of a reply, or of what comes with it */
	LINE_LINES,   /* {lines}, where a command or a reply could be */
	LINE_EVENT
};

struct line {
	char *text; /* as it is written after the colon; of an event all of it */
	unsigned long number; /* of the file, where it begins */
	bool lines;	      /* it is {lines} */
	enum line_kind kind;
	bool early;  /* a command that another one has to come before (RFC 5321, 4.1.4) */
	size_t step; /* the command that it is part of, or answers; 0 is the greeting */
};

/* A command, and how it was answered. */
struct command {
	char verb[20]; /* HELO, MAIL FROM, the message; "" where there is none */
	bool refused;  /* by 4yz or 5yz (RFC 5321, 4.2.1) */
};

/* What a client of SMTP has said that was not refused. */
enum stage { STAGE_NOTHING, STAGE_HELLO, STAGE_MAIL, STAGE_RECIPIENT };

/* More lines of a reply may come: of POP3 after +OK, or they do. */
enum more { MORE_NO, MORE_MAYBE, MORE_YES };

/* Begin with all zero; protocol may be set, where it is known. */
struct dialogue {
	enum protocol protocol;
	enum more more;
	const char *reply;	 /* the first line of the last reply */
	struct command *command; /* those of them that there are have room */
	size_t room, commands, replies;
	enum stage stage;
	bool in_header; /* of a request of HTTP */
};

/*
 * The client or the server says a line, of which text, number and lines are set, and
 * kind where it is an event; sets the rest. The text has to stay where it is. Returns
 * false where memory does not suffice.
 */
bool dialogue_follow(struct dialogue *d, int who, struct line *line);

/* Whether the last reply goes on: after a line NNN- (RFC 5321, 4.2.1). */
bool dialogue_in_reply(const struct dialogue *d);

/* Writes the verb of a command in capitals, MAIL FROM and RCPT TO with both words. */
void dialogue_verb(const char *text, char *verb, size_t size);

/* When a reply comes, in words: "after RCPT TO". Writes at most size octets. */
void dialogue_place(
	const struct dialogue *d, const struct line *line, char *place, size_t size);

/* When that side said a line: "in RCPT TO, after MAIL FROM, before DATA". */
void dialogue_moment(const struct dialogue *d, int who, const struct line *line,
	char *moment, size_t size);

void dialogue_free(struct dialogue *d);

#endif

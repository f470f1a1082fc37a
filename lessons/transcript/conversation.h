/*
 * conversation: a transcript as a whole, to be compared. Each side has its lines in their
 * own order, so a conversation in which commands were pipelined is like one in lock-step;
 * and of each line it is known what it is: a command, a reply to which one, a line of the
 * message (articles: A10; RFC 5321, 4.1.4; RFC 1939, 3; RFC 9112, 2.1).
 */
#ifndef CONVERSATION_H
#define CONVERSATION_H

#include "transcript/script.h"

enum { CLIENT, SERVER };

enum protocol { PROTOCOL_UNKNOWN, PROTOCOL_SMTP, PROTOCOL_POP3, PROTOCOL_HTTP };

enum line_kind {
	LINE_COMMAND, /* of HTTP: the first line of a request */
	LINE_MESSAGE, /* after DATA, up to the line that is a dot */
	LINE_END,     /* that line, or the one that ends a text of POP3 */
	LINE_REPLY,   /* its first line */
	LINE_MORE,    /* more of a request, of a reply, or of what comes with it */
	LINE_EVENT
};

/* A command, and how it was answered. What is before the first one is the greeting's. */
struct command {
	char verb[20]; /* HELO, MAIL FROM, the message; "" where there is none */
	bool refused;  /* by 4yz or 5yz (RFC 5321, 4.2.1) */
	struct command *before, *after;
};

struct line {
	char *text; /* as it is written after the colon; of an event all of it */
	unsigned long number; /* of the file, where it begins */
	bool lines;	      /* it is {lines} */
	enum line_kind kind;
	bool early; /* a command that another one has to come before (RFC 5321, 4.1.4) */
	const struct command *command; /* that it is part of, or answers */
};

/* What one side said. */
struct side {
	size_t count;
	struct line *lines;
	size_t room; /* for so many lines */
	struct line
		begun; /* it has not ended yet; its text is NULL where there is none */
	struct command *command; /* of its last line; NULL before the first */
};

/* What a client of SMTP has said that was not refused. */
enum stage { STAGE_NOTHING, STAGE_HELLO, STAGE_MAIL, STAGE_RECIPIENT };

struct conversation {
	const char *file_name;
	enum protocol protocol;
	struct side side[2]; /* CLIENT and SERVER */

	/* while it is read */
	struct command greeting;
	enum stage stage;
	bool in_header;	   /* of a request of HTTP */
	const char *reply; /* the first line of the last one */
	bool goes_on;	   /* more of it is to come */
};

/*
 * Reads all of a script that was opened. A line that came in pieces is put together.
 * Where codes alone count, it has of a message only its end, and of a reply only the
 * first line, and those that break it: each line of a reply has its code (RFC 5321,
 * 4.2.1).
 *
 * Begin with all zero; the protocol may be set, where it is known. It ends the program
 * where memory does not suffice.
 */
void conversation_read(struct conversation *c, struct script *script, bool codes);

/* Whether the last reply goes on: after a line NNN- (RFC 5321, 4.2.1). */
bool conversation_in_reply(const struct conversation *c);

/* The verb of a command in capitals; of MAIL and RCPT it is two words. */
void conversation_verb(const char *text, char *verb, size_t size);

/* When a reply comes, in words: "after RCPT TO". */
void conversation_place(const struct line *line, char *place, size_t size);

/* When that side said a line: "in RCPT TO, after MAIL FROM, before DATA". */
void conversation_moment(int who, const struct line *line, char *moment, size_t size);

#endif

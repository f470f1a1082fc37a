/*
 * conversation: a whole transcript, to be compared. Each side has its lines in its own
 * order, so a conversation with pipelined commands is like one in lock-step. Each line
 * has its kind: a command, a reply and the command that it answers, a line of the
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
	LINE_END,     /* that dot, or the one that ends a text of POP3 */
	LINE_REPLY,   /* its first line */
	LINE_MORE,    /* a further line of a request or a reply, or of its text */
	LINE_EVENT
};

/* A command, and its answer. Lines before the first command belong to the greeting. */
struct command {
	char verb[20]; /* HELO, MAIL FROM, the message; "" for the greeting */
	bool refused;  /* by 4yz or 5yz (RFC 5321, 4.2.1) */
	struct command *before, *after;
};

struct line {
	char *text;	      /* as it is written after the colon; an event is whole */
	unsigned long number; /* of the line in the file where it begins */
	bool lines;	      /* it is {lines} */
	enum line_kind kind;
	bool early; /* a command that came too early (RFC 5321, 4.1.4) */
	const struct command *command; /* the command that it is part of, or answers */
};

/* What one side said. */
struct side {
	size_t count;
	struct line *lines;
	size_t room;	   /* lines that fit into lines[] */
	struct line begun; /* a line that has not ended yet; its text is NULL for none */
	struct command *command; /* of its last line; NULL before the first */
};

/* The last command of an SMTP client that was not refused. */
enum stage { STAGE_NOTHING, STAGE_HELLO, STAGE_MAIL, STAGE_RECIPIENT };

struct conversation {
	const char *file_name;
	enum protocol protocol;
	struct side side[2]; /* CLIENT and SERVER */

	/* while it is read */
	struct command greeting;
	enum stage stage;
	bool in_header;	   /* of a request of HTTP */
	const char *reply; /* the first line of the last reply */
	bool goes_on;	   /* more lines of that reply are to come */
};

/*
 * Reads all of a script that was opened. It joins a line that came in pieces. If codes
 * is true, it keeps only the end of a message, and only the first line of a reply. It
 * also keeps a line of a reply that has not the same code, because each line must have
 * it (RFC 5321, 4.2.1).
 *
 * Begin with all zero; set the protocol if it is known. It ends the program if memory
 * is short.
 */
void conversation_read(struct conversation *c, struct script *script, bool codes);

/* Whether the last reply has more lines: its last one was NNN- (RFC 5321, 4.2.1). */
bool conversation_in_reply(const struct conversation *c);

/* The verb of a command in capitals; MAIL FROM and RCPT TO have two words. */
void conversation_verb(const char *text, char *verb, size_t size);

/* When a reply comes, in English words: "after RCPT TO". */
void conversation_place(const struct line *line, char *place, size_t size);

/*
 * When that side said a line, for a person: "in RCPT TO, after MAIL FROM, before DATA". The
 * longest takes MOMENT octets.
 */
#define MOMENT 160
void conversation_moment(int who, const struct line *line, char *moment, size_t size);

#endif

/*
 * envelope: from whom and to whom a message travels, whatever its header says
 * (articles: A11, B6; RFC 5321, 2.3.1 and 4.1.2).
 *
 * In a conversation it is what MAIL FROM and RCPT TO said. In a queue it is the same
 * commands, written before the message:
 *
 *	MAIL FROM:<alice@crepes.fr> SIZE=42
 *	RCPT TO:<bob@hamburger.edu>
 *
 *	(the message)
 */
#ifndef ENVELOPE_H
#define ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define PATH_OCTETS   256 /* a path with its brackets (RFC 5321, 4.5.3.1.3) */
#define LOCAL_OCTETS  64  /* a local part (4.5.3.1.1) */
#define DOMAIN_OCTETS 255 /* a domain (4.5.3.1.2) */
#define RECIPIENTS    1000

/* What is between the brackets of a path, without a source route. */
struct path {
	char address[PATH_OCTETS];    /* as it was said: "" for the null sender <> */
	char local[LOCAL_OCTETS + 1]; /* its local part, quotes taken off */
	char domain[DOMAIN_OCTETS + 1];
	bool rooted; /* a dot came after the domain; domain[] is without it */
};

/*
 * Reads a path at *text, such as <alice@crepes.fr>, with or without a blank before it,
 * and moves *text past it. <> and <postmaster> are paths too; the caller decides
 * whether they are allowed here. Returns false, with p undefined, if there is no path
 * or a part of it is over its limit: the reply is 501.
 */
bool path_read(const char **text, struct path *p);

/*
 * The same, but the domain may end in a dot, as DNS writes it. SMTP does not allow
 * that, but people write it, and the host may be us.
 */
bool path_read_rooted(const char **text, struct path *p);

/* Whether the whole text is a domain name or an address literal, [127.0.0.1]. */
bool domain_is(const char *text);

/* An envelope as it is kept in a queue. */
struct envelope {
	char from[PATH_OCTETS]; /* an address, "" for the null sender */
	uintmax_t octets;	/* of the message, as it will be sent; 0 if not said */
	size_t count;
	char **to; /* the addresses of the recipients: ours to free */
};

/*
 * Reads the envelope at the beginning of a queue entry, up to its empty line; the
 * message is next in file. Returns 0, or -1 if the entry is damaged (e is then empty).
 * envelope_free frees what it holds.
 */
int envelope_read(struct envelope *e, FILE *file);
void envelope_free(struct envelope *e);

/* Adds a recipient's address. Returns -1 if memory is short. */
int envelope_add(struct envelope *e, const char *address);

#endif

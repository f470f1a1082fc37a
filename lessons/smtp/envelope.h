/*
 * envelope: from whom and to whom a message travels, whatever its header says
 * (articles: A11, B6; RFC 5321, 2.3.1 and 4.1.2).
 *
 * In a conversation it is what MAIL FROM and RCPT TO said. In a queue it is those
 * same commands, kept in front of the message:
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

/* What stands between the brackets of a path, without a source route. */
struct path {
	char address[PATH_OCTETS];    /* as it was said: "" for the null sender <> */
	char local[LOCAL_OCTETS + 1]; /* its local part, quotes taken off */
	char domain[DOMAIN_OCTETS + 1];
	bool rooted; /* a dot came after the domain, which has not got it */
};

/*
 * Reads a path at *text, <alice@crepes.fr>, with one blank before it if there is
 * one, and moves *text past it. <> and <postmaster> are paths too; whether they
 * may stand here is the caller's to say. Returns false, p undefined, where there is
 * none or a part of it is over its limit: the reply is 501.
 */
bool path_read(const char **text, struct path *p);

/*
 * The same, and a domain may have a dot at its end, as DNS writes it: that is no path, but
 * people say it of a host, which may be us.
 */
bool path_read_rooted(const char **text, struct path *p);

/* Whether the whole text is a domain name or an address literal, [127.0.0.1]. */
bool domain_is(const char *text);

/* An envelope as it is kept in a queue. */
struct envelope {
	char from[PATH_OCTETS]; /* an address, "" for the null sender */
	uintmax_t octets;	/* of the message, as it will be sent; 0: not said */
	size_t count;
	char **to; /* the addresses of the recipients: ours to free */
};

/*
 * Reads the envelope that a queue entry begins with, up to its empty line; what
 * follows in file is the message. Returns 0, or -1 where the entry is damaged (e is
 * then empty). envelope_free frees what it holds.
 */
int envelope_read(struct envelope *e, FILE *file);
void envelope_free(struct envelope *e);

/* Adds a recipient's address. Returns -1 where memory is short. */
int envelope_add(struct envelope *e, const char *address);

#endif

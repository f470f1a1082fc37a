/*
 * mailcap: files in which a person, and the system, name a command for each media type
 * (articles: B10, B14; RFC 1524). A line is an entry:
 *
 *     application/msword; antiword '%s' | less; needsterminal; test=test -t 1
 *
 * %s is the file that holds the part, %t the type. Of the optional fields, test= and
 * nametemplate= count. The commands are for the shell: nothing of a message is ever part
 * of one, but what mailcap_is_plain lets pass.
 */
#ifndef MAILCAP_H
#define MAILCAP_H

#include <stdbool.h>

enum {
	MAILCAP_ENTRY = 4096,	/* octets of an entry at most, its lines joined */
	MAILCAP_COMMAND = 4096, /* octets for a command with a NUL */
	MAILCAP_FOLDER = 256,	/* octets for the name of a folder with a NUL */
	MAILCAP_NAME = 64,	/* octets for a name in it with a NUL */
	MAILCAP_PATH = MAILCAP_FOLDER + MAILCAP_NAME
};

struct mailcap {
	char path[MAILCAP_PATH]; /* of the copy of the part, as the command expects it */
	char command[MAILCAP_COMMAND]; /* for the shell, as it will be run */
	bool has_path; /* the command names path; else the copy is its standard input */
};

/*
 * Finds the command for a part of the type, which may hold any octets, and will be
 * copied into folder, a path that is plain to the shell. It is that of the first entry
 * that is for the type, whose test= command succeeds, and that is whole: one that is
 * too long, has a NUL, or wants %{parameter}, %n or %F, which come from the message, is
 * passed over; so is one that wants %t where the type is not plain. Looks into the
 * files that MAILCAPS names, with colons between them; where it is not set, into
 * ~/.mailcap and the three of the system. A file that cannot be read has no entries.
 * Returns false where there is none.
 */
bool mailcap_find(struct mailcap *found, const char *type, const char *folder);

/* Whether a shell takes text as it is: ASCII letters, digits, and ./+-_ alone. */
bool mailcap_is_plain(const char *text);

#endif

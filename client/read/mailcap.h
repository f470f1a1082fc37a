/*
 * mailcap: files in which a person, or the system, names a command for each media type
 * (articles: B10, B14; RFC 1524). A line is an entry:
 *
 *     application/msword; antiword '%s' | less; needsterminal; test=test -t 1
 *
 * %s is the file that holds the part, %t the type. Of the optional fields only test=
 * and nametemplate= count. The shell runs the commands, so nothing from a message is
 * ever put into one unless mailcap_is_plain accepts it.
 */
#ifndef MAILCAP_H
#define MAILCAP_H

#include <stdbool.h>

enum {
	MAILCAP_ENTRY = 4096,	/* the longest entry, its lines joined */
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
 * copied into folder, a path that is plain to the shell. It takes the first entry for
 * the type whose test= command succeeds. It skips an entry that is too long, has a NUL,
 * or wants %{parameter}, %n or %F, which come from the message; and one that wants %t
 * if the type is not plain. It looks into the files that MAILCAPS names, with colons
 * between them; if that is not set, into ~/.mailcap and the three files of the system.
 * It skips a file that cannot be read. Returns false if no entry fits.
 */
bool mailcap_find(struct mailcap *found, const char *type, const char *folder);

/* Whether a shell takes text as it is: ASCII letters, digits, and ./+-_ alone. */
bool mailcap_is_plain(const char *text);

#endif

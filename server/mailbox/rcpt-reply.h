/*
 * rcpt-reply: a reply on demand. Where the file MAIL/user/reply is, its first line is what
 * RCPT is answered for this user, so that everybody can see what a client makes of it:
 *
 *	451 greylisted, come back
 *	451 greylisted, come back
 *	250 bob is here
 *
 * A line is used up by each RCPT, and the last one stays. A 2xx takes the recipient.
 */
#ifndef RCPT_REPLY_H
#define RCPT_REPLY_H

#include "wire/wire.h"

#include <stdbool.h>

#define RCPT_REPLY (WIRE_SAID - 1) /* octets of a reply without its CRLF, with a NUL */

/*
 * Takes the next reply for a user who has a mailbox under mail. Returns false where there
 * is none: no file; or, which is told on stderr, one that cannot be read and written, is
 * over 4096 octets, or whose first line is no reply of one line (RFC 5321, 4.2).
 */
bool rcpt_reply(const char *mail, const char *user, char reply[RCPT_REPLY]);

#endif

/*
 * rcpt-reply: a reply on demand. If the file MAIL/user/reply exists, its first line is
 * the reply to RCPT for this user, so that everybody can see what a client does with
 * it:
 *
 *	451 greylisted, come back
 *	451 greylisted, come back
 *	250 bob is here
 *
 * Each RCPT uses up a line, and the last line stays. A 2xx accepts the recipient.
 */
#ifndef RCPT_REPLY_H
#define RCPT_REPLY_H

#include "wire/wire.h"

#include <stdbool.h>

#define RCPT_REPLY (WIRE_SAID - 1) /* octets of a reply without its CRLF, with a NUL */

/*
 * Takes the next reply for a user with a mailbox under mail. Returns false if the file
 * does not exist; also, after a message on stderr, if it cannot be read and written,
 * has over 4096 octets, or its first line is not a reply of one line (RFC 5321, 4.2).
 */
bool rcpt_reply(const char *mail, const char *user, char reply[RCPT_REPLY]);

#endif

#ifndef MESSAGE_ID_H
#define MESSAGE_ID_H

#include "message/address.h"

#include <stddef.h>
#include <stdint.h>
#include <time.h>

/*
 * What no other message has (RFC 5322, 3.6.4): its id, and the number in it, from which
 * its boundary is made too.
 */

enum {
	MESSAGE_ID = ADDRESS_DOMAIN + 64, /* octets of one of ours, with its NUL */
	MESSAGE_ID_READ = 500,		  /* octets of one that is read, at most */
	MESSAGE_ID_ROOM = MESSAGE_ID_READ + 2,
	MESSAGE_IDS = 100 /* of those in a field that are kept */
};

/*
 * A number for the message that these count texts begin, from them, the moment and the
 * process; where SOURCE_DATE_EPOCH fixes the time, from the texts alone.
 */
uint32_t message_number(const char *const *texts, size_t count);

/*
 * Writes an id, in angle brackets, into id of MESSAGE_ID octets. Its domain is that of
 * from, the value of a From field, or where there is none that can stand, localhost.
 */
void message_id(char *id, const char *from, time_t now, uint32_t number);

/*
 * Finds the ids in the value of a field (Message-ID, In-Reply-To, References): what
 * stands in angle brackets and is printing ASCII without a blank; all else is passed
 * over. Writes them to ids, of size octets with a NUL, with a blank between each two, as
 * many as fit; of more than MESSAGE_IDS the first, which began it all, and the last
 * ones. Returns how many there were.
 */
size_t message_ids(const char *value, char *ids, size_t size);

#endif

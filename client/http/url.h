/*
 * url: where an object is, `http://HOST[:PORT]/PATH` (articles: B1; RFC 9110, 4.2.1; RFC
 * 3986, 3). The first half says whom to connect to, the second what to ask for there.
 *
 * The functions are pure.
 */
#ifndef URL_H
#define URL_H

#include <stdbool.h>
#include <stddef.h>

#define URL_PEER 272 /* octets of HOST:PORT, with a NUL */

struct url {
	char peer[URL_PEER];	   /* HOST:PORT, for peer_dial */
	const char *host, *target; /* as they stand in the text, which they point into: */
	size_t host_octets, target_octets; /* HOST[:PORT], and /PATH?QUERY */
};

/*
 * Reads a URL. Returns NULL, or why it is none that can be fetched here. A URL that was
 * read has no octet that could end a line.
 */
const char *url_read(struct url *u, const char *text);

/*
 * The last part of the path, decoded, as a name that somebody else has chosen (see
 * safe-file.h); "" where there is none. It is cut to size octets with a NUL.
 */
void url_name(const struct url *u, char *name, size_t size);

#endif

/*
 * routes: which host takes the mail of a domain (articles: A8), in place of the MX
 * records of DNS (RFC 5321, 5.1): nothing ever connects to a host that is not named here.
 *
 *	# domain	host:port
 *	hamburger.edu	localhost:2525
 */
#ifndef ROUTES_H
#define ROUTES_H

#include <stddef.h>

/* Sorted by their domains. */
struct routes {
	size_t count, room;
	struct route {
		char *domain;
		char *where; /* HOST:PORT */
		size_t host; /* the number of the first route to the same one */
	} * list;
};

/*
 * Reads a file of routes, for as long as the program runs; or ends it with the reason
 * on stderr: EX_NOINPUT, or EX_DATAERR for a line that is not a route, or a domain with
 * two routes. If it skipped a bad line, all mail of that domain would bounce.
 */
void routes_read(struct routes *r, const char *file);

/*
 * The number, from 0 on, of the first route to the host that takes the mail of a
 * domain, which may be in any case; count if the domain has no route.
 */
size_t routes_find(const struct routes *r, const char *domain);

#endif

/* routes: the file is read line by line. */
#include "queue/routes.h"
#include "smtp/envelope.h"
#include "wire/peer.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

static void add(struct routes *r, const char *domain, const char *where)
{
	struct route *more = realloc(r->list, (r->count + 1) * sizeof *more);
	struct route added = {strdup(domain), strdup(where), 0};

	if (more == NULL || added.domain == NULL || added.where == NULL)
		err(EX_OSERR, "memory");
	while (added.host < r->count && strcmp(more[added.host].where, where) != 0)
		added.host++;
	r->list = more;
	r->list[r->count] = added;
	r->count++;
}

/*
 * What is wrong with a line, NULL for nothing. A comment, or an empty line, is no route.
 */
static const char *take_line(struct routes *r, char *text)
{
	char *rest, *domain = strtok_r(text, " \t\r\n", &rest);
	char *host = strtok_r(NULL, " \t\r\n", &rest);

	if (domain == NULL || domain[0] == '#')
		return NULL;
	if (host == NULL || strtok_r(NULL, " \t\r\n", &rest) != NULL)
		return "not a domain and a host, as hamburger.edu localhost:2525";
	if (!domain_is(domain))
		return "not a domain, as hamburger.edu";
	if (!peer_named(host))
		return "not a host and its port, as localhost:2525";
	if (routes_find(r, domain) < r->count)
		return "the second route of its domain";
	add(r, domain, host);
	return NULL;
}

void routes_read(struct routes *r, const char *file)
{
	char text[1024];
	const char *wrong;
	FILE *in = fopen(file, "r");
	size_t line = 0;

	*r = (struct routes){0};
	if (in == NULL)
		err(EX_NOINPUT, "%s", file);
	while (fgets(text, sizeof text, in) != NULL) {
		line++;
		wrong = "too long, or there is a NUL in it";
		if (strchr(text, '\n') != NULL || feof(in))
			wrong = take_line(r, text);
		if (wrong != NULL)
			errx(EX_DATAERR, "%s:%zu: %s", file, line, wrong);
	}
	if (ferror(in))
		err(EX_NOINPUT, "%s", file);
	fclose(in);
}

size_t routes_find(const struct routes *r, const char *domain)
{
	size_t i = 0;

	while (i < r->count && strcasecmp(r->list[i].domain, domain) != 0)
		i++;
	return i < r->count ? r->list[i].host : r->count;
}

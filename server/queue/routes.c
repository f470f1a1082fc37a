/* routes: the file is read line by line; then it is sorted, so that a domain is soon found. */
#include "queue/routes.h"
#include "mailbox/named.h"
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
	struct route added = {strdup(domain), strdup(where), 0};

	if (r->count == r->room) {
		r->room = 2 * r->room + 16;
		r->list = realloc(r->list, r->room * sizeof *r->list);
	}
	if (r->list == NULL || added.domain == NULL || added.where == NULL)
		err(EX_OSERR, "memory");
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
	add(r, domain, host);
	return NULL;
}

static int by_domain(const void *one, const void *other)
{
	const struct route *a = one, *b = other;

	return strcasecmp(a->domain, b->domain);
}

/* Routes to one host are neighbours, the first of all in the list being the first. */
static int by_host(const void *one, const void *other)
{
	const struct route *const *a = one, *const *b = other;
	int differ = strcmp((*a)->where, (*b)->where);

	if (differ != 0)
		return differ;
	return *a < *b ? -1 : 1;
}

/* Each route gets the number of the first to the same host. */
static void number_hosts(struct routes *r)
{
	struct route **sorted = calloc(r->count + 1, sizeof *sorted);

	if (sorted == NULL)
		err(EX_OSERR, "memory");
	for (size_t i = 0; i < r->count; i++)
		sorted[i] = &r->list[i];
	qsort(sorted, r->count, sizeof *sorted, by_host);
	for (size_t i = 0; i < r->count; i++)
		if (i > 0 && strcmp(sorted[i - 1]->where, sorted[i]->where) == 0)
			sorted[i]->host = sorted[i - 1]->host;
		else
			sorted[i]->host = (size_t)(sorted[i] - r->list);
	free(sorted);
}

void routes_read(struct routes *r, const char *file)
{
	char text[1024];
	const char *wrong;
	FILE *in = fopen(file, "r");
	struct named domains = {0};
	size_t line = 0, count, twice;

	*r = (struct routes){0};
	if (in == NULL)
		err(EX_NOINPUT, "%s", file);
	while (fgets(text, sizeof text, in) != NULL) {
		line++;
		count = r->count;
		wrong = "too long, or there is a NUL in it";
		if (strchr(text, '\n') != NULL || feof(in))
			wrong = take_line(r, text);
		if (wrong != NULL)
			errx(EX_DATAERR, "%s:%zu: %s", file, line, wrong);
		if (r->count > count &&
			named_add(&domains, r->list[count].domain, line) < 0)
			err(EX_OSERR, "memory");
	}
	if (ferror(in))
		err(EX_NOINPUT, "%s", file);
	fclose(in);
	twice = named_repeated(&domains);
	if (twice != 0)
		errx(EX_DATAERR, "%s:%zu: the second route of its domain", file, twice);
	free(domains.list);
	if (r->count > 0)
		qsort(r->list, r->count, sizeof *r->list, by_domain);
	number_hosts(r);
}

size_t routes_find(const struct routes *r, const char *domain)
{
	struct route wanted = {.domain = (char *)domain};
	const struct route *found = NULL;

	if (r->count > 0)
		found = bsearch(&wanted, r->list, r->count, sizeof wanted, by_domain);
	return found != NULL ? found->host : r->count;
}

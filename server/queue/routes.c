/* routes: the file is read line by line; then its routes are sorted, so that one is found fast. */
#include "queue/routes.h"
#include "smtp/envelope.h"
#include "wire/peer.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

/* The number of a host among those that are known, which it is from now on; -1: no room. */
static long number_of(struct routes *r, const char *host)
{
	char **more;
	size_t i = 0;

	while (i < r->hosts_count && strcmp(r->hosts[i], host) != 0)
		i++;
	if (i < r->hosts_count)
		return (long)i;
	more = realloc(r->hosts, (i + 1) * sizeof *more);
	if (more == NULL)
		return -1;
	r->hosts = more;
	more[i] = strdup(host);
	if (more[i] == NULL)
		return -1;
	r->hosts_count++;
	return (long)i;
}

static int add(struct routes *r, const char *domain, const char *host, size_t line)
{
	struct route *more = realloc(r->list, (r->count + 1) * sizeof *more);
	long number;

	if (more == NULL)
		return -1;
	r->list = more;
	number = number_of(r, host);
	more += r->count;
	*more = (struct route){strdup(domain), (size_t)number, line};
	if (number < 0 || more->domain == NULL)
		return -1;
	r->count++;
	return 0;
}

/* What is wrong with a line, NULL for nothing. A comment, or an empty line, is no route. */
static const char *take_line(struct routes *r, char *text, size_t line)
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
	return add(r, domain, host, line) < 0 ? "no memory for so many" : NULL;
}

static int by_domain(const void *a, const void *b)
{
	const struct route *one = a, *other = b;

	return strcasecmp(one->domain, other->domain);
}

int routes_read(struct routes *r, const char *file)
{
	char text[1024];
	const char *wrong = NULL;
	FILE *in = fopen(file, "r");
	size_t line = 0;

	memset(r, 0, sizeof *r);
	if (in == NULL) {
		warn("%s", file);
		return EX_NOINPUT;
	}
	while (wrong == NULL && fgets(text, sizeof text, in) != NULL) {
		line++;
		if (strchr(text, '\n') == NULL && !feof(in))
			wrong = "too long, or there is a NUL in it";
		else
			wrong = take_line(r, text, line);
	}
	if (wrong == NULL && ferror(in))
		wrong = "cannot be read";
	fclose(in);
	if (r->count > 1)
		qsort(r->list, r->count, sizeof *r->list, by_domain);
	for (size_t i = 1; wrong == NULL && i < r->count; i++)
		if (by_domain(&r->list[i - 1], &r->list[i]) == 0) {
			line = r->list[i].line;
			wrong = "the second route of its domain";
		}
	if (wrong == NULL)
		return EX_OK;
	warnx("%s:%zu: %s", file, line, wrong);
	return EX_DATAERR;
}

size_t routes_find(const struct routes *r, const char *domain)
{
	const struct route wanted = {.domain = (char *)domain};
	const struct route *found = NULL;

	if (r->count > 0)
		found = bsearch(&wanted, r->list, r->count, sizeof *r->list, by_domain);
	return found != NULL ? found->host : r->hosts_count;
}

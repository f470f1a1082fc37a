/*
 * envelope: first a path is read, by the grammar of RFC 5321, 4.1.2, then the envelope
 * that a queue entry begins with. Begin with path_read.
 */
#include "smtp/envelope.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A character of an atom. */
static bool is_atext(char c)
{
	return isalnum((unsigned char)c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* The octets of a domain name, or of an address literal, at text; 0 for none. */
static size_t domain_length(const char *text)
{
	size_t n = 0;

	if (text[0] == '[') {
		n = 1 + strspn(text + 1, "0123456789abcdefABCDEFIPv:.");
		return n > 1 && text[n] == ']' ? n + 1 : 0;
	}
	while (isalnum((unsigned char)text[n])) {
		while (isalnum((unsigned char)text[n]) || text[n] == '-' ||
			text[n] == '_')
			n++;
		if (text[n] != '.' || !isalnum((unsigned char)text[n + 1]))
			break;
		n++;
	}
	return n;
}

bool domain_is(const char *text)
{
	size_t n = domain_length(text);

	return n > 0 && n <= DOMAIN_OCTETS && text[n] == '\0';
}

/* The octets of a source route at text, @a,@b: which is accepted and ignored. */
static size_t route_length(const char *text)
{
	size_t n = 0;

	while (text[n] == '@') {
		size_t domain = domain_length(text + n + 1);

		if (domain == 0)
			return 0;
		n += 1 + domain;
		if (text[n] == ':')
			return n + 1;
		if (text[n] == ',')
			n++;
	}
	return 0;
}

/* The octets of "a b" at text; what is between the quotes goes to local. 0 for none. */
static size_t quoted_length(const char *text, char *local)
{
	size_t n = 1, made = 0;

	while (isprint((unsigned char)text[n]) && text[n] != '"') {
		if (text[n] == '\\' && isprint((unsigned char)text[n + 1]))
			n++; /* it quotes the octet after it */
		if (made == LOCAL_OCTETS)
			return 0;
		local[made] = text[n];
		made++;
		n++;
	}
	local[made] = '\0';
	return text[n] == '"' && made > 0 && n < LOCAL_OCTETS ? n + 1 : 0;
}

/* The octets of a local part at text; what they mean goes to local. 0 for none. */
static size_t local_length(const char *text, char *local)
{
	size_t n = 0;

	if (text[0] == '"')
		return quoted_length(text, local);
	/* Atoms, and one dot between two of them. */
	while (is_atext(text[n]) || (text[n] == '.' && n > 0 && is_atext(text[n + 1])))
		n++;
	if (n > LOCAL_OCTETS)
		return 0;
	memcpy(local, text, n);
	local[n] = '\0';
	return n;
}

bool path_read(const char **text, struct path *p)
{
	const char *at = **text == ' ' ? *text + 1 : *text;
	const char *begin = at, *address;
	size_t n;

	memset(p, 0, sizeof *p);
	if (*at != '<')
		return false;
	at++;
	at += route_length(at);
	address = at;
	if (*at != '>') {
		n = local_length(at, p->local);
		if (n == 0)
			return false;
		at += n;
	}
	if (*at == '@') {
		at++;
		n = domain_length(at);
		if (n == 0 || n > DOMAIN_OCTETS)
			return false;
		memcpy(p->domain, at, n);
		at += n;
	}
	if (*at != '>' || at + 1 - begin > PATH_OCTETS)
		return false;
	memcpy(p->address, address, (size_t)(at - address));
	*text = at + 1;
	return true;
}

int envelope_add(struct envelope *e, const char *address)
{
	char **more = realloc(e->to, (e->count + 1) * sizeof *more);

	if (more == NULL)
		return -1;
	e->to = more;
	e->to[e->count] = strdup(address);
	if (e->to[e->count] == NULL)
		return -1;
	e->count++;
	return 0;
}

void envelope_free(struct envelope *e)
{
	for (size_t i = 0; i < e->count; i++)
		free(e->to[i]);
	free(e->to);
	memset(e, 0, sizeof *e);
}

/* Reads what follows the reverse-path of an entry: nothing, or SIZE=n. */
static bool read_size(const char *text, uintmax_t *octets)
{
	char *end;

	*octets = 0;
	if (*text == '\0')
		return true;
	if (strncasecmp(text, " SIZE=", 6) != 0 || !isdigit((unsigned char)text[6]))
		return false;
	*octets = strtoumax(text + 6, &end, 10);
	return *end == '\0';
}

/*
 * Takes one line of an envelope in, the first being MAIL. Returns whether it belongs
 * there.
 */
static bool take_line(struct envelope *e, const char *line, bool first)
{
	const char *at = strchr(line, ':');
	struct path path;

	if (at == NULL)
		return false;
	at++;
	if (!path_read(&at, &path))
		return false;
	if (first) {
		memcpy(e->from, path.address, sizeof e->from);
		return strncasecmp(line, "MAIL FROM:", 10) == 0 &&
		       read_size(at, &e->octets);
	}
	return strncasecmp(line, "RCPT TO:", 8) == 0 && *at == '\0' &&
	       path.address[0] != '\0' && e->count < RECIPIENTS &&
	       envelope_add(e, path.address) == 0;
}

int envelope_read(struct envelope *e, FILE *file)
{
	char line[PATH_OCTETS + 64];
	bool first = true;

	memset(e, 0, sizeof *e);
	while (fgets(line, sizeof line, file) != NULL && strchr(line, '\n') != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' && e->count > 0)
			return 0;
		if (!take_line(e, line, first))
			break;
		first = false;
	}
	envelope_free(e);
	return -1;
}

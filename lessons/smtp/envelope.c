/*
 * envelope: first a path is read, by the grammar of RFC 5321, 4.1.2, then the envelope
 * that a queue entry begins with. Begin with path_read.
 */
#include "smtp/envelope.h"
#include "smtp/address-literal.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Of ASCII, whatever the locale calls a letter. */
static bool is_let_dig(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A character of an atom. */
static bool is_atext(char c)
{
	return is_let_dig(c) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool is_printing(char c)
{
	return c >= ' ' && c <= '~';
}

/*
 * The octets of a domain name at text; 0 for none. A label begins and ends with a letter
 * or a digit. The low line is in none, but in names that many hosts give themselves.
 */
static size_t name_length(const char *text)
{
	size_t n = 0;

	while (is_let_dig(text[n])) {
		while (is_let_dig(text[n]) || text[n] == '-' || text[n] == '_')
			n++;
		if (!is_let_dig(text[n - 1]))
			return 0;
		if (text[n] != '.' || !is_let_dig(text[n + 1]))
			break;
		n++;
	}
	return n;
}

/* The octets of a domain name, or of an address literal, at text; 0 for none. */
static size_t domain_length(const char *text)
{
	unsigned char address[ADDRESS_OCTETS];

	return text[0] == '[' ? address_literal(text, address) : name_length(text);
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
		size_t name = name_length(text + n + 1);

		if (name == 0)
			return 0;
		n += 1 + name;
		if (text[n] == ':')
			return n + 1;
		if (text[n] != ',')
			return 0;
		n++;
	}
	return 0;
}

/* The octets of "a b" at text; what is between the quotes goes to local. 0 for none. */
static size_t quoted_length(const char *text, char *local)
{
	size_t n = 1, made = 0;

	while (is_printing(text[n]) && text[n] != '"') {
		if (text[n] == '\\' && is_printing(text[n + 1]))
			n++; /* it quotes the octet after it */
		if (made == LOCAL_OCTETS)
			return 0;
		local[made] = text[n];
		made++;
		n++;
	}
	local[made] = '\0';
	return n < LOCAL_OCTETS && text[n] == '"' ? n + 1 : 0;
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

/* The octets of a mailbox at text, local@domain, or local alone; 0 for none. */
static size_t mailbox_length(const char *text, struct path *p)
{
	size_t local = local_length(text, p->local), domain;
	const char *at = text + local;

	if (local == 0 || *at != '@')
		return local;
	at++;
	domain = domain_length(at);
	if (domain == 0 || domain > DOMAIN_OCTETS)
		return 0;
	memcpy(p->domain, at, domain);
	p->rooted = at[domain] == '.' && at[0] != '[';
	return local + 1 + domain + p->rooted;
}

bool path_read_rooted(const char **text, struct path *p)
{
	const char *at = **text == ' ' ? *text + 1 : *text;
	const char *begin = at;
	size_t route, n = 0;

	memset(p, 0, sizeof *p);
	if (*at != '<')
		return false;
	at++;
	route = route_length(at);
	at += route;
	if (*at != '>' || route > 0) { /* else it is <>, the null sender */
		n = mailbox_length(at, p);
		if (n == 0 || (route > 0 && p->domain[0] == '\0'))
			return false;
	}
	if (at[n] != '>' || at + n + 1 - begin > PATH_OCTETS)
		return false;
	memcpy(p->address, at, n);
	*text = at + n + 1;
	return true;
}

bool path_read(const char **text, struct path *p)
{
	const char *at = *text;

	if (!path_read_rooted(&at, p) || p->rooted)
		return false;
	*text = at;
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

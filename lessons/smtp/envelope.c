/* envelope: see envelope.h. The grammar is that of RFC 5321, 4.1.2. */
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
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c));
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
	size_t n = 0, domain;

	while (text[n] == '@' && (domain = domain_length(text + n + 1)) > 0) {
		n += 1 + domain;
		if (text[n] == ':')
			return n + 1;
		n += text[n] == ',';
	}
	return 0;
}

/* The octets of a local part at text; what they mean goes to local. 0 for none. */
static size_t local_length(const char *text, char *local)
{
	size_t n = 0, made = 0;
	bool quoted = text[0] == '"';

	if (quoted)
		n++;
	while (quoted ? text[n] >= ' ' && text[n] <= '~' && text[n] != '"'
		      : is_atext(text[n]) ||
				(text[n] == '.' && n > 0 && is_atext(text[n + 1]) &&
					text[n - 1] != '.')) {
		if (quoted && text[n] == '\\' && text[n + 1] >= ' ' && text[n + 1] <= '~')
			n++;
		if (made == LOCAL_OCTETS)
			return 0;
		local[made++] = text[n++];
	}
	local[made] = '\0';
	if (!quoted)
		return n;
	return text[n] == '"' && made > 0 && n < LOCAL_OCTETS ? n + 1 : 0;
}

bool path_read(const char **text, struct path *p)
{
	const char *at = *text + (**text == ' '), *begin = at, *address;
	size_t n;

	memset(p, 0, sizeof *p);
	if (*at++ != '<')
		return false;
	at += route_length(at);
	address = at;
	if (*at != '>') {
		n = local_length(at, p->local);
		if (n == 0)
			return false;
		at += n;
		if (*at == '@') {
			n = domain_length(++at);
			if (n == 0 || n > DOMAIN_OCTETS)
				return false;
			memcpy(p->domain, at, n);
			at += n;
		}
	}
	if (*at++ != '>' || at - begin > PATH_OCTETS)
		return false;
	memcpy(p->address, address, (size_t)(at - 1 - address));
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
	while (e->count > 0)
		free(e->to[--e->count]);
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

int envelope_read(struct envelope *e, FILE *file)
{
	char line[PATH_OCTETS + 64];
	const char *at = line;
	struct path path;
	bool sender = false;

	memset(e, 0, sizeof *e);
	while (fgets(line, sizeof line, file) != NULL && strchr(line, '\n') != NULL) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] == '\0' && sender && e->count > 0)
			return 0;
		at = strchr(line, ':');
		if (at == NULL)
			break;
		at++;
		if (!path_read(&at, &path))
			break;
		if (!sender && strncasecmp(line, "MAIL FROM:", 10) == 0) {
			sender = read_size(at, &e->octets);
			memcpy(e->from, path.address, sizeof e->from);
			if (!sender)
				break;
		} else if (!sender || strncasecmp(line, "RCPT TO:", 8) != 0 ||
			   *at != '\0' || path.address[0] == '\0' ||
			   e->count == RECIPIENTS || envelope_add(e, path.address) < 0) {
			break;
		}
	}
	envelope_free(e);
	return -1;
}

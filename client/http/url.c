/* url: see url.h. */
#include "http/url.h"
#include "wire/hex.h"
#include "wire/peer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* HOST, HOST:PORT or [ADDRESS]:PORT becomes a peer, whose port is 80 if not said. */
static bool name_peer(struct url *u)
{
	const char *text = u->host;
	size_t n = u->host_octets, host = strcspn(text, ":/?#");
	const char *port = "", *bracket = *text == '[' ? memchr(text, ']', n) : NULL;

	if (bracket != NULL)
		host = (size_t)(bracket + 1 - text);
	for (size_t i = 0; i < host; i++)
		if (!isalnum((unsigned char)text[i]) &&
			strchr(bracket ? "[.:]" : "-._", text[i]) == NULL)
			return false;
	for (size_t i = host + 1; i < n; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	if (host == 0 || n >= URL_PEER - 4)
		return false;
	if (host == n)
		port = ":80";
	else if (host + 1 == n) /* `HOST:`, and no digit behind it */
		port = "80";
	snprintf(u->peer, sizeof u->peer, "%.*s%s", (int)n, text, port);
	return peer_named(u->peer);
}

const char *url_read(struct url *u, const char *text)
{
	size_t scheme = strlen("http://");

	for (const char *c = text; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~')
			return "an octet in it that has to be written as %XX";
	if (strncasecmp(text, "https:", strlen("https:")) == 0)
		return "https, which is HTTP within TLS, is not spoken here";
	if (strncasecmp(text, "http://", scheme) != 0)
		return "not a URL such as http://localhost:8080/";
	u->host = text + scheme;
	u->host_octets = strcspn(u->host, "/?#");
	u->target = u->host + u->host_octets;
	/* What stands behind a # is for the reader: it is not asked for. */
	u->target_octets = strcspn(u->target, "#");
	if (memchr(u->host, '@', u->host_octets) != NULL)
		return "a user's name in it, which is for nobody to see";
	return name_peer(u) ? NULL : "not HOST or HOST:PORT behind http://";
}

void url_name(const struct url *u, char *name, size_t size)
{
	const char *at = u->target, *end = at + strcspn(at, "?#");
	size_t n = 0;

	for (const char *c = at; c < end; c++)
		if (*c == '/')
			at = c + 1;
	for (; at < end && n + 1 < size; at++) {
		char octet = *at;

		if (octet == '%' && hex_value(at[1]) >= 0 && hex_value(at[2]) >= 0) {
			octet = (char)(hex_value(at[1]) << 4 | hex_value(at[2]));
			at += 2;
		}
		name[n++] = octet;
		if (octet == '\0')
			name[n - 1] = '_';
	}
	name[n] = '\0';
}

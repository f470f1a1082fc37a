/*
 * http-dialogue: first it reads a URL; then the head of a response, line by line; then
 * it writes the request; last come the two together. Begin at the end, with http_get.
 */
#include "http/http-dialogue.h"
#include "wire/hex.h"
#include "wire/peer.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define INFORMATION 100 /* responses 1xx to one request: more of them have no end */

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
	else if (host + 1 == n) /* `HOST:`, and no digit after it */
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
	/* What comes after a # is for the reader: it is not asked for. */
	u->target_octets = strcspn(u->target, "#");
	if (memchr(u->host, '@', u->host_octets) != NULL)
		return "a user's name in it, which is for nobody to see";
	return name_peer(u) ? NULL : "not HOST or HOST:PORT after http://";
}

void url_name(const struct url *u, char *name, size_t size)
{
	const char *at = u->target, *end = at + strcspn(at, "?#");
	size_t n = 0;

	for (const char *c = at; c < end; c++)
		if (*c == '/')
			at = c + 1;
	for (; at < end && n + 1 < size; at++) {
		int decoded = *at == '%' ? hex_octet(at + 1) : -1;

		name[n] = decoded < 0 ? *at : (char)decoded;
		if (decoded >= 0)
			at += 2;
		if (decoded == 0)
			name[n] = '_';
		n++;
	}
	name[n] = '\0';
}

static enum http_heard strange(struct http_dialogue *d, const char *why)
{
	d->why = why;
	return HTTP_STRANGE;
}

/* What to make of something that is no line. */
static enum http_heard no_line(struct http_dialogue *d, enum wire_got got)
{
	d->why = wire_why(got);
	return got == WIRE_NUL || got == WIRE_TOO_LONG ? HTTP_STRANGE : HTTP_LOST;
}

/* The status line, `HTTP/1.1 200 OK`: after the version a blank, then the code. */
static enum http_heard hear_status(struct http_dialogue *d)
{
	size_t n;
	enum wire_got got = wire_next_line(&d->wire, d->line, sizeof d->line, &n);
	const char *code = d->line + HTTP_VERSION + 1;

	if (got != WIRE_GOT && got != WIRE_BARE_LF)
		return no_line(d, got);
	if (!http_version(d->line) || d->line[HTTP_MAJOR] != '1' ||
		d->line[HTTP_VERSION] != ' ' || strspn(code, "0123456789") != 3 ||
		(code[3] != ' ' && code[3] != '\0') || code[0] < '1' || code[0] > '5')
		return strange(d, "not a response of HTTP/1.1");
	d->status = (code[0] - '0') * 100 + (code[1] - '0') * 10 + code[2] - '0';
	d->reason = code;
	d->last = d->line[HTTP_MINOR] == '0'; /* HTTP/1.0 has a connection for each */
	d->said = (struct http_said){0};
	d->location[0] = '\0';
	return HTTP_HEARD;
}

/* One field of the head; most of them are not for us. */
static enum http_heard take_field(struct http_dialogue *d)
{
	const char *value = http_field(d->field);

	if (value == NULL)
		return strange(d, "a line in the head that is no field");
	if (strcasecmp(d->field, "Location") == 0)
		memcpy(d->location, value, strlen(value) + 1);
	if (!http_take_field(&d->said, d->field, value))
		return strange(d, "not a Content-Length");
	return HTTP_HEARD;
}

/* A line of the head, of which some old servers make two (RFC 9112, 5.2); *n octets. */
static enum wire_got hear_field(struct http_dialogue *d, size_t *n)
{
	enum wire_got got = wire_next_line(&d->wire, d->field, sizeof d->field, n);

	while ((got == WIRE_GOT || got == WIRE_BARE_LF) && *n > 0) {
		const char *octets;
		size_t more;

		got = wire_next_span(&d->wire, &octets, &more);
		if (got != WIRE_GOT || (*octets != ' ' && *octets != '\t'))
			break;
		got = wire_next_line(
			&d->wire, d->field + *n, sizeof d->field - *n, &more);
		*n += more;
	}
	return got;
}

/* One head, up to its empty line. */
static enum http_heard hear_head(struct http_dialogue *d)
{
	enum http_heard heard = hear_status(d);

	for (int fields = 0; heard == HTTP_HEARD; fields++) {
		size_t n;
		enum wire_got got = hear_field(d, &n);

		if (got != WIRE_GOT && got != WIRE_BARE_LF)
			return no_line(d, got);
		if (n == 0)
			break;
		heard = fields < HTTP_FIELDS ? take_field(d)
					     : strange(d, "a head that has no end");
	}
	if (heard == HTTP_HEARD && (d->said.recoded || d->said.coded != d->said.chunked))
		return strange(d, "a Transfer-Encoding that is not chunked");
	return heard;
}

/* How the end of the body will be known; in this order (RFC 9112, 6.3). */
static void frame(struct http_dialogue *d)
{
	const struct http_said *said = &d->said;

	if (d->status == 204 || d->status == 304)
		d->framing = HTTP_NO_BODY;
	else if (said->coded)
		d->framing = HTTP_CHUNKED;
	else if (said->measured)
		d->framing = HTTP_LENGTH;
	else
		d->framing = HTTP_TO_CLOSE;
	d->length = said->length;
	if (said->closes || d->framing == HTTP_TO_CLOSE)
		d->last = true;
	/* Where both are said, somebody on the way may have been misled by the other. */
	if (said->coded && said->measured)
		d->last = true;
	/* And what has come where nothing should is nobody's answer. */
	if (d->framing == HTTP_NO_BODY && d->wire.start != d->wire.end)
		d->last = true;
}

/* Three or four lines; compare with http-session.h. */
static void put_request(struct http_dialogue *d, const struct url *u, bool close)
{
	wire_put(&d->wire, "GET ", 4);
	if (u->target[0] != '/')
		wire_put(&d->wire, "/", 1);
	wire_put(&d->wire, u->target, u->target_octets);
	wire_say(&d->wire, " HTTP/1.1");
	wire_say(&d->wire, "Host: %.*s", (int)u->host_octets, u->host);
	if (close)
		wire_say(&d->wire, "Connection: close");
	wire_say(&d->wire, "%s", "");
}

enum http_heard http_get(struct http_dialogue *d, const struct url *u, bool close)
{
	const char *octets;
	enum wire_got got;
	size_t n;

	if (wire_has_come(&d->wire))
		return strange(d, "out of step: an answer came before the request");
	put_request(d, u, close);
	wire_start_clock(&d->wire);
	got = wire_span(&d->wire, &octets, &n);
	if (got == WIRE_END) {
		d->why = "the connection was closed without an answer";
		return HTTP_UNANSWERED;
	}
	if (got != WIRE_GOT)
		return no_line(d, got);
	for (int heads = 0; heads < INFORMATION; heads++) {
		enum http_heard heard = hear_head(d);

		if (heard != HTTP_HEARD)
			return heard;
		if (d->status == 101)
			return strange(d, "another protocol than HTTP");
		if (d->status >= 200) {
			if (close)
				d->last = true;
			frame(d);
			return HTTP_HEARD;
		}
	}
	return strange(d, "no end of information");
}

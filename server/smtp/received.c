/* received: see received.h. */
#include "smtp/received.h"
#include "message/header.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void received_write(char text[RECEIVED_SIZE], const struct received *t)
{
	char date[64], peer[128] = "", recipient[300] = "";

	header_date(date, sizeof date, header_now());
	if (t->peer[0] != '\0')
		snprintf(peer, sizeof peer, " ([%s%s])",
			strchr(t->peer, ':') ? "IPv6:" : "", t->peer);
	if (t->only != NULL)
		snprintf(recipient, sizeof recipient, "\n\tfor <%s>", t->only);
	snprintf(text, RECEIVED_SIZE,
		"Return-Path: <%s>\n"
		"Received: from %s%s\n"
		"\tby %s with %s%s; %s\n",
		t->from, t->helo, peer, t->by, t->protocol, recipient, date);
}

enum begins received_begins(const char *octets, size_t n)
{
	size_t i = 0;

	if (n > 0 && octets[0] == '\r')
		return BEGINS_HEADER; /* an empty one */
	while (i < n && octets[i] > ' ' && octets[i] <= '~' && octets[i] != ':')
		i++;
	if (i == 0 && n > 0)
		return BEGINS_BODY;
	while (i < n && (octets[i] == ' ' || octets[i] == '\t'))
		i++; /* which is obsolete (RFC 5322, 4.5), and still met */
	if (i == n)
		return BEGINS_UNSURE;
	return octets[i] == ':' ? BEGINS_HEADER : BEGINS_BODY;
}

void received_hops(struct hops *h, const char *octets, size_t n)
{
	static const char field[] = "received:";

	for (size_t i = 0; i < n && !h->body; i++) {
		if (octets[i] == '\n') {
			h->body = h->column == 0;
			h->column = 0;
			h->another = false;
		} else if (octets[i] != '\r') {
			if (h->column < sizeof field - 1 &&
				tolower((unsigned char)octets[i]) != field[h->column])
				h->another = true;
			if (++h->column == sizeof field - 1 && !h->another)
				h->count++;
		}
	}
}

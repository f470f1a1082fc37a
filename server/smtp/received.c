/* received: first what is written, then what is read. */
#include "smtp/received.h"
#include "message/date.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

void received_write(char text[RECEIVED_SIZE], const struct received *r)
{
	char date[64], peer[128] = "", recipient[300] = "";

	date_put(date, sizeof date, date_now());
	if (r->peer[0] != '\0')
		snprintf(peer, sizeof peer, " ([%s%s])",
			strchr(r->peer, ':') != NULL ? "IPv6:" : "", r->peer);
	if (r->only != NULL)
		snprintf(recipient, sizeof recipient, "\n\tfor <%s>", r->only);
	snprintf(text, RECEIVED_SIZE,
		"Received: from %s%s\n"
		"\tby %s with %s%s; %s\n",
		r->helo, peer, r->by, r->protocol, recipient, date);
}

static void count_octet(struct hops *h, char c)
{
	static const char name[] = "received:";

	switch (h->at) {
	case HOPS_NAME:
		if (c == '\n') { /* an empty line ends the header */
			h->at = h->column == 0 ? HOPS_BODY : HOPS_NAME;
			h->column = 0;
		} else if (tolower((unsigned char)c) != name[h->column]) {
			h->at = HOPS_LINE;
		} else {
			h->column++;
			if (name[h->column] == '\0') {
				h->at = HOPS_LINE;
				h->count++;
			}
		}
		break;
	case HOPS_LINE:
		if (c == '\n') {
			h->at = HOPS_NAME;
			h->column = 0;
		}
		break;
	case HOPS_BODY:
		break;
	}
}

void received_hops(struct hops *h, const char *octets, size_t n)
{
	for (size_t i = 0; i < n && h->at != HOPS_BODY; i++)
		if (octets[i] != '\r')
			count_octet(h, octets[i]);
}

/*
 * delivery-status: what a bounce says of each recipient, in words for a person and in fields for
 * a program (articles: A4; RFC 3464, 2.2 and 2.3).
 */
#ifndef DELIVERY_STATUS_H
#define DELIVERY_STATUS_H

#include "queue/bounce.h"

/* A paragraph for each recipient who does not get the message. */
void delivery_status_words(FILE *out, const struct bounce *b);

/* The body of the part message/delivery-status. */
void delivery_status_fields(FILE *out, const struct bounce *b);

/* Makes a question mark of each octet that is no printing ASCII. */
void delivery_status_ascii(char *text);

#endif

/*
 * report: what a bounce says of each recipient, in words for a person and in fields for
 * a program (articles: A4; RFC 3464, 2.2 and 2.3).
 */
#ifndef REPORT_H
#define REPORT_H

#include "queue/bounce.h"

/* A paragraph for each recipient who does not get the message. */
void report_words(FILE *out, const struct bounce *b);

/* The body of the part message/delivery-status. */
void report_fields(FILE *out, const struct bounce *b);

/* Makes a question mark of each octet that is no printing ASCII. */
void report_ascii(char *text);

#endif

/*
 * record: a conversation, written down as a transcript while it happens (articles: A10;
 * lessons/README.md has the format).
 *
 * What cannot be written ends the record and nothing else, and what nobody reads is left
 * out: whoever listens in has no business to break the conversation, or to hold it up.
 */
#ifndef RECORD_H
#define RECORD_H

#include "wiretap/redact.h"
#include "transcript/transcript.h"
#include "wire/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

/* What the records of one program have in common. Set folder, redacts and lock. */
struct records {
	int folder;   /* where each gets a file N.txt; -1: all go to standard output */
	bool redacts; /* leaves secrets out: see redact.h */
	atomic_ulong count; /* of conversations */
	atomic_bool failed; /* one was not written whole, as was told on standard error */
	pthread_mutex_t lock; /* of the rest */
	struct log output;    /* standard output */
	bool taken;  /* it belongs to one conversation, so that this stays whole */
	FILE *ended; /* those that ended before it was free again, or NULL */
};

/* One of them. Begin with zeros; its fields are for the functions below alone. */
struct record {
	struct records *all;
	unsigned long number;
	FILE *out; /* its own, or where it waits for standard output; NULL: nowhere yet */
	bool begun; /* its first line was written */
	bool live;  /* standard output is its own: there is no file */
	bool lost;  /* nothing more is written */
	struct redact redact;
	struct transcript_said client, server; /* the line that each has not ended */
	char line[TRANSCRIPT_TEXT + 32];       /* that is written */
};

/* Gives it a number and, in a folder, a new file, never an older one. */
void record_begin(struct record *r, struct records *all);

/*
 * 'C' or 'S' has said n octets; a line that the other one has not ended ends in \c.
 * On return all whole lines are where they can be read.
 */
void record_said(struct record *r, char who, const char *octets, size_t n);

/* 'C' or 'S' "closes" or "resets"; lines that were not ended end in \c. */
void record_event(struct record *r, char who, const char *event);

/* Writes what there is. It never waits for another conversation. */
void record_end(struct record *r);

#endif

/*
 * record: a conversation, written down as a transcript while it happens (articles: A10;
 * lessons/README.md has the format).
 *
 * An error of writing ends the record and nothing else, and lines that nobody reads are
 * left out: a program that listens in must not break the conversation, or delay it.
 */
#ifndef RECORD_H
#define RECORD_H

#include "wiretap/redact.h"
#include "transcript/transcript.h"
#include "wire/log.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

/* The same for all records of a program. Set folder, redacts and lock. */
struct records {
	int folder; /* each record gets a file N.txt there; -1: all go to standard output */
	bool redacts;	      /* leave secrets out: see redact.h */
	atomic_ulong count;   /* of conversations */
	atomic_bool failed;   /* one was not written whole; standard error said so */
	pthread_mutex_t lock; /* of the rest */
	struct log output;    /* standard output */
	bool taken;	      /* it belongs to one conversation, which so stays whole */
	FILE *ended;	      /* records that ended while it was taken, or NULL */
};

/* One record. Begin with zeros; only the functions below use its fields. */
struct record {
	struct records *all;
	unsigned long number;
	FILE *out;  /* its own file, or a copy that waits for standard output; or NULL */
	bool begun; /* its first line was written */
	bool live;  /* it goes straight to standard output */
	bool lost;  /* nothing more is written */
	struct redact redact;
	struct transcript_said client, server; /* the unfinished line of each side */
	char line[TRANSCRIPT_TEXT + 32];       /* the line that is written */
};

/* Gives it a number and, in a folder, a new file, never an older one. */
void record_begin(struct record *r, struct records *all);

/*
 * 'C' or 'S' has said n octets; an unfinished line of the other side ends in \c. On
 * return all whole lines can be read.
 */
void record_said(struct record *r, char who, const char *octets, size_t n);

/* 'C' or 'S' "closes" or "resets"; unfinished lines end in \c. */
void record_event(struct record *r, char who, const char *event);

/* Writes the rest. It never waits for another conversation. */
void record_end(struct record *r);

#endif

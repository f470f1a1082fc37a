#ifndef ANSWER_H
#define ANSWER_H

#include "write/original.h"

#include <stddef.h>
#include <stdio.h>

/*
 * What an answer says of the message that it answers (RFC 5322, 3.6.4 and 3.6.5).
 */

enum { ANSWER_SUBJECT = ORIGINAL_WORDS + sizeof "Fwd: " };

/*
 * Writes the subject of an answer, in UTF-8, into subject of ANSWER_SUBJECT octets: mark,
 * `Re:` or, where it is forwarded, `Fwd:`, and that of the original, without those marks
 * that stand there already.
 */
void answer_subject(char *subject, const char *mark, const struct original *original);

/*
 * Writes the ids of the thread so far, and that of the original, into references of
 * HEADER_FIELD octets; none: empty.
 */
void answer_references(char *references, const struct original *original);

/*
 * Writes the text of the answer: who wrote what is quoted, message quoted (see quote.h),
 * and behind an empty line, if anything was quoted, what own holds, to its end. own_name is the name of own in
 * diagnostics. Returns 0, or an exit status of <sysexits.h> once it has said on standard
 * error what is wrong. Errors of out stay in out.
 */
int answer_write(FILE *out, const struct original *original, FILE *message, FILE *own,
	const char *own_name);

#endif

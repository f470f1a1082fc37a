/*
 * rows-13: http_body, and so read_content_length and read_to_close: what comes, how its
 * end is known, what comes after it, and whether the file can be written.
 *
 *	http_body("hello, and", HTTP_LENGTH, 5, closes, file)
 *			HTTP_HEARD "hello" octets=5 left=", and"
 *
 * What is left is told where the body is whole.
 */
#include "classroom/row-peer.h"
#include "http/http-dialogue.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

static const char *const framings[] = {
	"HTTP_NO_BODY", "HTTP_LENGTH", "HTTP_CHUNKED", "HTTP_TO_CLOSE", NULL};
static const char *const heards[] = {
	"HTTP_HEARD", "HTTP_UNANSWERED", "HTTP_LOST", "HTTP_STRANGE"};
static const char *const files[] = {"file", "full", NULL};

/* Opens the file: one that keeps what is written, or one that cannot be written to. */
static FILE *open_file(bool is_full, char **kept, size_t *n)
{
	FILE *to = is_full ? fopen("/dev/null", "r") : open_memstream(kept, n);

	if (to == NULL)
		err(EX_OSERR, "a file");
	return to;
}

static void body(const struct row *r)
{
	struct http_dialogue *d = row_buffer(sizeof *d);
	char *kept = NULL;
	size_t n = 0;
	FILE *to = open_file(row_word(r, 4, files) == 1, &kept, &n);
	uintmax_t octets = UINTMAX_MAX;
	struct row_peer peer;
	enum http_heard heard;

	d->framing = (enum http_framing)row_word(r, 1, framings);
	d->length = row_number(r, 2);
	d->why = NULL;
	row_peer_open(&peer, &d->wire, r, row_word(r, 3, row_ends));
	heard = http_body(d, to, &octets);
	fclose(to);
	fprintf(r->answer, "%s ", (unsigned)heard > HTTP_STRANGE ? "?" : heards[heard]);
	row_say_octets(r, kept, n);
	fprintf(r->answer, " octets=%ju", octets);
	if (heard == HTTP_HEARD) {
		fputs(" left=", r->answer);
		row_peer_say_left(&peer, &d->wire);
	} else {
		fprintf(r->answer, " why=\"%s\"", d->why != NULL ? d->why : "");
	}
	row_peer_close(&peer, &d->wire);
	free(kept);
}

const struct row_function row_functions[] = {
	{"http_body", body,
		"const char said[] = $1; /* by the server, and then: $4; to: $5 */\n"
		"uintmax_t octets;\n"
		"d->framing = $2;\n"
		"d->length = $3;\n"
		"heard = http_body(d, to, &octets);\n"},
	{0}};

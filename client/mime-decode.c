/*
 * mime-decode: reads a message: shows its header and text, saves what is neither.
 * Passages B10 to B14: Bob's user agent first undoes Content-Transfer-Encoding,
 * then acts by Content-Type. RFC 2045, 5 and 6; RFC 2046.
 *
 *     build/mime-decode -o pictures lessons/07-base64/picture.eml
 */
#include "body.h"
#include "charset.h"
#include "content.h"
#include "header.h"
#include "media-type.h"
#include "save.h"
#include "shown-field.h"
#include "transfer-encoding.h"
#include "utf8.h"

#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

enum { SPAN = 65536 };

/* The body on its way: what it is, and where it goes. */
struct body {
	const struct content *content;
	struct transfer_decoder decoder;
	struct charset charset;
	bool held_cr;
	FILE *to; /* NULL: it is only counted */
	uintmax_t octets;
};

static void usage(FILE *out)
{
	fputs("usage: mime-decode [-o DIR] [FILE]\n"
	      "Reads the message in FILE, or standard input, and shows it.\n"
	      "-o  saves what is not text in DIR\n",
		out);
}

/*
 * Reads the header and shows it. Where the body began without an empty line,
 * field holds the first of it.
 */
static void read_header(FILE *in, struct content *content, struct header_field *field)
{
	bool shown = false;
	while (header_get(in, field) == HEADER_IS_FIELD) {
		shown = shown_field(stdout, field) || shown;
		content_take(content, field);
	}
	content_conclude(content);
	if (shown)
		putchar('\n');
}

static bool put(struct body *body, const char *octets, size_t length)
{
	body->octets += length;
	return body->to == NULL || fwrite(octets, 1, length, body->to) == length;
}

static bool put_lines(struct body *body, const char *octets, size_t length)
{
	char text[SPAN + 1];
	if (body->content->is_text) {
		length = body_to_lf(&body->held_cr, octets, length, text);
		octets = text;
	}
	return put(body, octets, length);
}

static bool put_octets(struct body *body, const char *octets, size_t length)
{
	char text[SPAN];
	size_t used;
	while ((used = charset_take(&body->charset, &octets, &length, text, SPAN)) > 0)
		if (!put_lines(body, text, used))
			return false;
	return true;
}

/* First the transfer encoding is undone, then the charset, then come the line ends. */
static bool take(struct body *body, const char *span, size_t length)
{
	char octets[TRANSFER_ROOM(SPAN)];
	length = transfer_decode(&body->decoder, span, length, octets);
	return put_octets(body, octets, length);
}

static bool take_body(struct body *body, FILE *in, const struct header_field *first)
{
	char span[SPAN], tail[TRANSFER_TAIL];
	size_t length;
	transfer_decoder_start(
		&body->decoder, body->content->transfer, body->content->is_text);
	if (!take(body, first->text, first->length))
		return false;
	while ((length = fread(span, 1, sizeof span, in)) > 0)
		if (!take(body, span, length))
			return false;
	length = transfer_decode_end(&body->decoder, tail);
	return put_octets(body, tail, length) && put_octets(body, NULL, 0) &&
	       (!body->held_cr || put(body, "\r", 1));
}

/* Says what a part is, and by what rule it is treated. */
static void show_rule(const struct body *body)
{
	const struct content *content = body->content;
	fputs(content->type, stdout);
	charset_say(stdout, &body->charset);
	printf(", %s", content->encoding);
	if (!content->is_known)
		fputs(", not known: as application/octet-stream", stdout);
	if (content->is_parts)
		fputs(", not taken apart", stdout);
	fputs(": ", stdout);
}

static void show_text(struct body *body)
{
	char span[SPAN], last = '\n';
	struct utf8 utf8 = {0};
	size_t length;
	bool plain = strcmp(body->content->type, "text/plain") == 0;
	show_rule(body);
	printf("shown%s, %ju bytes\n\n", plain ? "" : " as text/plain", body->octets);
	rewind(body->to);
	while ((length = fread(span, 1, sizeof span, body->to)) > 0) {
		utf8_show(stdout, &utf8, span, length);
		last = span[length - 1];
	}
	utf8_show_end(stdout, &utf8);
	if (last != '\n')
		putchar('\n');
	if (ferror(body->to))
		err(EX_IOERR, "temporary file");
}

static void read_text(struct body *body, FILE *in, const struct header_field *first)
{
	body->to = tmpfile();
	if (body->to == NULL || !take_body(body, in, first) || fflush(body->to) != 0)
		err(EX_IOERR, "temporary file");
	show_text(body);
	charset_close(&body->charset);
}

static void offer(
	struct body *body, FILE *in, const struct header_field *first, const char *name)
{
	take_body(body, in, first);
	show_rule(body);
	printf("%s, %ju bytes, not shown: -o DIR saves it\n", name, body->octets);
}

static void save(struct body *body, FILE *in, const struct header_field *first,
	const char *name, const char *folder)
{
	struct save file;
	if (save_open(&file, folder) != 0)
		err(EX_IOERR, "%s", folder);
	body->to = file.file;
	bool written = take_body(body, in, first);
	int why = errno;
	if (!written || ferror(in))
		save_drop(&file);
	if (ferror(in))
		return;
	errno = why;
	if (!written)
		err(EX_IOERR, "%s", folder);
	if (save_close(&file, name) != 0)
		err(EX_IOERR, "%s/%s", folder, name);
	show_rule(body);
	printf("saved %s, %ju bytes\n", file.name, body->octets);
}

static void read_message(FILE *in, const char *folder)
{
	struct content content = {0};
	struct header_field field;
	struct body body = {.content = &content};
	read_header(in, &content, &field);
	if (ferror(in))
		return;
	/* What is not shown is a file, and its octets are its own. */
	charset_open(&body.charset, content.charset,
		content.is_shown ? strlen(content.charset) : 0);
	if (content.is_shown) {
		read_text(&body, in, &field);
		return;
	}
	char name[SAVE_ROOM], otherwise[SAVE_ROOM];
	snprintf(otherwise, sizeof otherwise, "part-1.%s",
		content.is_known ? media_type_suffix(content.type) : "bin");
	save_name(content.name, otherwise, name);
	if (folder == NULL)
		offer(&body, in, &field, name);
	else
		save(&body, in, &field, name, folder);
}

int main(int argc, char **argv)
{
	const char *folder = NULL;
	int option;
	while ((option = getopt(argc, argv, "ho:")) != -1) {
		switch (option) {
		case 'o':
			folder = optarg;
			break;
		case 'h':
			usage(stdout);
			return fflush(stdout) == 0 ? 0 : EX_IOERR;
		default:
			usage(stderr);
			return EX_USAGE;
		}
	}
	if (argc - optind > 1) {
		usage(stderr);
		return EX_USAGE;
	}
	const char *source = optind < argc ? argv[optind] : "standard input";
	FILE *in = optind < argc ? fopen(argv[optind], "rb") : stdin;
	if (in == NULL)
		err(EX_NOINPUT, "%s", source);
	read_message(in, folder);
	if (ferror(in))
		err(EX_IOERR, "%s", source);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return 0;
}

/*
 * mixed: several parts in one message. HTTP sends each object in a response of its own; mail
 * puts all of them into one message, with a line between each two. Passage B5; RFC 2046,
 * 5.1.
 *
 *     build/mime-encode README.md lessons/07-base64/picture.jpg
 */
#include "write/mixed.h"

#include "message/header.h"

static int search(struct mixed *body, bool *found)
{
	int status = 0;
	*found = false;
	for (size_t i = 0; status == 0 && !*found && i < body->count; i++)
		status = part_search(&body->parts[i], body->boundary, found);
	return status;
}

static int choose_boundary(struct mixed *body, uint32_t number)
{
	bool found = true;
	int status = 0;
	while (status == 0 && found) {
		boundary_make(body->boundary, number++);
		status = search(body, &found);
	}
	return status;
}

int mixed_decide(struct mixed *body, uint32_t number)
{
	for (size_t i = 0; i < body->count; i++) {
		body->parts[i].is_inside = body->count > 1;
		int status = part_decide(&body->parts[i]);
		if (status != 0)
			return status;
	}
	return body->count > 1 ? choose_boundary(body, number) : 0;
}

/*
 * RFC 2045, 6.4: what has parts is not encoded itself, but its field says what a channel
 * has to pass for the sake of them.
 */
static enum transfer_encoding needed_encoding(const struct mixed *body)
{
	enum transfer_encoding needed = TRANSFER_7BIT;
	for (size_t i = 0; i < body->count; i++) {
		enum transfer_encoding encoding = body->parts[i].encoding;
		if (encoding <= TRANSFER_BINARY && encoding > needed)
			needed = encoding;
	}
	return needed;
}

void mixed_put_fields(FILE *out, const struct mixed *body)
{
	char type[BOUNDARY_ROOM + 64];
	if (body->count == 1) {
		part_put_fields(out, body->parts);
		return;
	}
	snprintf(type, sizeof type, "multipart/mixed; boundary=\"%s\"", body->boundary);
	header_put(
		out, "Content-Transfer-Encoding", transfer_name(needed_encoding(body)));
	header_put(out, "Content-Type", type);
}

/*
 * The line end before a boundary belongs to the boundary (5.1.1), not to the part. Where
 * that ends in a CR of its own, LF alone would be read as the rest of a CRLF.
 */
static const char *line_end(const struct part *part)
{
	bool has_cr = part->encoding == TRANSFER_BINARY && part->survey.last == '\r';
	return has_cr ? "\r\n" : "\n";
}

int mixed_put_body(FILE *out, struct mixed *body)
{
	if (body->count == 1)
		return part_put_body(out, body->parts);
	for (size_t i = 0; i < body->count; i++) {
		struct part *part = &body->parts[i];
		fprintf(out, "--%s\n", body->boundary);
		part_put_fields(out, part);
		putc('\n', out);
		int status = part_put_body(out, part);
		if (status != 0)
			return status;
		fputs(line_end(part), out);
	}
	fprintf(out, "--%s--\n", body->boundary);
	return 0;
}

/*
 * part-list: the tree of the parts of a message. Passage B5: all the objects of a text
 * with pictures are in one message; B11: each has its type. RFC 2046, 5.
 *
 *     build/mime-decode -l lessons/07-base64/picture.eml
 */
#include "read/part-list.h"

#include "message/charset.h"
#include "read/decode-part.h"
#include "wire/utf8.h"

#include <inttypes.h>
#include <string.h>

enum { INDENT = 2, INDENTS = 10, TYPE = 26 /* columns */ };

static void print_entity(const struct entity *entity, const char *octets)
{
	const struct content *content = &entity->content;
	const char *name = content->name[0] == '\0' ? "-" : content->name;
	const char *charset_name = "-";
	unsigned above = entity->depth - 1 < INDENTS ? entity->depth - 1 : INDENTS;
	struct charset charset;
	charset_open(&charset, content->charset, strlen(content->charset));
	if (content->charset[0] != '\0')
		charset_name = charset.name;
	printf("%-7s %*s%-*s %-16s %-10s %8s  ", entity->number, (int)(above * INDENT),
		"", (int)(TYPE - above * INDENT), content->type, content->encoding,
		charset_name, octets);
	charset_close(&charset);
	utf8_show_line(stdout, name, strlen(name));
	putchar('\n');
}

static void list_holder(struct entity_reader *reader, const struct entity *entity)
{
	(void)reader;
	print_entity(entity, "-");
}

static enum entity_shown list_body(
	struct entity_reader *reader, const struct entity *entity)
{
	char octets[24];
	struct part_decoder unpack;
	part_decoder_start(&unpack, &entity->content, false, NULL);
	decode_part(&unpack, reader->message);
	snprintf(octets, sizeof octets, "%ju", unpack.octets);
	print_entity(entity, octets);
	return ENTITY_NOT_SHOWN;
}

void part_list(struct entity_reader *reader)
{
	reader->begin = list_holder;
	reader->body = list_body;
	reader->field = NULL;
	reader->give_up = NULL;
	reader->broken = NULL;
}

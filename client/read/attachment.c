/*
 * attachment: a part for a program, not for the eye. Passages B13 and B14: Word is started on
 * application/msword, and application/octet-stream is offered for saving: what it may be
 * only Bob can know. RFC 2046, 4.5.1; RFC 2183, 5.
 *
 *     echo 'application/msword; wc -c %s' >build/mailcap
 *     MAILCAPS=build/mailcap \
 *             build/mime-decode -a lessons/09-content-types/application-msword.eml
 */
#include "read/attachment.h"

#include "read/ask.h"
#include "message/media-type.h"
#include "read/safe-file.h"
#include "read/decode-part.h"
#include "wire/utf8.h"
#include "read/viewer.h"

#include <err.h>
#include <errno.h>
#include <string.h>
#include <sysexits.h>

static const char any_data[] = "application/octet-stream";

/* A part in hand. */
struct job {
	const struct keep *keep;
	struct multipart *message;
	const struct entity *entity;
	bool lacks_viewer; /* mailcap names no command for it */
	char name[SAFE_NAME_ROOM];
};

/* What the part is to be treated as. */
static const char *type_of(const struct entity *entity)
{
	return entity->content.is_known ? entity->content.type : any_data;
}

/* What to call it. */
static void choose_name(const struct entity *entity, char *name)
{
	char otherwise[SAFE_NAME_ROOM];
	snprintf(otherwise, sizeof otherwise, "part-%.100s.%s", entity->number,
		media_type_suffix(type_of(entity)));
	safe_file_name(entity->content.name, otherwise, name);
}

static void say(const struct job *job)
{
	entity_say(stdout, job->entity, NULL);
	if (job->entity->is_too_deep)
		fputs(", too deep: not taken apart", stdout);
	if (job->lacks_viewer)
		fputs(", not in mailcap", stdout);
}

/*
 * Reads the part into a file, or to NULL. Returns its octets.
 *
 * These parts go nowhere but to a file: what is said of them goes to standard output at
 * once, be they in an alternative whose text is not chosen yet.
 */
static uintmax_t read_part(const struct job *job, FILE *to, bool *written)
{
	struct part_decoder unpack;
	part_decoder_start(&unpack, &job->entity->content, false, to);
	*written = decode_part(&unpack, job->message);
	return unpack.octets;
}

static void save(const struct job *job)
{
	const struct keep *keep = job->keep;
	struct safe_file file;
	bool written;
	if (safe_file_open(&file, keep->folder) != 0)
		err(EX_IOERR, "%s", keep->folder);
	uintmax_t octets = read_part(job, file.file, &written);
	int why = errno;
	if (!written || ferror(job->message->in))
		safe_file_drop(&file);
	errno = why;
	if (ferror(job->message->in))
		err(EX_IOERR, "%s", keep->source);
	if (!written)
		err(EX_IOERR, "%s", keep->folder);
	if (safe_file_close(&file, job->name) != 0)
		err(EX_IOERR, "%s/%s", keep->folder, job->name);
	say(job);
	printf(": saved %s, %ju bytes\n", file.name, octets);
}

static void offer(const struct job *job)
{
	bool written;
	uintmax_t octets = read_part(job, NULL, &written);
	say(job);
	printf(": %s, %ju bytes, not %s\n", job->name, octets,
		job->keep->folder == NULL ? "shown: -o DIR saves it" : "saved");
}

/* Runs the command that mailcap names on a private copy, which was agreed to. */
static void run(const struct job *job, struct viewer *viewer)
{
	bool written;
	if (viewer_open(viewer) != 0)
		err(EX_IOERR, "%s", viewer->folder);
	uintmax_t octets = read_part(job, viewer->copy, &written);
	int why = errno;
	if (!written || ferror(job->message->in))
		viewer_drop(viewer);
	errno = why;
	if (ferror(job->message->in))
		err(EX_IOERR, "%s", job->keep->source);
	fflush(stdout);
	int status = written ? viewer_run(viewer) : -1;
	if (status < 0)
		err(EX_IOERR, "%s", viewer->found.path);
	say(job);
	fputs(": ran \"", stdout);
	utf8_show_line(stdout, viewer->found.command, strlen(viewer->found.command));
	printf("\", %ju bytes", octets);
	if (status > 0)
		printf(", which ended with status %d", status);
	putchar('\n');
}

static bool may_run(const struct viewer *viewer, const char *type)
{
	char question[MAILCAP_COMMAND + CONTENT_TYPE + 16];
	snprintf(question, sizeof question, "%s: run \"%s\"?", type,
		viewer->found.command);
	return ask(question);
}

static bool may_save(const struct job *job)
{
	char question[SAFE_NAME_ROOM + sizeof any_data + 16];
	if (strcmp(type_of(job->entity), any_data) != 0 || !ask_can(job->message->in))
		return true;
	snprintf(question, sizeof question, "%s: save %s?", any_data, job->name);
	return ask(question);
}

void keep_part(
	const struct keep *keep, struct multipart *message, const struct entity *entity)
{
	struct job job = {.keep = keep, .message = message, .entity = entity};
	struct viewer viewer;
	choose_name(entity, job.name);
	if (keep->acts) {
		job.lacks_viewer = !viewer_find(&viewer, type_of(entity));
		fflush(stdout);
	}
	if (keep->acts && !job.lacks_viewer && may_run(&viewer, type_of(entity)))
		run(&job, &viewer);
	else if (keep->folder != NULL && may_save(&job))
		save(&job);
	else
		offer(&job);
}

/* queue-entry: see queue-entry.h. */
#include "queue/queue-entry.h"
#include "smtp/outgoing.h"
#include "queue/queue.h"
#include "transcript/transcript.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_OCTETS 225 /* what is put before a name in tmp has room, too */

/*
 * When the entry of this name was born; 0 for what is no name of an entry. smtp-send's
 * report has the name in it, so it may have no blanks.
 */
static time_t born(const char *name)
{
	char *end;
	long long seconds;

	for (size_t i = 0; name[i] != '\0'; i++)
		if (i == NAME_OCTETS || !isgraph((unsigned char)name[i]))
			return 0;
	errno = 0;
	seconds = isdigit((unsigned char)name[0]) ? strtoll(name, &end, 10) : 0;
	return seconds > 0 && errno == 0 && *end == '.' ? (time_t)seconds : 0;
}

void queue_entry_damaged(const char *name, const char *why)
{
	char shown[TRANSCRIPT_TEXT];

	transcript_text(name, strlen(name), shown);
	shown[strlen(shown) - 2] = '\0'; /* the \c: a name has no line end */
	if (queue_rename(".", "new", name, "bad", name) == 0)
		warnx("%s: damaged, and now in bad: %s", shown, why);
	else
		warn("%s: damaged (%s), but not moved to bad", shown, why);
}

/* What is wrong with an envelope, NULL for nothing. */
static const char *wrong_with(const struct envelope *e)
{
	const char *domain = queue_domain(e->to[0]);

	for (size_t i = 0; i < e->count; i++)
		if (strcasecmp(queue_domain(e->to[i]), domain) != 0)
			return "its recipients are of several domains";
	return *domain == '\0' ? "a recipient without a domain" : NULL;
}

/* Opens the file, which may be no file at all: nothing waits for a FIFO's other end. */
static const char *open_file(struct queue_entry *e)
{
	char path[sizeof e->name + 4];
	struct stat s;
	int fd;

	snprintf(path, sizeof path, "new/%s", e->name);
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return "it cannot be opened";
	e->file = fstat(fd, &s) == 0 && S_ISREG(s.st_mode) ? fdopen(fd, "r") : NULL;
	if (e->file == NULL)
		close(fd);
	return e->file == NULL ? "it is not a file" : NULL;
}

enum queue_entry_found queue_entry_open(struct queue_entry *e, const char *name)
{
	const char *wrong;

	memset(e, 0, sizeof *e);
	e->born = born(name);
	if (e->born == 0) {
		queue_entry_damaged(name, "not the name of an entry");
		return ENTRY_DAMAGED;
	}
	snprintf(e->name, sizeof e->name, "%s", name);
	wrong = open_file(e);
	if (wrong != NULL && (errno == ENOENT || errno == EMFILE || errno == ENFILE ||
				     errno == ENOMEM)) {
		warn("%s", name);
		return ENTRY_LATER;
	}
	if (wrong == NULL && envelope_read(&e->envelope, e->file) < 0)
		wrong = "no envelope";
	else if (wrong == NULL)
		wrong = wrong_with(&e->envelope);
	if (wrong == NULL) {
		e->message = ftello(e->file);
		return ENTRY_GOOD;
	}
	queue_entry_close(e);
	queue_entry_damaged(name, wrong);
	return ENTRY_DAMAGED;
}

void queue_entry_close(struct queue_entry *e)
{
	if (e->file != NULL)
		fclose(e->file);
	e->file = NULL;
	envelope_free(&e->envelope);
}

bool queue_entry_is_whole(struct queue_entry *e)
{
	struct outgoing message;

	if (outgoing_open(&message, e->file) == 0 &&
		message.octets == e->envelope.octets &&
		fseeko(e->file, e->message, SEEK_SET) == 0)
		return true;
	queue_entry_damaged(
		e->name, "its message is not of the size that its envelope says");
	return false;
}

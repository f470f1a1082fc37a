/*
 * queue-entry: a file in new may be anything, because anybody may have put it there. A
 * file that is not an entry is moved to bad, where a person can look at it.
 */
#include "queue/queue-entry.h"
#include "queue/queue.h"
#include "smtp/outgoing.h"
#include "transcript/transcript.h"
#include "wire/durable.h"
#include "wire/log.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define FIRST_DAY 1577836800 /* 2020-01-01: no clock that was set is before it */

/*
 * Whether it is a name of an entry, which begins with the second of its birth. smtp-send's
 * report has the name in it, so it may have no blanks.
 */
static bool is_name(const char *name)
{
	for (size_t i = 0; name[i] != '\0'; i++)
		if (i == QUEUE_BOUNCE || !isgraph((unsigned char)name[i]))
			return false;
	return isdigit((unsigned char)name[0]) && name[strspn(name, "0123456789")] == '.';
}

bool queue_entry_is_dated(const char *name, time_t now)
{
	long long born = strtoll(name, NULL, 10); /* too large a number is the largest */

	return !is_name(name) ||
	       (born >= FIRST_DAY && born <= (long long)now + QUEUE_DAY);
}

static void put_aside(const char *queue, const char *name, const char *why)
{
	char shown[TRANSCRIPT_TEXT];

	transcript_text(name, strlen(name), shown);
	shown[strlen(shown) - 2] = '\0'; /* the \c: a name has no line end */
	if (queue_rename(queue, "new", name, "bad", name) == 0)
		log_say("%s: damaged, and now in bad: %s", shown, why);
	else
		log_error("%s: damaged (%s), but not moved to bad", shown, why);
}

/* Opens the file, which may be no file at all: nothing waits for a FIFO's other end. */
static const char *open_file(struct queue_entry *e)
{
	char path[PATH_MAX];
	struct stat s;
	int fd = -1;

	if (file_path(path, sizeof path, "%s/new/%s", e->queue, e->name) == 0)
		fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return "it cannot be opened";
	if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode))
		e->file = fdopen(fd, "r");
	if (e->file != NULL)
		return NULL;
	close(fd);
	return "it is not a file";
}

/* Whether an error says nothing of the entry: another time it may be opened, and read. */
static bool is_for_now(int reason)
{
	return reason == ENOENT || reason == EMFILE || reason == ENFILE ||
	       reason == ENOMEM || reason == EIO;
}

/* Reads the envelope. Returns what is wrong with it, NULL for nothing. */
static const char *read_envelope(struct queue_entry *e)
{
	const char *domain;

	if (envelope_read(&e->envelope, e->file) < 0)
		return "no envelope";
	if (e->envelope.from[0] != '\0' && strlen(e->name) > QUEUE_ENTRY)
		return "its name is too long for a bounce to have it in its own";
	domain = queue_domain(e->envelope.to[0]);
	for (size_t i = 0; i < e->envelope.count; i++)
		if (strcasecmp(queue_domain(e->envelope.to[i]), domain) != 0)
			return "its recipients are of several domains";
	return *domain == '\0' ? "a recipient without a domain" : NULL;
}

bool queue_entry_open(struct queue_entry *e, const char *queue, const char *name)
{
	const char *wrong = "not the name of an entry";

	*e = (struct queue_entry){.queue = queue, .name = name};
	errno = 0;
	if (is_name(name)) {
		e->born = (time_t)strtoll(name, NULL, 10);
		wrong = open_file(e);
	}
	if (wrong == NULL) {
		errno = 0;
		wrong = read_envelope(e);
	}
	if (wrong != NULL && is_for_now(errno)) {
		log_error("%s", name);
		queue_entry_close(e);
		return false;
	}
	if (wrong == NULL) {
		e->message = ftello(e->file);
		return true;
	}
	queue_entry_close(e);
	put_aside(queue, name, wrong);
	return false;
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

	if (outgoing_open(&message, e->file) < 0 ||
		fseeko(e->file, e->message, SEEK_SET) != 0) {
		log_error("%s", e->name);
		return false;
	}
	if (message.octets == e->envelope.octets)
		return true;
	put_aside(e->queue, e->name,
		"its message is not of the size that its envelope says");
	return false;
}

/* remains: see remains.h. */
#include "queue/remains.h"
#include "queue/queue-entry.h"
#include "queue/queue.h"

#include <ctype.h>
#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TOO_OLD (36 * 3600) /* seconds; as maildir(5) has it */

/*
 * Of a bounce's name, 1763775000.B2.ENTRY, the entry that it tells of and the recipients
 * which that had. NULL for what is no bounce.
 */
static const char *entry_of(const char *name, unsigned long *recipients)
{
	const char *at = name + strspn(name, "0123456789");
	char *end;

	if (at == name || strncmp(at, ".B", 2) != 0 || !isdigit((unsigned char)at[2]))
		return NULL;
	*recipients = strtoul(at + 2, &end, 10);
	return *end == '.' && end[1] != '\0' ? end + 1 : NULL;
}

/* Whether the entry still has so many recipients: then none of them was crossed off. */
static bool is_unsettled(const char *name, unsigned long recipients)
{
	char path[QUEUE_NAME + 8];
	struct queue_entry e;
	bool same;

	snprintf(path, sizeof path, "new/%s", name);
	if (access(path, F_OK) != 0 || queue_entry_open(&e, name) != ENTRY_GOOD)
		return false;
	same = e.envelope.count == recipients;
	queue_entry_close(&e);
	return same;
}

void remains_settle(void)
{
	DIR *folder = opendir("tmp");
	unsigned long recipients;
	struct dirent *file;
	struct stat s;

	while (folder != NULL && (file = readdir(folder)) != NULL) {
		const char *name = file->d_name, *entry = entry_of(name, &recipients);

		if (entry != NULL && is_unsettled(entry, recipients)) {
			queue_remove(".", "tmp", name);
		} else if (entry != NULL) {
			warnx("%s: a bounce that a crash held up", name);
			queue_rename(".", "tmp", name, "new", name);
		} else if (fstatat(dirfd(folder), name, &s, AT_SYMLINK_NOFOLLOW) == 0 &&
			   S_ISREG(s.st_mode) && s.st_mtime < time(NULL) - TOO_OLD) {
			queue_remove(".", "tmp", name);
		}
	}
	if (folder != NULL)
		closedir(folder);
	queue_flush(".");
}

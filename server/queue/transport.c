/* transport: see transport.h. */
#include "queue/transport.h"
#include "queue/queue.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child. What it inherits is the lock of the queue, and the log. */
static void run(const struct transport *r, int report)
{
	char paths[TRANSPORT_ENTRIES][QUEUE_NAME + 4];
	char *arguments[TRANSPORT_ENTRIES + 6] = {
		"smtp-send", "-q", "-n", (char *)r->terms->name, (char *)r->where};

	for (size_t i = 0; i < r->count; i++) {
		snprintf(paths[i], sizeof paths[i], "new/%s", r->names[i]);
		arguments[5 + i] = paths[i];
	}
	setpgid(0, 0); /* Ctrl-C is for mail-queue to hear */
	if (dup2(report, STDOUT_FILENO) >= 0)
		execvp(r->terms->smtp_send, arguments);
	warn("%s", r->terms->smtp_send);
	_exit(127);
}

int transport_begin(struct transport *r, const struct terms *t, const char *where,
	const char *const *names, size_t count)
{
	int ends[2];

	memset(r, 0, offsetof(struct transport, line));
	r->terms = t;
	r->where = where;
	r->count = count;
	memcpy(r->names, names, count * sizeof *names);
	if (pipe(ends) < 0)
		return -1;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	r->child = fork();
	if (r->child == 0)
		run(r, ends[1]);
	close(ends[1]);
	r->report = ends[0];
	if (r->child < 0)
		close(ends[0]);
	return r->child < 0 ? -1 : 0;
}

static void set_fate(struct fate *f, const char *code, const char *text)
{
	f->outcome = outcome_of(code);
	snprintf(f->code, sizeof f->code, "%s", code);
	snprintf(f->text, sizeof f->text, "%s", text);
}

/* Another entry is through: remembers when the queue has to be looked at for it. */
static void count_settled(struct transport *r, time_t next)
{
	if (next != 0 && (r->next == 0 || next < r->next))
		r->next = next;
	r->done++;
}

/* Settles the entry whose report is coming in, though some of it may be missing. */
static void settle_open(struct transport *r)
{
	for (size_t i = 0; i < r->entry.envelope.count; i++)
		if (r->fates[i].code[0] == '\0')
			set_fate(&r->fates[i], "---", "smtp-send did not say");
	count_settled(r, settle(r->terms, &r->entry, r->fates, r->where));
	free(r->fates);
	r->fates = NULL;
}

/* Settles all that come before entry i, of which smtp-send did not speak. */
static void pass_over(struct transport *r, size_t i)
{
	struct fate fate;

	set_fate(&fate, "---", "smtp-send did not send it");
	while (r->done < i)
		if (r->fates != NULL)
			settle_open(r);
		else
			count_settled(
				r, settle_alike(r->terms, r->names[r->done], &fate));
}

/* Opens the entry that a line speaks of. Returns whether it is to be had. */
static bool open_entry(struct transport *r)
{
	if (r->fates != NULL)
		return true;
	if (queue_entry_open(&r->entry, r->names[r->done]) == ENTRY_GOOD) {
		r->fates = calloc(r->entry.envelope.count, sizeof *r->fates);
		r->answered = 0;
		if (r->fates == NULL)
			queue_entry_close(&r->entry);
	}
	if (r->fates == NULL)
		r->done++;
	return r->fates != NULL;
}

/* What a line tells of a recipient, whose address has n octets, of the entry in hand. */
static void take_line(struct transport *r, const char *code, const char *recipient,
	size_t n, const char *text)
{
	struct queue_entry *e = &r->entry;
	size_t i = 0;

	if (!open_entry(r))
		return;
	while (i < e->envelope.count &&
		(r->fates[i].code[0] != '\0' || strlen(e->envelope.to[i]) != n ||
			strncmp(e->envelope.to[i], recipient, n) != 0))
		i++;
	if (i == e->envelope.count)
		return;
	set_fate(&r->fates[i], code, text);
	if (++r->answered == e->envelope.count)
		settle_open(r);
}

/* Whether the server was not even asked: then the entry is not through. */
static bool is_untried(const char *code, const char *text)
{
	return (code[0] == '-' || code[0] == '4') &&
	       strncmp(text, "not tried: ", 11) == 0;
}

/* CODE <recipient> new/NAME text: the names are known, so no recipient can forge one. */
static void hear_line(struct transport *r, char *line)
{
	char file[QUEUE_NAME + 8];
	const char *at, *text;

	if (strlen(line) < 5 || line[3] != ' ' || line[4] != '<')
		return;
	line[3] = '\0';
	for (size_t i = r->done; i < r->count; i++) {
		snprintf(file, sizeof file, "> new/%s ", r->names[i]);
		at = strstr(line + 5, file);
		if (at == NULL)
			continue;
		text = at + strlen(file);
		if (is_untried(line, text)) {
			set_fate(&r->untried, line, text);
		} else {
			pass_over(r, i);
			take_line(r, line, line + 5, (size_t)(at - line) - 5, text);
		}
		return;
	}
}

/* The report has ended. */
static void end(struct transport *r)
{
	int status;

	close(r->report);
	while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	if (r->fates != NULL)
		settle_open(r);
	if (r->untried.code[0] == '\0')
		set_fate(&r->untried, "---", "not tried: smtp-send did not come so far");
}

bool transport_hear(struct transport *r)
{
	char *line = r->line, *lf;
	ssize_t n = read(r->report, line + r->held, sizeof r->line - r->held);

	if (n < 0 && errno == EINTR)
		return true;
	if (n <= 0) {
		end(r);
		return false;
	}
	r->held += (size_t)n;
	while ((lf = memchr(line, '\n', r->held)) != NULL) {
		*lf = '\0';
		hear_line(r, line);
		r->held -= (size_t)(lf + 1 - line);
		line = lf + 1;
	}
	if (r->held == sizeof r->line)
		r->held = 0; /* no line of smtp-send's */
	memmove(r->line, line, r->held);
	return true;
}

/*
 * transport: smtp-send reports a line for each recipient, in the order of the entries:
 *
 *	250 <bob@hamburger.edu> queue/new/1763775000.M1P2Q3.crepes.fr,0 taken
 *
 * First comes how it is run, then how one line is read, then the report as a whole.
 */
#include "queue/transport.h"
#include "wire/durable.h"
#include "wire/log.h"
#include "wire/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* In the child. What it inherits is the lock of the queue, and the log. */
static void run(const struct transport *t, int report)
{
	const struct terms *terms = t->scheduler->terms;
	char paths[TRANSPORT_ENTRIES][PATH_MAX];
	char *arguments[TRANSPORT_ENTRIES + 6] = {
		"smtp-send", "-q", "-n", (char *)terms->name, (char *)t->to->where};
	const struct item *item = t->to->first;
	bool fit = true;

	for (size_t i = 0; i < t->left; i++) {
		fit = fit && file_path(paths[i], sizeof paths[i], "%s/new/%s",
				     terms->queue, item->name) == 0;
		arguments[5 + i] = paths[i];
		item = item->next;
	}
	setpgid(0, 0); /* Ctrl-C is for mail-queue to hear */
	if (fit && dup2(report, STDOUT_FILENO) >= 0)
		execvp(t->smtp_send, arguments);
	log_error("%s", t->smtp_send);
	_exit(127);
}

/*
 * Whether an entry can be sent: it is whole, and what comes of it can be written down. If
 * it cannot, *then is when the queue has to be looked at for it.
 */
static bool is_ready(struct transport *t, const struct item *item, time_t *then)
{
	static const struct fate no_room = {
		WAITS, "---", "not tried: no room to write down what comes of it"};
	static const struct fate unwritten = {WAITS, "---",
		"not tried: what came of it before was not written down yet"};
	const struct terms *terms = t->scheduler->terms;
	struct unwritten *u = &t->scheduler->unwritten;
	struct queue_entry e;
	bool whole, room;

	if (unwritten_has(u, item->name)) {
		*then = settle_untried(terms, u, item->name, &unwritten);
		return false;
	}
	whole = queue_entry_open(&e, terms->queue, item->name) &&
		queue_entry_is_whole(&e);
	room = whole && settle_prepare(&e) == 0;
	queue_entry_close(&e);
	*then = time(NULL) + (time_t)terms->retry;
	if (whole && !room)
		*then = settle_untried(terms, u, item->name, &no_room);
	return room;
}

/* Takes what can be sent from the head of the list. */
static void choose(struct transport *t)
{
	struct item **at = &t->to->first;
	time_t then;

	while (t->left < TRANSPORT_ENTRIES && *at != NULL) {
		if (is_ready(t, *at, &then)) {
			t->left++;
			at = &(*at)->next;
			continue;
		}
		scheduler_at(t->scheduler, then);
		scheduler_drop(t->scheduler, t->to, at);
	}
}

/* Runs smtp-send. Returns 0, or -1 with errno. */
static int start(struct transport *t)
{
	int ends[2];

	if (pipe(ends) < 0)
		return -1;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	t->child = fork();
	if (t->child == 0)
		run(t, ends[1]);
	close(ends[1]);
	if (t->child < 0) {
		close(ends[0]);
		return -1;
	}
	t->report = ends[0];
	return 0;
}

/*
 * The connection is over. Where nothing could be sent, nothing that waits for this host
 * is tried.
 */
static void end(struct transport *t, const struct fate *why)
{
	const struct item *item = t->to->first;

	for (size_t i = 0; i < t->left; i++) {
		settle_unsent(t->scheduler->terms->queue, item->name);
		item = item->next;
	}
	t->to->at = OPEN;
	if (!t->settled) {
		t->to->why = *why;
		t->to->at = CLOSED;
	}
	t->to = NULL;
}

void transport_begin(struct transport *t, struct scheduler *s, struct destination *to,
	const char *smtp_send)
{
	static const struct fate why = {
		WAITS, "---", "not tried: smtp-send could not be run"};

	memset(t, 0, offsetof(struct transport, line));
	t->to = to;
	t->scheduler = s;
	t->smtp_send = smtp_send;
	choose(t);
	if (t->left == 0) {
		t->to = NULL;
		return;
	}
	to->at = CONNECTED;
	if (start(t) < 0) {
		log_error("%s", smtp_send);
		end(t, &why);
	}
}

static void set_fate(struct fate *f, const char *code, const char *text)
{
	f->outcome = outcome_of(code);
	snprintf(f->code, sizeof f->code, "%s", code);
	if (code[0] == '-')
		snprintf(f->text, sizeof f->text, "%s", text);
	else
		snprintf(f->text, sizeof f->text, "%s %s", code, text);
}

/* The first is settled: the queue has to be looked at for it then, and the next comes. */
static void count_settled(struct transport *t, time_t then)
{
	scheduler_at(t->scheduler, then);
	scheduler_drop(t->scheduler, t->to, &t->to->first);
	t->settled = true;
	t->left--;
}

/* Settles the entry whose report is coming in, though some of it may be missing. */
static void settle_open(struct transport *t)
{
	struct scheduler *s = t->scheduler;
	time_t then = settle(s->terms, &s->unwritten, &t->entry, t->fates, t->to->where);

	queue_entry_close(&t->entry);
	free(t->fates);
	t->fates = NULL;
	count_settled(t, then);
}

/* Opens the first, of which nothing was reported yet. Returns whether it is to be had. */
static bool open_entry(struct transport *t)
{
	const struct terms *terms = t->scheduler->terms;
	const char *name = t->to->first->name;
	size_t count;

	if (t->fates != NULL)
		return true;
	if (queue_entry_open(&t->entry, terms->queue, name)) {
		count = t->entry.envelope.count;
		t->answered = 0;
		t->fates = calloc(count, sizeof *t->fates);
		for (size_t i = 0; t->fates != NULL && i < count; i++)
			set_fate(&t->fates[i], "---", "smtp-send did not say");
		if (t->fates != NULL)
			return true;
		queue_entry_close(&t->entry);
	}
	count_settled(t, time(NULL) + (time_t)terms->retry);
	return false;
}

/* Settles the first n, of which smtp-send has said all that it will. */
static void pass_over(struct transport *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (open_entry(t))
			settle_open(t);
}

/* What a line tells of a recipient, whose address has n octets, of the open entry. */
static void take_reply(struct transport *t, const char *code, const char *recipient,
	size_t n, const char *text)
{
	const struct envelope *e = &t->entry.envelope;
	size_t i = 0;

	while (i < e->count && (t->fates[i].code[0] != '-' || strlen(e->to[i]) != n ||
				       strncmp(e->to[i], recipient, n) != 0))
		i++;
	if (i == e->count)
		return;
	set_fate(&t->fates[i], code, text);
	t->answered++;
	if (t->answered == e->count)
		settle_open(t);
}

/* Whether the server was not even asked: then the entry is not through. */
static bool is_untried(const char *code, const char *text)
{
	return (code[0] == '-' || code[0] == '4') &&
	       strncmp(text, "not tried: ", 11) == 0;
}

/*
 * CODE <recipient> FILE text: how many entries that are not settled yet come before the
 * one of which it speaks, and where "> FILE " is in it, n octets. These names are known,
 * so no recipient can forge one.
 */
static const char *find_file(
	const struct transport *t, const char *line, size_t *before, size_t *n)
{
	const struct item *item = t->to->first;

	for (size_t i = 0; i < t->left; i++) {
		char path[PATH_MAX], shown[PATH_MAX], file[PATH_MAX + 4];
		const char *at;

		snprintf(path, sizeof path, "%s/new/%s", t->scheduler->terms->queue,
			item->name);
		snprintf(file, sizeof file, "> %s ",
			utf8_harmless(path, shown, sizeof shown));
		at = strstr(line, file);
		if (at != NULL) {
			*before = i;
			*n = strlen(file);
			return at;
		}
		item = item->next;
	}
	return NULL;
}

static void hear_line(struct transport *t, char *line)
{
	const char *code = line, *recipient = line + 5, *file, *text;
	size_t before, n;

	if (strlen(line) < 5 || line[3] != ' ' || line[4] != '<')
		return;
	line[3] = '\0';
	file = find_file(t, recipient, &before, &n);
	if (file == NULL)
		return;
	text = file + n;
	if (is_untried(code, text)) {
		set_fate(&t->untried, code, text);
		return;
	}
	pass_over(t, before);
	if (open_entry(t))
		take_reply(t, code, recipient, (size_t)(file - recipient), text);
}

/* The report has ended. */
static void end_report(struct transport *t)
{
	pid_t ended;

	close(t->report);
	do
		ended = waitpid(t->child, NULL, 0);
	while (ended < 0 && errno == EINTR);
	if (t->fates != NULL)
		settle_open(t);
	if (t->untried.code[0] == '\0')
		set_fate(&t->untried, "---", "not tried: smtp-send did not come so far");
	end(t, &t->untried);
}

void transport_hear(struct transport *t)
{
	ssize_t n = read(t->report, t->line + t->held, sizeof t->line - t->held);
	char *line = t->line, *lf;

	if (n < 0 && errno == EINTR)
		return;
	if (n <= 0) {
		end_report(t);
		return;
	}
	t->held += (size_t)n;
	lf = memchr(line, '\n', t->held);
	while (lf != NULL) {
		*lf = '\0';
		hear_line(t, line);
		t->held -= (size_t)(lf + 1 - line);
		line = lf + 1;
		lf = memchr(line, '\n', t->held);
	}
	if (t->held == sizeof t->line)
		t->held = 0; /* no line of smtp-send's */
	memmove(t->line, line, t->held);
}

void transport_stop(const struct transport *t)
{
	if (t->to != NULL)
		kill(t->child, SIGTERM);
}

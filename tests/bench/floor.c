/*
 * floor: the least that a mail host has to do for a message that it must not lose, for
 * make bench: a file is created, written, flushed to disk, renamed, and its folder is
 * flushed (articles: A2). No server on the same disk can be faster than this.
 *
 *	$ mkdir -p box/tmp box/new && floor 1000 20 4096 box	files, at once, octets
 */
#include <err.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

enum { SPAN = 32768, THREADS = 1000, STACK = 262144 };

/* What all have in common. */
struct work {
	long files, octets; /* of each thread, of each file */
	const char *box;
};

/* One of those who work at once. */
struct worker {
	const struct work *work;
	pthread_t thread;
	int number;
};

static void write_file(int fd, long left)
{
	static const char span[SPAN];

	while (left > 0) {
		ssize_t n = write(fd, span, left < SPAN ? (size_t)left : SPAN);

		if (n < 0)
			err(EX_IOERR, "write");
		left -= n;
	}
}

static void deliver(const struct work *work, int number, long file)
{
	char from[PATH_MAX], to[PATH_MAX];
	int fd;

	snprintf(from, sizeof from, "%s/tmp/%d.%ld", work->box, number, file);
	snprintf(to, sizeof to, "%s/new/%d.%ld", work->box, number, file);
	fd = open(from, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		err(EX_IOERR, "%s", from);
	write_file(fd, work->octets);
	if (fsync(fd) != 0 || close(fd) != 0 || rename(from, to) != 0)
		err(EX_IOERR, "%s", to);
	snprintf(to, sizeof to, "%s/new", work->box);
	fd = open(to, O_RDONLY);
	if (fd < 0 || fsync(fd) != 0 || close(fd) != 0)
		err(EX_IOERR, "%s", to);
}

static void *deliver_all(void *argument)
{
	const struct worker *w = argument;

	for (long file = 0; file < w->work->files; file++)
		deliver(w->work, w->number, file);
	return NULL;
}

int main(int argc, char **argv)
{
	static struct worker workers[THREADS];
	struct work work;
	pthread_attr_t small;
	int threads = argc == 5 ? (int)strtol(argv[2], NULL, 10) : 0;

	if (threads < 1 || threads > THREADS) {
		fputs("usage: floor FILES THREADS OCTETS BOX\n", stderr);
		return EX_USAGE;
	}
	work = (struct work){
		strtol(argv[1], NULL, 10) / threads, strtol(argv[3], NULL, 10), argv[4]};
	pthread_attr_init(&small);
	pthread_attr_setstacksize(&small, STACK);
	for (int i = 0; i < threads; i++) {
		workers[i] = (struct worker){.work = &work, .number = i};
		if (pthread_create(
			    &workers[i].thread, &small, deliver_all, &workers[i]) != 0)
			errx(EX_OSERR, "no thread");
	}
	for (int i = 0; i < threads; i++)
		pthread_join(workers[i].thread, NULL);
	return EX_OK;
}

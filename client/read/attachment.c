/*
 * attachment: a part for a program, not for the eye: Word is started on
 * application/msword, and application/octet-stream is offered for saving, because only
 * Bob can know what it is (articles: B13, B14; RFC 2046, 4.5.1; RFC 1524; RFC 2183, 5).
 * Begin at the end, with attachment_take.
 *
 *     echo 'application/msword; wc -c %s' >build/mailcap
 *     MAILCAPS=build/mailcap \
 *             build/mime-decode -a lessons/09-content-types/application-msword.eml
 */
#include "read/attachment.h"

#include "message/media-type.h"
#include "read/decode-part.h"
#include "read/entity-line.h"
#include "read/mailcap.h"
#include "read/safe-file.h"
#include "wire/utf8.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static const char any_data[] = "application/octet-stream";

/* The present part. */
struct attachment {
	const struct attachment_options *options;
	struct multipart *message;
	const struct entity *entity;
	const char *type;	   /* what it is treated as */
	char name[SAFE_NAME_ROOM]; /* what to call it */
	bool lacks_viewer;	   /* mailcap names no command for it */
	struct mailcap viewer;	   /* else that, for the copy in folder */
	char folder[MAILCAP_FOLDER];
};

/*
 * A yes or a no of the person at the terminal, before something is done that a stranger's
 * message asks for. The answer is never read from standard input, which may be the
 * message.
 */

static const char terminal_path[] = "/dev/tty";

bool attachment_can_ask(FILE *in)
{
	if (isatty(fileno(in)))
		return false;
	if (!isatty(STDOUT_FILENO) && !isatty(STDERR_FILENO))
		return false;
	int terminal = open(terminal_path, O_RDWR | O_NOCTTY);
	if (terminal < 0)
		return false;
	close(terminal);
	return true;
}

/* `y` or `yes`, in any case, with blanks around it. A `y` without Enter is no answer. */
static bool is_yes(const char *line)
{
	char word[8], more;

	return strchr(line, '\n') != NULL && sscanf(line, "%7s %c", word, &more) == 1 &&
	       (strcasecmp(word, "y") == 0 || strcasecmp(word, "yes") == 0);
}

static bool ask(const char *question)
{
	char line[64];
	FILE *terminal = fopen(terminal_path, "r+");

	if (terminal == NULL)
		return false;
	fflush(stdout);
	/* A part shown before may have made the terminal itself type an answer. */
	tcflush(fileno(terminal), TCIFLUSH);
	utf8_show_line(terminal, question, strlen(question));
	fputs(" [y/N] ", terminal);
	ssize_t length = -1;
	if (fflush(terminal) == 0)
		length = read(fileno(terminal), line, sizeof line - 1);
	if (length <= 0)
		fputc('\n', terminal); /* no Enter has ended the line on the screen */
	fclose(terminal);
	line[length > 0 ? length : 0] = '\0';
	return is_yes(line);
}

static bool may_run(const struct attachment *part)
{
	char question[MAILCAP_COMMAND + CONTENT_TYPE + 16];

	snprintf(question, sizeof question, "%s: run \"%s\"?", part->type,
		part->viewer.command);
	return ask(question);
}

static bool may_save(const struct attachment *part)
{
	char question[SAFE_NAME_ROOM + sizeof any_data + 16];

	if (strcmp(part->type, any_data) != 0 || !attachment_can_ask(part->message->in))
		return true;
	snprintf(question, sizeof question, "%s: save %s?", any_data, part->name);
	return ask(question);
}

/*
 * What is said goes to standard output at once, even for a part of an alternative whose
 * text is not chosen yet: no choice can take the file back.
 */
static void say(const struct attachment *part)
{
	entity_say(stdout, part->entity, NULL);
	if (part->entity->is_too_deep)
		fputs(", too deep: not taken apart", stdout);
	if (part->lacks_viewer)
		fputs(", not in mailcap", stdout);
}

/* Decodes the part to a file, or to NULL. False, with errno, where that failed. */
static bool read_part(const struct attachment *part, FILE *to, uintmax_t *octets)
{
	struct part_decoder decoder;

	part_decoder_start(&decoder, &part->entity->content, false, to);
	bool was_written = decode_part(&decoder, part->message);
	*octets = decoder.octets;
	if (part->message->why != 0)
		errno = part->message->why;
	return was_written && part->message->why == 0;
}

/* What failed: the message, or the place where the part is written. */
static const char *failed(const struct attachment *part, const char *place)
{
	return part->message->why != 0 ? part->options->source : place;
}

static void save(const struct attachment *part)
{
	const char *folder = part->options->folder;
	struct safe_file file;
	uintmax_t octets;

	safe_file_open(&file, folder);
	if (!read_part(part, file.stream, &octets)) {
		warn("%s", failed(part, folder));
		safe_file_drop(&file);
		exit(EX_IOERR);
	}
	safe_file_close(&file, part->name);
	say(part);
	printf(": saved %s, %ju bytes\n", file.name, octets);
}

static void offer(const struct attachment *part)
{
	uintmax_t octets;

	read_part(part, NULL, &octets);
	say(part);
	printf(": %s, %ju bytes, not %s\n", part->name, octets,
		part->options->folder == NULL ? "shown: -o DIR saves it" : "saved");
}

/*
 * A part that another program shows, on a copy that is the person's alone: in a folder
 * that nobody else may enter, under a name in which nothing comes from the message. It is
 * gone once the command has ended, also where that has only handed it to a program that
 * still runs: such commands (xdg-open) need an option that makes them wait. What the
 * command has put beside it stays, and the folder with it.
 */

static const char *temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");
	bool is_fit = folder != NULL && folder[0] == '/' && mailcap_is_plain(folder) &&
		      strlen(folder) < MAILCAP_FOLDER / 2;

	return is_fit ? folder : "/tmp";
}

/*
 * The name is only chosen here, so that a no, or Ctrl-C at the question, has nothing to
 * remove. Guessing the name is useless: a folder that exists is never used.
 */
static void find_viewer(struct attachment *part)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	snprintf(part->folder, sizeof part->folder, "%s/mail-%jd-%09ld",
		temporary_folder(), (intmax_t)getpid(), now.tv_nsec);
	part->lacks_viewer = !mailcap_find(&part->viewer, part->type, part->folder);
}

/* The signals that would end us wait until the copy is removed. */
static void hold_signals(sigset_t *before)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGHUP);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGTERM);
	sigprocmask(SIG_BLOCK, &held, before);
}

/* A signal that came meanwhile was meant for the command. */
static void forget_signal(int number)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;

	sigaction(number, &ignore, &before); /* what waits is gone */
	sigaction(number, &before, NULL);
}

/* Writes the part to path. False, with errno, where that failed. */
static bool copy_part(const struct attachment *part, const char *path, uintmax_t *octets)
{
	int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	FILE *copy = descriptor < 0 ? NULL : fdopen(descriptor, "wb");

	if (copy == NULL)
		return false;
	bool is_whole = read_part(part, copy, octets);
	int why = errno;
	if (fclose(copy) != 0)
		return false;
	errno = why;
	return is_whole;
}

/* As system(3), but with a standard input, and the signals that we had before. */
static int run_command(const struct mailcap *viewer, const sigset_t *before)
{
	int status;
	const char *input = viewer->has_path ? terminal_path : viewer->path;
	pid_t child = fork();

	if (child < 0)
		return -1;
	if (child == 0) {
		int descriptor = open(input, O_RDONLY | O_CLOEXEC);

		sigprocmask(SIG_SETMASK, before, NULL);
		if (dup2(descriptor, STDIN_FILENO) >= 0)
			execl("/bin/sh", "sh", "-c", viewer->command, (char *)NULL);
		_exit(127); /* as a shell does that finds no such command */
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Runs the command that mailcap names on the copy, which was agreed to. */
static void run(const struct attachment *part)
{
	const struct mailcap *viewer = &part->viewer;
	uintmax_t octets;
	sigset_t before;
	int status = -1;

	hold_signals(&before);
	if (mkdir(part->folder, 0700) != 0)
		err(EX_IOERR, "%s", part->folder);
	fflush(stdout);
	if (copy_part(part, viewer->path, &octets))
		status = run_command(viewer, &before);
	if (status < 0)
		warn("%s", failed(part, viewer->path));
	forget_signal(SIGINT);
	forget_signal(SIGQUIT);
	unlink(viewer->path);
	rmdir(part->folder);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (status < 0)
		exit(EX_IOERR);
	say(part);
	fputs(": ran \"", stdout);
	utf8_show_line(stdout, viewer->command, strlen(viewer->command));
	printf("\", %ju bytes", octets);
	if (status > 0)
		printf(", which ended with status %d", status);
	putchar('\n');
}

static void choose_name(struct attachment *part)
{
	char otherwise[SAFE_NAME_ROOM];

	snprintf(otherwise, sizeof otherwise, "part-%.100s.%s", part->entity->number,
		media_type_suffix(part->type));
	safe_file_name(part->entity->content.name, otherwise, part->name);
}

void attachment_take(const struct attachment_options *options, struct multipart *message,
	const struct entity *entity)
{
	struct attachment part = {options, message, entity, .type = any_data};

	if (entity->content.transfer != TRANSFER_UNKNOWN)
		part.type = entity->content.type;
	choose_name(&part);
	if (options->acts) {
		find_viewer(&part);
		fflush(stdout);
	}
	if (options->acts && !part.lacks_viewer && may_run(&part))
		run(&part);
	else if (options->folder != NULL && may_save(&part))
		save(&part);
	else
		offer(&part);
}

/*
 * run: tries a student's program once: in a conversation, as a filter, or by rows.
 */
#ifndef RUN_H
#define RUN_H

#include "classroom/compile.h"
#include "transcript/comparison.h"
#include "transcript/player.h"

/* For the sanitizers, in each program that is tried. */
#define RUN_ASAN                                                                         \
	"detect_leaks=0:mmap_limit_mb=1000:handle_abort=1:handle_sigfpe=1:"              \
	"handle_sigill=1"
#define RUN_UBSAN "print_stacktrace=1"

enum verdict {
	HOLDS,
	ROW_DIFFERS,
	DIFFERS,     /* the conversation does */
	OUTPUT,	     /* it printed something wrong */
	ENDED_BADLY, /* its exit status is not 0 */
	LEFT,	     /* it left something wrong on disk */
	CRASHED,
	TIME_OVER,
	TOO_MUCH, /* it wrote too much */
	DID_NOTHING
};

#define PIECE_WHOLE    0    /* else the octets of a piece */
#define PIECE_TOGETHER (-1) /* all lines of the client come at once */

/* Set the first part. The rest begins with all zero, and then says what happened. */
struct run {
	const struct tools *tools;
	const struct exercise *exercise;
	const struct exercise_case *of;
	char *folder; /* made for this run alone */
	int piece;

	enum verdict verdict;
	int status; /* as waitpid has it */
	bool over,
		stuck; /* it had to be ended; it ran on though its conversation was over */
	struct player *player; /* of a conversation */
	char *said, *told;     /* by the player */
	size_t said_size, told_size;
	char *words,
		moment[MOMENT]; /* of the line that departs from the script, and when */
	char *printed, *errors; /* on standard output and standard error */
	char *expected,
		*left; /* what it should have printed, or left on disk; what it left */
	size_t printed_size, expected_size, left_size;
	const struct exercise_row *row; /* the one that differs */
	char cut[16], *answer, *code;	/* the cut, the answer, the call to paste */
};

void run_conversation(struct run *r); /* or the filter */
void run_rows(struct run *r);

/* Sets code: the call of the row that differs, as it is written in C. */
void run_show_code(struct run *r);

/* The sizes of pieces to try, whole first; returns how many. */
size_t run_pieces(const struct exercise *e, const struct exercise_case *c, int *pieces);

void run_free(struct run *r);

/*
 * For run, run-dialogue and run-rows. run_start gives the program descriptors of ours
 * and closes them here; run_end waits for it, and takes what it wrote.
 */
#define RUN_GRACE 2000 /* milliseconds in which it must end after its conversation */

struct run_child {
	pid_t group;
	int in, out, errors, fourth; /* -1: none */
};

int run_open_file(const struct run *r, const char *name);
int run_open_nothing(void);
void run_start(struct run *r, struct run_child *c, const char *path, const char *words);
bool run_has_ended(pid_t group);
void run_end(struct run *r, struct run_child *c);

/* The words of run:, with those of the case. */
char *run_words(const struct exercise *e, const struct exercise_case *c);

/* Whether confine, in the box, has ended it because its time was over. */
bool run_ended_by_box(const struct run *r);

/* The verdict by the way the program ended, which counts first. */
enum verdict run_verdict(struct run *r);

void run_call(struct run *r);	/* the program is the server */
void run_answer(struct run *r); /* it is the client */

#endif

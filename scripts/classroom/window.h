/*
 * window: a shell of a lesson, in a session of its own. Its keyboard is a pseudo-terminal, so
 * Ctrl-C is for what runs there; its screen is a pipe, so programs print there what they print
 * for everybody, without columns and colours.
 */
#ifndef WINDOW_H
#define WINDOW_H

#include <stdbool.h>
#include <sys/types.h>

#define WINDOWS 16
/* What a window consists of: our ends, and its own. */
enum { KEYBOARD, TERMINAL, SCREEN, SCREEN_IN, NEWS, NEWS_IN, COMMANDS, ENDS };

struct window {
	const char *name;
	int fd[ENDS];	 /* NEWS is -1 once nothing that was started there is left */
	pid_t shell;	 /* also the process group of what runs there */
	bool runs, gone; /* a command; the shell */
	bool full;	 /* more appears than should be read */
	long long again; /* when to press Ctrl-C once more, if something runs; or 0 */
	char *out;	 /* what has appeared: */
	size_t size, compared, shown; /* octets in all; how many were compared, shown */
};

struct windows {
	struct window of[WINDOWS + 1];
	size_t count;
	char *work, *begin; /* a folder; what a shell does first, in its folder lesson */
	int signal;	    /* can be read once a signal has come (stop_any_signal) */
};

/* The window of that name, which is kept; a new one where there is none. */
struct window *window_open(struct windows *ws, const char *name);

/* Has the shell run a command; or types octets, for the program that runs there. */
void window_send(struct window *w, const char *octets, bool is_command);

/*
 * Waits for something to happen in a window, so many milliseconds, or until fd can be read:
 * then it returns true. A signal that ends programs has it exit with 128 and that.
 */
bool windows_wait(struct windows *ws, int fd, long long milliseconds);

/* What still runs there though no command does, or NULL. To be called last. */
char *window_left(struct windows *ws, struct window *w);

/* Ends all that runs in the windows. */
void windows_close(struct windows *ws);

#endif

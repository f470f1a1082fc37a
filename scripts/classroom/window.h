/*
 * window: a shell of a lesson, in a session of its own. Its keyboard is a
 * pseudo-terminal, so that Ctrl-C reaches the program that runs there. Its screen is a
 * pipe, so that programs print without columns and colours.
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
	int fd[ENDS];	 /* NEWS is -1 once everything that was started there has ended */
	pid_t shell;	 /* also the process group of what runs there */
	bool runs, gone; /* a command runs; the shell is gone */
	bool full;	 /* too much has appeared */
	long long again; /* when to press Ctrl-C again, if something runs; or 0 */
	char *out;	 /* what has appeared: */
	size_t size, compared,
		shown; /* its octets; how many were compared; how many were shown */
};

struct windows {
	struct window of[WINDOWS + 1];
	size_t count;
	char *work,
		*begin; /* a folder; the first commands of a shell, in its folder lesson */
	int signal;	/* readable once a signal has come (stop_any_signal) */
};

/* The window of that name; opens it if it does not exist. name must last. */
struct window *window_open(struct windows *ws, const char *name);

/* Gives the shell a command, or types octets for the program that runs there. */
void window_send(struct window *w, const char *octets, bool is_command);

/*
 * Waits so many milliseconds for something to happen in a window, or until fd can be
 * read: then it returns true. After a signal that ends programs it exits with 128 plus
 * the number of the signal.
 */
bool windows_wait(struct windows *ws, int fd, long long milliseconds);

/* What still runs there after the last command, or NULL. To be called last. */
char *window_left(struct windows *ws, struct window *w);

/* Ends all that runs in the windows. */
void windows_close(struct windows *ws);

#endif

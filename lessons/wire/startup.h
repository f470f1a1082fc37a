/*
 * startup: a program that writes files begins on safe ground.
 */
#ifndef STARTUP_H
#define STARTUP_H

/*
 * To be called first. Whoever starts a program may have closed its standard input or
 * output (`program >&-`), and the next file or connection that is opened would take that
 * place: what is said would be written into it. So the places are taken here, by what
 * can neither be read from nor written to, and the program meets an error where it uses
 * them. A file that may grow no more (ulimit -f) is an error too, not the program's end.
 * And the time zone is read, while there is only one thread to read it.
 */
void startup(void);

#endif

/*
 * startup: a program begins on safe ground, whoever started it.
 */
#ifndef STARTUP_H
#define STARTUP_H

/*
 * To be called first by a program that writes files or opens connections. Whoever starts
 * it may have closed its standard input or output (`program >&-`), and the next file or
 * connection that is opened would take that place: what is said would be written into it.
 * So the places are taken here, by what can neither be read from nor written to, and the
 * program meets an error where it uses them. A file that may grow no more (ulimit -f) is
 * an error too, not the program's end. And the time zone is read, while there is only one
 * thread to read it.
 */
void startup(void);

/*
 * Lets the program open so many descriptors, or as many as it may. Returns how many that
 * are.
 */
unsigned long startup_descriptors(unsigned long wanted);

#endif

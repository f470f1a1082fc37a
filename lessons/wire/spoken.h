/*
 * spoken: what the course says to a student in her own language. MAIL_LAB_WORDS names a
 * file of lines: the English, a tab, the same in that language; in both \n, \t, \" and \\
 * are written as in C. Without such a file, and for a line that it lacks, it is English.
 */
#ifndef SPOKEN_H
#define SPOKEN_H

#ifdef __GNUC__
#define SPOKEN_FORMAT __attribute__((format_arg(1)))
#else
#define SPOKEN_FORMAT
#endif

/*
 * The same as english, which may be a format of printf(3): the file has the same
 * conversions, in the same order or numbered (%2$s). Returns english itself or a text that
 * stays. Threads may call it.
 */
const char *spoken(const char *english) SPOKEN_FORMAT;

/* Marks a text of a table, which is given to spoken later. */
#define SPOKEN(english) english

/*
 * The texts of that language have it in their names: README.zh.md, where the file is
 * words.zh. Returns ".zh", or "" for English.
 */
const char *spoken_suffix(void);

#endif

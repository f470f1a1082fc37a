/*
 * places: where the programs and the scripts are, in a clone, in a handout, and installed.
 */
#ifndef PLACES_H
#define PLACES_H

/* In which folder a program is, by its path, or on PATH; NULL where there is none. */
char *places_folder_of(const char *program);

/*
 * Tells what is run from here on: MAIL_LAB_BUILD of the environment is the folder of the
 * programs, the own one of self (argv[0]) if nobody has set it, and MAIL_LAB_SCRIPTS that of
 * the scripts. Where these are not there, the program ends with EX_UNAVAILABLE.
 */
void places_tell(const char *self);

#endif

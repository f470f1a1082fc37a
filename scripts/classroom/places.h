/*
 * places: where the programs and the scripts are, in a clone, in a handout, and installed.
 */
#ifndef PLACES_H
#define PLACES_H

/* The folder of a program, by its path or in PATH; or NULL. */
char *places_folder_of(const char *program);

/*
 * Sets two variables of the environment for the programs that are run from here on.
 * MAIL_LAB_BUILD is the folder of the programs: unless it is set already, the folder of
 * self (argv[0]). MAIL_LAB_SCRIPTS is the folder of the scripts. If these folders do
 * not exist, the program ends with EX_UNAVAILABLE.
 */
void places_tell(const char *self);

#endif

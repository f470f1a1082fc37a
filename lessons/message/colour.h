/*
 * colour: pictures where people look, plain text where programs read.
 */
#ifndef COLOUR_H
#define COLOUR_H

#include <stdbool.h>

/*
 * Whether standard output is a terminal that can show colours, and its user has not
 * asked for none (NO_COLOR in the environment).
 */
bool colour_wanted(void);

#endif

/*
 * debugger: the command that runs a case again in a debugger, with lab try, which has built the
 * student's own program.
 */
#ifndef DEBUGGER_H
#define DEBUGGER_H

#include "classroom/run.h"

/* Lines to be typed, of a run that does not hold; lab: how lab is called here. */
char *debugger_command(const struct run *r, const char *lab);

#endif

/*
 * debugger: the command that runs a failed case again in a debugger, with lab try,
 * which builds the student's own program.
 */
#ifndef DEBUGGER_H
#define DEBUGGER_H

#include "classroom/run.h"

/* The lines to type after a failed run; lab: how lab is called here. */
char *debugger_command(const struct run *r, const char *lab);

#endif

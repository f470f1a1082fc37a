/* colour: see colour.h. */
#include "message/colour.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool colour_wanted(void)
{
	const char *none = getenv("NO_COLOR"), *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && (none == NULL || none[0] == '\0') &&
	       terminal != NULL && terminal[0] != '\0' && strcmp(terminal, "dumb") != 0;
}

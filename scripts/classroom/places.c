/* places: what is beside a program, or where a clone has it. */
#include "classroom/places.h"
#include "classroom/work.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

char *places_folder_of(const char *program)
{
	size_t n = strcspn(program, " ");
	const char *slash = memchr(program, '/', n);
	char *path = work_text("%s", getenv("PATH")), *folder;

	if (slash != NULL)
		return work_text("%.*s", (int)(strrchr(program, '/') - program), program);
	while ((folder = work_word(&path, ':')) != NULL)
		if (access(work_text("%s/%.*s", folder, (int)n, program), X_OK) == 0)
			return folder;
	return NULL;
}

void places_tell(const char *self)
{
	static const char *const beside[] = {".", "../scripts", "../../scripts"};
	char *own = work_path(places_folder_of(self)), *build = getenv("MAIL_LAB_BUILD");
	char *scripts = NULL;

	build = build != NULL ? work_path(build) : own;
	for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
		char *path = work_text("%s/%s/classroom", own, beside[i]);

		if (scripts == NULL && access(path, X_OK) == 0)
			scripts = work_path(work_text("%s/%s", own, beside[i]));
	}
	if (build == NULL || scripts == NULL ||
		access(work_text("%s/talk", build), X_OK) != 0)
		errx(EX_UNAVAILABLE, "the programs are not built: make builds them");
	setenv("MAIL_LAB_BUILD", build, 1);
	setenv("MAIL_LAB_SCRIPTS", scripts, 1);
}

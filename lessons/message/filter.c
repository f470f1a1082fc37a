/*
 * filter: the arguments, the file and the errors of a filter. Read it after client/b64.c
 * and client/qp.c, which differ in their encoding alone.
 */
#include "message/filter.h"

#include <err.h>
#include <sysexits.h>
#include <unistd.h>

int filter_main(int argc, char **argv, const char *usage, filter_work *encode,
	filter_work *decode)
{
	filter_work *work = encode;
	const char *name = "standard input";
	FILE *in = stdin;
	int option;

	while ((option = getopt(argc, argv, "dh")) != -1) {
		if (option == 'h') {
			fputs(usage, stdout);
			return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
		}
		if (option != 'd') {
			fputs(usage, stderr);
			return EX_USAGE;
		}
		work = decode;
	}
	if (argc - optind > 1) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	if (optind < argc) {
		name = argv[optind];
		in = fopen(name, "rb");
	}
	if (in == NULL)
		err(EX_NOINPUT, "%s", name);
	work(in);
	if (ferror(in))
		err(EX_IOERR, "%s", name);
	if (ferror(stdout) || fclose(stdout) != 0)
		err(EX_IOERR, "standard output");
	return EX_OK;
}

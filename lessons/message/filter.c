/*
 * filter: the arguments, the file and the errors of a filter. Read it after
 * client/b64.c and client/qp.c, which differ only in their encoding.
 */
#include "message/filter.h"
#include "wire/program.h"

#include <err.h>
#include <sysexits.h>
#include <unistd.h>

int filter_main(int argc, char **argv, const char *usage, filter_work *encode,
	filter_work *decode)
{
	filter_work *work = encode;
	const char *name = "standard input";
	FILE *in = stdin;

	program_begin();
	while (program_option(argc, argv, "dh", usage) == 'd')
		work = decode;
	if (argc - optind > 1)
		program_usage(usage);
	if (optind < argc) {
		name = argv[optind];
		in = fopen(name, "rb");
	}
	if (in == NULL)
		err(EX_NOINPUT, "%s", name);
	work(in);
	if (ferror(in))
		err(EX_IOERR, "%s", name);
	return program_end(EX_OK);
}

/*
 * compile: the compiler, its options and the sanitizers are those that make has used; they are
 * in build/compiler. Begin at compile. What the compiler prints goes to files.
 */
#include "classroom/compile.h"
#include "classroom/places.h"
#include "classroom/watch.h"

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#define TIME	  60000 /* milliseconds for the compiler */
#define KILOBYTES 50000 /* for a file of it */
#define MEMORY	  4000	/* megabytes */
#define SANITIZE  "-fsanitize=address,undefined -fno-sanitize-recover=all"
#ifdef __APPLE__
#define LIBRARIES " -liconv"
#else
#define LIBRARIES ""
#endif

/* What build/compiler says, and the file that is compiled. */
struct compiler {
	struct tools *tools;
	const struct exercise *exercise;
	char *folder;
	const char *cc, *sanitize, *standard, *pattern;
	const char *built_with; /* the sanitizers of what make has built, or "" */
	const char *object;	/* in the folder */
	const char *mapped;	/* an option that may have blanks, or NULL */
};

void compile_box(struct work_command *c, const struct tools *t, const char *root,
	struct program *p)
{
	if (t->box == NULL)
		return;
	p->apart = true;
	work_add(c, work_text("%s/confine", t->build));
	work_add(c, "-b");
	work_add(c, work_text("%s/%s", t->box, root));
	work_add_all(c, work_text("-t %d -f %lu -p %lu", p->limits.milliseconds / 1000,
				p->limits.kilobytes, t->processes));
}

/* Starts the compiler with these words; what it says goes to the file of that name. */
static pid_t start(struct compiler *k, bool boxed, const char *words, const char *says)
{
	struct program p = {.folder = k->folder, .limits = {TIME, KILOBYTES, 0, MEMORY}};
	struct work_command c = {0};
	char *said = work_text("%s/%s", k->folder, says);
	int out = open(said, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
	const int descriptors[] = {-1, out, out, -1};
	pid_t group;

	if (boxed)
		compile_box(&c, k->tools, "compile", &p);
	work_add_all(&c, k->cc);
	work_add_all(&c, words);
	if (k->mapped != NULL)
		work_add(&c, k->mapped);
	p.path = c.argv[0];
	p.argv = c.argv;
	p.descriptors = descriptors;
	group = limits_start(&p);
	if (group < 0)
		err(EX_OSERR, "fork");
	watch_until(group, TIME);
	close(out);
	free(said);
	return group;
}

static bool finish(pid_t group)
{
	bool over;

	return watch_end(group, &over) == 0;
}

static bool is_in_file(const struct compiler *k, const char *name, const char *text)
{
	char *path = work_text("%s/%s", k->folder, name), *all;
	size_t n;
	bool is;

	all = work_read(path, &n);
	is = all != NULL && strstr(all, text) != NULL;
	free(all);
	free(path);
	return is;
}

/* Links with a copy of the archive from which the modules of these objects were deleted. */
static bool link_instead(struct compiler *k, const char *link, const char *objects)
{
	const char *cc = k->cc;
	char *take = work_text("-d own.a %s", objects), *octets;
	char *words = work_text("%s own.a" LIBRARIES, link);
	size_t n;

	octets = work_read(work_text("%s/build/modules.a", k->folder), &n);
	if (octets == NULL)
		errx(EX_UNAVAILABLE, "modules.a cannot be read: make builds it");
	work_write(work_text("%s/own.a", k->folder), octets, n);
	k->cc = "ar";
	finish(start(k, false, take, "ar"));
	k->cc = cc;
	return finish(start(k, false, words, "linker"));
}

/* Whether the linker's map names the archive, and none of these as taken from it. */
static bool took_none(const struct compiler *k, const char *objects)
{
	char *words = work_text("%s", objects), *word;

	if (!is_in_file(k, "map", "modules.a"))
		return false; /* no map that we can read */
	while ((word = work_word(&words, ' ')) != NULL)
		if (is_in_file(k, "map", work_text("modules.a(%s)", word)))
			return false;
	return true;
}

/*
 * Links a student's objects, one of ours, and the archive of our modules. A module that she
 * has written must not come from the archive too. To delete it from a copy of the archive
 * takes longer than to link, so the whole archive is tried first; the linker's map tells
 * whether it took such a module. What the sanitizers' library wants of the C++ one is there
 * when the program runs; to look it up now would take half of the time.
 */
static bool link_objects(
	struct compiler *k, const char *out, const char *hers, const char *ours)
{
	char *link = work_text(
		"%s -pthread -fno-lto -o %s %s %s", k->sanitize, out, hers, ours);
	char *once = work_text(
		"%s -Wl,-Map,map -Wl,--allow-shlib-undefined build/modules.a" LIBRARIES,
		link);

	if (finish(start(k, false, once, "linker")) && took_none(k, hers))
		return true;
	return link_instead(k, link, hers);
}

/* Whether the compiler can sanitize, and what it makes runs here. */
static bool can_sanitize(struct compiler *k)
{
	static const char trial[] = "int main(void) { return 0; }\n";
	struct program p = {.path = "./trial", .folder = k->folder};
	char *const argv[] = {"trial", NULL};
	char *words = work_text("%s -o trial trial.c", k->sanitize);
	pid_t group;

	work_write(work_text("%s/trial.c", k->folder), trial, strlen(trial));
	if (!finish(start(k, false, words, "trial.says")))
		return false;
	p.argv = argv;
	p.limits.milliseconds = k->tools->limit;
	group = limits_start(&p);
	watch_until(group, k->tools->limit);
	return finish(group);
}

/*
 * Compiles. What holds by chance alone is an error: no return, or an argument that is not what
 * printf expects. debug: what is there for a debugger.
 */
static bool compile_file(struct compiler *k, const char *debug)
{
	char *words =
		work_text("%s -Wall -Wextra -Werror=return-type -Werror=format -O1 %s "
			  "-fmessage-length=80 %s %s -pthread -c -o %s %s",
			k->standard, debug, k->sanitize, k->pattern, k->object,
			k->exercise->name);

	return finish(start(k, true, words, "compiler"));
}

/* Compiles, and links with the program's other objects, and with what drives rows. */
static bool compile_and_link(struct compiler *k)
{
	const struct exercise *e = k->exercise;
	struct tools *t = k->tools;
	char *program = work_text("programs/%s", e->program);
	char *object = work_text("build/%s.o", e->program);
	char *rows = work_text("build/rows-%02ld.o", strtol(e->number, NULL, 10));

	if (!compile_file(k, "-g1"))
		return false;
	if (t->program != NULL && !link_objects(k, program, k->object, object))
		return false;
	return t->driver == NULL || link_objects(k, "programs/rows", k->object, rows);
}

static void read_compiler(struct compiler *k)
{
	char *path = work_text("%s/compiler", k->tools->build), *own = getenv("CC");
	size_t n;
	char *text = work_read(path, &n), *lines[5] = {NULL};

	for (int i = 0; i < 5; i++)
		lines[i] = work_word(&text, '\n');
	if (lines[4] == NULL)
		errx(EX_UNAVAILABLE, "the programs are not built: make builds them");
	k->cc = places_folder_of(lines[0]) != NULL ? lines[0] : "cc";
	if (own != NULL && *own != '\0')
		k->cc = own;
	k->built_with = lines[1];
	k->sanitize = *k->built_with != '\0' ? k->built_with : SANITIZE;
	k->standard = lines[2];
	k->pattern = lines[4];
}

/*
 * The other files beside it are not looked at; there are headers for it to include, and
 * in the folder, names without a blank for where things are.
 */
static void furnish(struct compiler *k, const char *file)
{
	static const char *const sides[] = {"lessons", "client", "server"};
	struct tools *t = k->tools;
	const char *headers = t->box != NULL ? "/headers" : getenv("LAB_HEADERS");
	char *programs = t->box != NULL ? work_text("%s/programs", t->box)
					: work_text("%s/programs", t->tmp);
	size_t n;
	char *octets = work_read(file, &n);

	if (octets == NULL)
		errx(EX_NOINPUT, "%s: cannot be read", file);
	if (headers == NULL)
		headers = t->root;
	work_make(k->folder);
	work_make(programs);
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
		if (symlink(work_text("%s/%s", headers, sides[i]),
			    work_text("%s/%s", k->folder, sides[i])) != 0)
			err(EX_IOERR, "%s", k->folder);
	if (symlink(t->build, work_text("%s/build", k->folder)) != 0 ||
		symlink(programs, work_text("%s/programs", k->folder)) != 0)
		err(EX_IOERR, "%s", k->folder);
	work_write(work_text("%s/%s", k->folder, k->exercise->name), octets, n);
	if (t->box != NULL)
		programs = "/programs";
	for (size_t i = 0; i < k->exercise->count; i++) {
		const struct exercise_case *c = &k->exercise->of[i];

		if (exercise_is_run(k->exercise, c))
			t->program = work_text("%s/%s", programs, k->exercise->program);
		if (c->row_count > 0)
			t->driver = work_text("%s/rows", programs);
	}
}

/* What the compiler said; of what gcc finds only where it looks longer, the one that counts. */
static char *words_of(const struct compiler *k)
{
	char *words = work_text("%s", ""), *line, *text;
	static const char *const said[] = {"compiler", "linker", "analyzer"};
	size_t n;

	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		text = work_read(work_text("%s/%s", k->folder, said[i]), &n);
		while ((line = work_line(&text)) != NULL)
			if (i < 2 ||
				strstr(line, "Wanalyzer-use-of-uninitialized-value") !=
					NULL)
				words = work_text("%s%s\n", words, line);
	}
	return words;
}

bool compile(struct tools *t, const struct exercise *e, const char *file, bool quick)
{
	struct compiler k = {.tools = t, .exercise = e};
	pid_t analyzer = 0;
	bool compiles;

	k.folder = work_text("%s/compile", t->tmp);
	k.object = work_text("%.*s.o", (int)strlen(e->name) - 2, e->name);
	read_compiler(&k);
	furnish(&k, file);
	if (!quick)
		analyzer = start(&k, true,
			work_text("%s -fanalyzer -S -o analyzed %s", k.standard, e->name),
			"analyzer");
	compiles = compile_and_link(&k);
	if (!compiles && !can_sanitize(&k)) {
		k.sanitize = "";
		compiles = compile_and_link(&k);
	}
	t->sanitized = *k.sanitize != '\0';
	if (analyzer != 0)
		finish(analyzer);
	t->words = words_of(&k);
	return compiles;
}

/*
 * For a debugger a step is a line, and the file where its student has it, unless the option that
 * says so could be misread.
 */
static char *map_folder(const struct compiler *k, const char *file)
{
	char *where = work_path(file);

	if (where == NULL || strchr(where, '=') != NULL || strchr(k->folder, '=') != NULL)
		return NULL;
	*strrchr(where, '/') = '\0';
	return work_text("-fdebug-prefix-map=%s=%s", k->folder, where);
}

char *compile_object(struct tools *t, const struct exercise *e, const char *file)
{
	struct compiler k = {.tools = t, .exercise = e};

	k.folder = work_text("%s/compile", t->tmp);
	k.object = work_text("%.*s.o", (int)strlen(e->name) - 2, e->name);
	read_compiler(&k);
	furnish(&k, file);
	t->sanitized = !t->plain && *k.sanitize != '\0' && can_sanitize(&k);
	if (!t->sanitized)
		k.sanitize = "";
	if (!t->plain)
		k.mapped = map_folder(&k, file);
	if (!compile_file(&k, t->plain ? "" : "-g -Og -fno-inline"))
		return NULL;
	return work_text("%s/%s", k.folder, k.object);
}

bool compile_program(
	struct tools *t, const char *folder, const char *object, const char *objects)
{
	struct compiler k = {.tools = t, .folder = work_text("%s", folder)};

	read_compiler(&k);
	if (*k.built_with != '\0')
		t->sanitized = true; /* or what make has built could not be linked */
	if (!t->sanitized)
		k.sanitize = "";
	if (symlink(t->build, work_text("%s/build", folder)) != 0)
		err(EX_IOERR, "%s", folder);
	return link_objects(&k, "program", objects, work_text("build/%s", object));
}

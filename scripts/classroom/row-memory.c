/*
 * row-memory: memory that reports one octet too many, with a sanitizer and without.
 */
#include "classroom/row-memory.h"

#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#define FILLING 0xA5 /* what nobody has set */

/* Memory that is given back after the answer, the last one first. */
struct memory {
	struct memory *next;
	unsigned char *start;
	size_t front; /* octets before those that were asked for */
	size_t pages; /* octets before a page that cannot be touched; 0: without one */
};

static struct memory *memories;

/*
 * The sanitizer's own malloc tells every octet too many; on macOS it is always at hand.
 */
#ifdef __ELF__
extern void __asan_init(void) __attribute__((weak));
static bool is_sanitized(void)
{
	return __asan_init != NULL;
}
#else
static bool is_sanitized(void)
{
	return true;
}
#endif

/* n octets, and right after them a page that nobody may touch. */
static unsigned char *guarded(struct memory *m, size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), pages = (n / page + 1) * page;

	m->start = aligned_alloc(page, pages + page);
	m->front = pages - n;
	m->pages = pages;
	if (m->start == NULL || mprotect(m->start + pages, page, PROT_NONE) < 0)
		err(EX_OSERR, "memory");
	memset(m->start, FILLING, pages);
	return m->start + m->front;
}

void *row_buffer(size_t n)
{
	struct memory *m = malloc(sizeof *m);
	unsigned char *octets;

	if (m == NULL)
		err(EX_OSERR, "memory");
	*m = (struct memory){.next = memories};
	memories = m;
	if (!is_sanitized())
		return guarded(m, n);
	octets = malloc(n);
	if (octets == NULL)
		err(EX_OSERR, "memory");
	m->start = octets;
	return memset(octets, FILLING, n);
}

void *row_copy(const void *octets, size_t n)
{
	return memcpy(row_buffer(n), octets, n);
}

static void give_back(struct memory *m)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	for (size_t i = 0; i < m->front; i++)
		if (m->start[i] != FILLING)
			abort(); /* something was written before the buffer */
	if (m->pages > 0 &&
		mprotect(m->start + m->pages, page, PROT_READ | PROT_WRITE) < 0)
		err(EX_OSERR, "memory");
	free(m->start);
}

void row_give_back(void)
{
	while (memories != NULL) {
		struct memory *m = memories;

		memories = m->next;
		give_back(m);
		free(m);
	}
}

/*
 * Message-ID: no other message has this one. The domain keeps it apart from those of
 * other hosts, the time and the number from ours. Passage B6; RFC 5322, 3.6.4.
 *
 *     printf 'hi\n' | build/mime-encode -f alice@crepes.fr | grep Message-ID
 */
#include "message-id.h"

#include "header.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char domain_letters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";

static uint32_t mix(uint32_t hash, const void *octets, size_t length)
{
	const unsigned char *next = octets;
	for (size_t i = 0; i < length; i++)
		hash = (hash ^ next[i]) * 16777619U; /* FNV-1a */
	return hash;
}

uint32_t message_number(const char *const *texts, size_t count)
{
	uint32_t number = 2166136261U;
	for (size_t i = 0; i < count; i++)
		number = mix(number, texts[i], strlen(texts[i]));
	if (!header_time_is_fixed()) {
		struct timespec moment;
		pid_t process = getpid();
		clock_gettime(CLOCK_REALTIME, &moment);
		number = mix(number, &moment.tv_nsec, sizeof moment.tv_nsec);
		number = mix(number, &process, sizeof process);
	}
	return number;
}

void message_id(char *id, const char *from, time_t now, uint32_t number)
{
	const char *at = strrchr(from, '@');
	const char *domain = at == NULL ? "" : at + 1;
	size_t length = strspn(domain, domain_letters);
	if (length == 0 || length > ADDRESS_DOMAIN) {
		domain = "localhost";
		length = strlen(domain);
	}
	snprintf(id, MESSAGE_ID, "<%lld.%08lx@%.*s>", (long long)now,
		(unsigned long)number, (int)length, domain);
}

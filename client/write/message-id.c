/*
 * Message-ID: no other message has this one. The domain keeps it apart from those of
 * other hosts, the time and the number from ours. Passage B6; RFC 5322, 3.6.4.
 *
 *     printf 'hi\n' | build/mime-encode -f alice@crepes.fr | grep Message-ID
 */
#include "write/message-id.h"

#include "message/header.h"

#include <stdbool.h>
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

/*
 * The next id in value, its length in *length, or NULL. One that looks like an
 * encoded-word is none: a reader would decode it.
 */
static const char *next_id(const char *value, size_t *length)
{
	for (; (value = strchr(value, '<')) != NULL; value++) {
		const char *at = value + 1;
		while (*at > ' ' && *at < 0x7f && *at != '<' && *at != '>' &&
			(at[0] != '=' || at[1] != '?'))
			at++;
		*length = (size_t)(at - value) + 1;
		if (*at == '>' && *length > 2 && *length <= MESSAGE_ID_READ)
			return value;
	}
	return NULL;
}

size_t message_ids(const char *value, char *ids, size_t size)
{
	size_t length, count = 0, used = 0;
	for (const char *id = value; (id = next_id(id, &length)) != NULL; id += length)
		count++;
	ids[0] = '\0';
	for (size_t i = 0; (value = next_id(value, &length)) != NULL; i++) {
		bool is_kept = i == 0 || i + MESSAGE_IDS > count;
		if (is_kept && used + length + 2 <= size)
			used += (size_t)snprintf(ids + used, size - used, "%s%.*s",
				used > 0 ? " " : "", (int)length, value);
		value += length;
	}
	return count;
}

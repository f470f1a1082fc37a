/*
 * charset-name: a name is read, looked up in a table, and offered to iconv(3). Begin with
 * the table.
 *
 *     printf 'Content-Type: text/plain; charset=x-sjis\n\n\203P\201[\203L\n' |
 *     build/mime-decode      text/plain, charset x-sjis (read as CP932), ...
 */
#include "message/charset-name.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/*
 * What those who write a name mean by it: what their own system had, which is mostly the
 * standard of that name and more. Nobody could tell, until somebody used the euro, a
 * curved quote, or a rare character. The names are keys, with blanks around them. Of what
 * they mean the first is meant, and the first that iconv(3) knows is taken: systems
 * differ. What is not here means what it says.
 */
static const struct meaning {
	const char *names, *meant;
} meanings[] = {
	{" ascii usascii ansix341968 ansix341986 iso646us isoir6 cp367 ibm367 ", ""},
	{" utf8 unicode11utf8 unicode20utf8 cp65001 ", "UTF-8"},
	{" iso88591 iso885911987 latin1 l1 88591 ansi windows1252 ", "WINDOWS-1252"},
	{" iso88599 iso885991989 latin5 l5 ", "WINDOWS-1254"},
	{" latin9 l9 ", "ISO-8859-15"},
	{" suneugreek iso88597i ", "ISO-8859-7"},
	{" tis620 iso885911 windows874 dos874 ", "WINDOWS-874 CP874 TIS-620"},
	{" shiftjis sjis mskanji windows31j windows932 ms932 mscp932 cp932 macjapanese ",
		"CP932 SHIFT_JIS"},
	{" iso2022jp iso2022jpms jis cp50220 cp50221 cp50222 ", "CP932 SHIFT_JIS"},
	{" eucjp euc ujis ", "EUC-JP-MS EUC-JP"},
	{" euckr ksc56011987 ksc56011989 ksc5601 ksc5601ext korean uhc windows949 "
	 "ms949 ",
		"CP949 EUC-KR"},
	{" big5 big5tw big5hkscs big5eten cnbig5 xbig5 ", "BIG5-HKSCS BIG5"},
	{" gb2312 gb231280 gbk euccn eucgb2312cn cngb chinese cp936 ms936 gbk2312 "
	 "hzgb2312 hz ",
		"GB18030"},
	{" koi koi8 ", "KOI8-R"},
	{" koi8ru ", "KOI8-U"},
	{" win1250 windows1250 ", "WINDOWS-1250"},
	{" win1251 windows1251 microsoftcp1251 ", "WINDOWS-1251"},
	{" iso88596i iso88596e ", "ISO-8859-6"},
	{" iso88598i iso88598e logical visual ", "ISO-8859-8"},
	{" macroman applemacroman mac ", "MACINTOSH"},
	{" macukrainian ", "MAC-UK"},
	{" dos862 ", "CP862"},
	{" macce ", "MACCENTRALEUROPE MAC-CENTRALEUROPE"},
	{" maccyrillic ", "MAC-CYRILLIC MACCYRILLIC"},
	{" unicode11utf7 unicode20utf7 ", "UTF-7"},
	{" iso10646ucs2 ", "UCS-2BE UTF-16BE"},
};

bool charset_name(const char *name, size_t length, char *to)
{
	static const char octets[] =
		"abcdefghijklmnopqrstuvwxyz0123456789!#$%&'+-^_`{}~.:()";

	if (length >= CHARSET_NAME)
		return false;
	for (size_t i = 0; i < length; i++)
		to[i] = (char)tolower((unsigned char)name[i]);
	to[length] = '\0';
	return strspn(to, octets) == length;
}

bool charset_name_read(const char *name, size_t length, char *to)
{
	static const char again[] = "charset=", around[] = " \t\"'";
	size_t end = 0;

	while (length > 0 && strchr(around, *name) != NULL) {
		name++;
		length--;
	}
	if (length > strlen(again) && strncasecmp(name, again, strlen(again)) == 0)
		return charset_name_read(
			name + strlen(again), length - strlen(again), to);
	while (end < length && strchr(" \t\"',;", name[end]) == NULL &&
		(length - end < strlen(again) ||
			strncasecmp(name + end, again, strlen(again)) != 0))
		end++;
	return charset_name(name, end, to);
}

void charset_name_key(const char *name, char *key)
{
	size_t used = 0;

	if (strncmp(name, "x-", 2) == 0 || strncmp(name, "cs", 2) == 0)
		name += 2;
	for (; *name != '\0'; name++)
		if (isalnum((unsigned char)*name))
			key[used++] = *name;
	key[used] = '\0';
}

/* The row that has the key among its names, or NULL. */
static const struct meaning *find(const char *key)
{
	char word[CHARSET_NAME + 2];

	snprintf(word, sizeof word, " %s ", key);
	for (size_t i = 0; i < sizeof meanings / sizeof meanings[0]; i++)
		if (strstr(meanings[i].names, word) != NULL)
			return &meanings[i];
	return NULL;
}

static bool try(const char *name, iconv_t *converter)
{
	*converter = iconv_open("UTF-8", name);
	return *converter != (iconv_t)-1;
}

/* Tries what a row of the table means, one after the other. */
static bool open_meant(const char *names, iconv_t *converter)
{
	char name[CHARSET_NAME];
	size_t length;

	for (; *names != '\0'; names += length + strspn(names + length, " ")) {
		length = strcspn(names, " ");
		snprintf(name, sizeof name, "%.*s", (int)length, names);
		if (try(name, converter))
			return true;
	}
	return false;
}

enum charset_meant charset_name_open(const char *name, iconv_t *converter, char *meant)
{
	char key[CHARSET_NAME];

	meant[0] = '\0';
	charset_name_key(name, key);
	const struct meaning *meaning = find(key);
	if (name[0] == '\0' || (meaning != NULL && meaning->meant[0] == '\0'))
		return CHARSET_NONE;
	if (meaning != NULL && strcmp(meaning->meant, "UTF-8") == 0)
		return CHARSET_UTF_8;
	if (meaning != NULL && open_meant(meaning->meant, converter)) {
		int length = (int)strcspn(meaning->meant, " ");

		snprintf(meant, CHARSET_NAME, "%.*s", length, meaning->meant);
		if (strcasecmp(meant, name) == 0)
			meant[0] = '\0';
		return CHARSET_OTHER;
	}
	return try(name, converter) || try(key, converter) ? CHARSET_OTHER
							   : CHARSET_ALIEN;
}

/* Where characters are numbers of two or four octets, one octet off is all off. */
size_t charset_name_unit(const char *name)
{
	static const struct {
		const char *begin;
		size_t unit;
	} wide[] = {{"utf-16", 2}, {"utf16", 2}, {"ucs-2", 2}, {"iso-10646-ucs-2", 2},
		{"utf-32", 4}, {"utf32", 4}, {"ucs-4", 4}, {"iso-10646-ucs-4", 4}};

	for (size_t i = 0; i < sizeof wide / sizeof wide[0]; i++)
		if (strncmp(name, wide[i].begin, strlen(wide[i].begin)) == 0)
			return wide[i].unit;
	return 1;
}

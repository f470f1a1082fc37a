/*
 * Character references of HTML: a table of names, and the octets of UTF-8 that a number
 * becomes (RFC 3629, 3).
 */
#include "read/character-reference.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Of the names of HTML 4.01, 24, mail uses these; after each is its character, and a blank
 * is before it.
 */
static const char named[] =
	" quot\" amp& apos' lt< gt> nbsp\u00a0 shy\u00ad zwnj\u200c zwj\u200d "
	"ensp\u2002 emsp\u2003 thinsp\u2009 euro€ pound£ yen¥ cent¢ copy© reg® trade™ "
	"sect§ deg° middot· bull• hellip… ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ "
	"rdquo” bdquo„ laquo« raquo» lsaquo‹ rsaquo› iquest¿ iexcl¡ times× plusmn± "
	"frac12½ sup2² larr← rarr→ hearts♥ AgraveÀ AacuteÁ AcircÂ AtildeÃ AumlÄ AringÅ "
	"AEligÆ CcedilÇ EgraveÈ EacuteÉ EcircÊ EumlË IgraveÌ IacuteÍ IcircÎ IumlÏ ETHÐ "
	"NtildeÑ OgraveÒ OacuteÓ OcircÔ OtildeÕ OumlÖ OslashØ UgraveÙ UacuteÚ UcircÛ "
	"UumlÜ YacuteÝ THORNÞ OEligŒ ScaronŠ YumlŸ agraveà aacuteá acircâ atildeã "
	"aumlä aringå aeligæ ccedilç egraveè eacuteé ecircê eumlë igraveì iacuteí "
	"icircî iumlï ethð ntildeñ ograveò oacuteó ocircô otildeõ oumlö oslashø "
	"ugraveù uacuteú ucircû uumlü yacuteý thornþ oeligœ scaronš yumlÿ szligß ";

bool character_reference(const char *reference, char text[REFERENCE_TEXT])
{
	/* So 128 to 159 are meant; and the first octets of UTF-8, RFC 3629, 3. */
	static const wchar_t windows_1252[] = L"€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ";
	static const int first[] = {0, 0xc0, 0xe0, 0xf0};
	char name[16];
	char *end;

	snprintf(name, sizeof name, " %s", reference + 1);
	const char *found = strstr(named, name);
	if (found != NULL && !isalnum((unsigned char)found[strlen(name)]))
		return sscanf(found + strlen(name), "%4s", text) == 1;
	if (name[1] != '#')
		return false;
	name[1] = '0'; /* 0xe9 is how C writes it */
	bool is_hex = tolower((unsigned char)name[2]) == 'x';
	unsigned long number = strtoul(name, &end, is_hex ? 16 : 10);
	if (*end != '\0' || number == 0 || number > 0x10ffff)
		return false;
	if (number >= 128 && number < 160)
		number = (unsigned long)windows_1252[number - 128];
	int more = number < 0x80 ? 0 : number < 0x800 ? 1 : number < 0x10000 ? 2 : 3;
	text[0] = (char)(first[more] | (int)(number >> 6 * more));
	for (int i = 1; i <= more; i++)
		text[i] = (char)(0x80 | (number >> 6 * (more - i) & 0x3f));
	text[more + 1] = '\0';
	return true;
}

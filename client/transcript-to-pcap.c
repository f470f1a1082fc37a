/*
 * transcript-to-pcap: a conversation as packets, for Wireshark (articles: A10, B3). A
 * transcript has the words; this program adds what TCP could have made of them: three
 * packets that connect, a segment for each line, acknowledgements, and the end.
 *
 *	$ transcript-to-pcap lessons/03-the-transcript/expected.txt >build/expected.pcap
 *
 * The headers are those of RFC 791 (IP) and RFC 9293 (TCP), and the checksum of RFC 1071;
 * around them is the file that tcpdump writes. A transcript has no times, so the packets are
 * a millisecond apart, and the same transcript makes the same file. Begin at perform.
 */
#include "transcript/script.h"
#include "wire/program.h"

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static const char usage[] =
	"usage: transcript-to-pcap [-p PORT] TRANSCRIPT...\n"
	"\t-p  the server's port; without it 25, 110 or 80, as the protocol has it\n"
	"It writes a file for Wireshark, so redirect its output to a file.\n"
	"Ends with 0, 65 if a placeholder stands for what was said, 66 if a file\n"
	"cannot be read or is not a transcript.\n"
	"\ttranscript-to-pcap heard/1.txt >heard.pcap && wireshark heard.pcap\n";

#define IP_HEADER  20
#define TCP_HEADER 20
#define SEGMENT	   1460	 /* octets of data in a segment, as on an Ethernet of 1500 */
#define OPTION	   4	 /* octets of the option in a SYN that says so */
#define FIRST_PORT 49152 /* of those that a client may take (RFC 6335, 6) */
#define PORTS	   16384

enum flag { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };

/* One end of a connection. */
struct end {
	uint8_t address[4]; /* one of those for examples (RFC 5737) */
	unsigned port;
	uint32_t sequence;   /* the number of its next octet */
	unsigned unanswered; /* segments with data that the other has not acknowledged */
	bool closed;
};

enum who { CLIENT, SERVER };

struct capture {
	unsigned port; /* of the server, or 0 for that of the protocol */
	bool begun;    /* its head is written */
	unsigned connections;
	bool connected;
	struct end end[2];
	unsigned packets;
	long long milliseconds; /* since the first packet */
};

/* The numbers of all these headers have their highest octet first. */
static uint8_t *put16(uint8_t *at, unsigned number)
{
	at[0] = (uint8_t)(number >> 8);
	at[1] = (uint8_t)number;
	return at + 2;
}

static uint8_t *put32(uint8_t *at, uint32_t number)
{
	return put16(put16(at, number >> 16), number & 0xffff);
}

/* Adds n octets, two at a time, to a sum of a checksum. */
static uint32_t add(uint32_t sum, const uint8_t *octets, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint32_t)octets[i] << 8 : octets[i];
	return sum;
}

/* The checksum of such a sum: what overflowed is added, and all bits are turned. */
static unsigned checksum(uint32_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return ~sum & 0xffff;
}

/* Writes the head of the file: packets begin with the header of IP (LINKTYPE_RAW). */
static void write_head(void)
{
	uint8_t head[24], *at = head;

	at = put32(at, 0xa1b2c3d4); /* that it is such a file, times in microseconds */
	at = put16(at, 2);	    /* its version is 2.4 */
	at = put16(at, 4);
	at = put32(at, 0); /* times are UTC */
	at = put32(at, 0);
	at = put32(at, 65535); /* longer packets would be cut */
	put32(at, 101);
	fwrite(head, 1, sizeof head, stdout);
}

/* Writes a packet of n octets, with its time and lengths before it. */
static void write_packet(struct capture *c, const uint8_t *packet, size_t n)
{
	uint8_t head[16], *at = head;

	at = put32(at, (uint32_t)(c->milliseconds / 1000));
	at = put32(at, (uint32_t)(c->milliseconds % 1000 * 1000));
	at = put32(at, (uint32_t)n);
	put32(at, (uint32_t)n);
	fwrite(head, 1, sizeof head, stdout);
	fwrite(packet, 1, n, stdout);
	c->milliseconds++;
	c->packets++;
}

/* The header of IP before n octets of TCP (RFC 791, 3.1). */
static void put_ip(const struct capture *c, enum who from, uint8_t *ip, size_t n)
{
	uint8_t *at = ip;

	at = put16(at, 0x4500); /* version 4, a header of five words */
	at = put16(at, (unsigned)(IP_HEADER + n));
	at = put16(at, c->packets & 0xffff);
	at = put16(at, 0x4000);	     /* not to be cut into fragments */
	at = put16(at, 64 << 8 | 6); /* 64 hops at the most; TCP is number 6 */
	at = put16(at, 0);
	memcpy(at, c->end[from].address, 4);
	memcpy(at + 4, c->end[!from].address, 4);
	put16(ip + 10, checksum(add(0, ip, IP_HEADER)));
}

/*
 * The header of TCP (RFC 9293, 3.1), to be followed by n octets of data that are there already.
 * Its checksum is also that of the addresses. Returns the length of both.
 */
static size_t put_tcp(
	const struct capture *c, enum who from, unsigned flags, uint8_t *tcp, size_t n)
{
	const struct end *end = &c->end[from], *other = &c->end[!from];
	size_t header = TCP_HEADER + (flags & SYN ? OPTION : 0);
	uint8_t *at = tcp;
	uint32_t sum;

	at = put16(at, end->port);
	at = put16(at, other->port);
	at = put32(at, end->sequence);
	at = put32(at, flags & ACK ? other->sequence : 0);
	at = put16(at, (unsigned)(header / 4) << 12 | flags);
	at = put16(at, 65535); /* octets that it has room for */
	at = put16(at, 0);
	at = put16(at, 0);
	if (flags & SYN)
		put32(at, 2 << 24 | OPTION << 16 | SEGMENT);
	sum = add(add(0, end->address, 4), other->address, 4) + 6 +
	      (uint32_t)(header + n);
	put16(tcp + 16, checksum(add(sum, tcp, header + n)));
	return header + n;
}

/* Sends a segment with n octets, SEGMENT at the most. SYN and FIN take a number each too. */
static void send_segment(
	struct capture *c, enum who from, unsigned flags, const char *octets, size_t n)
{
	uint8_t packet[IP_HEADER + TCP_HEADER + OPTION + SEGMENT];
	size_t length;

	if (n > 0)
		memcpy(packet + IP_HEADER + TCP_HEADER, octets, n);
	length = put_tcp(c, from, flags, packet + IP_HEADER, n);
	put_ip(c, from, packet, length);
	write_packet(c, packet, IP_HEADER + length);
	c->end[from].sequence += (uint32_t)n + (flags & (SYN | FIN) ? 1 : 0);
	c->end[from].unanswered += n > 0 ? 1 : 0;
	c->end[!from].unanswered = 0;
}

static void acknowledge(struct capture *c, enum who from)
{
	send_segment(c, from, ACK, NULL, 0);
}

/* Begins a connection by the three packets of its handshake (RFC 9293, 3.5). */
static void connect_ends(struct capture *c, unsigned port)
{
	c->end[CLIENT] = (struct end){.address = {192, 0, 2, 1}, .sequence = 1000};
	c->end[CLIENT].port = FIRST_PORT + c->connections % PORTS;
	c->end[SERVER] = (struct end){.address = {198, 51, 100, 2}, .sequence = 5000};
	c->end[SERVER].port = c->port != 0 ? c->port : port;
	c->connections++;
	c->connected = true;
	send_segment(c, CLIENT, SYN, NULL, 0);
	send_segment(c, SERVER, SYN | ACK, NULL, 0);
	acknowledge(c, CLIENT);
}

/*
 * What was said, a line or a part of one. The side that only listens acknowledges each
 * second segment (RFC 9293, 3.8.6.3).
 */
static void say(struct capture *c, enum who who, const char *octets, size_t n)
{
	for (size_t part; n > 0; octets += part, n -= part) {
		part = n < SEGMENT ? n : SEGMENT;
		send_segment(c, who, PSH | ACK, octets, part);
		if (c->end[who].unanswered == 2)
			acknowledge(c, !who);
	}
}

/* One direction ends; in the other more may be said (RFC 9293, 3.6). */
static void close_end(struct capture *c, enum who who)
{
	if (c->end[who].closed)
		return;
	send_segment(c, who, FIN | ACK, NULL, 0);
	acknowledge(c, !who);
	c->end[who].closed = true;
}

static void reset(struct capture *c, enum who who)
{
	if (c->end[CLIENT].closed && c->end[SERVER].closed)
		return;
	send_segment(c, who, RST | ACK, NULL, 0);
	c->end[CLIENT].closed = c->end[SERVER].closed = true;
}

/* The port of the protocol that begins with this step. */
static unsigned well_known_port(const struct script *s)
{
	if (s->step != STEP_SAID)
		return 25;
	if (strstr(s->text, "HTTP/") != NULL)
		return 80;
	return s->text[0] == '+' || s->text[0] == '-' ? 110 : 25;
}

/* What a line says, as octets; ends the program where nobody knows which. */
static size_t octets_of(struct script *s, char octets[TRANSCRIPT_TEXT])
{
	const char *at = s->text;
	size_t n = 0;
	int unit;

	for (unit = transcript_unit(&at); unit <= 255; unit = transcript_unit(&at))
		octets[n++] = (char)unit;
	if (s->step == STEP_LINES || !transcript_is_end(unit))
		errx(EX_DATAERR,
			"%s:%lu: a placeholder: here only what was really said can be "
			"drawn, as replay and wiretap write it",
			s->file_name, s->line);
	if (unit == TEXT_CRLF)
		octets[n++] = '\r';
	if (unit != TEXT_NO_END)
		octets[n++] = '\n';
	return n;
}

static void perform_step(struct capture *c, struct script *s)
{
	enum who who = s->who == 'C' ? CLIENT : SERVER;
	char octets[TRANSCRIPT_TEXT];

	if (s->step == STEP_WAIT) {
		c->milliseconds += s->milliseconds;
		return;
	}
	if (!c->connected)
		connect_ends(c, well_known_port(s));
	if (s->step == STEP_CLOSES)
		close_end(c, who);
	else if (s->step == STEP_RESETS)
		reset(c, who);
	else
		say(c, who, octets, octets_of(s, octets));
}

/* Reads a transcript to its end, so that nothing is written of one that cannot be. */
static void read_through(struct script *s)
{
	char octets[TRANSCRIPT_TEXT];

	for (script_next(s); s->step != STEP_END; script_next(s))
		if (s->step == STEP_SAID || s->step == STEP_LINES)
			octets_of(s, octets);
	script_rewind(s);
}

/* Each conversation of a transcript is a connection. */
static void perform(struct capture *c, const char *name)
{
	static struct script s;

	s = (struct script){.to_compare = true};
	script_open(&s, name);
	read_through(&s);
	if (!c->begun)
		write_head();
	c->begun = true;
	c->connected = false;
	for (script_next(&s); s.step != STEP_END; script_next(&s)) {
		c->connected = c->connected && !s.another;
		perform_step(c, &s);
	}
	fclose(s.file);
}

static unsigned port_of(const char *text)
{
	unsigned long port = strtoul(text, NULL, 10);

	if (text[strspn(text, "0123456789")] != '\0' || port == 0 || port > 65535)
		program_usage(usage);
	return (unsigned)port;
}

int main(int argc, char **argv)
{
	static struct capture c;
	int option;

	program_begin();
	while ((option = program_option(argc, argv, "p:h", usage)) != -1)
		if (option == 'p')
			c.port = port_of(optarg);
	if (optind == argc)
		program_usage(usage);
	if (isatty(STDOUT_FILENO))
		errx(EX_USAGE, "octets are no text: >FILE sends them to a file");
	for (int i = optind; i < argc; i++)
		perform(&c, argv[i]);
	return program_end(0);
}

/*
 * hold-port: a port that is free, and stays so until a server listens on it.
 *
 * Between the moment in which a port is found free and the one in which a server listens
 * on it somebody else could take it. So each is held meanwhile: not the port of TCP,
 * which the server is to have, but the port of UDP with the same number, which nobody
 * here needs and the system gives to one socket alone. The sockets stay open in the
 * program that we become and in all that it starts, so the ports are free again when the
 * last one has ended, however it ended.
 */
#ifndef HOLD_PORT_H
#define HOLD_PORT_H

/*
 * Sets the variable NAME of the environment to the number of a port, which is held from now on:
 * the one that it has already, if that is free. Where none is, the program ends with
 * EX_TEMPFAIL.
 */
void hold_port(const char *name);

#endif

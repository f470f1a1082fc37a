/*
 * hold-port: a port that is free, and stays so until a server listens on it.
 *
 * After a port is found free, and before a server listens on it, another program could
 * take it. So each port is held meanwhile: not the TCP port, which the server needs,
 * but the UDP port with the same number, which nobody here needs and the system gives
 * to one socket only. The sockets stay open in the program that we become, and in all
 * that it starts, so the ports are free again when the last of these has ended.
 */
#ifndef HOLD_PORT_H
#define HOLD_PORT_H

/*
 * Sets the variable NAME of the environment to the number of a port, and holds the port
 * from now on. If the variable has a free port already, it keeps that. If all ports are
 * taken, the program ends with EX_TEMPFAIL.
 */
void hold_port(const char *name);

#endif

/*
 * password (articles: A3): a secret is asked for where only its owner can answer, on the
 * terminal, and is not shown there; it is no argument of a program, which anyone can see
 * with ps.
 */
#ifndef PASSWORD_H
#define PASSWORD_H

#include <stddef.h>

/*
 * Takes the password from an environment variable; or, where there is none, asks for it
 * on the terminal of this process, echo off. Ctrl-C and other signals have their way once
 * echo is on again. password[] has room for size octets with a NUL. Returns 0; or -1
 * with errno: EINVAL where it is too long or more than one line, ECANCELED where nothing
 * was typed, any other where there is no terminal.
 */
int password_get(const char *variable, const char *prompt, char *password, size_t size);

#endif

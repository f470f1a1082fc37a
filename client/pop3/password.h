/*
 * password (articles: A3): a program asks for a secret on the terminal, where only its
 * owner can answer, and does not show it. It never takes a secret as an argument,
 * because ps shows arguments to everybody.
 */
#ifndef PASSWORD_H
#define PASSWORD_H

#include <stddef.h>

/*
 * Takes the password from an environment variable. If that is not set, asks for it on
 * the terminal of this process, with echo off. Ctrl-C and other signals act once echo
 * is on again. password[] has room for size octets with a NUL. Returns 0; or -1 with
 * errno: EINVAL if it is too long or more than one line, ECANCELED if nothing was
 * typed, any other if the process has no terminal.
 */
int password_get(const char *variable, const char *prompt, char *password, size_t size);

#endif

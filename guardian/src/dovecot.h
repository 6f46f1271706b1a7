/* Dovecot's master process. */
#ifndef POMBAL_DOVECOT_H
#define POMBAL_DOVECOT_H

#include <sys/types.h>

/* Starts it; -1 if there cannot be another process now. If the program cannot be run, the child says so and ends with 127. */
pid_t dovecot_start(char **command);

/* The exit code a shell would give for this status of waitpid. */
int dovecot_exit_code(int status);

#endif

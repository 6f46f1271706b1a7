/* The guardian proper: Dovecot's parent. */
#ifndef POMBAL_GUARDIAN_H
#define POMBAL_GUARDIAN_H

#include "shared.h"
#include "trust.h"

/* Runs until Dovecot has ended by itself, or a signal ends it; returns the exit code. `watcher` is our parent. */
int guardian_run(const struct options *options, struct trust *trust, struct shared *shared, pid_t watcher);

/* Beside a proxy: only keeps sockets. */
int sockets_run(const struct options *options);

#endif

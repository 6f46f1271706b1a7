/*
 * The guardian's parent. Nothing but SIGKILL to both within a few milliseconds, or a standstill of the machine, lets Dovecot
 * outlive trust: if the guardian is killed, all it had becomes the watcher's and is killed by it; if the guardian is stopped
 * or hangs, the watcher kills it a little after the deadline, and all else; if the watcher is killed, the guardian ends all.
 */
#ifndef POMBAL_WATCHER_H
#define POMBAL_WATCHER_H

#include "options.h"

/* Runs guardians until one ends by itself; returns its exit code. */
int watcher_run(const struct options *options);

#endif

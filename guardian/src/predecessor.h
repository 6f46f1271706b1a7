/*
 * What an earlier pair of guardian and watcher left behind that were killed both at once, without systemd to end the rest.
 * The trust file says that they had not come to an end, and the session in which all their processes are.
 */
#ifndef POMBAL_PREDECESSOR_H
#define POMBAL_PREDECESSOR_H

#include "trust.h"

/* Kills what is left of the predecessor; returns when none of it is. Sets the report to begin with. */
void predecessor_end(struct trust *trust, const struct options *options, struct report *report);

#endif

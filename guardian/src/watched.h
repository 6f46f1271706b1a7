/* Processes whose end a client wants to know. The guardian is not their parent, so it holds a pidfd of each. */
#ifndef POMBAL_WATCHED_H
#define POMBAL_WATCHED_H

#include "clients.h"
#include "options.h"
#include "protocol.h"

#include <stdint.h>

#define WATCHED_MAX 16384

void watched_open(void);

/* For ASK_WATCH; with a limit, a time, for ASK_KILL. */
void watched_add(struct client_id client, const struct record *asked, uint64_t limit);

void watched_kill(struct client_id client, const struct record *asked, const struct options *options);

void watched_terminate(struct client_id client, const struct record *asked, const struct options *options);

/* The event of the watched process came. */
void watched_look_at(unsigned index);

/* Answers those whose limit has passed. */
void watched_check_limits(uint64_t now);

/* The client has gone. */
void watched_forget(struct client_id client);

/* The trust file whose slots name processes that may be killed though they are not below the guardian. */
struct trust;
void watched_use(const struct trust *trust);

#endif

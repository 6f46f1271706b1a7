/* Those who ask on the control socket, see protocol.h. */
#ifndef POMBAL_CLIENTS_H
#define POMBAL_CLIENTS_H

#include "protocol.h"
#include "trust.h"

#include <stdbool.h>
#include <stdint.h>

#define CLIENTS_MAX 8

/* Which connection: the index of a client may be another's later. */
struct client_id {
    unsigned index;
    uint64_t generation;
};

void clients_open(const struct options *options, const struct report *report);
void clients_accept(void);

/* Reads what there is from the client, one record at most. Whether it is ASK_STATUS: the caller looks at the trust file. */
void clients_read(unsigned index);

/* Sends a record, unless the client has gone meanwhile. */
void clients_send(struct client_id client, const struct record *record);

/* Tells all of them the state. */
void clients_tell_state(void);

#endif

/* The guardian's listening sockets: those of the node that it only keeps, and the two on which it is asked itself. */
#ifndef POMBAL_SOCKETS_H
#define POMBAL_SOCKETS_H

#include "options.h"

#include <stdbool.h>

void sockets_open(const struct options *options);

/* Puts all of them in place. Whether all are. */
bool sockets_keep(void);

/* Whoever comes for descriptors. */
void sockets_accept_holder(void);
void sockets_look_at_holder(unsigned index);

/* Accepts on the control socket; -1 if nobody allowed has come. */
int sockets_accept_client(void);

#endif

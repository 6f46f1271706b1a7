/* A listening unix socket that is kept in its place. */
#ifndef POMBAL_LISTENER_H
#define POMBAL_LISTENER_H

#include "options.h"

#include <stdbool.h>
#include <sys/types.h>

struct listener {
    const struct listen_option *option;
    int socket; /* -1: not bound */
    dev_t device;
    ino_t inode;
    int complained_of; /* errno that was logged, so that it is logged once */
};

enum kept { KEPT_AS_WAS, KEPT_ANEW, KEPT_NOT };

/*
 * Binds the socket unless it stands where it should. Makes the folder it is in, but not the one above: that is Dovecot's,
 * who would refuse to start in a strange one.
 */
enum kept listener_keep(struct listener *listener);

#endif

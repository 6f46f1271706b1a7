/* Memory that the guardian and its watcher share. */
#ifndef POMBAL_SHARED_H
#define POMBAL_SHARED_H

#include "protocol.h"

#include <stdatomic.h>
#include <stdint.h>

struct shared {
    /* When the guardian was last at work; it is at least every 100 ms. */
    _Atomic uint64_t beat;
    /* Set before Dovecot is started, cleared after the kernel has said that nothing is left. */
    _Atomic uint32_t may_live;
    /* Written by the guardian, and by the watcher when the guardian is dead. */
    struct report report;
};

#endif

/* CLOCK_BOOTTIME in nanoseconds: it goes on while the machine sleeps, and nobody can set it. */
#ifndef POMBAL_CLOCK_H
#define POMBAL_CLOCK_H

#include <stdint.h>
#include <time.h>

#define MILLISECOND UINT64_C(1000000)
#define SECOND (1000 * MILLISECOND)

static inline uint64_t boottime(void) {
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

#endif

/* Ending everything: all below this process, and those the node has named. Used by the guardian and by its watcher. */
#ifndef POMBAL_KILLING_H
#define POMBAL_KILLING_H

#include "tree.h"
#include "trust.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct killing {
    uint64_t began;
    uint64_t should_have_begun; /* when trust ended; the same as `began` if that is not why */
    uint64_t next_complaint;
    uint64_t next_pass; /* when all that is left is looked for again */
    void (*ended)(pid_t pid, int status);
};

void killing_begin(struct killing *killing, const struct trust *trust, struct report *report, uint64_t now);

/*
 * To be called after each event, and at next_pass. Sends SIGKILL to all that is left, if it is time to look for it. True once
 * nothing is left; then it is in the report.
 */
bool killing_go_on(struct killing *killing, const struct trust *trust, struct report *report);

/*
 * Counts the living processes that the node has named, and sends them SIGKILL if so asked. Each is held before it is looked at, so
 * that nobody is hit who got its pid later.
 */
struct pass others_look(const struct trust *trust, struct report *report, bool kill_them);

/* Enters a state in the report. */
void report_state(const struct trust *trust, struct report *report, enum state state);

#endif

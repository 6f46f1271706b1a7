/*
 * All processes below this one. It is their subreaper: whoever loses his parent becomes its child. So when the kernel says
 * that it has no child, it has no descendant either.
 */
#ifndef POMBAL_TREE_H
#define POMBAL_TREE_H

#include "process.h"

#include <stdbool.h>
#include <sys/types.h>

#define TREE_MAX 65536
#define TREE_DEPTH_MAX 1024

/* What one pass over the tree saw. */
struct pass {
    unsigned alive; /* not counting zombies */
    pid_t one;      /* one of those */
};

/* Sends SIGKILL to every descendant it sees. New ones may come while it looks: repeat until tree_is_empty. */
struct pass tree_kill(void);

/* Takes note of children that have ended. `ended` is called for each. Returns how many. */
unsigned tree_reap(void (*ended)(pid_t pid, int status));

/* Whether there is no descendant at all. */
bool tree_is_empty(void);

/* Calls `visit` for every descendant; they may change meanwhile. Returns how many. */
unsigned tree_visit(void (*visit)(const struct process *process, void *context), void *context);

#endif

#include "stopping.h"

#include "clock.h"
#include "log.h"
#include "tree.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#define LOOK_EVERY (20 * MILLISECOND)

/* Dovecot's own process that writes its log, by the name the kernel has for it. */
#define LOG "log"

static void ask(const struct process *process) {
    int held = process_hold(process->pid, process->start);
    if (held >= 0) {
        process_terminate_held(held);
        close(held);
    }
}

static void ask_unless_last(const struct process *process, void *master) {
    if (process->pid != *(const pid_t *)master && strcmp(process->name, LOG) != 0) {
        ask(process);
    }
}

void stopping_begin(struct stopping *stopping, pid_t master, uint64_t now) {
    stopping->next_look = master != 0 ? now + LOOK_EVERY : 0;
    tree_visit(ask_unless_last, &master);
}

struct left {
    pid_t master;
    struct process log; /* pid 0: none */
    unsigned others;
};

static void count(const struct process *process, void *context) {
    struct left *left = context;
    if (process->pid == left->master) {
        return;
    }
    if (strcmp(process->name, LOG) == 0) {
        left->log = *process;
    } else {
        left->others++;
    }
}

void stopping_go_on(struct stopping *stopping, pid_t master, uint64_t now) {
    struct left left = {.master = master};
    stopping->next_look = now + LOOK_EVERY;
    tree_visit(count, &left);
    if (left.others > 0) {
        return;
    }
    if (left.log.pid == 0) {
        stopping->master_killed = true;
        kill(master, SIGKILL);
    } else if (!stopping->log_asked) {
        stopping->log_asked = true;
        ask(&left.log);
    }
}

/* One process as the kernel shows it, and a sure grip on it. */
#ifndef POMBAL_PROCESS_H
#define POMBAL_PROCESS_H

#include "options.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct process {
    pid_t pid;
    pid_t parent;
    pid_t session;
    char state; /* as in /proc/PID/stat; 'Z' has ended but for its entry, if it has no other threads */
    long threads;
    uint64_t start;
    char name[16];
};

/* False if there is no such process. */
bool process_read(pid_t pid, struct process *process);

/* Instead of a pidfd: there is no such process any more, or it cannot be told (no descriptors or memory left). */
enum { HELD_GONE = -1, HELD_UNKNOWN = -2 };

/*
 * A pidfd of the process with this pid and start time. As long as it is open, signals through it reach this process or
 * nobody.
 */
int process_hold(pid_t pid, uint64_t start);

void process_kill_held(int held);

/* Asks it to end, by SIGTERM. */
void process_terminate_held(int held);

/* Whether the process behind the pidfd has ended. */
bool process_has_ended(int held);

/*
 * What program it runs. One that is about to end has none any more, so that it cannot be told; the kernel's own never have.
 */
enum program { PROGRAM_DOVECOTS, PROGRAM_STRANGE, PROGRAM_UNKNOWN };
enum program process_program(pid_t pid, const struct options *options);

/* Whether it is a descendant of this process. */
bool process_is_below_us(pid_t pid);

#endif

#include "tree.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* In static memory, so that nothing is allocated when it matters. Children follow their parents. */
static struct {
    pid_t pid;
    pid_t parent;
} found[TREE_MAX];
static unsigned found_count;

static void add_children_of_thread(pid_t pid, long thread) {
    char path[64], text[4096 + 16];
    size_t kept = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%ld/children", (int)pid, thread);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    ssize_t length;
    while ((length = read(file, text + kept, 4096)) > 0) {
        size_t end = kept + (size_t)length;
        char *number = text, *space;
        while ((space = memchr(number, ' ', end - (size_t)(number - text))) != NULL) {
            if (found_count < TREE_MAX) {
                found[found_count].pid = (pid_t)strtol(number, NULL, 10);
                found[found_count++].parent = pid;
            }
            number = space + 1;
        }
        /* A number that is cut off at the end of the block goes on in the next one. */
        kept = end - (size_t)(number - text);
        if (kept > 12) {
            break;
        }
        memmove(text, number, kept);
    }
    close(file);
}

/* The kernel keeps children by the thread that forked them. */
static void add_children_of_threads(pid_t pid) {
    struct entry {
        uint64_t inode;
        int64_t offset;
        unsigned short length;
        unsigned char type;
        char name[];
    };
    _Alignas(uint64_t) char entries[4096];
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return;
    }
    long length;
    while ((length = syscall(SYS_getdents64, folder, entries, sizeof entries)) > 0) {
        for (long at = 0; at < length;) {
            const struct entry *entry = (const void *)(entries + at);
            long thread = strtol(entry->name, NULL, 10);
            if (thread > 0) {
                add_children_of_thread(pid, thread);
            }
            at += entry->length;
        }
    }
    close(folder);
}

static void add_children(const struct process *process) {
    if (process->threads == 1) {
        add_children_of_thread(process->pid, process->pid);
    } else {
        add_children_of_threads(process->pid);
    }
}

/* Starts with our own children; returns how many. Their pids cannot be reused before we reap them. */
static unsigned begin(void) {
    found_count = 0;
    add_children_of_thread(getpid(), getpid());
    return found_count;
}

/* Whether what bears the pid now is still a child of the one it was listed under, or of us since that one ended. */
static bool still_below(unsigned i, const struct process *process) {
    return process->parent == found[i].parent || process->parent == getpid();
}

/*
 * It must run once more to end, and on a loaded machine would wait for its turn: 500 processes took 0.7 s to die. So it is put
 * ahead of the load; all it does any more is to die. The kernel has no call for this by pidfd. To hit somebody else, a deeper
 * one would have to end, be reaped, and all other pids be used up, since the line before.
 */
static void hurry(pid_t dying) {
    const struct sched_param priority = {.sched_priority = 1};
    if (sched_setscheduler(dying, SCHED_FIFO, &priority) != 0) {
        setpriority(PRIO_PROCESS, (id_t)dying, -20);
    }
}

/*
 * A deeper one may have ended, been reaped by its parent, and its pid been given to a stranger since it was listed. So it is
 * held first, and looked at again then.
 */
static void kill_deeper(unsigned i) {
    int held = (int)syscall(SYS_pidfd_open, found[i].pid, 0);
    struct process process;
    if (held >= 0) {
        if (process_read(found[i].pid, &process) && still_below(i, &process)) {
            process_kill_held(held);
            hurry(found[i].pid);
        }
        close(held);
    }
}

/* Our own child keeps its pid until we reap it. */
static void kill_child(unsigned i) {
    kill(found[i].pid, SIGKILL);
    hurry(found[i].pid);
}

struct pass tree_kill(void) {
    struct pass pass = {0};
    unsigned children = begin();
    for (unsigned i = 0; i < found_count; i++) {
        struct process process;
        if (!process_read(found[i].pid, &process) || !still_below(i, &process)) {
            continue;
        }
        /* Before it is killed: then its children are ours, and would have to wait for the next pass. */
        add_children(&process);
        if (i < children) {
            kill_child(i);
        } else {
            kill_deeper(i);
        }
        if (process.state != 'Z') {
            pass.alive++;
            pass.one = process.pid;
        }
    }
    return pass;
}

unsigned tree_reap(void (*ended)(pid_t pid, int status)) {
    unsigned count = 0;
    pid_t pid;
    int status;
    while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
        count++;
        ended(pid, status);
    }
    return count;
}

bool tree_is_empty(void) {
    siginfo_t any;
    /* Only asks: succeeds if there is a child in whatever state. */
    return waitid(P_ALL, 0, &any, WEXITED | WNOHANG | WNOWAIT | __WALL) < 0;
}

unsigned tree_visit(void (*visit)(const struct process *process, void *context), void *context) {
    unsigned visited = 0;
    begin();
    for (unsigned i = 0; i < found_count; i++) {
        struct process process;
        if (process_read(found[i].pid, &process) && still_below(i, &process) && process.state != 'Z') {
            visit(&process, context);
            visited++;
            add_children(&process);
        }
    }
    return visited;
}

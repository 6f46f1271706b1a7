#include "process.h"

#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static char *skip_fields(char *text, int count) {
    while (count-- > 0 && text != NULL) {
        text = strchr(text + 1, ' ');
    }
    return text;
}

bool process_read(pid_t pid, struct process *process) {
    char path[32], text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return false;
    }
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0) {
        return false;
    }
    text[length] = '\0';
    /* The name may hold spaces and parentheses; nothing after it does. */
    char *name = strchr(text, '('), *end = strrchr(text, ')');
    if (name == NULL || end == NULL || end < name || end[1] != ' ') {
        return false;
    }
    *process = (struct process){.pid = pid, .state = end[2]};
    size_t name_length = (size_t)(end - name - 1);
    memcpy(process->name, name + 1, name_length < sizeof process->name ? name_length : sizeof process->name);
    char *parent = skip_fields(end + 1, 1), *session = skip_fields(parent, 2), *threads = skip_fields(session, 14),
         *start = skip_fields(threads, 2);
    if (start == NULL) {
        return false;
    }
    process->parent = (pid_t)strtol(parent, NULL, 10);
    process->session = (pid_t)strtol(session, NULL, 10);
    process->threads = strtol(threads, NULL, 10);
    process->start = strtoull(start, NULL, 10);
    return true;
}

int process_hold(pid_t pid, uint64_t start) {
    int held = (int)syscall(SYS_pidfd_open, pid, 0);
    if (held < 0) {
        /* EINVAL: the pid is that of a thread by now. */
        return errno == ESRCH || errno == EINVAL ? HELD_GONE : HELD_UNKNOWN;
    }
    /* Looked at after it is held: if the pid was reused before that, the start time differs. */
    struct process process;
    int verdict;
    if (process_read(pid, &process)) {
        verdict = process.start == start ? held : HELD_GONE;
    } else {
        verdict = process_has_ended(held) ? HELD_GONE : HELD_UNKNOWN;
    }
    if (verdict != held) {
        close(held);
    }
    return verdict;
}

void process_kill_held(int held) { syscall(SYS_pidfd_send_signal, held, SIGKILL, NULL, 0); }

void process_terminate_held(int held) { syscall(SYS_pidfd_send_signal, held, SIGTERM, NULL, 0); }

bool process_has_ended(int held) {
    struct pollfd process = {.fd = held, .events = POLLIN};
    return poll(&process, 1, 0) == 1;
}

enum program process_program(pid_t pid, const struct options *options) {
    char path[32], program[PATH_MAX];
    snprintf(path, sizeof path, "/proc/%d/exe", (int)pid);
    ssize_t length = readlink(path, program, sizeof program - 1);
    if (length < 0) {
        return PROGRAM_UNKNOWN;
    }
    program[length] = '\0';
    for (unsigned i = 0; i < options->program_count; i++) {
        if (strncmp(program, options->programs[i], strlen(options->programs[i])) == 0) {
            return PROGRAM_DOVECOTS;
        }
    }
    return PROGRAM_STRANGE;
}

bool process_is_below_us(pid_t pid) {
    struct process process = {.parent = pid};
    pid_t us = getpid();
    for (int level = 0; level < TREE_DEPTH_MAX; level++) {
        if (process.parent <= 1 || !process_read(process.parent, &process)) {
            return false;
        }
        if (process.parent == us) {
            return true;
        }
    }
    return false;
}

#include "predecessor.h"

#include "clock.h"
#include "killing.h"
#include "log.h"
#include "process.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PAUSE_US 2000
#define COMPLAIN_EVERY (10 * SECOND)

/*
 * Whether the process is one it left. The number of a session is not given away while a process is in it. If none is left, it may
 * be another's by now, so programs that are not Dovecot's are left alone.
 */
static bool is_left(pid_t pid, const struct report *old, const struct options *options, struct process *process) {
    return process_read(pid, process) && process->session == (pid_t)old->session && process->state != 'Z' &&
           process_program(pid, options) != PROGRAM_STRANGE;
}

/* Returns how many it saw, and sent SIGKILL. */
static unsigned kill_left(const struct report *old, const struct options *options) {
    unsigned seen = 0;
    DIR *processes = opendir("/proc");
    if (processes == NULL) {
        give_up(EXIT_SYSTEM, "cannot read /proc: %s", strerror(errno));
    }
    const struct dirent *entry;
    while ((entry = readdir(processes)) != NULL) {
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        struct process process;
        if (pid <= 0 || !is_left(pid, old, options, &process)) {
            continue;
        }
        int held = process_hold(pid, process.start);
        if (held >= 0) {
            process_kill_held(held);
            close(held);
        }
        seen++;
    }
    closedir(processes);
    return seen;
}

void predecessor_end(struct trust *trust, const struct options *options, struct report *report) {
    struct report old;
    bool known = report_read(trust, &old);
    if (known) {
        report->starts = old.starts;
        report->kills = old.kills;
        report->kill_began = old.kill_began;
        report->sequence = old.sequence;
    }
    /* Session 0 is the kernel's own. */
    if (known && (old.state == STATE_SERVING || old.state == STATE_KILLING) && old.session > 1) {
        uint64_t began = boottime(), complain = began + SECOND;
        unsigned first = 0, left;
        while ((left = kill_left(&old, options)) > 0) {
            first = left > first ? left : first;
            if (boottime() > complain) {
                say(SEVERITY_ERROR, "%u processes of a guardian that was killed cannot be killed", left);
                complain = boottime() + COMPLAIN_EVERY;
            }
            usleep(PAUSE_US);
        }
        say(SEVERITY_WARNING, "a guardian was killed before all was gone: ended %u processes that it left", first);
    }
    while (others_look(trust, report, true).alive > 0) {
        usleep(PAUSE_US);
    }
    report->all_gone_at = boottime();
}

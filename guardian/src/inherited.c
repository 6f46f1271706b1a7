#include "inherited.h"

#include "log.h"
#include "options.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define DESCRIPTORS_WANTED 20000
#define PRIORITY 10
#define NICE (-15)

static struct {
    sigset_t signals;
    struct rlimit descriptors;
    char oom[16];
    int nice;
} before;

static void write_oom(const char *value) {
    int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        ssize_t written = write(file, value, strlen(value));
        (void)written; /* making it lower needs a right that containers lack */
        close(file);
    }
}

static void read_oom(void) {
    int file = open("/proc/self/oom_score_adj", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, before.oom, sizeof before.oom - 1);
    before.oom[length < 0 ? 0 : length] = '\0';
    if (file >= 0) {
        close(file);
    }
}

void inherited_replace(void) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, &before.signals);
    /* An ignored SIGCHLD would have the kernel reap children for us, and their exit codes be lost. */
    signal(SIGCHLD, SIG_DFL);

    getrlimit(RLIMIT_NOFILE, &before.descriptors);
    struct rlimit more = before.descriptors;
    more.rlim_max = more.rlim_max < DESCRIPTORS_WANTED ? DESCRIPTORS_WANTED : more.rlim_max;
    more.rlim_cur = more.rlim_max < DESCRIPTORS_WANTED ? more.rlim_max : DESCRIPTORS_WANTED;
    if (setrlimit(RLIMIT_NOFILE, &more) != 0) {
        more.rlim_max = before.descriptors.rlim_max;
        more.rlim_cur = more.rlim_max < DESCRIPTORS_WANTED ? more.rlim_max : DESCRIPTORS_WANTED;
        setrlimit(RLIMIT_NOFILE, &more);
    }
    read_oom();
    write_oom("-1000");
    before.nice = getpriority(PRIO_PROCESS, 0);
}

void become_urgent(void) {
    if (mlockall(MCL_CURRENT | MCL_FUTURE) != 0) {
        give_up(EXIT_SYSTEM, "cannot lock memory: %s. It needs root, or LimitMEMLOCK=infinity", strerror(errno));
    }
    const struct sched_param priority = {.sched_priority = PRIORITY};
    if (sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority) == 0) {
        return;
    }
    int reason = errno;
    if (setpriority(PRIO_PROCESS, 0, NICE) == 0) {
        say(SEVERITY_INFO, "no real-time priority (%s): nice %d instead", strerror(reason), NICE);
    } else {
        say(SEVERITY_WARNING, "no raised priority (%s): under load, killing may be late", strerror(reason));
    }
}

void inherited_restore(void) {
    setrlimit(RLIMIT_NOFILE, &before.descriptors);
    write_oom(before.oom);
    setpriority(PRIO_PROCESS, 0, before.nice);
    sigprocmask(SIG_SETMASK, &before.signals, NULL);
}

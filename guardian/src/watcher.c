#include "watcher.h"

#include "clock.h"
#include "guardian.h"
#include "inherited.h"
#include "killing.h"
#include "log.h"
#include "predecessor.h"
#include "tree.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK_MS 50
/* The guardian is at work within a millisecond of the deadline. Later than this, it is stopped or hangs. */
#define OVERDUE (100 * MILLISECOND)
/* A pass takes its time: 5,000 processes are gone 0.3 s after the deadline. */
#define OVERDUE_WHILE_KILLING (250 * MILLISECOND)
#define RESTART_PAUSE (1 * SECOND)

static struct {
    struct trust trust;
    struct shared *shared;
    pid_t guardian; /* 0: has ended */
    int status;     /* how it ended */
    int stop;       /* signal that is to end us once nothing is left; 0: none */
} watcher;

static void child_ended(pid_t pid, int status) {
    if (pid == watcher.guardian) {
        watcher.guardian = 0;
        watcher.status = status;
    }
}

static void start_guardian(const struct options *options) {
    pid_t self = getpid();
    watcher.shared->beat = boottime();
    watcher.guardian = fork();
    if (watcher.guardian == 0) {
        _exit(guardian_run(options, &watcher.trust, watcher.shared, self));
    }
    if (watcher.guardian < 0) {
        give_up(EXIT_SYSTEM, "cannot start the guardian: %s", strerror(errno));
    }
}

static bool is_overdue(uint64_t now) {
    if (trust_look(&watcher.trust, now) || watcher.shared->may_live == 0) {
        return false;
    }
    uint64_t patience = watcher.shared->report.state == STATE_KILLING ? OVERDUE_WHILE_KILLING : OVERDUE;
    return now > watcher.trust.until + patience && now > watcher.shared->beat + patience;
}

static void pass_signals_on(int signals) {
    struct signalfd_siginfo received;
    while (read(signals, &received, sizeof received) == sizeof received) {
        int number = (int)received.ssi_signo;
        if (number == SIGCHLD) {
            continue;
        }
        if (watcher.guardian > 0) {
            kill(watcher.guardian, number);
        }
        if (number == SIGTERM || number == SIGINT || number == SIGQUIT) {
            watcher.stop = number;
        }
    }
}

static int open_signals(void) {
    sigset_t wanted;
    sigfillset(&wanted);
    int signals = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    if (signals < 0) {
        give_up(EXIT_SYSTEM, "no signalfd: %s", strerror(errno));
    }
    return signals;
}

static void wait_a_little(int signals, int milliseconds) {
    struct pollfd wanted = {.fd = signals, .events = POLLIN};
    poll(&wanted, 1, milliseconds);
    pass_signals_on(signals);
}

/* Not longer than until the guardian might be overdue. */
static int milliseconds_to_wait(uint64_t now) {
    uint64_t due = watcher.trust.until + OVERDUE;
    return due > now && due - now < TICK_MS * MILLISECOND ? (int)((due - now) / MILLISECOND) + 1 : TICK_MS;
}

/* Until the guardian has ended or must be ended. */
static void stand_by(int signals) {
    while (watcher.guardian != 0) {
        wait_a_little(signals, milliseconds_to_wait(boottime()));
        tree_reap(child_ended);
        if (watcher.guardian == 0) {
            return;
        }
        if (is_overdue(boottime())) {
            say(SEVERITY_ERROR, "the guardian is stopped or hangs, %s", fault_text(watcher.trust.fault));
            return;
        }
        if (watcher.shared->may_live == 0) {
            trust_follow(&watcher.trust, false);
        }
    }
}

/* The guardian, if it lives, is one of the processes below us, as is all that it has left. */
static void kill_everything(int signals) {
    struct killing killing = {.ended = child_ended};
    struct report *report = &watcher.shared->report;
    trust_look(&watcher.trust, boottime());
    killing_begin(&killing, &watcher.trust, report, boottime());
    while (!killing_go_on(&killing, &watcher.trust, report)) {
        wait_a_little(signals, 1);
    }
    watcher.shared->may_live = 0;
    report_state(&watcher.trust, report, STATE_WAITING);
}

static void pause_before_restart(int signals, uint64_t started) {
    uint64_t now;
    while (watcher.stop == 0 && (now = boottime()) < started + RESTART_PAUSE) {
        wait_a_little(signals, (int)((started + RESTART_PAUSE - now) / MILLISECOND) + 1);
    }
}

int watcher_run(const struct options *options) {
    prctl(PR_SET_NAME, "pombal-watcher"); /* so that killing by the guardian's name leaves one of the two */
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    watcher.shared = mmap(NULL, sizeof *watcher.shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (watcher.shared == MAP_FAILED) {
        give_up(EXIT_SYSTEM, "no memory: %s", strerror(errno));
    }
    trust_open(&watcher.trust, options);
    become_urgent();
    int signals = open_signals();
    predecessor_end(&watcher.trust, options, &watcher.shared->report);
    for (;;) {
        uint64_t started = boottime();
        start_guardian(options);
        stand_by(signals);
        if (watcher.guardian == 0 && WIFEXITED(watcher.status) && tree_is_empty()) {
            return WEXITSTATUS(watcher.status);
        }
        say(SEVERITY_ERROR, "the guardian has failed: killing all");
        kill_everything(signals);
        pause_before_restart(signals, started);
        if (watcher.stop != 0) {
            report_state(&watcher.trust, &watcher.shared->report, STATE_ENDED);
            return 128 + watcher.stop;
        }
    }
}

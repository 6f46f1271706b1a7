#include "guardian.h"

#include "clients.h"
#include "clock.h"
#include "dovecot.h"
#include "events.h"
#include "inherited.h"
#include "killing.h"
#include "log.h"
#include "sockets.h"
#include "stopping.h"
#include "tree.h"
#include "watched.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define TICK (100 * MILLISECOND)
/* While Dovecot has not made a folder that a socket goes in: its login processes look for the socket at once. */
#define TICK_UNBOUND (10 * MILLISECOND)

static struct {
    const struct options *options;
    struct trust *trust; /* NULL beside a proxy */
    struct shared *shared;
    struct report *report;
    struct killing killing;
    struct stopping stopping;
    pid_t dovecot;       /* 0: does not run */
    int exit_code;       /* of Dovecot, or of what ended us */
    bool stop;           /* after all is gone: end, do not wait for trust */
    bool finished;
    uint64_t linger_until; /* 0: Dovecot's master process has not ended */
    uint64_t next_keep;
    bool all_bound;
    int signals;
    int watcher; /* pidfd */
} guardian;

static void enter(enum state state) {
    report_state(guardian.trust, guardian.report, state);
    clients_tell_state();
}

static void child_ended(pid_t pid, int status) {
    if (pid != guardian.dovecot) {
        return;
    }
    guardian.dovecot = 0;
    guardian.report->dovecot_pid = 0;
    guardian.exit_code = guardian.stopping.master_killed ? 0 : dovecot_exit_code(status);
    if (guardian.report->state == STATE_SERVING) {
        uint64_t now = boottime();
        guardian.linger_until = now + guardian.options->linger;
        guardian.stop = true;
        stopping_begin(&guardian.stopping, 0, now);
        say(SEVERITY_INFO, "Dovecot has ended with %d", guardian.exit_code);
    }
}

static void start_dovecot(uint64_t now) {
    /* Before the fork: the watcher must not believe that nothing lives. */
    guardian.shared->may_live = 1;
    guardian.report->starts++;
    guardian.linger_until = 0;
    guardian.dovecot = dovecot_start(guardian.options->command);
    if (guardian.dovecot < 0) {
        say(SEVERITY_ERROR, "cannot start Dovecot: %s", strerror(errno));
        guardian.dovecot = 0;
        guardian.stop = guardian.finished = true;
        guardian.exit_code = EXIT_SYSTEM;
        return;
    }
    guardian.report->dovecot_pid = (uint32_t)guardian.dovecot;
    guardian.next_keep = now;
    enter(STATE_SERVING);
    say(SEVERITY_INFO, "trusted for %.3f s: started Dovecot, process %d", (double)(guardian.trust->until - now) / SECOND,
        (int)guardian.dovecot);
}

static void nothing_is_left(void) {
    guardian.shared->may_live = 0;
    guardian.linger_until = 0;
    if (guardian.stop) {
        guardian.finished = true;
    }
    enter(guardian.stop ? STATE_ENDED : STATE_WAITING);
}

static void begin_killing(const char *reason) {
    killing_begin(&guardian.killing, guardian.trust, guardian.report, boottime());
    /* Signals first, words later. */
    tree_kill();
    say(SEVERITY_WARNING, "killing Dovecot: %s", reason);
    clients_tell_state();
    if (killing_go_on(&guardian.killing, guardian.trust, guardian.report)) {
        nothing_is_left();
    }
}

static void serve(bool trusted, uint64_t now) {
    tree_reap(child_ended);
    if (guardian.dovecot == 0 && tree_is_empty() && others_look(guardian.trust, guardian.report, false).alive == 0) {
        guardian.report->all_gone_at = boottime();
        nothing_is_left();
    } else if (!trusted) {
        begin_killing(fault_text(guardian.trust->fault));
    } else if (guardian.linger_until != 0 && now >= guardian.linger_until) {
        begin_killing("processes are left though its master process has ended");
    } else if (guardian.stopping.next_look != 0 && now >= guardian.stopping.next_look) {
        stopping_go_on(&guardian.stopping, guardian.dovecot, now);
    }
}

/* Looks at clock and file, and does what is due. */
static void step(uint64_t now) {
    guardian.shared->beat = now;
    bool trusted = trust_look(guardian.trust, now);
    switch (guardian.report->state) {
    case STATE_SERVING:
        serve(trusted, now);
        break;
    case STATE_KILLING:
        if (killing_go_on(&guardian.killing, guardian.trust, guardian.report)) {
            nothing_is_left();
        }
        break;
    default:
        tree_reap(child_ended);
        if (guardian.stop) {
            guardian.finished = true;
            enter(STATE_ENDED);
        } else if (trusted) {
            start_dovecot(now);
        } else if (trust_follow(guardian.trust, true)) {
            report_write(guardian.trust, guardian.report);
        }
    }
}

static void keep_sockets(uint64_t now) {
    if (now >= guardian.next_keep) {
        guardian.all_bound = sockets_keep();
        guardian.next_keep = now + (guardian.all_bound || guardian.dovecot == 0 ? TICK : TICK_UNBOUND);
        watched_check_limits(now);
        if (guardian.trust != NULL) {
            report_beat(guardian.trust, guardian.report, now);
        }
    }
}

static uint64_t next_look(void) {
    if (guardian.trust == NULL) {
        return guardian.next_keep;
    }
    if (guardian.report->state == STATE_KILLING) {
        return guardian.killing.next_pass;
    }
    uint64_t next = guardian.next_keep;
    if (guardian.report->state == STATE_SERVING && guardian.trust->until < next) {
        next = guardian.trust->until;
    }
    if (guardian.linger_until != 0 && guardian.linger_until < next) {
        next = guardian.linger_until;
    }
    if (guardian.stopping.next_look != 0 && guardian.stopping.next_look < next) {
        next = guardian.stopping.next_look;
    }
    return next;
}

static void take_signal(void) {
    struct signalfd_siginfo received;
    if (read(guardian.signals, &received, sizeof received) != sizeof received || received.ssi_signo == SIGCHLD) {
        return; /* children are looked at after every event */
    }
    int number = (int)received.ssi_signo;
    bool ends = number == SIGTERM || number == SIGINT || number == SIGQUIT;
    if (guardian.dovecot != 0) {
        kill(guardian.dovecot, number);
    }
    if (ends) {
        guardian.stop = true;
        guardian.exit_code = 128 + number;
    }
    if (ends && guardian.dovecot != 0) {
        stopping_begin(&guardian.stopping, guardian.dovecot, boottime());
    }
}

static void react(const struct event *event) {
    switch (event->kind) {
    case EVENT_SIGNAL:
        take_signal();
        break;
    case EVENT_WATCHER:
        close(guardian.watcher);
        guardian.stop = true;
        guardian.exit_code = EXIT_INTERNAL;
        if (guardian.report->state == STATE_SERVING) {
            begin_killing("the watcher was killed");
        }
        break;
    case EVENT_CONTROL_CALLER:
        clients_accept();
        break;
    case EVENT_DESCRIPTORS_CALLER:
        sockets_accept_holder();
        break;
    case EVENT_CLIENT:
        clients_read(event->index);
        break;
    case EVENT_HOLDER:
        sockets_look_at_holder(event->index);
        break;
    case EVENT_WATCHED:
        watched_look_at(event->index);
        break;
    default:
        break;
    }
}

static void open_signals(void) {
    sigset_t wanted;
    sigemptyset(&wanted);
    const int numbers[] = {SIGCHLD, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGUSR1, SIGUSR2, SIGWINCH};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaddset(&wanted, numbers[i]);
    }
    guardian.signals = signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
    if (guardian.signals < 0 || !events_add(guardian.signals, EVENT_SIGNAL, 0)) {
        give_up(EXIT_SYSTEM, "no signalfd: %s", strerror(errno));
    }
}

static void open_all(const struct options *options, const struct report *report) {
    guardian.options = options;
    events_open();
    watched_open();
    clients_open(options, report);
    sockets_open(options);
    open_signals();
    become_urgent();
}

static void open_watcher(pid_t watcher) {
    guardian.watcher = (int)syscall(SYS_pidfd_open, watcher, 0);
    if (guardian.watcher < 0 || getppid() != watcher || !events_add(guardian.watcher, EVENT_WATCHER, 0)) {
        give_up(EXIT_INTERNAL, "the watcher is gone before the guardian began");
    }
}

static void open_report(struct trust *trust, struct report *report) {
    struct process self;
    process_read(getpid(), &self);
    report->guardian_pid = (uint32_t)getpid();
    report->guardian_start = self.start;
    report->session = (uint32_t)getsid(0);
    report->dovecot_pid = 0;
    report_state(trust, report, STATE_WAITING);
}

static void loop(void) {
    while (!guardian.finished) {
        uint64_t now = boottime();
        struct event event;
        keep_sockets(now);
        if (events_next(next_look(), &event)) {
            react(&event);
        }
        if (guardian.trust != NULL) {
            step(boottime());
        } else if (guardian.stop) {
            guardian.finished = true;
        }
    }
}

int guardian_run(const struct options *options, struct trust *trust, struct shared *shared, pid_t watcher) {
    /* A session of its own marks all that is below, see predecessor.h; and a terminal's signals come only once. */
    setsid();
    prctl(PR_SET_NAME, "pombal-guardian");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    guardian.trust = trust;
    guardian.shared = shared;
    guardian.report = &shared->report;
    guardian.killing.ended = child_ended;
    open_all(options, guardian.report);
    open_watcher(watcher);
    watched_use(trust);
    open_report(trust, guardian.report);
    say(SEVERITY_INFO, "waiting for trust in %s", options->trust);
    step(boottime());
    loop();
    return guardian.exit_code;
}

int sockets_run(const struct options *options) {
    static struct report none = {.state = STATE_WAITING};
    open_all(options, &none);
    loop();
    return guardian.exit_code == 128 + SIGTERM ? 0 : guardian.exit_code;
}

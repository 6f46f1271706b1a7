#include "killing.h"

#include "clock.h"
#include "log.h"
#include "tree.h"

#include <unistd.h>

#define STUCK_AFTER (300 * MILLISECOND)
#define COMPLAIN_EVERY (10 * SECOND)
#define SHORTEST_PAUSE (1 * MILLISECOND)

void report_state(const struct trust *trust, struct report *report, enum state state) {
    report->state = state;
    report->since = boottime();
    report_write(trust, report);
}

void killing_begin(struct killing *killing, const struct trust *trust, struct report *report, uint64_t now) {
    killing->began = now;
    killing->should_have_begun = now;
    if (trust->fault == FAULT_EXPIRED && trust->until != 0 && trust->until < now) {
        killing->should_have_begun = trust->until;
    }
    killing->next_complaint = now + STUCK_AFTER;
    killing->next_pass = now;
    report->kill_began = now;
    report->kills++;
    report->killed = 0;
    report->stuck = 0;
    report->stuck_pid = 0;
    report_state(trust, report, STATE_KILLING);
}

struct pass others_look(const struct trust *trust, struct report *report, bool kill_them) {
    struct pass pass = {0};
    uint32_t refused = 0;
    for (unsigned slot = 0; slot < OTHERS_MAX; slot++) {
        struct other_process other;
        trust_other(trust, slot, &other);
        int held = other.pid == 0 || other.pid > INT32_MAX ? HELD_GONE : process_hold((pid_t)other.pid, other.start);
        if (held < 0) {
            pass.alive += held == HELD_UNKNOWN;
            continue;
        }
        enum program program = process_program((pid_t)other.pid, trust->options);
        if (program == PROGRAM_DOVECOTS && kill_them) {
            process_kill_held(held);
        }
        if (!process_has_ended(held)) {
            refused += program == PROGRAM_STRANGE;
            if (program != PROGRAM_STRANGE) {
                pass.alive++;
                pass.one = (pid_t)other.pid;
            }
        }
        close(held);
    }
    report->refused = refused;
    return pass;
}

static void complain(struct killing *killing, const struct trust *trust, struct report *report, struct pass pass,
                     uint64_t now) {
    struct process process = {.state = '?'};
    process_read(pass.one, &process);
    report->stuck = pass.alive;
    report->stuck_pid = (uint32_t)pass.one;
    report_write(trust, report);
    killing->next_complaint = now + COMPLAIN_EVERY;
    say(SEVERITY_ERROR, "%u processes cannot be killed, %.1f s after SIGKILL; one is %d (%.16s), in state %c", pass.alive,
        (double)(now - killing->began) / SECOND, (int)pass.one, process.name, process.state);
}

static void finish(const struct killing *killing, const struct trust *trust, struct report *report, uint64_t now) {
    report->all_gone_at = now;
    report->stuck = 0;
    report->stuck_pid = 0;
    report->dovecot_pid = 0;
    report_write(trust, report);
    say(SEVERITY_WARNING, "all gone: %u processes in %.3f s, %.3f s after %s", report->killed,
        (double)(now - killing->began) / SECOND, (double)(now - killing->should_have_begun) / SECOND,
        killing->should_have_begun != killing->began ? "trust ended" : "the decision");
    if (report->refused > 0) {
        say(SEVERITY_ERROR, "%u processes that the node named were left alone: not Dovecot's programs, see --program",
            report->refused);
    }
}

bool killing_go_on(struct killing *killing, const struct trust *trust, struct report *report) {
    report->killed += tree_reap(killing->ended);
    uint64_t began = boottime();
    if (began < killing->next_pass && !tree_is_empty()) {
        return false;
    }
    struct pass tree = tree_kill();
    struct pass others = others_look(trust, report, true);
    report->killed += tree_reap(killing->ended);
    uint64_t now = boottime();
    /*
     * What dies needs the processor more than we do, who are ahead of it: half of the time is theirs. With a pass for each that had
     * died, five guardians and 2,000 processes on two cores went on for minutes.
     */
    uint64_t pause = now - began;
    killing->next_pass = now + (pause > SHORTEST_PAUSE ? pause : SHORTEST_PAUSE);
    if (tree_is_empty() && others.alive == 0) {
        finish(killing, trust, report, now);
        return true;
    }
    struct pass left = {.alive = tree.alive + others.alive, .one = tree.alive > 0 ? tree.one : others.one};
    if (left.alive > 0 && now >= killing->next_complaint) {
        complain(killing, trust, report, left, now);
    }
    return false;
}

#include "watched.h"

#include "clock.h"
#include "events.h"
#include "process.h"
#include "trust.h"

#include <sys/resource.h>
#include <unistd.h>

/* Descriptors that are not to be used up here: killing needs some. */
#define OWN_DESCRIPTORS 256

struct watched {
    int held; /* -1: free */
    struct client_id client;
    uint32_t id;
    uint32_t pid;
    uint64_t start;
    uint64_t limit; /* 0: is only watched */
};
static struct watched all[WATCHED_MAX];
static unsigned capacity;
static unsigned next_free;
static unsigned used_end; /* all from here on are free */
static unsigned with_limit;
static const struct trust *trust;

void watched_open(void) {
    struct rlimit descriptors;
    getrlimit(RLIMIT_NOFILE, &descriptors);
    capacity = descriptors.rlim_cur < WATCHED_MAX + OWN_DESCRIPTORS ? 0 : WATCHED_MAX;
    if (capacity == 0 && descriptors.rlim_cur > OWN_DESCRIPTORS) {
        capacity = (unsigned)descriptors.rlim_cur - OWN_DESCRIPTORS;
    }
    for (unsigned i = 0; i < WATCHED_MAX; i++) {
        all[i].held = -1;
    }
}

void watched_use(const struct trust *given) { trust = given; }

static void tell(struct client_id client, uint32_t type, const struct record *asked, uint32_t value, char state) {
    struct record answer = {.type = type,
                            .id = asked->id,
                            .pid = asked->pid,
                            .value = value,
                            .start = asked->start,
                            .time = boottime(),
                            .name = {state}};
    clients_send(client, &answer);
}

static struct record asked_for(const struct watched *watched) {
    return (struct record){.id = watched->id, .pid = watched->pid, .start = watched->start};
}

static void release(struct watched *watched) {
    close(watched->held);
    watched->held = -1;
    with_limit -= watched->limit != 0;
    if ((unsigned)(watched - all) < next_free) {
        next_free = (unsigned)(watched - all);
    }
    while (used_end > 0 && all[used_end - 1].held < 0) {
        used_end--;
    }
}

static int hold(const struct record *asked) {
    return asked->pid == 0 || asked->pid > INT32_MAX ? HELD_GONE : process_hold((pid_t)asked->pid, asked->start);
}

static void keep(struct client_id client, const struct record *asked, uint64_t limit, int held) {
    while (next_free < capacity && all[next_free].held >= 0) {
        next_free++;
    }
    if (next_free >= capacity || !events_add(held, EVENT_WATCHED, next_free)) {
        close(held);
        tell(client, SAY_REFUSED, asked, 0, 0);
        return;
    }
    all[next_free] = (struct watched){.held = held,
                                      .client = client,
                                      .id = asked->id,
                                      .pid = asked->pid,
                                      .start = asked->start,
                                      .limit = limit};
    with_limit += limit != 0;
    if (next_free >= used_end) {
        used_end = next_free + 1;
    }
}

void watched_add(struct client_id client, const struct record *asked, uint64_t limit) {
    int held = hold(asked);
    if (held == HELD_GONE) {
        tell(client, SAY_GONE, asked, 1, 0);
    } else if (held == HELD_UNKNOWN) {
        tell(client, SAY_REFUSED, asked, 0, 0);
    } else {
        keep(client, asked, limit, held);
    }
}

static bool is_in_a_slot(const struct record *asked) {
    for (unsigned slot = 0; trust != NULL && slot < OTHERS_MAX; slot++) {
        struct other_process other;
        trust_other(trust, slot, &other);
        if (other.pid == asked->pid && other.start == asked->start) {
            return true;
        }
    }
    return false;
}

static bool is_ours(const struct record *asked, const struct options *options) {
    return process_is_below_us((pid_t)asked->pid) ||
           (is_in_a_slot(asked) && process_program((pid_t)asked->pid, options) == PROGRAM_DOVECOTS);
}

void watched_kill(struct client_id client, const struct record *asked, const struct options *options) {
    int held = hold(asked);
    if (held == HELD_UNKNOWN) {
        tell(client, SAY_REFUSED, asked, 0, 0);
    } else if (held == HELD_GONE || process_has_ended(held)) {
        tell(client, SAY_KILLED, asked, KILL_GONE, 0);
    } else if (is_ours(asked, options)) {
        process_kill_held(held);
        keep(client, asked, boottime() + asked->value * MILLISECOND, held);
        return;
    } else {
        /* It may have ended while it was looked at: then it has no parent any more. */
        tell(client, SAY_KILLED, asked, process_has_ended(held) ? KILL_GONE : KILL_NOT_OURS, 0);
    }
    if (held >= 0) {
        close(held);
    }
}

void watched_terminate(struct client_id client, const struct record *asked, const struct options *options) {
    int held = hold(asked);
    if (held == HELD_UNKNOWN) {
        tell(client, SAY_REFUSED, asked, 0, 0);
        return;
    }
    bool gone = held == HELD_GONE || process_has_ended(held);
    bool ours = !gone && is_ours(asked, options);
    if (ours) {
        process_terminate_held(held);
    }
    gone = gone || (!ours && process_has_ended(held));
    tell(client, SAY_TERMINATED, asked, gone ? KILL_GONE : ours ? KILL_STILL_THERE : KILL_NOT_OURS, 0);
    if (held >= 0) {
        close(held);
    }
}

void watched_look_at(unsigned index) {
    struct watched *watched = &all[index];
    if (watched->held < 0 || !process_has_ended(watched->held)) {
        return;
    }
    struct record asked = asked_for(watched);
    struct client_id client = watched->client;
    uint32_t type = watched->limit != 0 ? SAY_KILLED : SAY_GONE;
    release(watched);
    tell(client, type, &asked, 0, 0);
}

void watched_check_limits(uint64_t now) {
    if (with_limit == 0) {
        return;
    }
    for (unsigned i = 0; i < used_end; i++) {
        struct watched *watched = &all[i];
        if (watched->held < 0 || watched->limit == 0 || watched->limit > now) {
            continue;
        }
        if (process_has_ended(watched->held)) {
            watched_look_at(i);
            continue;
        }
        struct process process = {.state = '?'};
        process_read((pid_t)watched->pid, &process);
        struct record asked = asked_for(watched);
        struct client_id client = watched->client;
        release(watched);
        tell(client, SAY_KILLED, &asked, KILL_STILL_THERE, process.state);
    }
}

void watched_forget(struct client_id client) {
    for (unsigned i = 0; i < used_end; i++) {
        if (all[i].held >= 0 && all[i].client.index == client.index && all[i].client.generation == client.generation) {
            release(&all[i]);
        }
    }
}

/*
 * What the guardian and the node say to each other: a file, the control socket and the descriptor socket.
 *
 * All numbers are little-endian and at their natural alignment. All times are nanoseconds of CLOCK_BOOTTIME. A process is
 * named by its pid and its start time, field 22 of /proc/PID/stat, in clock ticks since boot: a pid alone may be reused.
 */
#ifndef POMBAL_PROTOCOL_H
#define POMBAL_PROTOCOL_H

#include <assert.h>
#include <stdint.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "the layouts below are those of little-endian machines"
#endif

#define PROTOCOL_VERSION 1

/* ---- The trust file: three parts, each written by one side only. */

#define TRUST_MAGIC "POMBAL-T"
#define REPORT_MAGIC "POMBAL-G"
#define REPORT_OFFSET 4096
#define OTHERS_OFFSET 8192
#define OTHERS_MAX 1024
#define TRUST_FILE_SIZE 24576

/*
 * Offset 0, written by the node. The node makes `sequence` odd, changes the rest, makes it even again. A record that stays
 * odd, because its writer was killed, leaves in force what was read before: that ends by itself.
 */
struct trust_part {
    char magic[8];
    uint32_t version;
    uint32_t reserved;
    uint8_t boot_id[16]; /* /proc/sys/kernel/random/boot_id without its dashes, as bytes in the order of the text */
    uint64_t sequence;
    uint64_t trusted_until; /* 0: not trusted, from now on */
};
static_assert(sizeof(struct trust_part) == 48, "layout");

/*
 * Offset OTHERS_OFFSET, OTHERS_MAX slots written by the node: processes to be killed too that are not below the guardian
 * (lda, doveadm run by cron). A slot is empty while its pid is 0; the node writes `start` first and `pid` last.
 */
struct other_process {
    uint32_t pid;
    uint32_t reserved;
    uint64_t start;
};
static_assert(sizeof(struct other_process) == 16, "layout");
static_assert(OTHERS_OFFSET + OTHERS_MAX * sizeof(struct other_process) == TRUST_FILE_SIZE, "layout");

enum state {
    STATE_WAITING = 1, /* nothing of Dovecot runs; it is started as soon as there is trust */
    STATE_SERVING = 2, /* Dovecot was started and has not ended */
    STATE_KILLING = 3, /* SIGKILL is sent until nothing is left */
    STATE_ENDED = 4    /* nothing of Dovecot runs, and the guardian has ended with it */
};

/* Why there is no trust. */
enum fault {
    FAULT_NONE = 0,
    FAULT_EXPIRED = 1,
    FAULT_SHORT = 2,   /* the file is shorter than TRUST_FILE_SIZE, or cannot be read */
    FAULT_MAGIC = 3,   /* nothing was written yet, or something else */
    FAULT_VERSION = 4,
    FAULT_BOOT_ID = 5, /* written before the machine was started */
    FAULT_TOO_FAR = 6  /* further away than --max-trust: a mistake, so not believed */
};

/*
 * Offset REPORT_OFFSET, written by the guardian. `sequence` is odd while it changes; if it stays odd, the guardian was
 * killed in between. `all_gone_at` is the proof: at that time none of Dovecot's processes was left. It belongs to the kill
 * that began at `kill_began` if it is not before it.
 */
struct report {
    char magic[8];
    uint32_t version;
    uint32_t state;
    uint8_t boot_id[16];
    uint64_t sequence;
    uint64_t since;         /* when `state` was entered */
    uint64_t trusted_until; /* the value the guardian acts by; 0 if there is none */
    uint64_t kill_began;
    uint64_t all_gone_at;
    uint64_t beat;          /* when the guardian last looked at the file: every 100 ms, more often while killing */
    uint64_t starts;        /* how often Dovecot was started */
    uint64_t kills;         /* how often it was killed because trust ended, or a guardian died */
    uint32_t killed;        /* processes seen to end in the last kill */
    uint32_t stuck;         /* processes that live on 0.3 s after SIGKILL: in state D, frozen, or traced */
    uint32_t stuck_pid;     /* one of them */
    uint32_t refused;       /* slots of the last kill whose process is not one of Dovecot's programs: left alone */
    uint32_t fault;         /* why there is no trust */
    uint32_t guardian_pid;
    uint32_t dovecot_pid;   /* 0: does not run */
    uint32_t session;       /* session id of all processes below the guardian, to find those it leaves if it is killed */
    uint64_t guardian_start;
};
static_assert(sizeof(struct report) == 136, "layout");

/*
 * ---- The control socket: a stream of records of 48 bytes, both ways. The first request must be HELLO. `id` is chosen by
 * the node and stands in all answers to the request. An unknown type, a wrong version, or a client that does not read its
 * answers: the connection is closed. What is not used is 0.
 */
enum record_type {
    /* requests */
    ASK_HELLO = 1,  /* value = PROTOCOL_VERSION -> HELLO */
    ASK_STATUS = 2, /* look at the trust file now -> STATUS */
    ASK_LIST = 3,   /* -> PROCESS for each process below the guardian, END */
    ASK_WATCH = 4,  /* pid, start -> GONE when that process has ended, at once if there is none; REFUSED: no room */
    ASK_KILL = 5,   /* pid, start, value = limit in ms, 1..60000 -> KILLED */
    ASK_TERMINATE = 6, /* pid, start: send SIGTERM -> TERMINATED */
    /* answers */
    SAY_HELLO = 101,   /* value = PROTOCOL_VERSION, pid = the guardian's, time = now */
    SAY_STATUS = 102,  /* value = state, pid and start = Dovecot's master process, time = all_gone_at; with id 0 on change */
    SAY_PROCESS = 103, /* pid, start, value = parent, name */
    SAY_END = 104,     /* value = how many */
    SAY_GONE = 105,    /* pid, start, time = now; value = 1 if it was gone before it could be watched */
    SAY_KILLED = 106,  /* pid, start, value = kill_result, time = now, name[0] = its state if STILL_THERE */
    SAY_REFUSED = 107, /* too many processes are watched */
    SAY_TERMINATED = 108 /* pid, start, value = kill_result; STILL_THERE: it was asked to end */
};

enum kill_result {
    KILL_GONE = 0,        /* seen to be gone */
    KILL_STILL_THERE = 1, /* was sent the signal and lives on, after SIGKILL at the limit */
    KILL_NOT_OURS = 2     /* neither below the guardian nor one of Dovecot's programs in the file's slots */
};

struct record {
    uint32_t type;
    uint32_t id;
    uint32_t pid;
    uint32_t value;
    uint64_t start;
    uint64_t time;
    char name[16]; /* as in /proc/PID/comm; not ended by a 0 if it is 16 long */
};
static_assert(sizeof(struct record) == 48, "layout");

/*
 * ---- The descriptor socket: whoever connects gets all listening sockets, in the order of the options, each as one byte
 * (its number, from 0) with one SCM_RIGHTS descriptor. The connection then stays open without another byte. The guardian
 * closes it when a socket had to be bound anew: the node connects again and gets the present ones. While one of them cannot be bound
 * (Dovecot has not made its folder yet) the node is left waiting for the first byte.
 */

#endif

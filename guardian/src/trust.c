#include "trust.h"

#include "clock.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* A guardian that was killed has a companion, which keeps the lock until it has ended all. */
#define LOCK_TRIES 1000
#define LOCK_PAUSE_US 10000

static void read_boot_id(uint8_t id[16]) {
    char text[64] = {0};
    int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
    if (file < 0 || read(file, text, sizeof text - 1) < 36) {
        give_up(EXIT_SYSTEM, "cannot read /proc/sys/kernel/random/boot_id: %s", strerror(errno));
    }
    close(file);
    const char *at = text;
    for (int i = 0; i < 16; i++) {
        unsigned value;
        at += *at == '-';
        if (sscanf(at, "%2x", &value) != 1) {
            give_up(EXIT_SYSTEM, "/proc/sys/kernel/random/boot_id is no UUID: '%s'", text);
        }
        id[i] = (uint8_t)value;
        at += 2;
    }
}

/* NULL, or what is wrong with the file. */
static const char *objection(int file, struct stat *attributes) {
    struct statfs system;
    if (fstat(file, attributes) != 0 || fstatfs(file, &system) != 0) {
        return strerror(errno);
    }
    if (system.f_type != TMPFS_MAGIC && system.f_type != RAMFS_MAGIC) {
        return "is not on tmpfs: it could outlive a boot, and writing could wait for a disk";
    }
    if (!S_ISREG(attributes->st_mode) || attributes->st_nlink != 1) {
        return "is not a file of its own (special, or with several links)";
    }
    if (attributes->st_uid != geteuid()) {
        return "belongs to another user: remove it";
    }
    return NULL;
}

/* What was in a file that is too short must not count again only because the file was made longer. */
static bool make_empty(int file) { return ftruncate(file, 0) == 0 && ftruncate(file, TRUST_FILE_SIZE) == 0; }

static const char *open_file(struct trust *trust) {
    int file = open(trust->options->trust, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (file < 0) {
        return strerror(errno);
    }
    struct stat attributes;
    const char *wrong = objection(file, &attributes);
    if (wrong == NULL && (fchown(file, (uid_t)-1, trust->options->group) != 0 || fchmod(file, 0660) != 0 ||
                          (attributes.st_size < TRUST_FILE_SIZE && !make_empty(file)))) {
        wrong = strerror(errno);
    }
    if (wrong != NULL) {
        close(file);
        return wrong;
    }
    trust->file = file;
    trust->device = attributes.st_dev;
    trust->inode = attributes.st_ino;
    return NULL;
}

void trust_open(struct trust *trust, const struct options *options) {
    *trust = (struct trust){.options = options, .file = -1};
    read_boot_id(trust->boot_id);
    const char *wrong = open_file(trust);
    if (wrong != NULL) {
        give_up(EXIT_CANNOT_CREATE, "--trust: %s: %s", options->trust, wrong);
    }
    for (int tries = 0; flock(trust->file, LOCK_EX | LOCK_NB) != 0; tries++) {
        if (tries == LOCK_TRIES) {
            give_up(EXIT_CANNOT_CREATE, "--trust: %s is another guardian's, which still runs", options->trust);
        }
        usleep(LOCK_PAUSE_US);
    }
}

static bool same_file(const struct trust *trust, const struct stat *now) {
    return now->st_dev == trust->device && now->st_ino == trust->inode;
}

bool trust_follow(struct trust *trust, bool repair) {
    struct stat now;
    if (lstat(trust->options->trust, &now) == 0 && same_file(trust, &now)) {
        return repair && now.st_size < TRUST_FILE_SIZE && make_empty(trust->file);
    }
    int old = trust->file;
    if (open_file(trust) != NULL) {
        return false;
    }
    flock(trust->file, LOCK_EX | LOCK_NB);
    close(old);
    return true;
}

static enum fault judge(const struct trust *trust, const struct trust_part *part, uint64_t now) {
    if (memcmp(part->magic, TRUST_MAGIC, sizeof part->magic) != 0) {
        return FAULT_MAGIC;
    }
    if (part->version != PROTOCOL_VERSION) {
        return FAULT_VERSION;
    }
    if (memcmp(part->boot_id, trust->boot_id, sizeof part->boot_id) != 0) {
        return FAULT_BOOT_ID;
    }
    if (part->trusted_until > now && part->trusted_until - now > trust->options->max_trust) {
        return FAULT_TOO_FAR;
    }
    return FAULT_NONE;
}

/* 1: a whole record. 0: the node is writing. -1: the file is too short. */
static int read_part(const struct trust *trust, struct trust_part *part) {
    uint64_t sequence;
    struct stat attributes;
    if (fstat(trust->file, &attributes) != 0 || attributes.st_size < TRUST_FILE_SIZE ||
        pread(trust->file, part, sizeof *part, 0) != sizeof *part ||
        pread(trust->file, &sequence, sizeof sequence, offsetof(struct trust_part, sequence)) != sizeof sequence) {
        return -1;
    }
    return part->sequence % 2 == 0 && part->sequence == sequence;
}

bool trust_look(struct trust *trust, uint64_t now) {
    struct trust_part part;
    int whole = read_part(trust, &part);
    if (whole != 0) {
        trust->fault = whole < 0 ? FAULT_SHORT : judge(trust, &part, now);
        trust->until = trust->fault == FAULT_NONE ? part.trusted_until : 0;
    }
    if (trust->until > now) {
        return true;
    }
    if (trust->fault == FAULT_NONE) {
        trust->fault = FAULT_EXPIRED;
    }
    return false;
}

void trust_other(const struct trust *trust, unsigned slot, struct other_process *other) {
    if (pread(trust->file, other, sizeof *other, (off_t)(OTHERS_OFFSET + slot * sizeof *other)) != sizeof *other) {
        other->pid = 0;
    }
}

bool report_read(const struct trust *trust, struct report *report) {
    return pread(trust->file, report, sizeof *report, REPORT_OFFSET) == sizeof *report &&
           memcmp(report->magic, REPORT_MAGIC, sizeof report->magic) == 0 && report->version == PROTOCOL_VERSION &&
           memcmp(report->boot_id, trust->boot_id, sizeof report->boot_id) == 0;
}

/* A file that somebody makes shorter must stay so, or it would seem whole: nothing is written past its end. */
static void write_at(const struct trust *trust, const void *bytes, size_t length, off_t offset) {
    struct stat attributes;
    if (fstat(trust->file, &attributes) == 0 && attributes.st_size >= TRUST_FILE_SIZE) {
        ssize_t written = pwrite(trust->file, bytes, length, offset);
        (void)written;
    }
}

static void write_sequence(const struct trust *trust, const struct report *report) {
    write_at(trust, &report->sequence, sizeof report->sequence, REPORT_OFFSET + offsetof(struct report, sequence));
}

void report_write(const struct trust *trust, struct report *report) {
    memcpy(report->magic, REPORT_MAGIC, sizeof report->magic);
    report->version = PROTOCOL_VERSION;
    memcpy(report->boot_id, trust->boot_id, sizeof report->boot_id);
    report->trusted_until = trust->until;
    report->fault = trust->fault;
    report->sequence |= 1;
    write_sequence(trust, report);
    write_at(trust, report, sizeof *report, REPORT_OFFSET);
    report->sequence++;
    write_sequence(trust, report);
}

void report_beat(const struct trust *trust, struct report *report, uint64_t now) {
    report->beat = now;
    if (report->trusted_until != trust->until || report->fault != trust->fault) {
        report_write(trust, report);
    } else {
        write_at(trust, &report->beat, sizeof report->beat, REPORT_OFFSET + offsetof(struct report, beat));
    }
}

const char *fault_text(enum fault fault) {
    switch (fault) {
    case FAULT_SHORT:
        return "the trust file is cut short";
    case FAULT_MAGIC:
        return "the trust file is not the node's";
    case FAULT_VERSION:
        return "the trust file has another version";
    case FAULT_BOOT_ID:
        return "the trust file is from before the machine's start";
    case FAULT_TOO_FAR:
        return "trust ends further away than --max-trust allows";
    default:
        return "trust has ended";
    }
}

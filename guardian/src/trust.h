/* The trust file, see protocol.h. Read with pread, not through a mapping: whoever truncates it cannot harm the reader. */
#ifndef POMBAL_TRUST_H
#define POMBAL_TRUST_H

#include "options.h"
#include "protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct trust {
    const struct options *options;
    int file;
    dev_t device;
    ino_t inode;
    uint8_t boot_id[16];
    uint64_t until; /* as last read; 0: none */
    enum fault fault;
};

/* Makes the file if it is missing, and locks it; ends the program if it cannot or if another guardian has it. */
void trust_open(struct trust *trust, const struct options *options);

/* Looks at the file. Whether there is trust. */
bool trust_look(struct trust *trust, uint64_t now);

/*
 * If the path leads to another file by now, or none, uses or makes that. With `repair`, a file that is too short is made
 * empty and long enough. Only while nothing runs. Whether anything was done.
 */
bool trust_follow(struct trust *trust, bool repair);

void trust_other(const struct trust *trust, unsigned slot, struct other_process *other);

/* The guardian's part. */
bool report_read(const struct trust *trust, struct report *report);
void report_write(const struct trust *trust, struct report *report);
void report_beat(const struct trust *trust, struct report *report, uint64_t now);

const char *fault_text(enum fault fault);

#endif

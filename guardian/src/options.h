/* The command line. */
#ifndef POMBAL_OPTIONS_H
#define POMBAL_OPTIONS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define LISTEN_MAX 16
#define PROGRAMS_MAX 16

struct listen_option {
    const char *path;
    mode_t mode;
    uid_t owner;
    gid_t group;
};

struct options {
    const char *trust;       /* NULL: sockets only */
    const char *control;     /* NULL: none */
    const char *descriptors; /* NULL: none */
    gid_t group;             /* who may open these three, besides root */
    struct listen_option listen[LISTEN_MAX];
    unsigned listen_count;
    const char *programs[PROGRAMS_MAX]; /* paths that Dovecot's programs begin with */
    unsigned program_count;
    uint64_t max_trust; /* ns */
    uint64_t linger;    /* ns */
    char **command;     /* NULL: sockets only */
};

/* Exit codes for mistakes of use and set-up, as in sysexits.h. */
enum { EXIT_USAGE = 64, EXIT_NO_USER = 67, EXIT_INTERNAL = 70, EXIT_SYSTEM = 71, EXIT_CANNOT_CREATE = 73 };

/* Ends the program, with a message, if the options are wrong or ask for help. */
void options_parse(struct options *options, int count, char **arguments);

#endif

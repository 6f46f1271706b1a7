/*
 * Stands in for Dovecot: makes processes of one kind, all of which hold a FIFO open. Its reader sees the end of the file when
 * the last of them is gone, whoever is its parent: a judge who does not look where the guardian looks. When all are made, it can
 * read a byte.
 *
 * crowd FIFO KIND COUNT
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int fifo;

static void all_are_made(void) {
    if (write(fifo, "!", 1) != 1) {
        perror("crowd");
        exit(1);
    }
}

static _Noreturn void live(void) {
    for (;;) {
        pause();
    }
}

/* COUNT children, as Dovecot's master has. */
static void make_flat(long count) {
    for (long i = 0; i < count; i++) {
        if (fork() == 0) {
            live();
        }
    }
}

/* Each with a session of its own, and no parent. */
static void make_daemons(long count) {
    for (long i = 0; i < count; i++) {
        if (fork() == 0) {
            setsid();
            if (fork() == 0) {
                live();
            }
            _exit(0);
        }
    }
}

/* Each the parent of the next. */
static void make_chain(long count) {
    for (long i = 0; i < count; i++) {
        if (fork() != 0) {
            live();
        }
    }
}

/* COUNT that fork, go on as the child and end as the parent, for ever: each is somebody else before one can look. */
static void make_comets(long count) {
    signal(SIGCHLD, SIG_IGN);
    for (long i = 0; i < count; i++) {
        if (fork() == 0) {
            for (;;) {
                if (fork() > 0) {
                    _exit(0);
                }
            }
        }
    }
}

/* Everybody forks whenever he can, up to COUNT at a time in each family; those at the limit fork again when one dies. */
static void make_bomb(long count) {
    for (int generation = 0; generation < 2; generation++) {
        if (fork() == 0) {
            continue;
        }
    }
    all_are_made();
    for (long alive = 0;;) {
        while (waitpid(-1, NULL, WNOHANG) > 0) {
            alive--;
        }
        if (alive < count) {
            pid_t child = fork();
            if (child == 0) {
                usleep(20000);
                _exit(0);
            }
            alive += child > 0;
        }
    }
}

int main(int arguments, char **argument) {
    if (arguments != 4 || (fifo = open(argument[1], O_WRONLY)) < 0) {
        perror("crowd FIFO KIND COUNT");
        return 1;
    }
    long count = atol(argument[3]);
    const char *kind = argument[2];
    if (strcmp(kind, "flat") == 0) {
        make_flat(count);
    } else if (strcmp(kind, "daemons") == 0) {
        make_daemons(count);
    } else if (strcmp(kind, "chain") == 0) {
        make_chain(count);
    } else if (strcmp(kind, "comets") == 0) {
        make_comets(count);
    } else if (strcmp(kind, "bomb") == 0) {
        make_bomb(count);
    } else {
        fprintf(stderr, "crowd: no kind '%s'\n", kind);
        return 1;
    }
    all_are_made();
    live();
}

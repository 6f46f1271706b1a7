/*
 * Dovecot's end in order. Its master process closes its listeners and waits a second for its processes, but does not ask them: an idle IMAP
 * session notices 5 to 10 s later. So they are asked here, by SIGTERM, after which a session ends what it is about and says goodbye; and the
 * master process, for which there is nothing left to do then, does not have to wait.
 */
#ifndef POMBAL_STOPPING_H
#define POMBAL_STOPPING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct stopping {
    uint64_t next_look; /* 0: there is nothing to look for */
    bool log_asked;
    bool master_killed;
};

/*
 * Asks all but the master process and the log, which the others still write to. To be called when the master process was asked, and when it
 * has ended (`master` is 0 then): it may have started others in between.
 */
void stopping_begin(struct stopping *stopping, pid_t master, uint64_t now);

/* To be called at next_look: ends the log when it is alone with the master process, and then that. */
void stopping_go_on(struct stopping *stopping, pid_t master, uint64_t now);

#endif

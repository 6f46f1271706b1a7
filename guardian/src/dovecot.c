#include "dovecot.h"

#include "inherited.h"
#include "log.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXIT_CANNOT_RUN 127

pid_t dovecot_start(char **command) {
    pid_t guardian = getpid();
    pid_t child = fork();
    if (child != 0) {
        return child;
    }
    /* A third net below the guardian and its watcher: if both are killed at once, the master process goes too. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != guardian) {
        _exit(EXIT_CANNOT_RUN);
    }
    inherited_restore();
    execvp(command[0], command);
    say(SEVERITY_ERROR, "cannot run %s: %s", command[0], strerror(errno));
    _exit(EXIT_CANNOT_RUN);
}

int dovecot_exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

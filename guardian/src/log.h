/* One line to standard error, or to syslog. Never waits: a reader that hangs must not keep the guardian from killing. */
#ifndef POMBAL_LOG_H
#define POMBAL_LOG_H

#include <stdbool.h>

enum severity { SEVERITY_ERROR = 3, SEVERITY_WARNING = 4, SEVERITY_INFO = 6 };

void log_to_syslog(void);
void say(enum severity severity, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Says what is wrong with the set-up and ends with the exit code. */
_Noreturn void give_up(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif

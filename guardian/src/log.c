#include "log.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FACILITY_DAEMON 3

static int syslog_socket = -1;

void log_to_syslog(void) {
    syslog_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

/* Not by syslog(3), which waits while the daemon's queue is full. */
static void send_to_syslog(enum severity severity, const char *line) {
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    char datagram[1200];
    int length = snprintf(datagram, sizeof datagram, "<%d>pombal-guardian[%d]: %s", FACILITY_DAEMON * 8 + (int)severity,
                          (int)getpid(), line);
    sendto(syslog_socket, datagram, (size_t)length, MSG_DONTWAIT | MSG_NOSIGNAL, (struct sockaddr *)&address,
           sizeof address);
}

static void write_line(enum severity severity, const char *format, va_list arguments) {
    static const char prefix[] = "pombal-guardian: ";
    char line[1024];
    memcpy(line, prefix, sizeof prefix);
    size_t used = sizeof prefix - 1;
    int added = vsnprintf(line + used, sizeof line - used - 1, format, arguments);
    size_t length = used + (added < 0 ? 0 : (size_t)added);
    if (length > sizeof line - 2) {
        length = sizeof line - 2;
    }
    line[length] = '\0';
    if (syslog_socket >= 0) {
        send_to_syslog(severity, line + used);
        return;
    }
    line[length] = '\n';
    /* A pipe that polls writable takes a line of this length without waiting. */
    struct pollfd standard_error = {.fd = STDERR_FILENO, .events = POLLOUT};
    if (poll(&standard_error, 1, 0) == 1 && (standard_error.revents & POLLOUT)) {
        ssize_t written = write(STDERR_FILENO, line, length + 1);
        (void)written;
    }
}

void say(enum severity severity, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    write_line(severity, format, arguments);
    va_end(arguments);
}

void give_up(int code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    write_line(SEVERITY_ERROR, format, arguments);
    va_end(arguments);
    exit(code);
}

#include "events.h"

#include "clock.h"
#include "log.h"
#include "options.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

static int epoll = -1;
static int timer = -1;
static uint64_t timer_set_to;

void events_open(void) {
    epoll = epoll_create1(EPOLL_CLOEXEC);
    /* Not epoll's own timeout, which does not count the time a machine sleeps. */
    timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (epoll < 0 || timer < 0 || !events_add(timer, EVENT_TIME, 0)) {
        give_up(EXIT_SYSTEM, "no epoll or timer: %s", strerror(errno));
    }
}

bool events_add(int descriptor, enum event_kind kind, unsigned index) {
    struct epoll_event interest = {.events = EPOLLIN, .data.u64 = (uint64_t)kind << 32 | index};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &interest) == 0;
}

bool events_next(uint64_t until, struct event *event) {
    if (timer_set_to != until) {
        struct itimerspec at = {.it_value = {.tv_sec = (time_t)(until / SECOND), .tv_nsec = (long)(until % SECOND)}};
        timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL);
        timer_set_to = until;
    }
    struct epoll_event happened;
    if (epoll_wait(epoll, &happened, 1, -1) != 1) {
        return false;
    }
    event->kind = (enum event_kind)(happened.data.u64 >> 32);
    event->index = (unsigned)happened.data.u64;
    if (event->kind == EVENT_TIME) {
        timer_set_to = 0;
        uint64_t expirations;
        ssize_t ignored = read(timer, &expirations, sizeof expirations);
        (void)ignored;
        return false;
    }
    return true;
}

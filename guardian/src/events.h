/* Waiting for whatever comes first. */
#ifndef POMBAL_EVENTS_H
#define POMBAL_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

enum event_kind {
    EVENT_SIGNAL,
    EVENT_TIME,
    EVENT_WATCHER,
    EVENT_CONTROL_CALLER,
    EVENT_DESCRIPTORS_CALLER,
    EVENT_CLIENT,
    EVENT_HOLDER,
    EVENT_WATCHED
};

struct event {
    enum event_kind kind;
    unsigned index; /* of the client, holder or watched process */
};

void events_open(void);

/* False if there is no room for it. */
bool events_add(int descriptor, enum event_kind kind, unsigned index);

/* Waits until the time, or the event. One event at a time: between any two, the guardian looks at the clock. */
bool events_next(uint64_t until, struct event *event);

#endif

#include "sockets.h"

#include "events.h"
#include "listener.h"
#include "log.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOLDERS_MAX 8
#define GROUPS_MAX 256

static struct listen_option control_option, descriptors_option;
static struct listener control, descriptors;
static struct listener kept[LISTEN_MAX];
static unsigned kept_count;
static gid_t allowed_group;

struct holder {
    int connection; /* -1: none */
    bool served;
};
static struct holder holders[HOLDERS_MAX];

void sockets_open(const struct options *options) {
    allowed_group = options->group;
    control_option = (struct listen_option){.path = options->control, .mode = 0660, .group = options->group};
    descriptors_option = (struct listen_option){.path = options->descriptors, .mode = 0660, .group = options->group};
    control = (struct listener){.option = &control_option, .socket = -1};
    descriptors = (struct listener){.option = &descriptors_option, .socket = -1};
    kept_count = options->listen_count;
    for (unsigned i = 0; i < kept_count; i++) {
        kept[i] = (struct listener){.option = &options->listen[i], .socket = -1};
    }
    for (unsigned i = 0; i < HOLDERS_MAX; i++) {
        holders[i].connection = -1;
    }
}

static bool send_descriptor(int connection, unsigned number, int descriptor) {
    char byte = (char)number;
    struct iovec data = {.iov_base = &byte, .iov_len = 1};
    _Alignas(struct cmsghdr) char buffer[CMSG_SPACE(sizeof(int))] = {0};
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = buffer, .msg_controllen = sizeof buffer};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(rights), &descriptor, sizeof descriptor);
    return sendmsg(connection, &message, MSG_DONTWAIT | MSG_NOSIGNAL) == 1;
}

static void let_go(struct holder *holder) {
    close(holder->connection);
    holder->connection = -1;
}

static void serve(struct holder *holder) {
    holder->served = true;
    for (unsigned i = 0; i < kept_count; i++) {
        if (!send_descriptor(holder->connection, i, kept[i].socket)) {
            say(SEVERITY_WARNING, "cannot hand over the sockets: %s", strerror(errno));
            let_go(holder);
            return;
        }
    }
}

static void keep_our_own(struct listener *listener, enum event_kind kind) {
    if (listener->option->path != NULL && listener_keep(listener) == KEPT_ANEW) {
        events_add(listener->socket, kind, 0);
    }
}

bool sockets_keep(void) {
    bool anew = false, all = true;
    for (unsigned i = 0; i < kept_count; i++) {
        enum kept result = listener_keep(&kept[i]);
        anew |= result == KEPT_ANEW;
        all &= result != KEPT_NOT;
    }
    for (unsigned i = 0; i < HOLDERS_MAX; i++) {
        struct holder *holder = &holders[i];
        if (holder->connection >= 0 && holder->served && (anew || !all)) {
            let_go(holder); /* has old ones */
        } else if (holder->connection >= 0 && !holder->served && all) {
            serve(holder);
        }
    }
    keep_our_own(&control, EVENT_CONTROL_CALLER);
    keep_our_own(&descriptors, EVENT_DESCRIPTORS_CALLER);
    return all;
}

/* The mode of the file says the same; this holds even if somebody changed that. */
static bool is_allowed(int connection) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) {
        return false;
    }
    if (peer.uid == 0 || peer.gid == allowed_group) {
        return true;
    }
    gid_t groups[GROUPS_MAX];
    length = sizeof groups;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERGROUPS, groups, &length) == 0) {
        for (unsigned i = 0; i < length / sizeof *groups; i++) {
            if (groups[i] == allowed_group) {
                return true;
            }
        }
    }
    say(SEVERITY_WARNING, "process %d of user %d may not ask here", (int)peer.pid, (int)peer.uid);
    return false;
}

static int accept_allowed(const struct listener *listener) {
    int connection = accept4(listener->socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (connection >= 0 && !is_allowed(connection)) {
        close(connection);
        return -1;
    }
    return connection;
}

int sockets_accept_client(void) { return accept_allowed(&control); }

void sockets_accept_holder(void) {
    int connection = accept_allowed(&descriptors);
    if (connection < 0) {
        return;
    }
    for (unsigned i = 0; i < HOLDERS_MAX; i++) {
        if (holders[i].connection < 0) {
            holders[i] = (struct holder){.connection = connection};
            if (events_add(connection, EVENT_HOLDER, i)) {
                sockets_keep();
            } else {
                let_go(&holders[i]);
            }
            return;
        }
    }
    say(SEVERITY_WARNING, "more than %d hold the sockets: one that came was sent away", HOLDERS_MAX);
    close(connection);
}

/* A holder says nothing; so this is its end. */
void sockets_look_at_holder(unsigned index) {
    if (holders[index].connection >= 0) {
        let_go(&holders[index]);
    }
}

#include "clients.h"

#include "clock.h"
#include "events.h"
#include "log.h"
#include "sockets.h"
#include "tree.h"
#include "watched.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for a list of all processes; a client that leaves so much unread is dropped. */
#define SEND_BUFFER (8 * 1024 * 1024)
#define BATCH 64
#define KILL_LIMIT_MAX_MS 60000

struct client {
    int connection; /* -1: none */
    uint64_t generation;
    bool greeted;
    size_t length; /* of what has come of the next record */
    struct record record;
};
static struct client clients[CLIENTS_MAX];
static const struct options *options;
static const struct report *report;

void clients_open(const struct options *given, const struct report *shown) {
    options = given;
    report = shown;
    for (unsigned i = 0; i < CLIENTS_MAX; i++) {
        clients[i].connection = -1;
    }
}

static void drop(struct client *client, const char *reason) {
    if (reason != NULL) {
        say(SEVERITY_WARNING, "dropped a client of the control socket: %s", reason);
    }
    watched_forget((struct client_id){(unsigned)(client - clients), client->generation});
    close(client->connection);
    client->connection = -1;
}

void clients_accept(void) {
    int connection = sockets_accept_client();
    if (connection < 0) {
        return;
    }
    for (unsigned i = 0; i < CLIENTS_MAX; i++) {
        struct client *client = &clients[i];
        if (client->connection < 0) {
            const int size = SEND_BUFFER;
            if (setsockopt(connection, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof size) != 0) {
                setsockopt(connection, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
            }
            *client = (struct client){.connection = connection, .generation = client->generation + 1};
            if (!events_add(connection, EVENT_CLIENT, i)) {
                drop(client, strerror(errno));
            }
            return;
        }
    }
    say(SEVERITY_WARNING, "more than %d clients of the control socket: one that came was sent away", CLIENTS_MAX);
    close(connection);
}

static bool send_records(struct client *client, const struct record *records, unsigned count) {
    size_t length = count * sizeof *records;
    if (client->connection >= 0 &&
        send(client->connection, records, length, MSG_DONTWAIT | MSG_NOSIGNAL) != (ssize_t)length) {
        drop(client, errno == EPIPE ? NULL : "it does not read its answers");
    }
    return client->connection >= 0;
}

void clients_send(struct client_id id, const struct record *record) {
    if (clients[id.index].generation == id.generation) {
        send_records(&clients[id.index], record, 1);
    }
}

static struct record status(uint32_t id) {
    struct record answer = {
        .type = SAY_STATUS, .id = id, .pid = report->dovecot_pid, .value = report->state, .time = report->all_gone_at};
    struct process dovecot;
    if (answer.pid != 0 && process_read((pid_t)answer.pid, &dovecot)) {
        answer.start = dovecot.start;
    }
    return answer;
}

void clients_tell_state(void) {
    struct record record = status(0);
    for (unsigned i = 0; i < CLIENTS_MAX; i++) {
        if (clients[i].connection >= 0 && clients[i].greeted) {
            send_records(&clients[i], &record, 1);
        }
    }
}

struct list {
    struct client *client;
    uint32_t id;
    unsigned count;
    struct record records[BATCH];
};

static void add_to_list(const struct process *process, void *context) {
    struct list *list = context;
    struct record *record = &list->records[list->count++];
    *record = (struct record){.type = SAY_PROCESS,
                              .id = list->id,
                              .pid = (uint32_t)process->pid,
                              .value = (uint32_t)process->parent,
                              .start = process->start};
    memcpy(record->name, process->name, sizeof record->name);
    if (list->count == BATCH) {
        send_records(list->client, list->records, list->count);
        list->count = 0;
    }
}

static void answer_list(struct client *client, uint32_t id) {
    static struct list list;
    list.client = client;
    list.id = id;
    list.count = 0;
    uint32_t total = tree_visit(add_to_list, &list);
    send_records(client, list.records, list.count);
    struct record end = {.type = SAY_END, .id = id, .value = total};
    send_records(client, &end, 1);
}

/* NULL, or what the client has done wrong. */
static const char *answer(struct client *client, const struct record *asked) {
    struct client_id id = {(unsigned)(client - clients), client->generation};
    if (!client->greeted && asked->type != ASK_HELLO) {
        return "its first record is not HELLO";
    }
    switch (asked->type) {
    case ASK_HELLO: {
        if (asked->value != PROTOCOL_VERSION) {
            return "it speaks another version";
        }
        client->greeted = true;
        struct record hello = {.type = SAY_HELLO,
                               .id = asked->id,
                               .pid = (uint32_t)getpid(),
                               .value = PROTOCOL_VERSION,
                               .time = boottime()};
        send_records(client, &hello, 1);
        return NULL;
    }
    case ASK_STATUS: {
        struct record now = status(asked->id);
        send_records(client, &now, 1);
        return NULL;
    }
    case ASK_LIST:
        answer_list(client, asked->id);
        return NULL;
    case ASK_WATCH:
        watched_add(id, asked, 0);
        return NULL;
    case ASK_KILL:
        if (asked->value == 0 || asked->value > KILL_LIMIT_MAX_MS) {
            return "it asks to kill without a limit from 1 to 60000 ms";
        }
        watched_kill(id, asked, options);
        return NULL;
    case ASK_TERMINATE:
        watched_terminate(id, asked, options);
        return NULL;
    default:
        return "it asks what does not exist";
    }
}

void clients_read(unsigned index) {
    struct client *client = &clients[index];
    if (client->connection < 0) {
        return;
    }
    ssize_t length = recv(client->connection, (char *)&client->record + client->length,
                          sizeof client->record - client->length, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (length <= 0) {
        drop(client, NULL);
        return;
    }
    client->length += (size_t)length;
    if (client->length == sizeof client->record) {
        client->length = 0;
        const char *wrong = answer(client, &client->record);
        if (wrong != NULL && client->connection >= 0) {
            drop(client, wrong);
        }
    }
}

#include "listener.h"

#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* As many as the system allows (net.core.somaxconn) may wait while the node starts again. */
#define BACKLOG 65535
#define FOLDER_MODE 0755

static bool stands(const struct listener *listener) {
    struct stat now;
    return listener->socket >= 0 && lstat(listener->option->path, &now) == 0 && now.st_dev == listener->device &&
           now.st_ino == listener->inode;
}

/* Whoever else may write there could put another file in the place of our socket before it gets its owner. */
static bool is_ours_alone(const struct stat *folder) {
    return folder->st_uid == geteuid() && (folder->st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

/* Opens the socket's folder, made if missing; -1 and errno otherwise. */
static int open_folder(const char *path, const char *name) {
    char folder[PATH_MAX];
    size_t length = (size_t)(name - path) - 1;
    if (length == 0) {
        return open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
    memcpy(folder, path, length);
    folder[length] = '\0';
    if (mkdir(folder, FOLDER_MODE) == 0 && chmod(folder, FOLDER_MODE) != 0) {
        return -1;
    }
    int opened = open(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat attributes;
    if (opened >= 0 && (fstat(opened, &attributes) != 0 || !is_ours_alone(&attributes))) {
        close(opened);
        errno = EPERM;
        return -1;
    }
    return opened;
}

/* Through the folder's descriptor: no symbolic link is followed, and the length of the whole path does not matter. */
static int bind_below(int folder, const char *name, const struct listen_option *option, struct stat *identity) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char fresh[96];
    if (snprintf(fresh, sizeof fresh, ".%s.new", name) >= 80) {
        errno = ENAMETOOLONG;
        return -1;
    }
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%.80s", folder, fresh);
    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (listening < 0) {
        return -1;
    }
    unlinkat(folder, fresh, 0);
    mode_t mask = umask(~option->mode & 0777);
    int result = bind(listening, (struct sockaddr *)&address, sizeof address);
    umask(mask);
    if (result != 0 || fchownat(folder, fresh, option->owner, option->group, AT_SYMLINK_NOFOLLOW) != 0 ||
        listen(listening, BACKLOG) != 0 || fstatat(folder, fresh, identity, AT_SYMLINK_NOFOLLOW) != 0 ||
        renameat(folder, fresh, folder, name) != 0) {
        int reason = errno;
        close(listening);
        errno = reason;
        return -1;
    }
    return listening;
}

enum kept listener_keep(struct listener *listener) {
    if (stands(listener)) {
        return KEPT_AS_WAS;
    }
    if (listener->socket >= 0) {
        close(listener->socket);
        listener->socket = -1;
    }
    const char *path = listener->option->path, *name = strrchr(path, '/') + 1;
    struct stat identity;
    int folder = open_folder(path, name);
    if (folder >= 0) {
        listener->socket = bind_below(folder, name, listener->option, &identity);
    }
    int reason = errno;
    if (folder >= 0) {
        close(folder);
    }
    if (listener->socket >= 0) {
        listener->device = identity.st_dev;
        listener->inode = identity.st_ino;
        listener->complained_of = 0;
        return KEPT_ANEW;
    }
    /* ENOENT: Dovecot has not made its folder yet. */
    if (reason != ENOENT && reason != listener->complained_of) {
        say(SEVERITY_ERROR, "cannot bind %s: %s", path,
            reason == EPERM ? "others than root may write into its folder" : strerror(reason));
    }
    listener->complained_of = reason;
    return KEPT_NOT;
}

#include "options.h"

#include "clock.h"
#include "log.h"

#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
    "Usage: pombal-guardian --trust FILE [OPTION...] -- COMMAND...   beside a backend: runs Dovecot while it is trusted\n"
    "       pombal-guardian [OPTION...]                              beside a proxy: keeps the node's sockets\n"
    "\n"
    "  --trust FILE         where the node writes until when it may be trusted; on tmpfs, made if missing\n"
    "  --group GROUP        the node's group: may use FILE and the two sockets below (default: root only)\n"
    "  --control PATH       socket by which the node asks for lists, ends and kills of processes\n"
    "  --descriptors PATH   socket by which the node gets the listening sockets\n"
    "  --listen PATH[,mode=0600][,owner=root][,group=root]\n"
    "                       a listening socket of the node's in one of Dovecot's folders; up to 16 times\n"
    "  --program PREFIX     what the paths of Dovecot's programs begin with, besides the customary ones; up to 8 times\n"
    "  --max-trust SECONDS  trust further away than this is a mistake and not believed (default 60, at most 3600)\n"
    "  --linger MS          how long processes may outlive Dovecot's master process (default 2000, at most 60000)\n"
    "  --syslog             write to syslog instead of standard error\n"
    "  --help, --version\n"
    "\n"
    "The exit code is Dovecot's, or 128 and the signal that ended it. See pombal-guardian(8).\n";

static unsigned long number(const char *option, const char *text, unsigned long least, unsigned long most) {
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || *text == '-' || value < least || value > most) {
        give_up(EXIT_USAGE, "%s: '%s' is not a number from %lu to %lu", option, text, least, most);
    }
    return value;
}

static mode_t mode(const char *text) {
    char *end;
    unsigned long value = strtoul(text, &end, 8);
    if (end == text || *end != '\0' || *text == '-' || value > 0777) {
        give_up(EXIT_USAGE, "--listen: mode=%s is not an octal number up to 0777", text);
    }
    return (mode_t)value;
}

static gid_t group_named(const char *option, const char *name) {
    const struct group *group = getgrnam(name);
    if (group == NULL) {
        give_up(EXIT_NO_USER, "%s: there is no group '%s'", option, name);
    }
    return group->gr_gid;
}

static uid_t user_named(const char *option, const char *name) {
    const struct passwd *user = getpwnam(name);
    if (user == NULL) {
        give_up(EXIT_NO_USER, "%s: there is no user '%s'", option, name);
    }
    return user->pw_uid;
}

static const char *absolute(const char *option, const char *path) {
    size_t length = strlen(path);
    if (path[0] != '/' || path[length - 1] == '/' || length >= PATH_MAX) {
        give_up(EXIT_USAGE, "%s: '%s' is not the absolute path of a file", option, path);
    }
    return path;
}

static void parse_listen(struct options *options, char *text) {
    enum { MODE, OWNER, GROUP };
    static char *const keys[] = {[MODE] = "mode", [OWNER] = "owner", [GROUP] = "group", NULL};
    if (options->listen_count == LISTEN_MAX) {
        give_up(EXIT_USAGE, "--listen: more than %d sockets", LISTEN_MAX);
    }
    struct listen_option *socket = &options->listen[options->listen_count++];
    char *more = strchr(text, ',');
    if (more != NULL) {
        *more++ = '\0';
    }
    *socket = (struct listen_option){.path = absolute("--listen", text), .mode = 0600};
    while (more != NULL && *more != '\0') {
        char *value, *part = more;
        int key = getsubopt(&more, keys, &value);
        if (key < 0 || value == NULL) {
            give_up(EXIT_USAGE, "--listen: '%s' is none of mode=, owner=, group=", part);
        }
        switch (key) {
        case MODE:
            socket->mode = mode(value);
            break;
        case OWNER:
            socket->owner = user_named("--listen owner", value);
            break;
        default:
            socket->group = group_named("--listen group", value);
        }
    }
}

static void add_program(struct options *options, const char *prefix) {
    if (options->program_count == PROGRAMS_MAX) {
        give_up(EXIT_USAGE, "--program: too many");
    }
    if (prefix[0] != '/') {
        give_up(EXIT_USAGE, "--program: '%s' is not absolute", prefix);
    }
    options->programs[options->program_count++] = prefix;
}

static void check(const struct options *options) {
    if (options->trust != NULL && options->command == NULL) {
        give_up(EXIT_USAGE, "--trust needs a command to run, after --; see --help");
    }
    if (options->trust == NULL && options->command != NULL) {
        give_up(EXIT_USAGE, "a command is run only under --trust; see --help");
    }
    if (options->listen_count > 0 && options->descriptors == NULL) {
        give_up(EXIT_USAGE, "--listen needs --descriptors, or nobody could accept what connects");
    }
    if (options->trust == NULL && options->descriptors == NULL) {
        give_up(EXIT_USAGE, "nothing to do: neither --trust nor --descriptors is given; see --help");
    }
}

void options_parse(struct options *options, int count, char **arguments) {
    enum { TRUST = 1, GROUP, CONTROL, DESCRIPTORS, LISTEN, PROGRAM, MAX_TRUST, LINGER, SYSLOG, HELP, VERSION };
    static const struct option known[] = {
        {"trust", required_argument, NULL, TRUST},         {"group", required_argument, NULL, GROUP},
        {"control", required_argument, NULL, CONTROL},     {"descriptors", required_argument, NULL, DESCRIPTORS},
        {"listen", required_argument, NULL, LISTEN},       {"program", required_argument, NULL, PROGRAM},
        {"max-trust", required_argument, NULL, MAX_TRUST}, {"linger", required_argument, NULL, LINGER},
        {"syslog", no_argument, NULL, SYSLOG},             {"help", no_argument, NULL, HELP},
        {"version", no_argument, NULL, VERSION},           {NULL, 0, NULL, 0}};
    *options = (struct options){
        .programs = {"/usr/lib/dovecot/", "/usr/libexec/dovecot/", "/usr/sbin/dovecot", "/usr/bin/doveadm",
                     "/usr/bin/doveconf", "/usr/bin/dsync"},
        .program_count = 6,
        .max_trust = 60 * SECOND,
        .linger = 2 * SECOND,
    };
    int chosen;
    /* "+": what follows the first word that is no option is Dovecot's. */
    while ((chosen = getopt_long(count, arguments, "+", known, NULL)) != -1) {
        switch (chosen) {
        case TRUST:
            options->trust = absolute("--trust", optarg);
            break;
        case GROUP:
            options->group = group_named("--group", optarg);
            break;
        case CONTROL:
            options->control = absolute("--control", optarg);
            break;
        case DESCRIPTORS:
            options->descriptors = absolute("--descriptors", optarg);
            break;
        case LISTEN:
            parse_listen(options, optarg);
            break;
        case PROGRAM:
            add_program(options, optarg);
            break;
        case MAX_TRUST:
            options->max_trust = number("--max-trust", optarg, 1, 3600) * SECOND;
            break;
        case LINGER:
            options->linger = number("--linger", optarg, 0, 60000) * MILLISECOND;
            break;
        case SYSLOG:
            log_to_syslog();
            break;
        case HELP:
            fputs(help, stdout);
            exit(EXIT_SUCCESS);
        case VERSION:
            puts("pombal-guardian " POMBAL_VERSION);
            exit(EXIT_SUCCESS);
        default:
            give_up(EXIT_USAGE, "see --help");
        }
    }
    options->command = optind < count ? arguments + optind : NULL;
    check(options);
}

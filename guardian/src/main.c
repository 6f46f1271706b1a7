#include "guardian.h"
#include "inherited.h"
#include "ready.h"
#include "watcher.h"

int main(int count, char **arguments) {
    static struct options options;
    options_parse(&options, count, arguments);
    inherited_replace();
    tell_systemd_ready();
    return options.trust != NULL ? watcher_run(&options) : sockets_run(&options);
}

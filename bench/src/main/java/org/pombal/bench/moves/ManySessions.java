package org.pombal.bench.moves;

import java.util.Collection;
import org.pombal.bench.kit.ProcessNames;

/** What lets a Dovecot 2.3 have thousands of sessions, the same for all peers. */
final class ManySessions {

    /** On top of a site's own configuration. */
    static final String CONFIG = """
            default_client_limit = 12000
            default_vsz_limit = 1G
            service imap-login {
              service_count = 0
              client_limit = 5000
              process_min_avail = 2
            }
            service imap {
              process_limit = 4096
            }
            """;

    private ManySessions() {}

    /** How many of the processes are IMAP sessions. */
    static int count(Collection<Long> processes) {
        return (int) processes.stream()
                .filter(pid -> ProcessNames.of(pid).equals("imap"))
                .count();
    }
}

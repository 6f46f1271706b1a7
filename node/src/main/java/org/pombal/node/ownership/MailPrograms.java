package org.pombal.node.ownership;

import java.util.Set;

/** Which of Dovecot's processes may have a user's mailbox open, by the names of their programs (Dovecot 2.3 and 2.4). */
final class MailPrograms {

    /** Those that never open one; any other counts as one that may. */
    private static final Set<String> OTHERS = Set.of(
            "dovecot",
            "anvil",
            "log",
            "config",
            "stats",
            "old-stats",
            "auth",
            "imap-login",
            "pop3-login",
            "submission-logi",
            "submission-login",
            "managesieve-log",
            "managesieve-login",
            "imap-urlauth-lo",
            "ssl-params",
            "dict",
            "dns-client",
            "dns_client",
            "ipc",
            "director",
            "aggregator",
            "replicator",
            "health-check",
            // Holds connections whose mailboxes are closed; a process that wakes one up asks again.
            "imap-hibernate");

    private MailPrograms() {}

    /** @param name as in {@code /proc/PID/comm}, at most 15 characters */
    static boolean mayOpenMailboxes(String name) {
        return !OTHERS.contains(name);
    }
}

package org.pombal.chaos.history;

import static java.util.Objects.requireNonNull;

/**
 * A process that has a user's mailbox open. It begins before the process gets the first file of the mailbox, and ends when the
 * process has ended.
 *
 * @param number of the session, which no other has
 * @param process its name, as {@code imap}
 * @param pid of the process
 * @param begin nanoseconds of CLOCK_BOOTTIME
 */
public record MailboxSession(long number, String backend, String user, String process, int pid, long begin) {

    public MailboxSession {
        requireNonNull(backend, "backend is null");
        requireNonNull(user, "user is null");
        requireNonNull(process, "process is null");
    }
}

package org.pombal.node.session;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.pombal.model.user.UserKey;

/**
 * Ends sessions by their processes, on Dovecot 2.3 and 2.4 alike: SIGTERM is what {@code doveadm kick} of 2.3 sends, and by it the client is
 * told goodbye; SIGKILL ends also a process that does not listen. A process that serves several users ends for all of them.
 */
public final class SessionKicks implements SessionEnds {

    private final SessionBook book;
    private final Processes processes;

    public SessionKicks(SessionBook book, Processes processes) {
        this.book = requireNonNull(book, "book is null");
        this.processes = requireNonNull(processes, "processes is null");
    }

    @Override
    public void end(UserKey user, boolean force) {
        end(book.processesOf(user), force);
    }

    @Override
    public void endOlder() {
        end(book.olderProcesses(), true);
    }

    private void end(Set<ProcessId> victims, boolean force) {
        victims.forEach(force ? processes::kill : processes::terminate);
    }
}

package org.pombal.node.session;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.pombal.model.ownership.Urgency;
import org.pombal.model.user.UserKey;

/**
 * Ends sessions by their processes, on Dovecot 2.3 and 2.4 alike: SIGTERM is what {@code doveadm kick} of 2.3 sends, and by it the client is
 * told goodbye; SIGKILL ends also a process that does not listen. A process that serves several users ends for all of them.
 */
public final class SessionKicks implements SessionEnds {

    /** Programs of Dovecot 2.3 and 2.4 that end by themselves, soon, when they have done what they were started for. */
    private static final Set<String> FINISHING = Set.of("lmtp", "dovecot-lda", "doveadm-server", "indexer-worker");

    private final SessionBook book;
    private final Processes processes;

    public SessionKicks(SessionBook book, Processes processes) {
        this.book = requireNonNull(book, "book is null");
        this.processes = requireNonNull(processes, "processes is null");
    }

    @Override
    public void end(UserKey user, Urgency urgency) {
        for (ProcessId process : book.processesOf(user)) {
            if (urgency == Urgency.FORCED) {
                processes.kill(process);
            } else if (urgency == Urgency.FIRM || !FINISHING.contains(process.program())) {
                processes.terminate(process);
            }
        }
    }

    @Override
    public void endOlder() {
        book.olderProcesses().forEach(processes::kill);
    }
}

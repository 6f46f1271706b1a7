package org.pombal.chaos.history;

import static java.util.Objects.requireNonNull;

/**
 * Two backends that served one user at a time.
 *
 * @param first the session that was there
 * @param second the one that began beside it
 */
public record Overlap(MailboxSession first, MailboxSession second) {

    public Overlap {
        requireNonNull(first, "first is null");
        requireNonNull(second, "second is null");
    }

    public String user() {
        return second.user();
    }

    /** Whether one of the two is this backend. */
    public boolean isWith(String backend) {
        return first.backend().equals(backend) || second.backend().equals(backend);
    }

    @Override
    public String toString() {
        return "%s: %s %d began on %s at %.6f s while %s %d lived on %s, since %.6f s"
                .formatted(
                        user(),
                        second.process(),
                        second.pid(),
                        second.backend(),
                        second.begin() / 1e9,
                        first.process(),
                        first.pid(),
                        first.backend(),
                        first.begin() / 1e9);
    }
}

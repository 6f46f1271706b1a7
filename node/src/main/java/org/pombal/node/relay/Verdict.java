package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;

/** What becomes of a line. */
public sealed interface Verdict {

    /** It goes on to the other side as it is, byte for byte. */
    record Forward() implements Verdict {}

    /** It goes nowhere. Only for a user of a list. */
    record Drop() implements Verdict {}

    /** The other side gets this line instead. */
    final class Rewrite implements Verdict {

        private final byte[] line;

        /** @param line with its newline; not to be changed afterwards */
        public Rewrite(byte[] line) {
            this.line = requireNonNull(line, "line is null");
        }

        byte[] line() {
            return line;
        }
    }

    /** The client gets this line instead, and the request is over. */
    final class Reply implements Verdict {

        private final byte[] line;
        private final boolean withdrawn;

        private Reply(byte[] line, boolean withdrawn) {
            this.line = requireNonNull(line, "line is null");
            this.withdrawn = withdrawn;
        }

        /** @param line with its newline; not to be changed afterwards */
        public Reply(byte[] line) {
            this(line, false);
        }

        /** The same, and auth is told to forget a login that it has accepted and that no mail process will ask about. */
        public Reply withdrawn() {
            return new Reply(line, true);
        }

        byte[] line() {
            return line;
        }

        boolean isWithdrawn() {
            return withdrawn;
        }
    }

    /**
     * It is being looked up. Other lines overtake it; Dovecot's clients go by the request's id.
     *
     * @param verdict not another one of this kind
     */
    record Later(CompletionStage<? extends Verdict> verdict) implements Verdict {
        public Later {
            requireNonNull(verdict, "verdict is null");
        }
    }

    /** For the many lines that just pass. */
    Verdict FORWARD = new Forward();

    /** For users that are left out of a list. */
    Verdict DROP = new Drop();
}

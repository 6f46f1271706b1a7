package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;

/** What becomes of a line. */
public sealed interface Verdict {

    /** It goes on to the other side as it is, byte for byte. */
    record Forward() implements Verdict {}

    /** The client gets this line instead. */
    final class Reply implements Verdict {

        private final byte[] line;

        /** @param line with its newline; not to be changed afterwards */
        public Reply(byte[] line) {
            this.line = requireNonNull(line, "line is null");
        }

        byte[] line() {
            return line;
        }
    }

    /** The answer is being looked up. Other lines overtake it; Dovecot's clients go by the request's id. */
    record Later(CompletionStage<Reply> reply) implements Verdict {
        public Later {
            requireNonNull(reply, "reply is null");
        }
    }

    /** For the many lines that just pass. */
    Verdict FORWARD = new Forward();
}

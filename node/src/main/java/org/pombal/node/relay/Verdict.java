package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;

/** What becomes of a line. */
public sealed interface Verdict {

    /** It goes on to the other side as it is, byte for byte. */
    record Forward() implements Verdict {}

    /** The client gets this line, newline included, instead. */
    record Answer(byte[] line) implements Verdict {
        public Answer {
            requireNonNull(line, "line is null");
        }
    }

    /** The answer is being looked up. Other lines overtake it; Dovecot's clients go by the request's id. */
    record Later(CompletionStage<Answer> answer) implements Verdict {
        public Later {
            requireNonNull(answer, "answer is null");
        }
    }

    /** For the many lines that just pass. */
    Verdict FORWARD = new Forward();
}

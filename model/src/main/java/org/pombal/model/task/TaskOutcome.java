package org.pombal.model.task;

import static java.util.Objects.requireNonNull;

/** What came of a try. */
public sealed interface TaskOutcome {

    /** @param result what the work reports */
    record Done(String result) implements TaskOutcome {

        public Done {
            requireNonNull(result, "result is null");
        }
    }

    /** It failed for its own sake: it counts. */
    record Failed(String why) implements TaskOutcome {

        public Failed {
            requireNonNull(why, "why is null");
        }
    }

    /** Something that it needs is away, as GeoDB: it is tried again until it expires, and does not count. */
    record Prevented(String why) implements TaskOutcome {

        public Prevented {
            requireNonNull(why, "why is null");
        }
    }
}

package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.CLOCK;

import java.util.stream.Stream;

/** Whether something keeps this machine's clock right. */
final class ClockCheck {

    /** What could be learnt about it. */
    enum State {
        SYNCHRONISED,
        NOT_SYNCHRONISED,
        UNKNOWN
    }

    private ClockCheck() {}

    static Stream<Finding> look(State state) {
        return switch (state) {
            case SYNCHRONISED -> Stream.empty();
            case NOT_SYNCHRONISED ->
                Stream.of(Finding.warning(
                        CLOCK, "this machine's clock is not synchronised; start chrony or systemd-timesyncd"));
            case UNKNOWN ->
                Stream.of(
                        Finding.note(
                                CLOCK,
                                "cannot tell whether this machine's clock is synchronised: neither timedatectl nor chronyc answers"));
        };
    }
}

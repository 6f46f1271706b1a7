package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.RESTART;

import java.util.stream.Stream;

/** Whether sessions end with Dovecot: those that go on after it stopped are seen by nobody. */
final class RestartCheck implements DovecotCheck {

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        String value = facts.conf().global("shutdown_clients").orElse("yes");
        return value.equals("yes")
                ? Stream.empty()
                : Stream.of(Finding.error(
                        RESTART,
                        "sessions go on when Dovecot stops, unseen by doveadm who, since shutdown_clients is " + value
                                + "; set shutdown_clients = yes"));
    }
}

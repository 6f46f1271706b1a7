package org.pombal.node.check;

import java.util.List;
import java.util.stream.Stream;

/** Judges a part of Dovecot's configuration. */
@FunctionalInterface
interface DovecotCheck {

    /** All of them. */
    List<DovecotCheck> ALL = List.of(
            new ReleaseCheck(),
            new BaseDirCheck(),
            new LoginsCheck(),
            new LookupsCheck(),
            new MailProcessesCheck(),
            new DeliveryCheck(),
            new RestartCheck(),
            new TrustCheck(),
            new DoveadmCheck(),
            new SessionsCheck(),
            new StatisticsCheck());

    Stream<Finding> look(DovecotFacts facts);
}

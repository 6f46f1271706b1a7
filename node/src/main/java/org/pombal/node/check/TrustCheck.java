package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.TRUST;

import java.util.stream.Stream;

/** Whether a backend believes the proxies. */
final class TrustCheck implements DovecotCheck {

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        return !facts.backend() || !facts.conf().words("login_trusted_networks").isEmpty()
                ? Stream.empty()
                : Stream.of(Finding.error(
                        TRUST,
                        "no proxy is trusted, login_trusted_networks is empty; set it to the networks of all proxies and"
                                + " of the other backends"));
    }
}

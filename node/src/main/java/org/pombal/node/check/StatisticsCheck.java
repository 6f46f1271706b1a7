package org.pombal.node.check;

import static org.pombal.node.check.Finding.Subject.STATISTICS;

import java.util.List;
import java.util.stream.Stream;

/** Whether the node of a proxy can read how its Dovecot gets on with backends, to publish it. */
final class StatisticsCheck implements DovecotCheck {

    private static final List<String> METRICS = List.of(
            "proxy_session_started",
            "proxy_session_success",
            "proxy_session_failure",
            "proxy_session_failure_connect",
            "proxy_session_failure_auth",
            "lmtp_rcpt_finished_success",
            "lmtp_rcpt_finished_failure");

    @Override
    public Stream<Finding> look(DovecotFacts facts) {
        if (facts.backend()) {
            return Stream.empty();
        }
        if (facts.conf().inetListeners("stats").isEmpty()) {
            return Stream.of(Finding.warning(
                    STATISTICS,
                    "how this proxy gets on with backends is published nowhere: service stats has no inet_listener; give"
                            + " it one at the address of cluster_dovecot_statistics_url"));
        }
        List<String> missing = METRICS.stream()
                .filter(metric -> facts.conf().all().section("metric " + metric).isEmpty())
                .toList();
        return missing.isEmpty()
                ? Stream.empty()
                : Stream.of(Finding.warning(
                        STATISTICS,
                        "what this proxy publishes about backends lacks something, there is no metric "
                                + String.join(", ", missing) + "; take it from 'pombal dovecot-config'"));
    }
}

package org.pombal.node.vote;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.Optional;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;

/** What is counted of votes. */
public final class VoteMetrics {

    private final Counter votes;
    private final Counter polls;
    private final Gauge members;
    private final Gauge member;

    public VoteMetrics(PrometheusRegistry registry) {
        votes = Counter.builder()
                .name("pombal_votes")
                .help("Answers of this node to the question whether GeoDB is up")
                .labelNames("vote")
                .register(registry);
        polls = Counter.builder()
                .name("pombal_polls")
                .help("Questions of this node to the electorate, by what it asked for and whether a majority said so")
                .labelNames("asked", "majority")
                .register(registry);
        members = Gauge.builder()
                .name("pombal_electorate_members")
                .help("Nodes that vote in this site, as this node read last")
                .register(registry);
        member = Gauge.builder()
                .name("pombal_electorate_member")
                .help("1 if this node votes")
                .register(registry);
    }

    void said(Vote vote) {
        votes.labelValues(vote.name().toLowerCase(Locale.ROOT)).inc();
    }

    void polled(boolean up, boolean majority) {
        polls.labelValues(up ? "up" : "down", String.valueOf(majority)).inc();
    }

    void electorate(Optional<Electorate> known, VoterId self) {
        members.set(known.map(electorate -> electorate.members().size()).orElse(0));
        member.set(known.filter(electorate -> electorate.has(self)).isPresent() ? 1 : 0);
    }
}

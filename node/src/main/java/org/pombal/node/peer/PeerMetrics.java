package org.pombal.node.peer;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What is counted of the talk between nodes. */
public final class PeerMetrics {

    private final Counter asked;
    private final Counter answered;

    public PeerMetrics(PrometheusRegistry registry) {
        asked = Counter.builder()
                .name("pombal_peer_questions")
                .help("Questions of this node to others, by kind and whether they were answered")
                .labelNames("question", "answered")
                .register(registry);
        answered = Counter.builder()
                .name("pombal_peer_answers")
                .help("Requests of others to this node, by the HTTP status of the answer")
                .labelNames("status")
                .register(registry);
    }

    void asked(Question question, boolean wasAnswered) {
        asked.labelValues(question.name(), String.valueOf(wasAnswered)).inc();
    }

    void answered(int status) {
        answered.labelValues(String.valueOf(status)).inc();
    }
}

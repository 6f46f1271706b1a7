package org.pombal.node.relay;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.Request;

/** What the relay counts. Series of the hot path are looked up once. */
public final class RelayMetrics {

    private static final int PROTOCOLS = MailProtocol.values().length;

    private final List<CounterDataPoint> requests = new ArrayList<>();
    private final Counter closed;
    private final Gauge connections;

    public RelayMetrics(PrometheusRegistry registry) {
        Counter requestCounter = Counter.builder()
                .name("pombal_relay_requests")
                .help("Requests of Dovecot's processes to auth")
                .labelNames("kind", "protocol")
                .register(registry);
        for (Request.Kind kind : Request.Kind.values()) {
            for (MailProtocol protocol : MailProtocol.values()) {
                requests.add(requestCounter.labelValues(kind.name(), protocol.wireName()));
            }
            requests.add(requestCounter.labelValues(kind.name(), "other"));
        }
        closed = Counter.builder()
                .name("pombal_relay_connections_closed")
                .help("Relayed connections that ended, by reason")
                .labelNames("reason")
                .register(registry);
        connections = Gauge.builder()
                .name("pombal_relay_connections")
                .help("Connections of Dovecot's processes to the node")
                .register(registry);
    }

    void request(Request request) {
        int protocol = request.protocol().map(Enum::ordinal).orElse(PROTOCOLS);
        requests.get(request.kind().ordinal() * (PROTOCOLS + 1) + protocol).inc();
    }

    void opened() {
        connections.inc();
    }

    void closed(CloseReason reason) {
        connections.dec();
        closed.labelValues(reason.label()).inc();
    }
}

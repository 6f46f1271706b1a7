package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.Request;

/** What the relay counts. Series of the hot path are looked up once. */
public final class RelayMetrics {

    private final Map<Request.Kind, ByProtocol> requests = new EnumMap<>(Request.Kind.class);
    private final Counter closed;
    private final Gauge connections;

    private record ByProtocol(Map<MailProtocol, CounterDataPoint> known, CounterDataPoint other) {

        static ByProtocol of(Counter counter, Request.Kind kind) {
            Map<MailProtocol, CounterDataPoint> known = new EnumMap<>(MailProtocol.class);
            for (MailProtocol protocol : MailProtocol.values()) {
                known.put(protocol, counter.labelValues(kind.name(), protocol.wireName()));
            }
            return new ByProtocol(known, counter.labelValues(kind.name(), "other"));
        }

        CounterDataPoint of(Request request) {
            return request.protocol().map(known::get).orElse(other);
        }
    }

    public RelayMetrics(PrometheusRegistry registry) {
        Counter requestCounter = Counter.builder()
                .name("pombal_relay_requests")
                .help("Requests of Dovecot's processes to auth")
                .labelNames("kind", "protocol")
                .withoutExemplars()
                .register(registry);
        for (Request.Kind kind : Request.Kind.values()) {
            requests.put(kind, ByProtocol.of(requestCounter, kind));
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
        requireNonNull(requests.get(request.kind())).of(request).inc();
    }

    void opened() {
        connections.inc();
    }

    void closed(CloseReason reason) {
        connections.dec();
        closed.labelValues(reason.label()).inc();
    }
}

package org.pombal.geodb.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.BeforeEach;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbContract;
import org.pombal.geodb.memory.FaultPlan.Kind;

class InMemoryGeoDbTest implements GeoDbContract {

    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");
    private static final long SEED = 7;

    private final ConcurrentLinkedDeque<Fault> planned = new ConcurrentLinkedDeque<>();
    private final InMemoryCluster cluster =
            new InMemoryCluster(new Random(SEED), () -> NOW, this::nextFault, (after, task) -> task.run());
    private final GeoDb geoDb = cluster.open("one", Duration.ZERO);
    private final GeoDb another = cluster.open("other", Duration.ofMillis(-300));

    @BeforeEach
    void planNothing() {
        planned.clear();
    }

    private Fault nextFault(FaultPlan.Request request) {
        Fault fault = request.kind() == Kind.COMPARE_AND_SET && request.writer().equals("one") ? planned.poll() : null;
        return fault == null ? new Fault.None() : fault;
    }

    @Override
    public GeoDb geoDb() {
        return geoDb;
    }

    @Override
    public GeoDb another() {
        return another;
    }

    @Override
    public Instant now() {
        return NOW;
    }

    @Override
    public Faults faults() {
        return new Faults() {
            @Override
            public void loseAnswers(int count) {
                plan(count, new Fault.AnswerLost());
            }

            @Override
            public void loseRequests(int count) {
                plan(count, new Fault.RequestLost());
            }

            @Override
            public void refuse(int count) {
                plan(count, new Fault.Unavailable());
            }
        };
    }

    private void plan(int count, Fault fault) {
        for (int i = 0; i < count; i++) {
            planned.add(fault);
        }
    }
}

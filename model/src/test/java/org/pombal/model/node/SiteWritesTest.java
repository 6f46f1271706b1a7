package org.pombal.model.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.SiteId;

class SiteWritesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final DataCentres HERE = new DataCentres("dc1", Set.of("dc1", "dc2"));

    private static Optional<String> objection(boolean isOwn, DataCentres centres, NodeReport... nodes) {
        return SiteWrites.objection("porto", isOwn, centres, List.of(nodes), NOW);
    }

    private static NodeReport node(String dataCentre, Duration age) {
        return new NodeReport(
                new NodeId(SiteId.random(), NodeRole.BACKEND, new HostName("b1.example.org")),
                "b1",
                "1.0",
                Optional.empty(),
                dataCentre,
                Optional.empty(),
                NOW.minus(age),
                NOW.minus(age),
                Duration.ofSeconds(10),
                Optional.empty());
    }

    private static NodeReport node(String dataCentre) {
        return node(dataCentre, Duration.ofSeconds(1));
    }

    @Test
    void ownRowsMayBeWritten() {
        assertThat(objection(true, HERE, node("dc2"))).isEmpty();
    }

    @Test
    void rowsOfEverySiteMayBeWrittenWhereThereIsOneDataCentre() {
        assertThat(objection(false, new DataCentres("dc1", Set.of("dc1")))).isEmpty();
    }

    @Test
    void rowsOfASiteThatUsesTheSameDataCentreMayBeWritten() {
        assertThat(objection(false, HERE, node("dc1"), node("dc1"))).isEmpty();
    }

    @Test
    void rowsOfASiteThatUsesAnotherMayNot() {
        assertThat(objection(false, HERE, node("dc2"))).get().asString().contains("'porto'", "dc2", "dc1");
        assertThat(objection(false, HERE, node("dc1"), node("dc2"))).isPresent();
    }

    @Test
    void rowsOfASiteMayNotWhileNobodyKnowsWhichItUses() {
        assertThat(objection(false, HERE)).isPresent();
        assertThat(objection(false, HERE, node("dc1", Duration.ofDays(1)))).isPresent();
    }

    @Test
    void aNodeIsInADataCentreThatThereIs() {
        assertThatThrownBy(() -> new DataCentres("dc3", Set.of("dc1"))).hasMessageContaining("dc3");
    }
}

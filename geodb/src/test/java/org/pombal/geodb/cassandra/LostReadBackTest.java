package org.pombal.geodb.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.cassandra.LossySession.Loss;
import org.pombal.geodb.embedded.TestCassandra;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.backend.BackendId;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.VoterId;

/** The row that was to tell what became of a compare-and-set cannot be read. */
@TestInstance(Lifecycle.PER_CLASS)
class LostReadBackTest {

    private final LossySession lossy;
    private final GeoDb geoDb;

    LostReadBackTest() {
        CassandraConfig config = TestCassandra.client("contract");
        new SchemaInstaller(config, "test", Duration.ofMinutes(1), line -> {}).install();
        this.lossy = new LossySession(new CassandraSession(config).inKeyspace());
        this.geoDb = new CassandraGeoDb(lossy.asSession(), InstantSource.system());
    }

    @BeforeEach
    void planNothing() {
        lossy.planNothing();
    }

    @AfterAll
    void end() {
        geoDb.close();
    }

    private static Lease first() {
        return Lease.first(new LeaseId.OfBackend(BackendId.random()), "a", UUID.randomUUID());
    }

    @Test
    void aLeaseMayBeWrittenWhoseAnswerWasLost() {
        Lease first = first();
        lossy.planFor("INTO leases", Loss.ANSWER);
        lossy.planFor("FROM leases", Loss.REFUSED);

        assertThatThrownBy(() -> result(geoDb.leases().replace(Optional.empty(), first)))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("the answer was lost, and reading back failed");

        assertThat(result(geoDb.leases().find(first.id(), ReadLevel.SERIAL))).contains(first);
    }

    @Test
    void aLeaseIsNotWrittenIfThatWasAnsweredAtOnce() {
        Lease first = first();
        result(geoDb.leases().replace(Optional.empty(), first));
        lossy.planFor("FROM leases", Loss.REFUSED);

        assertThatThrownBy(() -> result(geoDb.leases().replace(Optional.empty(), first.released())))
                .isInstanceOf(GeoDbUnavailableException.class);
    }

    @Test
    void theFirstElectorateMayBeWrittenWhoseAnswerWasLost() {
        Electorate first = Electorate.first(SiteId.random(), new TreeSet<>(List.of(new VoterId("proxy/a"))));
        lossy.planFor("INTO electorates", Loss.ANSWER);
        lossy.planFor("FROM electorates", Loss.REFUSED);

        assertThatThrownBy(() -> result(geoDb.electorates().update(first))).isInstanceOf(UnknownOutcomeException.class);

        assertThat(result(geoDb.electorates().find(first.site(), ReadLevel.SERIAL)))
                .contains(first);
    }
}

package org.pombal.geodb.cassandra;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbContract;
import org.pombal.geodb.cassandra.LossySession.Loss;
import org.pombal.geodb.embedded.TestCassandra;
import org.pombal.geodb.migration.SchemaInstaller;

@TestInstance(Lifecycle.PER_CLASS)
class CassandraGeoDbTest implements GeoDbContract {

    private final CassandraConfig config = TestCassandra.client("contract");
    private final LossySession lossy;
    private final GeoDb geoDb;
    private final GeoDb another;

    CassandraGeoDbTest() {
        new SchemaInstaller(config, "test", Duration.ofMinutes(1), line -> {}).install();
        this.lossy = new LossySession(new CassandraSession(config).inKeyspace());
        this.geoDb = new CassandraGeoDb(lossy.asSession(), InstantSource.system());
        this.another = CassandraGeoDb.connect(config);
    }

    @BeforeEach
    void planNothing() {
        lossy.planNothing();
    }

    @AfterAll
    void end() {
        geoDb.close();
        another.close();
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
        return Instant.now();
    }

    @Override
    public Faults faults() {
        return new Faults() {
            @Override
            public void loseAnswers(int count) {
                lossy.plan(count, Loss.ANSWER);
            }

            @Override
            public void loseRequests(int count) {
                lossy.plan(count, Loss.REQUEST);
            }

            @Override
            public void refuse(int count) {
                lossy.plan(count, Loss.REFUSED);
            }
        };
    }
}

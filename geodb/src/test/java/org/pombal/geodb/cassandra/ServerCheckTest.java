package org.pombal.geodb.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.embedded.TestCassandra;

class ServerCheckTest {

    @Test
    void embeddedCassandraIsAsItHasToBe() {
        try (CqlSession session = new CassandraSession(TestCassandra.client("any")).outsideKeyspaces()) {
            assertThat(session.execute("SELECT value FROM system_views.settings WHERE name = 'paxos_variant'")
                            .one())
                    .isNotNull();

            assertThat(new ServerCheck(session).warnings()).isEmpty();
        }
    }

    @Test
    void whatCanLoseACompareAndSetIsNamed() {
        assertThat(ServerCheck.warning("paxos_variant", "v1"))
                .hasValueSatisfying(text -> assertThat(text).contains("set v2"));
        assertThat(ServerCheck.warning("commitlog_sync", "periodic"))
                .hasValueSatisfying(text -> assertThat(text).contains("set batch or group"));
        assertThat(ServerCheck.warning("commitlog_sync", "group")).isEmpty();
    }
}

package org.pombal.acceptance;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.pombal.dovecot.config.DovecotVersion;

/** What a node beside a Dovecot proxy does, the same on every version of Dovecot. All parts share one lab. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyNodeContract {

    private final DovecotVersion version;
    private final String network;
    private Lab lab;

    ProxyNodeContract(DovecotVersion version, String network) {
        this.version = version;
        this.network = network;
    }

    @BeforeAll
    void start() {
        lab = Lab.start(
                version,
                "proxy" + version.toString().replace(".", ""),
                network,
                Optional.empty(),
                Map.of(
                        "cluster_resolve_interval",
                        "1s",
                        "cluster_report_interval",
                        "1s",
                        "cluster_load_interval",
                        "1s"));
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    @Nested
    class Routing extends RoutingContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class Names extends NamesContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class Tokens extends TokensContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class Addresses extends AddressesContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class TopologyChanges extends TopologyChangesContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class GeoDbOutages extends GeoDbOutagesContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class Kick extends KickContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class Reports extends ReportsContract {
        @Override
        Lab lab() {
            return lab;
        }
    }

    @Nested
    class Outages extends OutagesContract {
        @Override
        Lab lab() {
            return lab;
        }
    }
}

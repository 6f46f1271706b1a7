package org.pombal.geodb.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.cassandra.CassandraConfig.Credentials;
import org.pombal.geodb.cassandra.CassandraConfig.Tls;
import org.pombal.settings.Settings;

/** What GeoDB's settings mean for the connection to Cassandra. */
public final class GeoDbConnection {

    private static final int USUAL_COPIES = 3;

    private GeoDbConnection() {}

    /** The connection that the settings describe. */
    public static CassandraConfig of(Settings settings) {
        String localDataCentre = settings.get(GeoDbSettings.LOCAL_DC);
        return connection(
                settings,
                settings.get(GeoDbSettings.SERVERS),
                settings.get(GeoDbSettings.REPLICATION).orElseGet(() -> Map.of(localDataCentre, USUAL_COPIES)));
    }

    /**
     * The connection to a single Cassandra on this machine, which keeps one copy of everything.
     *
     * @param address that it listens on
     */
    public static CassandraConfig toEmbedded(Settings settings, String address) {
        return connection(settings, List.of(address), Map.of(settings.get(GeoDbSettings.LOCAL_DC), 1));
    }

    private static CassandraConfig connection(
            Settings settings, List<String> servers, Map<String, Integer> replication) {
        return new CassandraConfig(
                servers,
                settings.get(GeoDbSettings.PORT),
                settings.get(GeoDbSettings.LOCAL_DC),
                settings.get(
                        settings.isGiven(GeoDbSettings.GEODB_KEYSPACE)
                                ? GeoDbSettings.GEODB_KEYSPACE
                                : GeoDbSettings.KEYSPACE),
                replication,
                settings.get(GeoDbSettings.USERNAME).flatMap(user -> settings.get(GeoDbSettings.PASSWORD)
                        .map(password -> new Credentials(user, password))),
                settings.get(GeoDbSettings.TLS_ENABLED)
                        ? Optional.of(new Tls(
                                settings.get(GeoDbSettings.TLS_CA_FILE),
                                settings.get(GeoDbSettings.TLS_CHECK_HOST_NAME)))
                        : Optional.empty(),
                settings.get(GeoDbSettings.REQUEST_TIMEOUT),
                settings.get(GeoDbSettings.LOAD_BALANCING_POLICY));
    }
}

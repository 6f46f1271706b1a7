package org.pombal.geodb.settings;

import static org.pombal.geodb.settings.GeoDbSettings.GEODB_KEYSPACE;
import static org.pombal.geodb.settings.GeoDbSettings.KEYSPACE;
import static org.pombal.geodb.settings.GeoDbSettings.LOCAL_DC;
import static org.pombal.geodb.settings.GeoDbSettings.PASSWORD;
import static org.pombal.geodb.settings.GeoDbSettings.REPLICATION;
import static org.pombal.geodb.settings.GeoDbSettings.TLS_CA_FILE;
import static org.pombal.geodb.settings.GeoDbSettings.TLS_ENABLED;
import static org.pombal.geodb.settings.GeoDbSettings.USERNAME;

import java.util.List;
import java.util.Optional;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;

/** What must hold between GeoDB's settings. */
final class GeoDbRules {

    private GeoDbRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(List.of(KEYSPACE, GEODB_KEYSPACE), GeoDbRules::keyspacesAgree),
            new SettingsRule(List.of(USERNAME, PASSWORD), GeoDbRules::passwordGoesWithUsername),
            new SettingsRule(List.of(TLS_ENABLED, TLS_CA_FILE), GeoDbRules::caFileNeedsTls),
            new SettingsRule(List.of(LOCAL_DC, REPLICATION), GeoDbRules::localDataCentreHasCopies)
        };
    }

    private static Optional<String> keyspacesAgree(Settings settings) {
        boolean bothGiven = settings.isGiven(KEYSPACE) && settings.isGiven(GEODB_KEYSPACE);
        return objectionIf(
                bothGiven && !settings.get(KEYSPACE).equals(settings.get(GEODB_KEYSPACE)),
                shown(settings, KEYSPACE) + " and " + shown(settings, GEODB_KEYSPACE)
                        + " are two names of one keyspace and must agree; give only one of them");
    }

    private static Optional<String> passwordGoesWithUsername(Settings settings) {
        return objectionIf(
                settings.get(USERNAME).isPresent() != settings.get(PASSWORD).isPresent(),
                "CASSANDRA_USERNAME and CASSANDRA_PASSWORD go together, and only one of them is set");
    }

    private static Optional<String> caFileNeedsTls(Settings settings) {
        return objectionIf(
                settings.get(TLS_CA_FILE).isPresent() && !settings.get(TLS_ENABLED),
                "CASSANDRA_TLS_CA_FILE is set, but nothing is encrypted: set CASSANDRA_TLS_ENABLED = yes");
    }

    private static Optional<String> localDataCentreHasCopies(Settings settings) {
        return objectionIf(
                settings.get(REPLICATION)
                        .filter(copies -> !copies.containsKey(settings.get(LOCAL_DC)))
                        .isPresent(),
                "CASSANDRA_DATACENTER_REPLICATIONFACTOR keeps no copy in the local data centre, where this site"
                        + " writes: " + shown(settings, LOCAL_DC));
    }

    private static String shown(Settings settings, Setting<String> setting) {
        return setting.name() + " (" + settings.get(setting) + ", from " + settings.origin(setting) + ")";
    }

    private static Optional<String> objectionIf(boolean wrong, String objection) {
        return wrong ? Optional.of(objection) : Optional.empty();
    }
}

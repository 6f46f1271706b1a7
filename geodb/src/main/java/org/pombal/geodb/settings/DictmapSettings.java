package org.pombal.geodb.settings;

import static org.pombal.settings.ValueTypes.yesNo;

import java.util.List;
import java.util.Optional;
import org.pombal.settings.Setting;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsGroup;
import org.pombal.settings.SettingsRule;

/** The settings of what is created in Cassandra for Dovecot's fs-dictmap, which Pombal itself does not use. */
public final class DictmapSettings {

    public static final Setting<Boolean> ENABLED =
            Setting.named("DICTMAP_ENABLED", yesNo()).description("""
                    Whether Dovecot's backends keep mail in an object storage, and in Cassandra which object is whose. Dovecot Pro
                    can; Dovecot CE has no fs-dictmap, so it is off, other than with Palomar.""").withDefault(false);

    public static final Setting<Boolean> INIT =
            Setting.named("INIT_DICTMAP_SCHEMA", yesNo()).description("""
                    Whether 'pombal geodb init', and the controller when it starts, create what is missing of fs-dictmap's keyspace
                    and tables. Does nothing without DICTMAP_ENABLED.""").withDefault(true);

    public static final Setting<String> KEYSPACE = Setting.named("CASSANDRA_DICTMAP_KEYSPACE", GeoDbSettings.keyspace())
            .description("""
                    The keyspace of fs-dictmap, with as many copies as GeoDB's. Not GeoDB's own.""")
            .withDefault("d8s_dovecot");

    public static final SettingsGroup GROUP = SettingsGroup.of(
                    "dictmap",
                    "Object storage",
                    "What is created in Cassandra for a Dovecot Pro with an object storage; see"
                            + " [Cassandra](compose.md#cassandra).",
                    ENABLED,
                    INIT,
                    KEYSPACE)
            .withRules(new SettingsRule(
                    List.of(ENABLED, KEYSPACE, GeoDbSettings.KEYSPACE, GeoDbSettings.GEODB_KEYSPACE),
                    DictmapSettings::keyspaceIsItsOwn));

    private DictmapSettings() {}

    /** The keyspace to create, if one is to be. */
    public static Optional<String> keyspaceToCreate(Settings settings) {
        return settings.get(ENABLED) && settings.get(INIT) ? Optional.of(settings.get(KEYSPACE)) : Optional.empty();
    }

    private static Optional<String> keyspaceIsItsOwn(Settings settings) {
        String geoDb = settings.get(
                settings.isGiven(GeoDbSettings.GEODB_KEYSPACE) ? GeoDbSettings.GEODB_KEYSPACE : GeoDbSettings.KEYSPACE);
        return settings.get(ENABLED) && settings.get(KEYSPACE).equals(geoDb)
                ? Optional.of("CASSANDRA_DICTMAP_KEYSPACE is GeoDB's keyspace, " + geoDb + ": name another one")
                : Optional.empty();
    }
}

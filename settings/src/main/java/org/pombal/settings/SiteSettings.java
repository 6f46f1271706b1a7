package org.pombal.settings;

import java.nio.file.Path;
import java.util.Optional;

/** The settings that all programs of a site read: its nodes and its controllers. */
public final class SiteSettings {

    public static final Setting<String> LOCAL_SITE = Setting.named("cluster_local_site", ValueTypes.text())
            .environmentName("CLUSTER_SITE")
            .description("""
                    Name of the site this server belongs to; the same as in 'pombal cluster site'. With another name a
                    node does not find its site and cannot place new users, and a controller has nothing to do.""")
            .required();

    public static final Setting<Integer> DEFAULT_GROUP_COUNT = Setting.named(
                    "cluster_default_group_count", ValueTypes.wholeNumber(1, 1_000_000, "groups"))
            .description("""
                    How many user groups (default-1 to default-N) a site gets. The first node that needs a group writes
                    the number into the site's row in GeoDB; from then on the row decides, and a node with another
                    setting warns. About 100 groups for each backend let load be moved in steps of one percent.""")
            .withDefault(1000);

    public static final Setting<Optional<Path>> HOSTS_FILE = Setting.named("cluster_hosts_file", ValueTypes.path())
            .description("""
                    A file in the format of /etc/hosts whose names go before the system's resolver. For machines without
                    DNS, and for trying things out.""")
            .optional();

    public static final SettingsGroup GROUP = SettingsGroup.of(
            "site",
            "Site",
            "Nodes and controllers of a site read the same ones.",
            LOCAL_SITE,
            DEFAULT_GROUP_COUNT,
            HOSTS_FILE);

    private SiteSettings() {}
}

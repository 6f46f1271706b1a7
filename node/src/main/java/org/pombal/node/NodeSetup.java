package org.pombal.node;

import java.net.InetAddress;
import java.util.List;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.address.HostsFile;
import org.pombal.node.check.Machine;
import org.pombal.node.check.SetupCheck;
import org.pombal.settings.Settings;
import org.pombal.settings.SiteSettings;

/** The check of the machine that the node's settings describe. */
public final class NodeSetup {

    private NodeSetup() {}

    /** @param settings with the values of {@link NodeSettings} */
    public static SetupCheck check(Settings settings) {
        return new SetupCheck(new Machine(
                settings.get(SiteSettings.LOCAL_SITE),
                settings.get(NodeSettings.BACKEND_NAME),
                settings.get(NodeSettings.DOVECOT_BASE_DIR),
                List.of(settings.get(NodeSettings.DOVECONF_COMMAND).strip().split("\\s+")),
                nameService(settings)));
    }

    static HostAddresses.NameService nameService(Settings settings) {
        HostAddresses.NameService system = InetAddress::getAllByName;
        return settings.get(SiteSettings.HOSTS_FILE)
                .<HostAddresses.NameService>map(file -> new HostsFile(file, system))
                .orElse(system);
    }
}

package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.node.peer.PeerAddress;
import org.pombal.settings.ListenAddress;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsCatalog;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SettingsFile;
import org.pombal.settings.SettingsResolver;
import org.pombal.settings.SiteSettings;

class PeerSettingsTest {

    private static final String BACKEND = "cluster_backend_name = b1.example\n";
    private static final String KEY = "cluster_peer_key = secret\n";

    @TempDir
    private Path folder;

    private Settings settings(String lines) throws IOException, SettingsException {
        Path file = Files.writeString(
                folder.resolve("node.conf"), "cluster_local_site = here\ncluster_storage = shared\n" + lines);
        return new SettingsResolver(new SettingsCatalog(List.of(SiteSettings.GROUP, NodeSettings.GROUP)))
                .resolve(SettingsFile.read(file), Map.of(), Set.of("site", "node"));
    }

    @Test
    void aBackendNeedsTheKey() {
        assertThatThrownBy(() -> settings(BACKEND))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("cluster_peer_key is not set");
    }

    @Test
    void aProxyWithoutTheKeyTakesNoPart() throws Exception {
        assertThat(PeerSettings.key(settings(""))).isEmpty();
        assertThat(PeerSettings.key(settings(KEY))).isPresent();
    }

    @Test
    void aBackendIsReachedByItsName() throws Exception {
        assertThat(PeerSettings.address(settings(BACKEND + KEY), "machine", 24281))
                .isEqualTo(new PeerAddress("b1.example", 24281));
    }

    @Test
    void aProxyIsReachedByTheNameOfItsMachine() throws Exception {
        assertThat(PeerSettings.address(settings(KEY), "machine", 24281)).isEqualTo(new PeerAddress("machine", 24281));
    }

    @Test
    void anAddressThatIsSetIsThatOfBoth() throws Exception {
        assertThat(PeerSettings.address(
                        settings(BACKEND + KEY + "cluster_peer_address = [2001:db8::1]:7\n"), "machine", 24281))
                .isEqualTo(new PeerAddress("2001:db8::1", 7));
    }

    @Test
    void whereItListensOnEveryAddressUnlessToldOtherwise() throws Exception {
        assertThat(settings("").get(PeerSettings.LISTEN)).isEqualTo(new ListenAddress("*", 24281));
    }
}

package org.pombal.dovecot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnippetTest {

    private static final Network LOOPBACK = new Network("127.0.0.1");
    private static final List<Network> TRUSTED = List.of(new Network("192.0.2.0/24"), new Network("2001:db8::/32"));

    @ParameterizedTest
    @EnumSource
    void leavesToTheOperatorWhatOnlyHeKnows(DovecotVersion version) {
        assertThat(ProxySnippet.customary(version).text())
                .contains("\n#login_trusted_networks = ", "\n#doveadm_password = ")
                .doesNotContain("haproxy");
        assertThat(BackendSnippet.customary(version).text())
                .contains("\n#login_trusted_networks = ", "\n#doveadm_password = ", "\n    #ssl = yes\n");
    }

    @ParameterizedTest
    @EnumSource
    void writesWhatIsGiven(DovecotVersion version) {
        assertThat(new ProxySnippet(
                                version,
                                Ports.customary().with(Listener.LMTP, 2424),
                                TRUSTED,
                                Optional.of(Path.of("/etc/ssl/ca.pem")),
                                Optional.of(Ports.customary().shiftedBy(10_000)),
                                LOOPBACK)
                        .text())
                .contains("\nlogin_trusted_networks = 192.0.2.0/24 2001:db8::/32\n")
                .contains("\nhaproxy_trusted_networks = 192.0.2.0/24 2001:db8::/32\n")
                .contains("\n    port = 2424\n", "\n    port = 10143\n")
                .contains(
                        version == DovecotVersion.V2_3
                                ? "\nssl_ca = </etc/ssl/ca.pem\n"
                                : "\nssl_client_ca_file = /etc/ssl/ca.pem\n");
        assertThat(new BackendSnippet(
                                version,
                                Ports.customary(),
                                TRUSTED,
                                true,
                                LOOPBACK,
                                Optional.of(Path.of("/run/dovecot")),
                                Optional.of(Path.of("/etc/ssl/ca.pem")))
                        .text())
                .containsOnlyOnce("login_trusted_networks = 192.0.2.0/24 2001:db8::/32\n")
                .contains("\n    ssl = yes\n");
    }

    @Test
    void haproxyLeavesOutServicesWithoutAPort() {
        Ports ports = Ports.customary().with(Listener.SIEVE, 0);
        String text = new HaproxySnippet("192.0.2.1", ports, List.of("2001:db8::7"), ports, false).text();

        assertThat(text)
                .contains("bind 192.0.2.1:143", "server 2001_db8__7 [2001:db8::7]:143 check\n")
                .doesNotContain("sieve")
                .doesNotContain("send-proxy");
    }

    @Test
    void refusesValuesThatCouldBecomeOtherSettings() {
        assertThatThrownBy(() -> new Network("10.0.0.0/8\nssl = no")).hasMessageContaining("10.0.0.0/8");
        assertThatThrownBy(() -> new Network("example.org")).hasMessageContaining("'example.org'");
        assertThatThrownBy(() -> new ServerAddress("a b", 1)).hasMessageContaining("'a b'");
        assertThatThrownBy(() -> new ServerAddress("a", 0)).hasMessageContaining("port of a is 0");
        assertThatThrownBy(() -> Ports.customary().with(Listener.IMAP, 65536)).hasMessageContaining("IMAP is 65536");
        assertThatThrownBy(() -> new Account("a:b", "c")).hasMessageContaining("name");
        assertThatThrownBy(() -> StandaloneConfig.of(
                        "b1", BackendSnippet.customary(DovecotVersion.V2_3), Path.of("/tmp/a b"), "127.0.0.1"))
                .hasMessageContaining("/tmp/a b");
        assertThatThrownBy(() -> withCa(Path.of("ca.pem")).text()).hasMessageContaining("'ca.pem'");
    }

    @Test
    void anAccountDoesNotShowItsPassword() {
        assertThat(new Account("alice", "secret")).hasToString("Account[alice]");
    }

    @Test
    void knowsVersionsByTheirBeginning() {
        assertThat(DovecotVersion.parse("2.3.19.1 (9b53102964)")).isEqualTo(DovecotVersion.V2_3);
        assertThat(DovecotVersion.parse("2.4")).isEqualTo(DovecotVersion.V2_4);
        assertThatThrownBy(() -> DovecotVersion.parse("2.40")).hasMessageContaining("'2.40'");
    }

    @Test
    void mailProcessesOf242AndLaterGetASettingInPlaceOfAnOption() {
        String byOption = BackendSnippet.customary(DovecotVersion.V2_4).text();
        String bySetting = BackendSnippet.customary(DovecotVersion.V2_4, MasterSocketBy.of("2.4.2"))
                .text();

        assertThat(byOption)
                .contains("\n  executable = imap -a pombal/auth-master\n")
                .doesNotContain("auth_master_socket_path =");
        assertThat(bySetting)
                .contains("\nauth_master_socket_path = /run/dovecot/pombal/auth-master\n")
                .contains("\n  executable = /usr/bin/env -C /run/dovecot/pombal /usr/lib/dovecot/managesieve\n")
                .doesNotContain("executable = imap", " -a ");
        assertThatThrownBy(() -> BackendSnippet.customary(DovecotVersion.V2_3, MasterSocketBy.SETTING))
                .hasMessageContaining("auth_master_socket_path");
    }

    @Test
    void theReleaseSaysHowMailProcessesAreTold() {
        assertThat(Stream.of("2.3.21", "2.4", "2.4.0", "2.4.1-4 (7d8c0e5759)").map(MasterSocketBy::of))
                .containsOnly(MasterSocketBy.OPTION);
        assertThat(Stream.of("2.4.2", "2.4.2-1 (abc)", "2.4.10").map(MasterSocketBy::of))
                .containsOnly(MasterSocketBy.SETTING);
    }

    private static ProxySnippet withCa(Path file) {
        return new ProxySnippet(
                DovecotVersion.V2_4, Ports.customary(), List.of(), Optional.of(file), Optional.empty(), LOOPBACK);
    }
}

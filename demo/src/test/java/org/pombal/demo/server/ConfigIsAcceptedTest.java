package org.pombal.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.HaproxySnippet;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.StandaloneConfig;

/** The programs that read the configuration have the last word on it. */
class ConfigIsAcceptedTest {

    private static final List<Network> TRUSTED = List.of(new Network("192.0.2.0/24"), new Network("2001:db8::/32"));
    private static final Network LOOPBACK = new Network("127.0.0.1");

    static Stream<DovecotSnippet> snippets() {
        return Stream.of(DovecotVersion.values()).flatMap(version -> {
            Optional<Path> ca = Optional.of(Path.of("/etc/ssl/certs/ca-certificates.crt"));
            Optional<Ports> headed = Optional.of(Ports.customary().shiftedBy(HaproxySnippet.PROXY_PROTOCOL_DISTANCE));
            return Stream.of(
                    ProxySnippet.customary(version),
                    new ProxySnippet(version, Ports.customary(), TRUSTED, ca, headed, LOOPBACK),
                    BackendSnippet.customary(version),
                    new BackendSnippet(
                            version,
                            Ports.customary(),
                            TRUSTED,
                            true,
                            LOOPBACK,
                            Optional.of(Path.of("/run/dovecot")),
                            ca));
        });
    }

    static Stream<HaproxySnippet> balancers() {
        Ports ports = Ports.customary();
        return Stream.of(
                HaproxySnippet.customary(),
                new HaproxySnippet("127.0.0.1", ports, List.of("192.0.2.7", "2001:db8::7"), ports, false));
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void includedIntoWhatDebianInstalls(DovecotSnippet snippet) throws IOException {
        DovecotInstallation installation = Installations.of(snippet.version());
        try (ServerFolder folder = new ServerFolder(installation)) {
            Files.writeString(folder.path().resolve("pombal.conf"), snippet.text());
            Path main = Files.writeString(
                    folder.path().resolve("dovecot.conf"),
                    versionLines(snippet.version())
                            + "!include /usr/share/dovecot/dovecot.conf\n!include pombal.conf\n");

            String settings = doveconf(installation, main);

            assertThat(settings).contains("port = 24\n", "port = 9900\n");
            assertThat(settings).contains("pombal/cluster-userdb");
            assertThat(settings.contains("pombal/auth-master")).isEqualTo(snippet instanceof BackendSnippet);
        }
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void asAServerOfItsOwn(DovecotSnippet snippet) throws IOException {
        DovecotInstallation installation = Installations.of(snippet.version());
        try (ServerFolder folder = new ServerFolder(installation)) {
            StandaloneConfig config = StandaloneConfig.of(
                            "s1", snippet, installation.inside(folder.path()), "127.0.0.1")
                    .withTls(new StandaloneConfig.TlsFiles(
                            installation.inside(folder.path()).resolve("certificate.pem"),
                            installation.inside(folder.path()).resolve("key.pem")))
                    .withAccounts(List.of(new Account("alice", "secret", "destuser=bob")));
            for (Map.Entry<String, String> file : config.files().entrySet()) {
                Files.writeString(folder.path().resolve(file.getKey()), file.getValue());
            }
            Files.writeString(folder.path().resolve("certificate.pem"), "certificate");
            Files.writeString(folder.path().resolve("key.pem"), "key");

            String settings = doveconf(installation, folder.path().resolve(StandaloneConfig.MAIN_FILE));

            assertThat(settings).contains("instance_name = s1\n", "listen = 127.0.0.1\n", "certificate.pem\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void loginsAndLookupsOfAProxyGoToTheNode(DovecotVersion version) throws IOException {
        DovecotInstallation installation = Installations.of(version);
        try (ServerFolder folder = new ServerFolder(installation)) {
            StandaloneConfig config = StandaloneConfig.of(
                    "p1", ProxySnippet.customary(version), installation.inside(folder.path()), "127.0.0.1");
            for (Map.Entry<String, String> file : config.files().entrySet()) {
                Files.writeString(folder.path().resolve(file.getKey()), file.getValue());
            }
            String main = installation
                    .inside(folder.path().resolve(StandaloneConfig.MAIN_FILE))
                    .toString();

            assertThat(value(installation, main, "-f", "protocol=lmtp", "auth_socket_path"))
                    .isEqualTo("pombal/cluster-userdb");
            assertThat(value(installation, main, "-f", "protocol=doveadm", "auth_socket_path"))
                    .isEqualTo("pombal/cluster-userdb");
            for (String service : List.of("imap-login", "pop3-login", "submission-login", "managesieve-login")) {
                String socket =
                        switch (version) {
                            case V2_3 -> value(installation, main, "service/" + service + "/executable");
                            case V2_4 -> value(installation, main, "login_socket_path");
                        };
                assertThat(socket).endsWith("pombal/cluster");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void byHaproxyAfterItsOwn(HaproxySnippet snippet) throws IOException {
        try (ServerFolder folder = new ServerFolder(DovecotInstallation.ofThisMachine())) {
            Path own = Files.writeString(folder.path().resolve("haproxy.cfg"), "global\n  maxconn 100\n");
            Path ours = Files.writeString(folder.path().resolve("pombal.cfg"), snippet.text());

            Commands.run(List.of("haproxy", "-c", "-f", own.toString(), "-f", ours.toString()));
        }
    }

    private static String doveconf(DovecotInstallation installation, Path main) {
        return Commands.run(installation.command(
                "doveconf", "-n", "-c", installation.inside(main).toString()));
    }

    private static String value(DovecotInstallation installation, String main, String... arguments) {
        String[] all =
                Stream.concat(Stream.of("-h", "-c", main), Stream.of(arguments)).toArray(String[]::new);
        return Commands.run(installation.command("doveconf", all)).strip();
    }

    /** In 2.4 these must come first. */
    private static String versionLines(DovecotVersion version) {
        return version == DovecotVersion.V2_3
                ? ""
                : "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n";
    }
}

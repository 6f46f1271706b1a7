package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.HaproxySnippet;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.StandaloneConfig;

/** A real HAProxy before a real Dovecot proxy, both from our configuration. */
class ProxyProtocolTest {

    private static final String ADDRESS = "127.0.0.1";
    private static final String CLIENT = "127.0.0.77";
    private static final String TURNED_AWAY = "turned away";
    private static final Duration CHECKED = Duration.ofSeconds(20);

    private final FreePorts free = new FreePorts(new Random());
    private final Ports balanced =
            only(Listener.IMAP, Listener.POP3, Listener.SUBMISSION, Listener.SIEVE, Listener.LMTP);
    private final Ports headed = free.all(ADDRESS);

    @ParameterizedTest
    @EnumSource
    void clientsReachAProxyThatGreetsAndNoOther(DovecotVersion version) throws IOException {
        DovecotInstallation installation = Installations.of(version);
        try (ServerFolder folder = new ServerFolder(installation);
                ServerFolder balancerFolder = new ServerFolder(DovecotInstallation.ofThisMachine());
                DovecotServer proxy =
                        DovecotServer.start(installation, proxy(version, installation.inside(folder.path())))) {
            GuardedProcess balancer = startHaproxy(balancerFolder.path());
            try {
                await("a proxy without a node is given no clients: they are turned away")
                        .atMost(CHECKED)
                        .until(() -> answer(Listener.IMAP).equals(TURNED_AWAY));

                AuthInPlaceOfTheNode.link(proxy);

                await().atMost(CHECKED).until(() -> answer(Listener.IMAP).startsWith("* OK"));
                await().atMost(CHECKED).until(() -> answer(Listener.POP3).startsWith("+OK"));
                await().atMost(CHECKED).until(() -> answer(Listener.SUBMISSION).startsWith("220 "));
                await().atMost(CHECKED).until(() -> answer(Listener.SIEVE).startsWith("\"IMPLEMENTATION\""));
                await().atMost(CHECKED).until(() -> answer(Listener.LMTP).startsWith("220 "));
                assertThat(Files.readString(proxy.log())).contains("rip=" + CLIENT);
            } finally {
                balancer.stop(Duration.ofSeconds(5));
            }
        }
    }

    private StandaloneConfig proxy(DovecotVersion version, Path folder) {
        return StandaloneConfig.of(
                "p1",
                new ProxySnippet(
                        version,
                        free.all(ADDRESS),
                        List.of(new Network("127.0.0.0/8")),
                        Optional.empty(),
                        Optional.of(headed),
                        new Network(ADDRESS)),
                folder,
                ADDRESS);
    }

    private GuardedProcess startHaproxy(Path folder) throws IOException {
        Path config = Files.writeString(
                folder.resolve("haproxy.cfg"),
                new HaproxySnippet(ADDRESS, balanced, List.of(ADDRESS), headed, true).text());
        return GuardedProcess.start(
                "haproxy", List.of("haproxy", "-db", "-f", config.toString()), folder.resolve("haproxy.log"));
    }

    /** The first line that a client of the load balancer gets. */
    private String answer(Listener listener) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getByName(ADDRESS), balanced.of(listener), InetAddress.getByName(CLIENT), 0)) {
            socket.setSoTimeout(1000);
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
            return line == null ? TURNED_AWAY : line;
        } catch (SocketTimeoutException e) {
            return "silence";
        } catch (ConnectException e) {
            return "HAProxy does not listen yet";
        }
    }

    private Ports only(Listener... listeners) {
        Ports ports = free.all(ADDRESS);
        for (Listener listener : Listener.values()) {
            if (!List.of(listeners).contains(listener)) {
                ports = ports.with(listener, 0);
            }
        }
        return ports;
    }
}

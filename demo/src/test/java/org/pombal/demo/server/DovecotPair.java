package org.pombal.demo.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.mail.LmtpClient;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.StandaloneConfig;

/**
 * A proxy and a backend of one version, without nodes: where users go, the proxy's accounts say. One pair of each version for all
 * tests of a run; it ends with this program. Users are each for one test, so that no test counts or kicks those of another.
 */
final class DovecotPair {

    static final String ADDRESS = "127.0.0.1";
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Two names of destinations, of which the first is the backend. */
    static final String ALIVE = "alive.example.org";

    static final String DEAD = "dead.example.org";

    private static final String DEAD_ADDRESS = "127.0.0.99";
    private static final List<Network> LOOPBACK = List.of(new Network("127.0.0.0/8"));
    private static final Map<DovecotVersion, DovecotPair> PAIRS = new EnumMap<>(DovecotVersion.class);

    private final DovecotInstallation installation;
    private final Ports proxyPorts = new FreePorts(new Random()).all(ADDRESS);
    private final Ports backendPorts = new FreePorts(new Random()).all(ADDRESS);
    private final ServerFolder proxyFolder;
    private final ServerFolder backendFolder;
    private final DovecotServer proxy;
    private final DovecotServer backend;

    private DovecotPair(DovecotVersion version) {
        installation = Installations.of(version);
        proxyFolder = new ServerFolder(installation);
        backendFolder = new ServerFolder(installation);
        BackendSnippet backendSnippet =
                BackendSnippet.unjudged(version, backendPorts, LOOPBACK, false, new Network(ADDRESS));
        ProxySnippet proxySnippet = new ProxySnippet(
                version, proxyPorts, LOOPBACK, Optional.empty(), Optional.empty(), new Network(ADDRESS));
        backend = DovecotServer.start(
                installation,
                config("b1", backendSnippet, backendFolder)
                        .withAccounts(Stream.of("alice", "bob", "sam", "lara", "rita")
                                .map(name -> new Account(name, "secret"))
                                .toList()));
        proxy = DovecotServer.start(
                installation,
                config("p1", proxySnippet, proxyFolder)
                        .withAccounts(List.of(
                                account("alice", ADDRESS, ADDRESS, Listener.IMAP),
                                account("bob", ADDRESS, ADDRESS, Listener.IMAP),
                                account("sam", ALIVE, ADDRESS, Listener.IMAP),
                                account("wanda", ALIVE, ADDRESS, Listener.IMAP),
                                account("lara", ALIVE, ADDRESS, Listener.LMTP),
                                account("ilse", DEAD, DEAD_ADDRESS, Listener.IMAP),
                                account("lena", DEAD, DEAD_ADDRESS, Listener.LMTP)))
                        .withMore(passdb(version, installation.inside(routes()))));
        backend.awaitGreetings(PATIENCE);
        AuthInPlaceOfTheNode.link(proxy);
        proxy.awaitGreetings(PATIENCE);
    }

    static synchronized DovecotPair of(DovecotVersion version) {
        return PAIRS.computeIfAbsent(version, first -> {
            DovecotPair pair = new DovecotPair(first);
            Runtime.getRuntime().addShutdownHook(new Thread(pair::close));
            return pair;
        });
    }

    private static StandaloneConfig config(String name, DovecotSnippet snippet, ServerFolder folder) {
        return StandaloneConfig.of(
                name, snippet, Installations.of(snippet.version()).inside(folder.path()), ADDRESS);
    }

    /** The node answers with a name and an address too: statistics are by name. */
    private Account account(String name, String host, String ip, Listener listener) {
        return new Account(name, "secret", "host=" + host + " hostip=" + ip + " port=" + backendPorts.of(listener));
    }

    /** What {@code pombal export routes} writes, of one user. */
    private Path routes() {
        try {
            Path routes = Files.writeString(
                    proxyFolder.path().resolve("routes"),
                    "rita:::::::nopassword=y proxy=y host=" + ADDRESS + " port=" + backendPorts.of(Listener.IMAP)
                            + "\n");
            return Files.setPosixFilePermissions(routes, PosixFilePermissions.fromString("rw-r--r--"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String passdb(DovecotVersion version, Path routes) {
        return version == DovecotVersion.V2_3 ? """
                passdb {
                  driver = passwd-file
                  args = username_format=%%Lu %s
                }
                """.formatted(routes) : """
                passdb passwd-file-routes {
                  driver = passwd-file
                  passwd_file_path = %s
                  auth_username_format = %%{user|lower}
                }
                """.formatted(routes);
    }

    Path userdbSocket() {
        return backend.baseDir().resolve("auth-userdb");
    }

    int proxyPort(Listener listener) {
        return proxyPorts.of(listener);
    }

    int backendPort(Listener listener) {
        return backendPorts.of(listener);
    }

    /** Logs in at the proxy. */
    ImapClient login(String user, String password) {
        ImapClient imap = ImapClient.connect(ADDRESS, proxyPorts.of(Listener.IMAP), PATIENCE);
        try {
            imap.login(user, password);
            return imap;
        } catch (RuntimeException e) {
            imap.close();
            throw e;
        }
    }

    void loginAndOut(String user, String password) {
        try (ImapClient imap = login(user, password)) {
            imap.logout();
        }
    }

    void deliver(String user) {
        try (LmtpClient lmtp = LmtpClient.connect(ADDRESS, proxyPorts.of(Listener.LMTP), PATIENCE)) {
            lmtp.deliver("bob@example.org", user, "Subject: hello\r\n\r\nhello\r\n");
            lmtp.quit();
        }
    }

    private void close() {
        proxy.close();
        backend.close();
        proxyFolder.close();
        backendFolder.close();
    }
}

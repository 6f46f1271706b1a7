package org.pombal.app.rehearsal;

import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.pombal.app.Pombal;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.BackendPlacement;
import org.pombal.model.placement.Placement;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.localdb.LocalDbSettings;

/**
 * A proxy's node that starts with one known user, GeoDB being away, and answers his login. It listens on unix sockets in
 * the folder and on a free port of the loopback.
 */
final class NodeRehearsal {

    private static final String USER = "somebody@example.com";
    private static final String HOST = "localhost";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 5_000_000;

    private final Path folder;
    private final Path base;
    private final Path state;

    NodeRehearsal(Path folder) {
        this.folder = requireNonNull(folder, "folder is null");
        this.base = folder.resolve("base");
        this.state = folder.resolve("state");
    }

    /** Ends the virtual machine, as a signal would end a node. */
    void run() throws IOException {
        Files.createDirectories(base.resolve("login"));
        RehearsedAuth.start(base.resolve("login/login"), USER);
        Path settings = Files.writeString(
                folder.resolve("node.conf"), """
                cluster_local_site = rehearsal
                cluster_storage = shared
                cluster_dovecot_base_dir = %s
                cluster_state_dir = %s
                cluster_doveadm_socket = %s
                cluster_http_listen = 127.0.0.1:0
                CASSANDRA_SERVERS = 127.0.0.1
                CASSANDRA_PORT = 9
                CASSANDRA_LOCAL_DC = nowhere
                """.formatted(base, state, folder.resolve("doveadm.sock")));
        keepOneUser();
        Thread client = new Thread(this::logIn, "client");
        client.setDaemon(true);
        client.start();
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(new Pombal(out, out, Map.of()).run("node", "--config", settings.toString()));
    }

    private void keepOneUser() {
        Site site = Site.added(SiteId.random(), "rehearsal").withGroupCount(1);
        GroupId home = GroupId.numbered(site.id(), 1);
        List<Backend> backends = List.of(
                Backend.added(BackendId.random(), site.id(), new HostName(HOST)).withStatus(BackendStatus.ONLINE));
        KeptTopology topology = new KeptTopology(
                List.of(site),
                List.of(),
                backends,
                List.of(((Placement.Placed) BackendPlacement.place(home, backends)).group()));
        try (LocalDb localDb = LocalDb.open(LocalDbSettings.in(state), () -> topology)) {
            localDb.saveSites(topology.sites(), topology.tags());
            localDb.saveBackends(site.id(), topology.backends());
            localDb.saveGroups(topology.groups());
            localDb.remember(new UserKey(USER), home);
            localDb.markSyncedUntil(Instant.now());
        }
    }

    private void logIn() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            try (SocketChannel node =
                    SocketChannel.open(UnixDomainSocketAddress.of(base.resolve("login/pombal/cluster")))) {
                Lines lines = new Lines(node);
                lines.write("VERSION\t1\t2\nCPID\t1\nAUTH\t1\tPLAIN\tservice=imap\tsecured\tsession=rehearsal\t"
                        + "lip=127.0.0.1\trip=127.0.0.1\tlport=143\trport=9\tresp=AHNvbWVib2R5AHNlY3JldA==\n");
                String answer = lines.await("OK\t1\t", "FAIL\t1\t");
                System.exit(answer.contains("host=" + HOST) ? 0 : 1);
            } catch (IOException e) {
                LockSupport.parkNanos(LOOK_NANOS); // does not listen yet
            }
        }
        System.exit(1);
    }
}

package org.pombal.acceptance;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pombal.demo.mail.ImapClient;
import org.pombal.demo.server.DovecotServer;
import org.pombal.demo.server.PombalNode;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** What a node does for the Dovecot beside it, and does not do to its sessions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BackendCareContract {

    /** With -Dpombal.sessions=1000 as many as the promise names; fewer take less of a build's time. */
    private static final int SESSIONS = Integer.getInteger("pombal.sessions", 100);

    private static final int RESTARTS = 10;
    private static final String KILLS = "pombal_dovecot_kills_total";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SILENCE = Duration.ofMinutes(5);

    private final DovecotVersion version;
    private final String network;
    private final List<ImapClient> clients = new ArrayList<>();
    private Lab lab;

    BackendCareContract(DovecotVersion version, String network) {
        this.version = version;
        this.network = network;
    }

    @BeforeAll
    void start() {
        lab = Lab.start(
                version,
                "care" + version.toString().replace(".", ""),
                network,
                Optional.empty(),
                Map.of(
                        // A node is back before trust ends also where a build keeps the machine busy.
                        "cluster_timing_factor", "4",
                        "cluster_dovecot_probe_interval", "1s",
                        "cluster_dovecot_probe_timeout", "1s",
                        "cluster_dovecot_probe_failures", "2",
                        "cluster_kill_hung_dovecot", "yes"));
    }

    @AfterAll
    void stop() {
        clients.forEach(ImapClient::close);
        lab.close();
    }

    private ImapClient login(String user) {
        ImapClient imap = ImapClient.connect(lab.proxy(1), lab.port(Listener.IMAP), PATIENCE);
        try {
            imap.login(user, Lab.PASSWORD);
            return imap;
        } catch (RuntimeException e) {
            imap.close();
            throw e;
        }
    }

    @Test
    void restartsOfTheNodesDisconnectNobody() {
        AtomicInteger idle = new AtomicInteger();
        ConcurrentLinkedQueue<String> ends = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < SESSIONS; i++) {
            ImapClient imap = login("idle" + i + "@" + LabAccounts.ODD_DOMAIN);
            clients.add(imap);
            imap.select("INBOX");
            Thread thread = new Thread(() -> ends.add(imap.idle(idle::incrementAndGet, SILENCE)), "idle");
            thread.setDaemon(true);
            thread.start();
        }
        await().atMost(PATIENCE).until(() -> idle.get() == SESSIONS);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes()).as(this::counted).isEqualTo(SESSIONS));

        for (int restart = 0; restart < RESTARTS; restart++) {
            for (int backend = 1; backend <= 2; backend++) {
                PombalNode node = lab.site().backendNode(backend);
                if (restart % 2 == 0) {
                    node.kill();
                } else {
                    node.stop();
                }
                node.startAgain();
                node.awaitReady(PATIENCE);
            }
        }

        assertThat(ends).isEmpty();
        assertThat(processes()).as("sessions that are counted").isEqualTo(SESSIONS);
        clients.forEach(ImapClient::close);
        clients.clear();
        await().atMost(PATIENCE).until(() -> processes() == 0);
    }

    /** How many processes the nodes count that may have mailboxes open. */
    private int processes() {
        return (int) (metric(1, "pombal_backend_processes") + metric(2, "pombal_backend_processes"));
    }

    private String counted() {
        return IntStream.rangeClosed(1, 2)
                .mapToObj(backend -> lab.site().backendNode(backend).get("/metrics"))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("pombal_backend_"))
                .collect(joining("\n"));
    }

    private double metric(int backend, String name) {
        return lab.site()
                .backendNode(backend)
                .get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void anAuthProcessThatHangsIsNoticedAndDovecotStartedAnew() {
        stoppedIsNoticed("carol@example.org", "auth");
    }

    @Test
    void aMasterProcessThatIsStoppedIsNoticedAndDovecotStartedAnew() {
        stoppedIsNoticed("dave@example.org", "dovecot");
    }

    private void stoppedIsNoticed(String user, String program) {
        lab.awaitServed(1, user);
        int backend = lab.rows().backendOf(user).orElseThrow().equals("backend1") ? 1 : 2;
        // What has never answered is not judged, and a probe is counted when it begins: when the next but one has
        // begun, one has seen Dovecot serve.
        double probes = probes(backend);
        await().atMost(PATIENCE).until(() -> probes(backend) > probes + 1);
        double kills = metric(backend, KILLS);
        List<Long> processes = named(lab.site().backends().get(backend - 1), program);
        assertThat(processes).isNotEmpty();

        signal("STOP", processes);

        await().atMost(PATIENCE).until(() -> metric(backend, KILLS) > kills);
        lab.awaitServed(1, user);
        assertThat(metric(backend, KILLS)).isEqualTo(kills + 1);
        assertThat(lab.rows().backendOf(user)).contains("backend" + backend);
        await().atMost(PATIENCE)
                .until(() -> lab.site().backendNode(backend).get("/readyz").startsWith("200 "));
    }

    private double probes(int backend) {
        return metric(backend, "pombal_dovecot_probes_total");
    }

    private static List<Long> named(DovecotServer dovecot, String program) {
        return dovecot.processes().stream()
                .filter(pid -> ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/" + program))
                        .isPresent())
                .toList();
    }

    private static void signal(String name, List<Long> pids) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        pids.forEach(pid -> command.add(String.valueOf(pid)));
        assertThat(Programs.run(PATIENCE, command.toArray(String[]::new)).exitCode())
                .isZero();
    }
}

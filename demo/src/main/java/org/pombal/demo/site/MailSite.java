package org.pombal.demo.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.DovecotServer;
import org.pombal.demo.server.Guardian;
import org.pombal.demo.server.MailSink;
import org.pombal.demo.server.MemoryFolder;
import org.pombal.demo.server.PombalNode;
import org.pombal.demo.server.SettingsBesideDovecot;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Network;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.ServerAddress;
import org.pombal.dovecot.config.StandaloneConfig;

/** A running site. Everything it started has ended when it is closed, or when this program ends, however it ends. */
public final class MailSite implements AutoCloseable {

    /** How many user groups it has. */
    public static final int GROUPS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Loopback addresses of a site are its own, and there nobody else listens on it. */
    private static final int PEER_PORT = 24_281;

    private static final String PEER_KEY = "of this machine only";
    private static final List<Network> LOOPBACK = List.of(new Network("127.0.0.0/8"));

    private final SitePlan plan;
    private final List<DovecotServer> proxies = new ArrayList<>();
    private final List<DovecotServer> backends = new ArrayList<>();
    private final List<PombalNode> nodes = new ArrayList<>();
    private final List<PombalNode> backendNodes = new ArrayList<>();
    private final Map<Integer, AddedBackend> added = new ConcurrentHashMap<>();
    private final MailSink sink;
    private final MemoryFolder guardians;

    private MailSite(SitePlan plan) {
        this.plan = requireNonNull(plan, "plan is null");
        this.sink = new MailSink(plan.proxyAddress(1), 0);
        this.guardians = MemoryFolder.make();
    }

    /**
     * Starts backends, proxies and nodes, and enters site and backends into GeoDB, which must have its schema. Returns
     * when every proxy greets its clients.
     *
     * @param progress is told what has been done
     * @throws IllegalStateException saying which part did not start, and why
     */
    public static MailSite start(SitePlan plan, Consumer<String> progress) {
        MailSite site = new MailSite(plan);
        try {
            site.startAll(progress);
            return site;
        } catch (RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private void startAll(Consumer<String> progress) {
        writeHostsFile();
        SiteEntry.write(plan);
        for (int number = 1; number <= plan.backends(); number++) {
            DovecotServer backend =
                    DovecotServer.startUnder(guardian(number), plan.backendDovecot(), backendConfig(number));
            backends.add(backend);
            backendNodes.add(startBackendNode(number, backend));
        }
        progress.accept("GeoDB knows site " + plan.name() + " and its backends");
        for (int number = 1; number <= plan.proxies(); number++) {
            DovecotServer proxy = DovecotServer.start(plan.dovecot(), proxyConfig(number));
            proxies.add(proxy);
            nodes.add(startProxyNode(number, proxy));
        }
        for (int i = 0; i < plan.backends(); i++) {
            backendNodes.get(i).awaitReady(PATIENCE);
            backends.get(i).awaitListening();
            backends.get(i).awaitGreetings(PATIENCE);
            progress.accept("Dovecot " + plan.backendDovecot().version() + " backend " + plan.backendHost(i + 1)
                    + " and its node run on " + plan.backendAddress(i + 1));
        }
        for (int i = 0; i < plan.proxies(); i++) {
            nodes.get(i).awaitReady(PATIENCE);
            proxies.get(i).awaitGreetings(PATIENCE);
            progress.accept(
                    "Dovecot " + plan.dovecot().version() + " proxy and its node run on " + plan.proxyAddress(i + 1));
        }
    }

    /** A backend that is not of the plan. */
    private record AddedBackend(DovecotServer dovecot, PombalNode node) implements AutoCloseable {

        @Override
        public void close() {
            try {
                dovecot.close();
            } finally {
                node.close();
            }
        }
    }

    /**
     * Starts a backend that the plan does not have, as a machine that is switched on: GeoDB is told nothing of it. Does nothing if it runs.
     *
     * @param number above that of the plan's last backend, to 9
     */
    public void startBackend(int number) {
        if (number <= plan.backends() || number > 9) {
            throw new IllegalArgumentException("backend " + number + " is not one to add");
        }
        if (!added.containsKey(number)) {
            addToHostsFile(number);
            DovecotServer dovecot =
                    DovecotServer.startUnder(guardian(number), plan.backendDovecot(), backendConfig(number));
            added.put(number, new AddedBackend(dovecot, startBackendNode(number, dovecot)));
        }
    }

    /** Stops a backend that {@link #startBackend} started; does nothing if it does not run. */
    public void stopBackend(int number) {
        AddedBackend backend = added.remove(number);
        if (backend != null) {
            backend.close();
        }
    }

    private void addToHostsFile(int number) {
        String line = plan.backendAddress(number) + " " + plan.backendHost(number);
        try {
            if (!Files.readAllLines(hostsFile()).contains(line)) {
                Files.writeString(hostsFile(), line + "\n", StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + hostsFile(), e);
        }
    }

    private void writeHostsFile() {
        List<String> lines = IntStream.rangeClosed(1, plan.backends())
                .mapToObj(number -> plan.backendAddress(number) + " " + plan.backendHost(number))
                .toList();
        try {
            Files.createDirectories(plan.folder());
            Files.setPosixFilePermissions(plan.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.write(hostsFile(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + hostsFile(), e);
        }
    }

    /** Where the nodes find the addresses of the backends. */
    public Path hostsFile() {
        return plan.folder().resolve("hosts");
    }

    /** Settings of a controller of this site by which it reaches the backends' doveadm. */
    public Map<String, String> controllerSettings() {
        Map<String, String> settings = new TreeMap<>(
                SettingsBesideDovecot.doveadmOfBackends(backends.get(0).config()));
        settings.put("cluster_hosts_file", seen(hostsFile()));
        return settings;
    }

    private StandaloneConfig backendConfig(int number) {
        String address = plan.backendAddress(number);
        Path folder = plan.backendDovecot().inside(plan.backendFolder().resolve("backend" + number));
        BackendSnippet snippet = new BackendSnippet(
                plan.backendDovecot().version(),
                plan.ports(),
                LOOPBACK,
                plan.backendTls().map(SitePlan.BackendTlsPlan::implicit).orElse(false),
                new Network(address),
                Optional.of(StandaloneConfig.baseDirIn(folder)),
                plan.backendTls().map(SitePlan.BackendTlsPlan::authority));
        StandaloneConfig config = StandaloneConfig.of("backend" + number, snippet, folder, address)
                .withAccounts(plan.backendAccounts())
                .withSubmissionRelay(sink.address())
                .withMore(plan.backendMore());
        return plan.backendTls().map(tls -> config.withTls(tls.files())).orElse(config);
    }

    private StandaloneConfig proxyConfig(int number) {
        String address = plan.proxyAddress(number);
        DovecotVersion version = plan.dovecot().version();
        ProxySnippet customary = ProxySnippet.customary(version);
        ProxySnippet snippet = new ProxySnippet(
                version,
                plan.ports(),
                LOOPBACK,
                plan.backendTls().map(SitePlan.BackendTlsPlan::authority),
                customary.proxyProtocol(),
                new Network(address));
        return StandaloneConfig.of(
                        "proxy" + number,
                        snippet,
                        plan.dovecot().inside(plan.folder().resolve("proxy" + number)),
                        address)
                .withAccounts(plan.proxyAccounts())
                .withSubmissionRelay(sink.address())
                .withMore(plan.proxyMore());
    }

    private PombalNode startProxyNode(int number, DovecotServer proxy) {
        return startNode(
                "node" + number,
                plan.proxyAddress(number),
                plan.dovecot(),
                proxy,
                Map.of("cluster_proxy_name", plan.proxyHost(number)));
    }

    private PombalNode startBackendNode(int number, DovecotServer backend) {
        return startNode(
                "backend-node" + number,
                plan.backendAddress(number),
                plan.backendDovecot(),
                backend,
                Map.of(
                        "cluster_backend_name",
                        plan.backendHost(number),
                        "cluster_guardian_dir",
                        seen(guardian(number).folder())));
    }

    private Guardian guardian(int number) {
        return new Guardian(plan.pombal().guardian(), guardians.path().resolve("backend" + number));
    }

    private PombalNode startNode(
            String name,
            String address,
            DovecotInstallation installation,
            DovecotServer dovecot,
            Map<String, String> role) {
        boolean implicitTls =
                plan.backendTls().map(SitePlan.BackendTlsPlan::implicit).orElse(false);
        Map<String, String> settings = new TreeMap<>(role);
        settings.putAll(SettingsBesideDovecot.of(
                installation,
                dovecot.config(),
                implicitTls,
                plan.geoDb(),
                plan.pombal().sees()));
        settings.put("cluster_storage", "shared");
        settings.put("cluster_local_site", plan.name());
        settings.put("cluster_hosts_file", seen(hostsFile()));
        settings.put("cluster_default_group_count", String.valueOf(GROUPS));
        settings.put("cluster_peer_key", PEER_KEY);
        settings.put("cluster_peer_listen", address + ":" + PEER_PORT);
        settings.put("cluster_peer_address", address + ":" + PEER_PORT);
        settings.putAll(plan.nodeSettings());
        return PombalNode.start(
                plan.folder().resolve(name),
                plan.pombal().command(),
                plan.pombal().sees(),
                new ServerAddress(address, plan.nodePort()),
                settings);
    }

    private String seen(Path path) {
        return plan.pombal().sees().apply(path).toString();
    }

    public SitePlan plan() {
        return plan;
    }

    /** A proxy, counted from 1. */
    public DovecotServer proxy(int number) {
        return proxies.get(number - 1);
    }

    /** The node beside a proxy, counted from 1. */
    public PombalNode node(int number) {
        return nodes.get(number - 1);
    }

    /** The node beside a backend, counted from 1. */
    public PombalNode backendNode(int number) {
        return backendNodes.get(number - 1);
    }

    public List<DovecotServer> backends() {
        return Collections.unmodifiableList(backends);
    }

    /** Ids of the process groups of a backend's Dovecot, guardian and node: all of what a machine would take with it. */
    public Set<Long> processGroupsOf(String backendHost) {
        int index = IntStream.range(0, backends.size())
                .filter(i -> plan.backendHost(i + 1).equals(backendHost))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no backend " + backendHost));
        Set<Long> groups = new TreeSet<>(backends.get(index).processGroups());
        groups.addAll(backendNodes.get(index).processGroups());
        return groups;
    }

    /** Where users' submitted mail goes. */
    public MailSink sink() {
        return sink;
    }

    /**
     * Stops everything. Each node after its Dovecot, which takes its time to stop when its logins wait for a node that is
     * gone; the Dovecots all at once, since each takes some seconds anyway.
     */
    @Override
    public void close() {
        List<Throwable> failures = new ArrayList<>();
        failures.addAll(stopAtOnce(List.copyOf(added.values())));
        failures.addAll(
                stopAtOnce(Stream.concat(proxies.stream(), backends.stream()).toList()));
        failures.addAll(
                stopAtOnce(Stream.concat(nodes.stream(), backendNodes.stream()).toList()));
        failures.addAll(stopAtOnce(List.of(sink, guardians)));
        if (!failures.isEmpty()) {
            throw new IllegalStateException("a part of the site did not stop", failures.get(0));
        }
    }

    private static List<Throwable> stopAtOnce(List<? extends AutoCloseable> parts) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "pombal-site-stop"));
        try {
            return parts.stream()
                    .map(part -> CompletableFuture.supplyAsync(() -> stop(part), threads))
                    .toList()
                    .stream()
                    .flatMap(stopped -> stopped.join().stream())
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    private static Optional<Throwable> stop(AutoCloseable part) {
        try {
            part.close();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }
}

package org.pombal.app;

import static java.net.HttpURLConnection.HTTP_OK;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;
import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.PombalController;
import org.pombal.demo.site.GrowingSite;
import org.pombal.demo.site.Machines;
import org.pombal.demo.site.MailSite;
import org.pombal.demo.site.SitePlan;
import org.pombal.demo.site.TwoSites;
import org.pombal.demo.tour.ScalingTour;
import org.pombal.demo.tour.SiteLossTour;
import org.pombal.demo.tour.Tour;
import org.pombal.dovecot.config.Account;
import org.pombal.dovecot.config.Listener;
import org.pombal.dovecot.config.Ports;
import org.pombal.dovecot.config.ServerAddress;
import org.pombal.geodb.cassandra.CassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandra;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Port;
import org.pombal.geodb.embedded.EmbeddedCassandraConfig.Ring;
import org.pombal.geodb.embedded.EmbeddedCassandraException;
import org.pombal.geodb.embedded.JavaHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pombal demo}: a whole cluster of real parts on this machine. */
@Command(
        name = "demo",
        sortOptions = false,
        description = {
            "Starts a Cassandra, a Dovecot proxy with its node, three Dovecot backends and a controller on loopback addresses,"
                    + " lets users in over every protocol, and shows who served them.",
            "Then it stays up until Ctrl-C. Needs root, as Dovecot does."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofHours(1);
    private static final String PASSWORD = "pombal";
    private static final List<String> USERS = List.of(
            "alice@example.org",
            "bob@example.org",
            "carol@example.org",
            "dave@example.org",
            "erin@example.org",
            "frank@example.org");
    /** As the launcher was called, which is what works from here again. */
    private static final String PROGRAM = System.getProperty("pombal.called", "pombal");

    private static final int NODE_PORT = 4_280;
    private static final int CONTROLLER_PORT = 8_080;
    private static final Duration CONTROLLER_PATIENCE = Duration.ofSeconds(60);

    /** Beyond it, doveadm's customary port would leave the range of ports. */
    private static final int HIGHEST_PORT_SHIFT = 40_000;

    private static final Pattern LOOPBACK_NETWORK = Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){2}");

    private final PrintWriter out;

    @Option(
            names = "--check",
            description = "Runs the commands that it else shows, and ends: 0 if all is as it should be, else 1.")
    private boolean check;

    @Option(
            names = "--sites",
            paramLabel = "NUMBER",
            description = "2: two sites, of which one is lost and comes back. Usually ${DEFAULT-VALUE}.")
    private int sites = 1;

    @Option(
            names = "--autoscale",
            description =
                    "A site of two backends; as users come and go, its controller has others started and stopped.")
    private boolean autoscale;

    @Option(
            names = "--network",
            paramLabel = "N.N.N",
            description = "First three numbers of the loopback addresses to use. Usually ${DEFAULT-VALUE}.")
    private String network = "127.0.77";

    @Option(
            names = "--port-shift",
            paramLabel = "NUMBER",
            description =
                    "What is added to the customary mail ports; 10000 makes IMAP 10143. Usually ${DEFAULT-VALUE}.")
    private int portShift = 10_000;

    @Option(
            names = "--dovecot-root",
            paramLabel = "DIR",
            description =
                    "A folder with another Debian whose Dovecot to use, as script/setup makes one. Usually this machine's.")
    private Optional<Path> dovecotRoot = Optional.empty();

    DemoCommand(PrintWriter out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public Integer call() throws InterruptedException {
        requireSensibleOptions();
        try (StopSignal stop = new StopSignal(STOP_LIMIT)) {
            DovecotInstallation dovecot =
                    dovecotRoot.map(DovecotInstallation::inFolder).orElseGet(DovecotInstallation::ofThisMachine);
            try (DemoFolder folder = DemoFolder.make(dovecot.root().resolve("tmp"))) {
                return run(dovecot, folder.path(), stop);
            }
        } catch (CancellationException e) {
            return ExitCode.OK;
        } catch (IllegalStateException | EmbeddedCassandraException e) {
            throw new CommandFailedException(
                    ExitCode.UNAVAILABLE,
                    e.getMessage() + "\n(other addresses and ports: --network and --port-shift)",
                    e);
        }
    }

    private void requireSensibleOptions() {
        if (!LOOPBACK_NETWORK.matcher(network).matches()) {
            throw new CommandFailedException(
                    ExitCode.USAGE,
                    "--network " + network + " is not the beginning of loopback addresses; 127.0.77 would be");
        }
        if (sites < 1 || sites > 2) {
            throw new CommandFailedException(ExitCode.USAGE, "--sites " + sites + " is neither 1 nor 2");
        }
        if (autoscale && sites == 2) {
            throw new CommandFailedException(ExitCode.USAGE, "--autoscale is for one site");
        }
        if (portShift < 0 || portShift > HIGHEST_PORT_SHIFT) {
            throw new CommandFailedException(
                    ExitCode.USAGE, "--port-shift " + portShift + " is outside 0 to " + HIGHEST_PORT_SHIFT);
        }
    }

    private int run(DovecotInstallation dovecot, Path folder, StopSignal stop) throws InterruptedException {
        CassandraConfig geoDb = geoDb();
        say("starting Cassandra; this takes about ten seconds");
        try (EmbeddedCassandra cassandra = EmbeddedCassandra.start(cassandra(folder, geoDb))) {
            GeoDbInitCommand.install(geoDb, new PrintWriter(PrintWriter.nullWriter()));
            Consumer<String> progress = line -> {
                say(line);
                goOn(stop);
            };
            progress.accept("Cassandra " + geoDb.contactPoints().get(0) + ":" + geoDb.port() + " is ready, pid "
                    + cassandra.pid());
            SitePlan plan = SitePlan.of(
                    "demo",
                    folder,
                    dovecot,
                    network,
                    Ports.customary().shiftedBy(portShift),
                    NODE_PORT + portShift,
                    geoDb,
                    SitePlan.Program.here(
                            Installation.current().command(),
                            Installation.current().guardian()),
                    USERS.stream().map(user -> new Account(user, PASSWORD)).toList());
            if (sites == 2) {
                return twoSites(plan, progress, stop);
            }
            if (autoscale) {
                return growingSite(GrowingSite.plan(plan), progress, stop);
            }
            try (MailSite site = MailSite.start(plan, progress);
                    PombalController controller = controller(plan, site.controllerSettings())) {
                controller.awaitReady(CONTROLLER_PATIENCE);
                say("the controller answers at " + controller.api());
                say("every user now uses every protocol through the proxy");
                say("");
                Tour tour = new Tour(site);
                boolean asItShouldBe = tour.run(this::say, () -> goOn(stop));
                say("");
                say(
                        asItShouldBe
                                ? "Each user was served by the backend that GeoDB names, and by no other."
                                : "That is not as it should be.");
                if (check) {
                    return asItShouldBe && commandsWork(tour) && apiWorks(controller) ? ExitCode.OK : ExitCode.FAILED;
                }
                explain(plan);
                explain(controller);
                if (asItShouldBe) {
                    say("Commands of the cluster to type into another shell, here, one after another:");
                    tour.commands(PROGRAM).print(this::say);
                }
                say("Ctrl-C stops everything.");
                awaitEnd(stop);
            }
        }
        return ExitCode.OK;
    }

    private int twoSites(SitePlan plan, Consumer<String> progress, StopSignal stop) throws InterruptedException {
        try (TwoSites both = TwoSites.start(plan, nextNetwork(), progress)) {
            say("");
            boolean good = new SiteLossTour(both.first(), both.second(), () -> goOn(stop)).run(this::say);
            say("");
            say(
                    good
                            ? "Each user was served by one site at a time, and each is home."
                            : "That is not as it should be.");
            if (check) {
                return good ? ExitCode.OK : ExitCode.FAILED;
            }
            String socket = both.first().node(1).doveadmSocket().toString();
            say("To look at it from another shell, here:");
            for (String command : List.of("site failover list", "site reachability list", "user list")) {
                say("  " + PROGRAM + " cluster " + command + " --socket " + socket);
            }
            say("Ctrl-C stops everything.");
            awaitEnd(stop);
        }
        return ExitCode.OK;
    }

    /** Loopback addresses beside those of {@code --network}. */
    private String nextNetwork() {
        int dot = network.lastIndexOf('.');
        int last = Integer.parseInt(network.substring(dot + 1));
        return network.substring(0, dot + 1) + (last == 255 ? 254 : last + 1);
    }

    private boolean commandsWork(Tour tour) {
        say("");
        say("The commands that the demo shows to those who stay:");
        boolean good = tour.commands(PROGRAM).run(this::say);
        say("");
        say(good ? "All of them work." : "Not all of them work.");
        return good;
    }

    private int growingSite(SitePlan plan, Consumer<String> progress, StopSignal stop) throws InterruptedException {
        Path folder = plan.folder().resolve("machines");
        try (MailSite site = MailSite.start(plan, progress);
                Machines machines = Machines.of(site, folder, line -> say("        " + line));
                PombalController controller =
                        controller(plan, GrowingSite.controllerSettings(plan, machines.program(), site.hostsFile()))) {
            controller.awaitReady(CONTROLLER_PATIENCE);
            String token = controller.makeAdmin("demo", CONTROLLER_PATIENCE);
            say("The web interface is at " + controller.pages() + "plan?part=autoscaling, with the token " + token);
            say("");
            boolean good = new ScalingTour(site, controller, token, GrowingSite.MOST, () -> goOn(stop)).run(this::say);
            say("");
            say(
                    good
                            ? "There were as many backends as the load needed, and no login failed."
                            : "That is not as it should be.");
            if (check) {
                return good ? ExitCode.OK : ExitCode.FAILED;
            }
            say("To look at it from another shell:");
            for (String path : List.of("/autoscaling", "/plans/autoscaling", "/audit?limit=20")) {
                say("  curl -H 'Authorization: Bearer " + token + "' '" + controller.api() + path + "'");
            }
            say("The web interface is there as before. Ctrl-C stops everything.");
            awaitEnd(stop);
        }
        return ExitCode.OK;
    }

    private PombalController controller(SitePlan plan, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.putAll(Map.of(
                "cluster_local_site", plan.name(),
                "CASSANDRA_SERVERS", String.join(", ", plan.geoDb().contactPoints()),
                "CASSANDRA_PORT", String.valueOf(plan.geoDb().port()),
                "CASSANDRA_LOCAL_DC", plan.geoDb().localDataCentre(),
                "CASSANDRA_KEYSPACE", plan.geoDb().keyspace()));
        return PombalController.start(
                plan.folder().resolve("controller"),
                plan.pombal().command(),
                plan.pombal().sees(),
                new ServerAddress(network + ".100", CONTROLLER_PORT + portShift),
                settings);
    }

    private boolean apiWorks(PombalController controller) {
        String token = controller.makeAdmin("demo", CONTROLLER_PATIENCE);
        boolean good = controller.status(controller.api() + "/backends", token) == HTTP_OK
                && controller.status(controller.api() + "/backends", "no token") == HTTP_UNAUTHORIZED;
        say(good ? "The controller's API answers those who have a token." : "The controller's API does not answer.");
        return good;
    }

    private void explain(PombalController controller) {
        say("The web interface is at " + controller.pages() + ", the API is described at " + controller.api()
                + "/docs; for today there is a token:");
        say("  curl -H 'Authorization: Bearer " + controller.makeAdmin("demo", CONTROLLER_PATIENCE) + "' "
                + controller.api() + "/backends");
    }

    private void explain(SitePlan plan) {
        String proxy = plan.proxyAddress(1);
        say("");
        say("The proxy is " + proxy + ": IMAP " + port(plan, Listener.IMAP) + ", POP3 " + port(plan, Listener.POP3)
                + ", Submission " + port(plan, Listener.SUBMISSION) + ", ManageSieve " + port(plan, Listener.SIEVE)
                + ", LMTP " + port(plan, Listener.LMTP));
        say("Users are " + String.join(", ", USERS) + ", their password is " + PASSWORD + ". Try:");
        say("  curl imap://" + proxy + ":" + port(plan, Listener.IMAP) + "/INBOX -u " + USERS.get(0) + ":" + PASSWORD);
        say("  curl http://" + proxy + ":" + plan.nodePort() + "/metrics");
        say("  doveadm -c " + plan.folder().resolve("proxy1/dovecot.conf") + " mailbox status -u " + USERS.get(0)
                + " messages INBOX");
        say("  tail -f " + plan.folder().resolve("backend1/dovecot.log"));
    }

    /** Ends the demo, whatever it was about, if it was asked to end. */
    private void goOn(StopSignal stop) {
        if (stop.isAsked()) {
            say("stopping");
            throw new CancellationException("asked to end");
        }
    }

    private void awaitEnd(StopSignal stop) throws InterruptedException {
        while (!stop.await(LOOK)) {
            // Up to whoever looks at it.
        }
        say("stopping");
    }

    private static int port(SitePlan plan, Listener listener) {
        return plan.ports().of(listener);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }

    private CassandraConfig geoDb() {
        return new CassandraConfig(
                List.of(network + ".101"),
                CassandraConfig.DEFAULT_PORT,
                Ring.DEFAULT_DATA_CENTRE,
                CassandraConfig.DEFAULT_KEYSPACE,
                Map.of(Ring.DEFAULT_DATA_CENTRE, 1),
                Optional.empty(),
                Optional.empty(),
                CassandraConfig.DEFAULT_REQUEST_TIMEOUT,
                CassandraConfig.LoadBalancing.DC_AWARE_ROUND_ROBIN);
    }

    private static EmbeddedCassandraConfig cassandra(Path folder, CassandraConfig geoDb) {
        String address = geoDb.contactPoints().get(0);
        return new EmbeddedCassandraConfig(
                folder.resolve("geodb"),
                Installation.current().cassandraJars(),
                JavaHome.current("JAVA_HOME"),
                address,
                new Port(geoDb.port(), "--network"),
                new Port(7700, "--network"),
                Optional.empty(),
                Ring.alone(address),
                EmbeddedCassandraConfig.DEFAULT_HEAP_MEGABYTES,
                EmbeddedCassandraConfig.DEFAULT_START_LIMIT,
                EmbeddedCassandraConfig.DEFAULT_STOP_LIMIT);
    }
}

package org.pombal.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pombal.chaos.fault.FaultPlan;
import org.pombal.chaos.fault.Step;
import org.pombal.chaos.history.Judge;
import org.pombal.chaos.history.Outage;
import org.pombal.chaos.history.Overlap;
import org.pombal.chaos.load.Load;
import org.pombal.chaos.load.Rates;
import org.pombal.chaos.recorder.Recorder;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.chaos.site.SitePair;
import org.pombal.chaos.site.SiteShape;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.server.Waiting;

/** The command {@code script/chaos}, which gives this namespaces of its own. */
public final class Chaos {

    private static final int USAGE = 64;
    private static final int PROXIES = 2;
    private static final int BACKENDS = 3;
    private static final int GEODBS = 3;
    private static final int GROUPS = 30;
    private static final Duration LIMIT = Duration.ofSeconds(12);
    private static final Duration HEALING = Duration.ofSeconds(60);
    private static final int SHOWN = 20;
    private static final double STRANGERS_RATE = 2;
    private static final Duration STRANGERS = Duration.ofSeconds(30);

    private final ChaosOptions options;
    private final Path checkout;
    private final Path folder;
    private final PrintStream out;
    private final int timing;
    private final long began = System.nanoTime();

    private Chaos(ChaosOptions options, Path checkout, Path folder, PrintStream out) {
        this.options = requireNonNull(options, "options is null");
        this.checkout = requireNonNull(checkout, "checkout is null");
        this.folder = requireNonNull(folder, "folder is null");
        this.out = requireNonNull(out, "out is null");
        this.timing = options.timing() > 0 ? options.timing() : options.plan() ? 1 : Calibration.timing();
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        ChaosOptions options;
        try {
            options = ChaosOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("script/chaos: " + e.getMessage() + "; see script/chaos --help");
            System.exit(USAGE);
            return;
        }
        Chaos chaos = new Chaos(
                options,
                Path.of(System.getProperty("pombal.checkout", "")),
                Path.of(System.getProperty("pombal.chaos.folder", "")),
                out);
        System.exit(options.plan() ? chaos.printPlan() : options.sites() ? chaos.cutLink() : chaos.run());
    }

    private List<Step> steps() {
        return new FaultPlan(options.seed(), PROXIES, BACKENDS, GEODBS, timing, options.fenced()).steps(length());
    }

    private Duration length() {
        return Duration.ofMillis(Math.round(options.minutes() * 60_000));
    }

    private int printPlan() {
        steps().forEach(out::println);
        return 0;
    }

    private void say(String line) {
        out.println("%6.1f s  %s".formatted((System.nanoTime() - began) / 1e9, line));
    }

    private SiteShape shape(int proxies, int backends, int geoDbs, int users) {
        return new SiteShape(
                checkout.resolve("app/target/pombal"),
                checkout.resolve("app/src/main/launcher/pombal"),
                folder,
                options.dovecot().equals("2.3")
                        ? DovecotInstallation.ofThisMachine()
                        : DovecotInstallation.inFolder(Path.of(System.getProperty("pombal.debian13", ""))),
                proxies,
                backends,
                geoDbs,
                users,
                GROUPS,
                timing,
                options.fenced());
    }

    private Path recorder() {
        return checkout.resolve("chaos/target/recorder");
    }

    private int cutLink() {
        SitePair pair = new SitePair(shape(1, 1, 1, SiteUsers.COUNT), CutLink.settings(timing));
        List<String> faults = new CutLink(pair, recorder(), folder.resolve("recorder.log"), this::say).faults();
        faults.forEach(out::println);
        out.println("chaos: " + (faults.isEmpty() ? "held" : "NOT HELD, " + faults.size() + " faults")
                + ": the link between two sites was cut and joined again");
        return faults.isEmpty() ? 0 : 1;
    }

    private int run() {
        ChaosSite site = new ChaosSite(shape(PROXIES, BACKENDS, GEODBS, options.users()));
        if (timing > 1) {
            say("times of ownership are " + timing + " times as long as usual");
        }
        try (Recorder recorder = Recorder.start(
                recorder(),
                site.mailMounts(),
                folder.resolve("recorder.log"),
                overlap -> say((overlap.isWith(ChaosSite.STRANGER) ? "seen: " : "OVERLAP ") + overlap))) {
            site.start(this::say);
            if (options.broken()) {
                site.startStranger();
            }
            Load load = new Load(site, options.seed());
            Lateness lateness = new Lateness();
            lateness.watch();
            Run run = new Run(site, load, HEALING.multipliedBy(timing), lateness, this::say);
            load.start(rates());
            if (options.broken()) {
                load.startStrangers(STRANGERS_RATE);
            }
            if (!run.awaitServed(System.nanoTime())) {
                throw new IllegalStateException("not all users are served before anything was done to the site: "
                        + load.observations().notServedSince(Long.MIN_VALUE, load.users()));
            }
            say(options.users() + " users are connected");
            run.go(steps(), length());
            List<Overlap> overlaps = recorder.overlaps();
            boolean sees = options.broken() || seesStrangers(site, recorder, load);
            load.stop();
            return judge(site, recorder, overlaps, sees, load, run);
        } finally {
            site.powerOff();
        }
    }

    private Rates rates() {
        return new Rates(5, 2, options.mails(), 1, 0.3, 0.3, 1);
    }

    /** Lets users in past the cluster: whether the recorder would have seen it. */
    private boolean seesStrangers(ChaosSite site, Recorder recorder, Load load) {
        int before = recorder.overlaps().size();
        say("now somebody serves users past the cluster, which must be seen");
        site.startStranger();
        load.startStrangers(STRANGERS_RATE);
        return Waiting.upTo(STRANGERS, () -> recorder.overlaps().size() > before);
    }

    private int judge(ChaosSite site, Recorder recorder, List<Overlap> overlapping, boolean sees, Load load, Run run) {
        long now = System.nanoTime();
        List<String> faults = new ArrayList<>(run.faults());
        recorder.failure().ifPresent(faults::add);
        overlapping.forEach(overlap -> faults.add("overlap: " + overlap));
        if (!sees) {
            faults.add("the recorder does not see users who are served past the cluster");
        }
        faults.addAll(new Judge(LIMIT.multipliedBy(timing))
                .faults(run.rounds(), load.observations().events(), now));
        faults.addAll(Judge.lost(
                load.observations().deliveries(),
                Mailboxes.messages(
                        site.proxies().get(0).host().address(),
                        load.observations().deliveries().keySet())));
        int overlaps = overlapping.size();
        boolean good = options.broken() ? overlaps > 0 : faults.isEmpty();
        String what =
                "%d rounds of faults, %d sessions of %d users, %d moves and evacuations, %d deliveries: %d overlaps, %d other faults"
                        .formatted(
                                run.rounds().size(),
                                recorder.begun().values().stream()
                                        .mapToLong(count -> count)
                                        .sum(),
                                options.users(),
                                load.mover().done().values().stream()
                                        .mapToInt(count -> count)
                                        .sum(),
                                load.observations().deliveries().values().stream()
                                        .mapToInt(count -> count)
                                        .sum(),
                                overlaps,
                                faults.size() - overlaps);
        String verdict = options.broken()
                ? "chaos: " + (good ? "caught, as it must be: " : "NOT CAUGHT: ") + what
                : "chaos: " + (good ? "held: " : "NOT HELD: ") + what;
        write(report(verdict, faults, recorder, load, run, now));
        if (!options.broken()) {
            faults.stream().limit(SHOWN).forEach(out::println);
        }
        out.println(verdict);
        return good ? 0 : 1;
    }

    private Report report(String verdict, List<String> faults, Recorder recorder, Load load, Run run, long now) {
        Report report = new Report(command(), verdict);
        report.rounds(run.rounds(), Outage.in(load.observations().events(), now), began);
        report.events(load.observations().events());
        report.section("What should not have been", faults);
        report.section(
                "Mailbox sessions, as the kernel saw them",
                List.of(recorder.begun().toString()));
        report.section("Commands that went well", List.of(load.mover().done().toString()));
        report.section("Commands that did not, which they may", load.mover().refused());
        return report;
    }

    private String command() {
        return "script/chaos --minutes " + options.minutes() + " --seed " + options.seed() + " --users "
                + options.users() + " --mails " + options.mails() + " --dovecot " + options.dovecot()
                + " --timers-times " + timing + (options.fenced() ? " --fenced" : "")
                + (options.broken() ? " --broken" : "");
    }

    private void write(Report report) {
        Path file = checkout.resolve("build/chaos/report.md");
        try {
            Files.createDirectories(requireNonNull(file.getParent(), "it is in a folder"));
            Files.write(file, report.lines());
            say("the report is " + file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}

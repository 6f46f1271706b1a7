package org.pombal.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The command {@code script/simulate}. */
public final class Simulate {

    private static final int STORY_LINES = 1_500;
    /** Machines that stand still are measured on so many schedules for each schedule of the promise. */
    private static final int FREEZES_ONE_IN = 50;

    private final PrintStream out;

    Simulate(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws InterruptedException {
        Optional<SimulateOptions> options = SimulateOptions.parse(arguments, System.err);
        if (options.isEmpty()) {
            System.exit(64);
        }
        System.exit(new Simulate(System.out).run(options.get()));
    }

    /** Those that must be caught. */
    static List<Variant> variants() {
        return Stream.concat(LeaseVariants.ALL.stream(), GroupVariants.ALL.stream())
                .toList();
    }

    /** Those that may be asked for. */
    static List<Variant> allVariants() {
        return Stream.concat(variants().stream(), LeaseVariants.NOT_YET_CAUGHT.stream())
                .toList();
    }

    /** @return the exit code */
    int run(SimulateOptions options) throws InterruptedException {
        if (options.listsVariants()) {
            variants()
                    .forEach(variant -> say(
                            "%-26s %s (caught within %,d schedules)",
                            variant.name(), variant.mistake(), variant.within()));
            LeaseVariants.NOT_YET_CAUGHT.forEach(
                    variant -> say("%-26s %s (not caught yet)", variant.name(), variant.mistake()));
            return 0;
        }
        if (options.variant().isPresent()) {
            return variant(options.variant().get(), options);
        }
        return all(options);
    }

    private int all(SimulateOptions options) throws InterruptedException {
        List<String> failed = new ArrayList<>();
        long began = System.nanoTime();
        if (!promised(options)) {
            failed.add("the promise");
        }
        if (options.schedules() > 1) {
            long some = Math.max(1, options.schedules() / FREEZES_ONE_IN);
            if (!frozen(Profile.Kind.FROZEN, "cluster_takeover=lease", options.seed(), some)
                    || !frozen(Profile.Kind.FROZEN_FENCED, "cluster_takeover=fenced", options.seed(), some)) {
                failed.add("machines that stand still");
            }
            for (Variant variant : variants()) {
                if (!isCaught(variant, options.seed(), variant.within())) {
                    failed.add("variant " + variant.name());
                }
            }
        }
        double seconds = (System.nanoTime() - began) / (double) Chance.SECOND;
        if (failed.isEmpty()) {
            say(
                    "simulation passed: %,d schedules from seed %d, no overlap; %.0f s",
                    options.schedules(), options.seed(), seconds);
            return 0;
        }
        say("simulation FAILED: %s; %.0f s", String.join(", ", failed), seconds);
        return 1;
    }

    private boolean promised(SimulateOptions options) throws InterruptedException {
        long began = System.nanoTime();
        Runs runs = new Runs(Profile.Kind.PROMISED, Quirks::new, true, outcome -> !outcome.isGood());
        runs.run(options.seed(), options.schedules());
        double seconds = (System.nanoTime() - began) / (double) Chance.SECOND;
        say(
                "the protocol: %,d schedules, %,d sessions, %,d events in %.0f s (%.2f ms a schedule)",
                runs.schedules(), runs.sessions(), runs.events(), seconds, seconds * 1000 / runs.schedules());
        Schedule.Outcome bad = runs.bad();
        if (bad != null) {
            tell(bad, Profile.Kind.PROMISED, new Quirks(), "");
        }
        return bad == null;
    }

    /** Measures what the promise does not cover, under {@code lease}; under {@code fenced} it has to hold. */
    private boolean frozen(Profile.Kind kind, String setting, long seed, long count) throws InterruptedException {
        Runs runs = new Runs(kind, Quirks::new, false, Schedule.Outcome::overlap);
        runs.run(seed, count);
        say(
                "machines that stand still and wake again, %s: %,d schedules, overlaps in %,d, longest exposure %d ms",
                setting, runs.schedules(), runs.overlaps(), runs.exposure() / Chance.MILLISECOND);
        return kind == Profile.Kind.FROZEN || runs.overlaps() == 0;
    }

    private int variant(Variant variant, SimulateOptions options) throws InterruptedException {
        long limit = options.schedulesGiven() ? options.schedules() : variant.within();
        Runs runs = new Runs(Profile.Kind.PROMISED, variant.quirks(), true, Schedule.Outcome::overlap);
        runs.run(options.seed(), limit);
        Schedule.Outcome bad = runs.bad();
        if (bad == null) {
            say("variant %s was NOT caught in %,d schedules from seed %d", variant.name(), limit, options.seed());
            return 1;
        }
        tell(bad, Profile.Kind.PROMISED, variant.quirks().get(), " --variant " + variant.name());
        say("variant %s is caught after %,d schedules", variant.name(), bad.seed() - options.seed() + 1);
        return 0;
    }

    private boolean isCaught(Variant variant, long seed, long within) throws InterruptedException {
        Runs runs = new Runs(Profile.Kind.PROMISED, variant.quirks(), true, Schedule.Outcome::overlap);
        runs.run(seed, within);
        Schedule.Outcome bad = runs.bad();
        String outcome = bad == null
                ? String.format(Locale.ROOT, "NOT CAUGHT in %,d schedules", runs.schedules())
                : String.format(Locale.ROOT, "caught after %,d schedules", bad.seed() - seed + 1);
        say("variant %-26s %s", variant.name(), outcome);
        return bad != null;
    }

    /** The schedule once more, as a story. */
    private void tell(Schedule.Outcome bad, Profile.Kind kind, Quirks quirks, String option) {
        List<String> story = new ArrayList<>();
        Schedule.run(bad.seed(), kind, quirks, line -> story.add(line.get()));
        if (story.size() > STORY_LINES) {
            say("... %,d lines left out ...", story.size() - STORY_LINES);
        }
        story.subList(Math.max(0, story.size() - STORY_LINES), story.size()).forEach(out::println);
        bad.problems().stream().limit(5).forEach(problem -> say("WRONG: %s", problem));
        say("reproduce: script/simulate --seed %d --schedules 1%s", bad.seed(), option);
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

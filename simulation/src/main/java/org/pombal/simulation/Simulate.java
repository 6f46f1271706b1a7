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
    /** What the promise does not cover is measured in one schedule for so many of the promise. */
    private static final int MEASURED_ONE_IN = 50;

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

    /** @return the exit code */
    int run(SimulateOptions options) throws InterruptedException {
        if (options.listsVariants()) {
            variants()
                    .forEach(variant -> say(
                            "%-28s %s (caught within %,d schedules%s)",
                            variant.name(),
                            variant.mistake(),
                            variant.within(),
                            variant.only()
                                    .map(theme -> " of " + theme.name().toLowerCase(Locale.ROOT))
                                    .orElse("")));
            return 0;
        }
        if (options.variant().isPresent()) {
            return variant(options.variant().get(), options);
        }
        if (options.measured().isPresent()) {
            return measured(options.measured().get(), options.seed(), options.schedules()) ? 0 : 1;
        }
        return all(options);
    }

    private int all(SimulateOptions options) throws InterruptedException {
        List<String> failed = new ArrayList<>();
        int caught = 0;
        long began = System.nanoTime();
        if (!promised(options)) {
            failed.add("the promise");
        }
        if (options.schedules() > 1) {
            long some = Math.max(1, options.schedules() / MEASURED_ONE_IN);
            for (Measured what : Measured.ALL) {
                if (!measured(what, options.seed(), some)) {
                    failed.add(what.text());
                }
            }
            for (Variant variant : variants()) {
                if (isCaught(variant, options.seed(), variant.within())) {
                    caught++;
                } else {
                    failed.add("variant " + variant.name());
                }
            }
        }
        double seconds = (System.nanoTime() - began) / (double) Chance.SECOND;
        if (failed.isEmpty()) {
            say(
                    "simulation passed: %,d schedules from seed %d, no overlap%s; %.0f s",
                    options.schedules(),
                    options.seed(),
                    caught == 0 ? "" : "; all " + caught + " faulty variants caught",
                    seconds);
            return 0;
        }
        say("simulation FAILED: %s; %.0f s", String.join(", ", failed), seconds);
        return 1;
    }

    private boolean promised(SimulateOptions options) throws InterruptedException {
        long began = System.nanoTime();
        Runs runs = new Runs(Profile.Kind.PROMISED, Optional.empty(), Quirks::new, true, outcome -> !outcome.isGood());
        runs.run(options.seed(), options.schedules());
        double seconds = (System.nanoTime() - began) / (double) Chance.SECOND;
        say(
                "the protocol: %,d schedules, %,d sessions, %,d events in %.0f s (%.2f ms a schedule)",
                runs.schedules(), runs.sessions(), runs.events(), seconds, seconds * 1000 / runs.schedules());
        Schedule.Outcome bad = runs.bad();
        if (bad != null) {
            tell(bad, Profile.Kind.PROMISED, Optional.empty(), new Quirks(), "", options.schedules() == 1);
        }
        return bad == null;
    }

    /** Measures what the promise does not cover under {@code lease}; under {@code fenced} it has to hold. */
    private boolean measured(Measured what, long seed, long count) throws InterruptedException {
        Runs runs = new Runs(what.kind(), Optional.empty(), Quirks::new, false, Schedule.Outcome::overlap);
        runs.run(seed, count);
        say(
                "%s: %,d schedules, overlaps in %,d, longest exposure %,d ms; never at rest again: %,d",
                what.text(), runs.schedules(), runs.overlaps(), runs.exposure() / Chance.MILLISECOND, runs.stuck());
        boolean isAsItMustBe = runs.stuck() == 0 && (!what.holds() || runs.overlaps() == 0);
        if (runs.bad() != null && (what.holds() || count == 1)) {
            tell(runs.bad(), what.kind(), Optional.empty(), new Quirks(), what.option(), count == 1);
        }
        return isAsItMustBe;
    }

    private int variant(Variant variant, SimulateOptions options) throws InterruptedException {
        long limit = options.schedulesGiven() ? options.schedules() : variant.within();
        Runs runs = variant.run(options.seed(), limit);
        Schedule.Outcome bad = runs.bad();
        if (bad == null) {
            say("variant %s was NOT caught in %,d schedules from seed %d", variant.name(), limit, options.seed());
            return 1;
        }
        tell(
                bad,
                Profile.Kind.PROMISED,
                variant.only(),
                variant.quirks().get(),
                " --variant " + variant.name(),
                options.schedules() == 1);
        say("variant %s is caught after %,d schedules", variant.name(), bad.seed() - options.seed() + 1);
        return 0;
    }

    private boolean isCaught(Variant variant, long seed, long within) throws InterruptedException {
        Runs runs = variant.run(seed, within);
        Schedule.Outcome bad = runs.bad();
        String outcome = bad == null
                ? String.format(Locale.ROOT, "NOT CAUGHT in %,d schedules", runs.schedules())
                : String.format(Locale.ROOT, "caught after %,d schedules", bad.seed() - seed + 1);
        say("variant %-28s %s", variant.name(), outcome);
        return bad != null;
    }

    /** The schedule once more, as a story: all of it if it was asked for by its seed, else its end. */
    private void tell(
            Schedule.Outcome bad,
            Profile.Kind kind,
            Optional<Profile.Theme> only,
            Quirks quirks,
            String option,
            boolean all) {
        List<String> story = new ArrayList<>();
        Schedule.run(bad.seed(), kind, only, quirks, line -> story.add(line.get()));
        int leftOut = all ? 0 : Math.max(0, story.size() - STORY_LINES);
        if (leftOut > 0) {
            say("... %,d lines left out, which the command below shows ...", leftOut);
        }
        story.subList(leftOut, story.size()).forEach(out::println);
        bad.problems().stream().limit(5).forEach(problem -> say("WRONG: %s", problem));
        say("reproduce: script/simulate --seed %d --schedules 1%s", bad.seed(), option);
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}

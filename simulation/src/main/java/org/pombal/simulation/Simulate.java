package org.pombal.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.pombal.model.sitefailover.IsolationPolicy;
import org.pombal.simulation.sites.SitesRuns;
import org.pombal.simulation.sites.SitesSchedule;
import org.pombal.simulation.sites.SitesVariants;

/** The command {@code script/simulate}. */
public final class Simulate {

    private static final int STORY_LINES = 1_500;
    /** What the promise does not cover is measured in one schedule for so many of the promise. */
    private static final int MEASURED_ONE_IN = 50;

    /** Schedules with several sites take far longer each. */
    private static final int SITES_ONE_IN = 500;

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
            SitesVariants.ALL.forEach(variant -> say(
                    "%-28s %s (caught within %,d schedules of %s)",
                    variant.name(), variant.mistake(), variant.within(), SimulateOptions.SITES));
            return 0;
        }
        if (options.sitesVariant().isPresent()) {
            SitesVariants.Variant variant = options.sitesVariant().get();
            return isCaught(variant, options.seed(), options.schedulesGiven() ? options.schedules() : variant.within())
                    ? 0
                    : 1;
        }
        if (options.sites()) {
            return sites(options.seed(), options.schedules()) ? 0 : 1;
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
            if (!sites(options.seed(), Math.max(1, options.schedules() / SITES_ONE_IN))) {
                failed.add("the promise between sites");
            }
            for (SitesVariants.Variant variant : SitesVariants.ALL) {
                if (isCaught(variant, options.seed(), variant.within())) {
                    caught++;
                } else {
                    failed.add("variant " + variant.name());
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

    /** Several sites that stop when they are alone, where nobody may be served twice. */
    private boolean sites(long seed, long count) {
        long began = System.nanoTime();
        List<SitesSchedule.Outcome> outcomes = SitesRuns.promised(IsolationPolicy.STOP, seed, count);
        double seconds = (System.nanoTime() - began) / (double) Chance.SECOND;
        say(
                "several sites: %,d schedules, %,d sessions, a failover in %,d of them, in %.0f s",
                count,
                outcomes.stream().mapToInt(SitesSchedule.Outcome::sessions).sum(),
                outcomes.stream().filter(SitesSchedule.Outcome::takenOver).count(),
                seconds);
        List<SitesSchedule.Outcome> bad =
                outcomes.stream().filter(outcome -> !outcome.isGood()).toList();
        bad.stream().limit(5).forEach(outcome -> {
            outcome.violations().stream().limit(5).forEach(problem -> say("WRONG: %s", problem));
            outcome.stuck().ifPresent(problem -> say("WRONG: long after healing: %s", problem));
            say("reproduce: script/simulate --class %s --seed %d --schedules 1", SimulateOptions.SITES, outcome.seed());
        });
        return bad.isEmpty();
    }

    private boolean isCaught(SitesVariants.Variant variant, long seed, long within) {
        Optional<SitesSchedule.Outcome> caught = SitesRuns.caught(variant, seed, within);
        say(
                "variant %-28s %s",
                variant.name(),
                caught.map(bad -> String.format(
                                Locale.ROOT,
                                "caught after %,d schedules of sites: %s",
                                bad.seed() - seed + 1,
                                bad.violations().get(0)))
                        .orElseGet(() -> String.format(Locale.ROOT, "NOT CAUGHT in %,d schedules of sites", within)));
        return caught.isPresent();
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

package org.pombal.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.simulation.sites.SitesVariants;

class SimulationTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int simulate(String... arguments) throws InterruptedException {
        PrintStream stream = new PrintStream(out, true, UTF_8);
        Optional<SimulateOptions> options = SimulateOptions.parse(arguments, stream);
        return options.isPresent() ? new Simulate(stream).run(options.get()) : 64;
    }

    private String said() {
        return out.toString(UTF_8);
    }

    private static List<String> story(long seed) {
        List<String> story = new ArrayList<>();
        Schedule.run(seed, Profile.Kind.PROMISED, Optional.empty(), new Quirks(), line -> story.add(line.get()));
        return story;
    }

    @Test
    void nobodyIsServedTwiceAndEverybodyInTheEnd() throws Exception {
        Runs runs = new Runs(Profile.Kind.PROMISED, Optional.empty(), Quirks::new, true, outcome -> !outcome.isGood());

        runs.run(7_000_000, 400);

        assertThat(runs.bad()).isNull();
        assertThat(runs.schedules()).isEqualTo(400);
        assertThat(runs.sessions()).isGreaterThan(400);
    }

    @Test
    void machinesThatStandStillHarmNobodyWhoseFenceCommandWorks() throws Exception {
        Runs runs =
                new Runs(Profile.Kind.FROZEN_FENCED, Optional.empty(), Quirks::new, false, Schedule.Outcome::overlap);

        runs.run(1, 200);

        assertThat(runs.overlaps()).isZero();
    }

    @Test
    void killedGuardiansHarmNobodyWhoseFenceCommandWorks() throws Exception {
        Runs runs = new Runs(
                Profile.Kind.UNGUARDED_FENCED, Optional.empty(), Quirks::new, false, Schedule.Outcome::overlap);

        runs.run(1, 200);

        assertThat(runs.overlaps()).isZero();
        assertThat(runs.stuck()).isZero();
    }

    @Test
    void whatLivesOnWithoutAGuardianIsSeen() throws Exception {
        Runs runs = new Runs(Profile.Kind.UNGUARDED, Optional.empty(), Quirks::new, false, Schedule.Outcome::overlap);

        runs.run(1, 200);

        assertThat(runs.overlaps()).isPositive();
        assertThat(runs.exposure()).isGreaterThan(Chance.SECOND);
        assertThat(runs.stuck()).isZero();
    }

    @Test
    void aSecondMachineOfOneNameIsRefusedWhileTheFirstLivesAndMayTakeItsPlaceAfterwards() {
        List<String> lines = new ArrayList<>();
        for (long seed = 1; seed <= 150; seed++) {
            lines.addAll(story(seed));
        }

        assertThat(lines)
                .anyMatch(line -> line.matches(".* s  namesake-of-(\\w+): lease .* is held and renewed by \\1; .*"))
                .anyMatch(line -> line.matches(".* s  (\\w+): lease .* is held and renewed by namesake-of-\\1; .*"))
                .anyMatch(line -> line.contains("  namesake-of-") && line.contains(": session of "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"never-broken", "end-not-seen"})
    void aVariantUnderWhichSomethingNeverEndsIsCaughtAndItsStoryTold(String variant) throws Exception {
        assertThat(simulate("--variant", variant)).isZero();

        assertThat(said())
                .containsPattern("WRONG: at .* two minutes after healing: .*(cannot log in|still moving)")
                .contains("variant " + variant + " is caught after");
    }

    @Test
    void aScheduleOfOneVariantCanBeRepeated() throws Exception {
        assertThat(simulate("--variant", "electorate-unasked")).isZero();
        Matcher command =
                Pattern.compile("--seed (\\d+) --schedules 1 --variant").matcher(said());
        assertThat(command.find()).isTrue();
        out.reset();

        assertThat(simulate("--variant", "electorate-unasked", "--schedules", "1", "--seed", command.group(1)))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"idle-before-gate", "timeout-is-finished", "who-only", "plain-leases", "takeover-without-break"})
    void aFaultyVariantIsCaughtAndItsStoryTold(String variant) throws Exception {
        assertThat(simulate("--variant", variant)).isZero();

        assertThat(said())
                .containsPattern("WRONG: at .* (has a session on|has the lease, and) .*backend")
                .containsPattern("reproduce: script/simulate --seed \\d+ --schedules 1 --variant " + variant)
                .contains("variant " + variant + " is caught after");
    }

    @Test
    void aVariantThatIsNotCaughtFails() throws Exception {
        assertThat(simulate("--variant", "no-vote-hold", "--schedules", "1")).isEqualTo(1);

        assertThat(said()).contains("variant no-vote-hold was NOT caught in 1 schedules from seed 1");
    }

    @Test
    void schedulesAndVariantsOfSitesCanBeRepeated() throws Exception {
        assertThat(simulate("--class", "sites", "--seed", "99", "--schedules", "2"))
                .isZero();
        assertThat(simulate("--variant", "site-home-first", "--seed", "9_000_000"))
                .isZero();
        assertThat(simulate("--variant", "site-no-claim", "--schedules", "1")).isEqualTo(1);

        assertThat(said())
                .contains("several sites: 2 schedules")
                .containsPattern("site-home-first +caught after [0-9]+ schedules of sites: at .* has a session on site")
                .containsPattern("site-no-claim +NOT CAUGHT in 1 schedules of sites");
    }

    @Test
    void oneScheduleAloneCanBeRepeated() throws Exception {
        assertThat(simulate("--seed", "99", "--schedules", "1")).isZero();

        assertThat(said()).contains("simulation passed: 1 schedules from seed 99");
    }

    @Test
    void variantsAreListedUnderNamesOfTheirOwn() throws Exception {
        assertThat(simulate("--list-variants")).isZero();

        Set<String> names =
                Simulate.variants().stream().map(Variant::name).collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).hasSameSizeAs(Simulate.variants());
        SitesVariants.ALL.forEach(variant ->
                assertThat(names.add(variant.name())).as(variant.name()).isTrue());
        assertThat(said()).contains(names);
    }

    @Test
    void whatIsNotUnderstoodIsSaid() throws Exception {
        assertThat(simulate("--seed")).isEqualTo(64);
        assertThat(simulate("--schedules", "0")).isEqualTo(64);
        assertThat(simulate("--schedules", "many")).isEqualTo(64);
        assertThat(simulate("--variant", "perfect")).isEqualTo(64);
        assertThat(simulate("--fast")).isEqualTo(64);

        assertThat(said())
                .contains(
                        "--seed needs a value",
                        "--schedules is at least 1, not 0",
                        "--schedules is a whole number, not 'many'",
                        "there is no variant 'perfect'",
                        "'--fast' is not understood");
    }
}

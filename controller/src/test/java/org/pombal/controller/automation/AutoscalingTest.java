package org.pombal.controller.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.TestController.get;
import static org.pombal.controller.automation.AutomatedSite.applied;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.controller.autoscaling.Actuator;
import org.pombal.controller.autoscaling.TimedScaler;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.group.UserGroup;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.node.NodeId;
import org.pombal.model.node.NodeReport;
import org.pombal.model.node.NodeRole;
import org.pombal.settings.Settings;

class AutoscalingTest {

    private static final Duration PASS = Duration.ofSeconds(30);

    private final AutomatedSite site = new AutomatedSite(3);
    private final List<String> asked = new ArrayList<>();
    private int wanted = 3;
    private Optional<RuntimeException> failure = Optional.empty();
    private boolean refusing;

    private final Settings settings = AutomatedSite.settings(
            "AUTOSCALER=class",
            "AUTOSCALER_CLASS=x",
            "AUTOSCALER_JAR=/x.jar",
            "AUTOSCALER_MAX=5",
            "AUTOSCALER_LOW_FOR=5min",
            "AUTOSCALER_DRAIN_RATE=1000",
            "AUTOSCALER_BACKEND_NAME=b%{number}.example.org",
            "AUTOSCALER_FIRST_NUMBER=1");
    private final Evacuations evacuations = new Evacuations(site.cluster, site.sight, 50);
    private final Autoscaling autoscaling = new Autoscaling(
            site.cluster,
            site.sight,
            evacuations,
            settings,
            Optional.of(new TimedScaler("mine", facts -> answer(), Duration.ofSeconds(5))),
            new Platform());

    private final class Platform implements Actuator {

        @Override
        public void start(HostName host, int count) throws IOException {
            if (refusing) {
                throw new IOException("no room");
            }
            asked.add("start " + host + " " + count);
        }

        @Override
        public void stop(HostName host, int count) {
            asked.add("stop " + host + " " + count);
        }
    }

    private int answer() {
        failure.ifPresent(one -> {
            throw one;
        });
        return wanted;
    }

    private String pass() throws Exception {
        site.advance(PASS);
        for (int number = 1; number <= site.added.size(); number++) {
            site.load(number, 0.3, Map.of());
        }
        return autoscaling.run(site.task);
    }

    private ScaleReport passes(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            pass();
        }
        return autoscaling.last().orElseThrow();
    }

    private List<Backend> backends() {
        return get(site.cluster.geoDb().backends().list(site.site.id()));
    }

    /** The node beside a backend runs, and holds its lease. */
    private void up(Backend backend) {
        LeaseId id = new LeaseId.OfBackend(backend.id());
        applied(site.cluster.geoDb().leases().replace(Optional.empty(), Lease.first(id, "b4", UUID.randomUUID())));
        get(site.cluster
                .geoDb()
                .nodes()
                .report(new NodeReport(
                        new NodeId(site.site.id(), NodeRole.BACKEND, backend.host()),
                        "b4",
                        "1",
                        Optional.empty(),
                        "dc1",
                        Optional.empty(),
                        site.sight.now(),
                        site.sight.now().plusSeconds(600),
                        Duration.ofSeconds(10),
                        Optional.empty())));
    }

    @Test
    void aNewBackendIsStartedEnteredAndBroughtOnline() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.ON);
        wanted = 4;

        pass();
        assertThat(asked).containsExactly("start b4.example.org 4");
        pass();
        Backend fourth = backends().stream()
                .filter(one -> one.host().value().equals("b4.example.org"))
                .findFirst()
                .orElseThrow();
        assertThat(fourth.status()).isEqualTo(BackendStatus.STANDBY);
        assertThat(passes(2).next()).isEqualTo("b4.example.org is to come up");
        up(fourth);
        site.sight.write(site.site, MovedGroups.NOTE, "{}");
        ScaleReport report = passes(3);

        assertThat(backends())
                .filteredOn(one -> one.id().equals(fourth.id()))
                .allMatch(one -> one.status() == BackendStatus.ONLINE);
        assertThat(report.desired()).isEqualTo(4);
        assertThat(report.next()).isNull();
        // Groups that rest would keep it empty.
        assertThat(site.sight.note(site.site, MovedGroups.NOTE)).isEmpty();
        assertThat(site.audit())
                .anyMatch(entry ->
                        entry.equals("controller autoscaling backend.start backend b4.example.org done: 4 backends"
                                + " are wanted, and there are 3"))
                .anyMatch(entry -> entry.startsWith("controller autoscaling backend.add backend b4.example.org done"))
                .anyMatch(
                        entry -> entry.startsWith("controller autoscaling backend.online backend b4.example.org done"));
    }

    @Test
    void theLastOneIsEmptiedAndRemovedAndOnlyThenStopped() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.ON);
        GroupId group = site.group(1, 3);
        wanted = 2;

        ScaleReport begun = passes(12);
        assertThat(backends())
                .filteredOn(one -> one.host().value().equals("b3.example.org"))
                .allMatch(one -> one.loadFactor().percent() == 0);
        assertThat(begun.backends()).isEqualTo(2);
        evacuations.run(site.task);
        passes(3);
        assertThat(asked).isEmpty();
        UserGroup moving = site.row(group);
        assertThat(moving.isMoving()).isTrue();
        applied(site.cluster
                .geoDb()
                .groups()
                .update(GroupSteps.takenOver(moving, moving.move().orElseThrow().dest(), Optional.empty())));
        evacuations.run(site.task);
        assertThat(site.status(3)).isEqualTo(BackendStatus.STANDBY);
        pass();
        assertThat(backends()).hasSize(2);
        assertThat(asked).isEmpty();
        pass();

        assertThat(asked).containsExactly("stop b3.example.org 2");
        assertThat(site.plan(Autoscaling.NAME).steps()).singleElement().satisfies(step -> assertThat(step.action())
                .isEqualTo("backend.stop"));
        assertThat(pass()).contains("0 steps");
    }

    @Test
    void whatIsWantedAgainIsKept() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.ON);
        site.group(1, 3);
        wanted = 2;
        passes(12);
        wanted = 3;

        passes(1);

        assertThat(evacuations.list()).isEmpty();
        assertThat(backends()).allMatch(Backend::takesNewGroups);
    }

    @Test
    void inADryRunNothingIsDoneAndAllIsShown() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.DRYRUN);
        wanted = 4;

        assertThat(pass()).startsWith("dryrun: 3 backends, 4 desired: the scaler mine wants 4");

        assertThat(asked).isEmpty();
        assertThat(site.audit()).isEmpty();
        assertThat(site.plan(Autoscaling.NAME).steps()).singleElement().satisfies(step -> assertThat(step.outcome())
                .isEqualTo("planned"));
    }

    @Test
    void whileTheFeatureIsOffNothingIsDecided() throws Exception {
        wanted = 4;

        assertThat(pass()).isEqualTo("the feature is off");
        assertThat(autoscaling.last()).isEmpty();
    }

    @Test
    void whatThePlatformRefusesIsTriedAgain() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.ON);
        wanted = 4;
        refusing = true;
        pass();
        assertThat(site.plan(Autoscaling.NAME).steps()).singleElement().satisfies(step -> assertThat(step.outcome())
                .isEqualTo("no room"));
        assertThat(site.audit()).anyMatch(entry -> entry.contains("refused") && entry.contains("no room"));
        assertThat(autoscaling.last().orElseThrow().notes())
                .containsExactly("backend.start of backend b4.example.org failed: no room");
        refusing = false;

        pass();

        assertThat(asked).containsExactly("start b4.example.org 4");
        assertThat(autoscaling.last().orElseThrow().notes()).isEmpty();
    }

    @Test
    void whatHasBegunGoesOnWhileTheScalerFails() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.ON);
        wanted = 4;
        pass();
        failure = Optional.of(new IllegalStateException("no idea"));

        ScaleReport report = passes(2);

        assertThat(report.problem()).isEqualTo("the scaler mine fails: IllegalStateException: no idea");
        assertThat(report.desired()).isEqualTo(4);
        assertThat(asked).containsExactly("start b4.example.org 4");
        assertThat(backends()).hasSize(4);
    }

    @Test
    void anAnswerThatIsNoneChangesNothingAndIsShown() throws Exception {
        site.feature(Feature.AUTOSCALING, FeatureState.ON);
        wanted = -1;

        ScaleReport report = passes(3);

        assertThat(report.problem()).isEqualTo("the scaler mine wants -1 backends; a site has 0 to 1000");
        assertThat(report.desired()).isEqualTo(3);
        assertThat(asked).isEmpty();
    }
}

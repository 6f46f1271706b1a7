package org.pombal.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.operations.TestCluster.applied;
import static org.pombal.operations.TestCluster.done;
import static org.pombal.operations.TestCluster.obstacle;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.lease.Lease;
import org.pombal.model.lease.LeaseId;
import org.pombal.model.site.Site;

class FeatureOperationsTest {

    private final TestCluster cluster = new TestCluster();
    private final FeatureOperations features = new FeatureOperations(cluster.cluster, cluster.audit);
    private final Site lisbon = cluster.site("lisbon");
    private final Site porto = cluster.site("porto");

    private SiteFeature balancing(String site) {
        return done(features.list(site)).stream()
                .filter(row -> row.feature() == Feature.LOAD_BALANCING)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFeatureOfTheOwnSiteIsSwitched() {
        SiteFeature set =
                done(features.set("lisbon", Feature.LOAD_BALANCING, FeatureState.DRYRUN, Precondition.none()));
        assertThat(set.site()).isEqualTo(lisbon.id());
        assertThat(balancing("lisbon").state()).isEqualTo(FeatureState.DRYRUN);
        assertThat(balancing("porto").state()).isEqualTo(FeatureState.OFF);
    }

    @Test
    void whoSawAnotherStateIsRefused() {
        done(features.set("lisbon", Feature.METRICS, FeatureState.ON, row -> row.version() == 0));
        Obstacle obstacle =
                obstacle(features.set("lisbon", Feature.METRICS, FeatureState.OFF, row -> row.version() == 0));
        assertThat(obstacle).isInstanceOf(Obstacle.Stale.class);
        assertThat(obstacle.message()).contains("feature metrics of site 'lisbon'");
    }

    @Test
    void thoseOfAnotherSiteAreSwitchedByItsControllerWhichIsNamedIfItIsKnown() {
        assertThat(obstacle(features.set("porto", Feature.METRICS, FeatureState.ON, Precondition.none()))
                        .message())
                .contains("no controller of that site is known");
        LeaseId.OfDuty duty = new LeaseId.OfDuty(porto.id(), FeatureOperations.CONTROLLER_DUTY);
        applied(cluster.other
                .leases()
                .replace(Optional.empty(), Lease.first(duty, "ctl.porto.example.org", UUID.randomUUID())));

        Obstacle obstacle = obstacle(features.set("porto", Feature.METRICS, FeatureState.ON, Precondition.none()));

        assertThat(obstacle).isInstanceOf(Obstacle.Refused.class);
        assertThat(obstacle.message()).contains("the controller of that site is ctl.porto.example.org");
        assertThat(balancing("porto").state()).isEqualTo(FeatureState.OFF);
    }

    @Test
    void aSiteThatDoesNotExistHasNone() {
        assertThat(obstacle(features.list("nowhere"))).isInstanceOf(Obstacle.NotFound.class);
    }
}

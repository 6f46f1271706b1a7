package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.pombal.geodb.Await.result;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.site.SiteId;

/** What every {@link Features} does. */
public interface FeaturesContract extends GeoDbFixture {

    private Features features() {
        return geoDb().features();
    }

    private static SiteFeature metrics(SiteId site) {
        return SiteFeature.neverSet(site, Feature.METRICS);
    }

    @Test
    default void theFeaturesOfANewSiteAreOff() {
        assertThat(result(features().list(SiteId.random())))
                .extracting(SiteFeature::feature, SiteFeature::state, SiteFeature::version)
                .containsExactly(
                        tuple(Feature.ERROR_MITIGATION, FeatureState.OFF, 0L),
                        tuple(Feature.LOAD_BALANCING, FeatureState.OFF, 0L),
                        tuple(Feature.AUTOSCALING, FeatureState.OFF, 0L),
                        tuple(Feature.METRICS, FeatureState.OFF, 0L));
    }

    @Test
    default void aFeatureIsSetForOneSite() {
        SiteFeature on = metrics(SiteId.random()).changedTo(FeatureState.ON);
        assertThat(result(features().update(on))).isEqualTo(new Cas.Applied<>(on));

        SiteFeature dryRun = on.changedTo(FeatureState.DRYRUN);
        assertThat(result(features().update(dryRun))).isEqualTo(new Cas.Applied<>(dryRun));

        assertThat(result(another().features().list(on.site())))
                .contains(dryRun)
                .doesNotContain(on);
        SiteId other = SiteId.random();
        assertThat(result(another().features().list(other))).contains(metrics(other));
    }

    @Test
    default void ofTwoThatChangeOneVersionOfAFeatureOneLoses() {
        SiteFeature first = metrics(SiteId.random());
        SiteFeature on = first.changedTo(FeatureState.ON);
        result(features().update(on));

        assertThat(result(another().features().update(first.changedTo(FeatureState.DRYRUN))))
                .isEqualTo(new Cas.Lost<>(Optional.of(on)));
        result(features().update(on.changedTo(FeatureState.OFF)));
        assertThat(result(another().features().update(on.changedTo(FeatureState.DRYRUN))))
                .isEqualTo(new Cas.Lost<>(Optional.of(on.changedTo(FeatureState.OFF))));
    }

    @Test
    default void aChangeOfAFeatureWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        SiteFeature first = metrics(SiteId.random());
        for (SiteFeature next : List.of(
                first.changedTo(FeatureState.ON),
                first.changedTo(FeatureState.ON).changedTo(FeatureState.OFF))) {
            faults().loseAnswers(1);
            assertThat(result(features().update(next))).isEqualTo(new Cas.Applied<>(next));
        }
    }
}

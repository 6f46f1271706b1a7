package org.pombal.model.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pombal.model.site.SiteId;

class FeatureTest {

    @ParameterizedTest
    @EnumSource(Feature.class)
    void eachFeatureHasANameThatIsReadBack(Feature feature) {
        assertThat(Feature.parse(feature.toString())).isEqualTo(feature);
        assertThat(feature.toString()).matches("[a-z-]+");
    }

    @Test
    void otherNamesAreRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> Feature.parse("METRICS"))
                .hasMessage(
                        "'METRICS' is not a feature; it is one of error-mitigation, load-balancing, autoscaling, metrics");
        assertThatThrownBy(() -> FeatureState.parse("yes"))
                .hasMessage("'yes' is not the state of a feature; it is one of off, dryrun, on");
    }

    @Test
    void aFeatureThatNobodyHasSetIsOffAndItsFirstChangeIsVersionOne() {
        SiteFeature never = SiteFeature.neverSet(SiteId.random(), Feature.LOAD_BALANCING);
        assertThat(never.state()).isEqualTo(FeatureState.OFF);
        assertThat(never.changedTo(FeatureState.DRYRUN).version()).isEqualTo(1);
    }
}

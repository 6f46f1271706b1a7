package org.pombal.node.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.SiteId;

class CrossSiteTest {

    private static final SiteId LISBON = new SiteId(new UUID(0, 1));
    private static final SiteId PORTO = new SiteId(new UUID(0, 2));
    private static final SiteId FARO = new SiteId(new UUID(0, 3));
    private static final SiteId BRAGA = new SiteId(new UUID(0, 4));

    private static Optional<String> objection(List<SiteId> passed, SiteId here, SiteId home) {
        return CrossSite.objection(passed, Optional.of(here), home, "lb.test");
    }

    @Test
    void aSessionMayCrossOnceAndOnceMoreWhereTheFirstSiteWasBehind() {
        assertThat(objection(List.of(), LISBON, PORTO)).isEmpty();
        assertThat(objection(List.of(LISBON), PORTO, FARO)).isEmpty();
        assertThat(objection(List.of(LISBON, PORTO), FARO, BRAGA))
                .hasValueSatisfying(why -> assertThat(why).contains("2 sites already"));
    }

    @Test
    void aLoadBalancerThatLeadsBackIsNoticed() {
        assertThat(objection(List.of(LISBON), LISBON, PORTO))
                .hasValueSatisfying(why -> assertThat(why).contains("in a circle", "lb.test"));
    }

    @Test
    void nobodyIsSentBackToTheSiteHeCameFrom() {
        assertThat(objection(List.of(LISBON), PORTO, LISBON))
                .hasValueSatisfying(why -> assertThat(why).contains("they disagree"));
    }

    @Test
    void whileTheOwnSiteIsNotKnownTheTrailStillEndsIt() {
        assertThat(CrossSite.objection(List.of(LISBON), Optional.empty(), LISBON, "lb"))
                .isPresent();
        assertThat(CrossSite.objection(List.of(LISBON), Optional.empty(), PORTO, "lb"))
                .isEmpty();
    }
}

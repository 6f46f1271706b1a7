package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.HostName;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.SiteId;

/** What every {@link Reachability} does. */
public interface ReachabilityContract extends GeoDbFixture {

    private static SiteSight sight(SiteId from, SiteId to, String proxy, Optional<String> why) {
        return new SiteSight(
                from,
                to,
                new HostName(proxy),
                why.isEmpty(),
                Duration.ofMillis(61_234),
                Duration.ofSeconds(10),
                why,
                Duration.ofDays(1));
    }

    @Test
    default void whatProxiesSayOfOtherSitesIsReadWithItsAge() {
        SiteId from = SiteId.random();
        SiteId to = SiteId.random();
        SiteSight lost = sight(from, to, "p1", Optional.of("connection refused"));
        SiteSight reached = sight(from, SiteId.random(), "p1", Optional.empty());

        result(geoDb().reachability().publish(List.of(lost, reached)));

        List<SiteSight> read = result(another().reachability().from(from));
        assertThat(read)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("age")
                .containsExactlyInAnyOrder(lost, reached);
        assertThat(read).allSatisfy(sight -> assertThat(sight.age()).isBetween(Duration.ZERO, Duration.ofSeconds(60)));
        assertThat(result(another().reachability().from(to))).isEmpty();
    }

    @Test
    default void aLaterWordTakesThePlaceOfTheOneBefore() {
        SiteId from = SiteId.random();
        SiteId to = SiteId.random();
        result(another().reachability().publish(List.of(sight(from, to, "p1", Optional.of("refused")))));
        result(another().reachability().publish(List.of(sight(from, to, "p2", Optional.of("refused")))));
        result(geoDb().reachability().publish(List.of(sight(from, to, "p1", Optional.empty()))));

        assertThat(result(another().reachability().from(from)))
                .extracting(SiteSight::reachable)
                .containsExactly(true, false);
    }
}

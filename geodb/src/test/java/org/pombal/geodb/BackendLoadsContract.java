package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.statistics.BackendLoad;
import org.pombal.model.statistics.GroupTraffic;
import org.pombal.model.statistics.HostMetric;

/** What every {@link BackendLoads} does. */
public interface BackendLoadsContract extends GeoDbFixture {

    private BackendLoads loads() {
        return geoDb().backendLoads();
    }

    private BackendLoad load(SiteId site, BackendId backend, int groups) {
        Map<GroupId, GroupTraffic> traffic = new HashMap<>();
        for (int number = 1; number <= groups; number++) {
            traffic.put(
                    GroupId.numbered(site, number), new GroupTraffic(number, 0.5, 0.25, Duration.ofSeconds(number)));
        }
        return new BackendLoad(
                site,
                backend,
                now().truncatedTo(ChronoUnit.MILLIS),
                Duration.ofMinutes(5),
                Map.of(HostMetric.CPU, 0.75, HostMetric.SESSIONS, 12.0),
                traffic);
    }

    private List<BackendLoad> readAll(SiteId site) {
        return result(another().backendLoads().list(site));
    }

    @Test
    default void theLoadThatABackendPublishesIsReadByOthers() {
        SiteId site = SiteId.random();
        BackendLoad busy = load(site, BackendId.random(), 300);
        BackendLoad idle = load(site, BackendId.random(), 0);

        result(loads().publish(busy));
        result(loads().publish(idle));
        result(loads().publish(load(SiteId.random(), BackendId.random(), 1)));

        assertThat(readAll(site)).containsExactlyInAnyOrder(busy, idle);
    }

    @Test
    default void aLaterLoadTakesThePlaceOfTheOneBefore() {
        SiteId site = SiteId.random();
        BackendId backend = BackendId.random();
        BackendLoad later = load(site, backend, 1);

        result(another().backendLoads().publish(load(site, backend, 2)));
        result(loads().publish(later));

        assertThat(readAll(site)).containsExactly(later);
    }
}

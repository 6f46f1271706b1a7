package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.geodb.Changes.Entry;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;

/** What every {@link Changes} does. */
public interface ChangesContract extends GeoDbFixture {

    private Instant lately() {
        return now().minus(Duration.ofMinutes(2));
    }

    private List<Change> lateChanges() {
        return result(another().changes().since(lately())).stream()
                .map(Entry::change)
                .toList();
    }

    @Test
    default void whatIsAnnouncedIsReadByOthersOldestFirst() {
        SiteId site = SiteId.random();
        List<Change> changes = List.of(
                new Change.BackendsChanged(site),
                new Change.GroupChanged(GroupId.numbered(site, 1)),
                new Change.UserChanged(new UserKey("ü-" + UUID.randomUUID())));

        changes.forEach(change -> result(geoDb().changes().announce(change)));

        assertThat(lateChanges()).filteredOn(changes::contains).containsExactlyElementsOf(changes);
        List<Entry> entries = result(another().changes().since(lately()));
        assertThat(entries).extracting(Entry::at).isSorted();
    }

    @Test
    default void aReaderThatAsksWithAnOverlapCanDropWhatItHasSeen() {
        SiteId site = SiteId.random();
        Set<String> seen = new HashSet<>();
        int fresh = 0;
        for (int round = 1; round <= 3; round++) {
            result(geoDb().changes().announce(new Change.GroupChanged(GroupId.numbered(site, round))));
            for (Entry entry : result(another().changes().since(lately()))) {
                boolean ours = entry.change() instanceof Change.GroupChanged group
                        && group.group().site().equals(site);
                fresh += seen.add(entry.position()) && ours ? 1 : 0;
            }
        }
        assertThat(fresh).isEqualTo(3);
    }

    @Test
    default void nothingIsReadFromBeforeTheTimeAskedFor() {
        Change change = new Change.BackendsChanged(SiteId.random());
        result(geoDb().changes().announce(change));

        List<Entry> later = result(another().changes().since(now().plus(Duration.ofMinutes(5))));

        assertThat(later).extracting(Entry::change).doesNotContain(change);
    }

    @Test
    default void aReaderThatWasAwayForLongGetsWhatIsLeft() {
        Change change = new Change.BackendsChanged(SiteId.random());
        result(geoDb().changes().announce(change));

        assertThat(result(another().changes().since(now().minus(Duration.ofDays(400)))))
                .extracting(Entry::change)
                .contains(change);
    }

    @Test
    default void updatesOfSitesAndBackendsAreAnnounced() {
        Site site = Site.added(SiteId.random(), "site-" + UUID.randomUUID());
        Backend backend =
                Backend.added(BackendId.random(), site.id(), new HostName("a-" + UUID.randomUUID() + ".example.org"));
        result(geoDb().sites().create(site));
        result(geoDb().backends().create(backend));
        long before = announcements(site.id());

        result(geoDb().backends().update(backend.withStatus(BackendStatus.ONLINE)));
        result(geoDb().sites().update(site.withStatus(SiteStatus.STANDBY)));

        assertThat(before).isEqualTo(1);
        assertThat(announcements(site.id())).isEqualTo(2);
        assertThat(lateChanges()).contains(new Change.SitesChanged());
    }

    @Test
    default void anUpdateThatLosesIsNotAnnounced() {
        Backend backend = Backend.added(
                BackendId.random(), SiteId.random(), new HostName("a-" + UUID.randomUUID() + ".example.org"));

        result(geoDb().backends().update(backend));

        assertThat(announcements(backend.site())).isZero();
    }

    @Test
    default void aChangeOfUnknownOutcomeIsAnnounced() {
        Backend backend = Backend.added(
                BackendId.random(), SiteId.random(), new HostName("a-" + UUID.randomUUID() + ".example.org"));
        result(geoDb().backends().create(backend));
        faults().loseAnswers(2);

        assertThat(geoDb().backends().update(backend.withStatus(BackendStatus.ONLINE)))
                .failsWithin(Duration.ofSeconds(30));

        assertThat(announcements(backend.site())).isEqualTo(2);
    }

    @Test
    default void announcementsOfOneMomentAreAllKept() throws Exception {
        SiteId site = SiteId.random();
        List<Change> changes = IntStream.rangeClosed(1, 200)
                .<Change>mapToObj(number -> new Change.GroupChanged(GroupId.numbered(site, number)))
                .toList();

        Creators.createAll(changes, geoDb().changes()::announce);

        assertThat(lateChanges()).containsAll(changes);
    }

    private long announcements(SiteId site) {
        return lateChanges().stream()
                .filter(new Change.BackendsChanged(site)::equals)
                .count();
    }
}

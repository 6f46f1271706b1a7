package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.geodb.Await.result;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.user.UserKey;

/** What every {@link SiteFailovers} does, and what they leave in users' rows. */
public interface SiteFailoversContract extends GeoDbFixture {

    private static SiteFailover declared(SiteId site) {
        return FailoverSteps.declared(SiteFailover.never(site), true, false, 25).orElseThrow();
    }

    @Test
    default void aSiteWithoutARowNeverFailedOver() {
        SiteId site = SiteId.random();

        assertThat(result(geoDb().siteFailovers().find(site, ReadLevel.SERIAL))).isEqualTo(SiteFailover.never(site));
    }

    @Test
    default void eachStepIsReadByOthers() {
        SiteFailover declared = declared(SiteId.random());
        SiteId first = SiteId.random();
        SiteId second = SiteId.random();
        SiteFailover active = FailoverSteps.activated(declared, new TreeMap<>(Map.of(first, 100, second, 250)))
                .orElseThrow();

        assertThat(result(geoDb().siteFailovers().update(declared))).isEqualTo(new Cas.Applied<>(declared));
        assertThat(result(geoDb().siteFailovers().update(active))).isEqualTo(new Cas.Applied<>(active));

        assertThat(result(another().siteFailovers().find(declared.site(), ReadLevel.SERIAL)))
                .isEqualTo(active);
        assertThat(result(another().siteFailovers().find(declared.site(), ReadLevel.QUORUM)))
                .isEqualTo(active);
        assertThat(result(another().siteFailovers().list())).contains(active);
    }

    @Test
    default void aShareThatComesHomeIsReadByOthersAndForgottenWhenAllDo() {
        SiteFailover declared = declared(SiteId.random());
        SiteFailover active = FailoverSteps.activated(declared, new TreeMap<>(Map.of(SiteId.random(), 100)))
                .orElseThrow();
        SiteFailover some =
                FailoverSteps.returning(active, new UserShare("id", 10)).orElseThrow();
        SiteFailover all = FailoverSteps.recovering(some, 5).orElseThrow();
        result(geoDb().siteFailovers().update(declared));
        result(geoDb().siteFailovers().update(active));

        assertThat(result(geoDb().siteFailovers().update(some))).isEqualTo(new Cas.Applied<>(some));
        assertThat(result(another().siteFailovers().find(some.site(), ReadLevel.SERIAL)))
                .isEqualTo(some);
        assertThat(result(geoDb().siteFailovers().update(all))).isEqualTo(new Cas.Applied<>(all));
        assertThat(result(another().siteFailovers().find(some.site(), ReadLevel.SERIAL)))
                .isEqualTo(all);
    }

    @Test
    default void ofTwoWhoDecideAtOnceOneIsFirst() {
        SiteId site = SiteId.random();
        SiteFailover mine = declared(site);
        SiteFailover theirs = FailoverSteps.declared(SiteFailover.never(site), false, false, 10)
                .orElseThrow();
        result(another().siteFailovers().update(theirs));

        assertThat(result(geoDb().siteFailovers().update(mine))).isEqualTo(new Cas.Lost<>(Optional.of(theirs)));
        SiteFailover late = FailoverSteps.withdrawn(theirs).orElseThrow();
        result(another().siteFailovers().update(late));
        SiteFailover tooLate = FailoverSteps.activated(theirs, new TreeMap<>(Map.of(SiteId.random(), 1)))
                .orElseThrow();
        assertThat(result(geoDb().siteFailovers().update(tooLate))).isEqualTo(new Cas.Lost<>(Optional.of(late)));
    }

    @Test
    default void aUserWhoIsTakenOverKeepsHisOrigin() {
        GroupId home = GroupId.numbered(SiteId.random(), 1);
        GroupId away = GroupId.numbered(SiteId.random(), 2);
        User user = User.firstSeen(new UserKey("taken-" + home.site()), home);
        result(geoDb().users().createIfAbsent(user));

        assertThat(result(geoDb().users().update(user.takenOver(away, 3)))).isInstanceOf(Cas.Applied.class);

        User read = result(another().users().find(user.key(), ReadLevel.SERIAL)).orElseThrow();
        assertThat(read).isEqualTo(user.takenOver(away, 3).atVersion(2));
        assertThat(read.origin()).contains(home);
        assertThat(read.homeTerm()).isEqualTo(3);
        assertThat(result(another().users().awayFrom(home, Optional.empty(), 100))
                        .rows())
                .containsExactly(read);
        assertThat(result(another().users().inGroup(home, Optional.empty(), 100))
                        .rows())
                .isEmpty();
        assertThat(result(geoDb().users().update(read.movedTo(home, Optional.empty()))))
                .isEqualTo(new Cas.Applied<>(user.atVersion(3)));
    }
}

package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.backend.LoadFactor;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.SiteId;

/** What every {@link Backends} does. */
public interface BackendsContract extends GeoDbFixture {

    private Backends backends() {
        return geoDb().backends();
    }

    private static HostName host(String prefix) {
        return new HostName(prefix + "-" + UUID.randomUUID() + ".example.org");
    }

    private static Backend backend(SiteId site, HostName host) {
        return Backend.added(BackendId.random(), site, host);
    }

    private static Backend online(Backend backend, long version) {
        return new Backend(
                backend.id(), backend.site(), backend.host(), BackendStatus.ONLINE, new LoadFactor(30), version);
    }

    @Test
    default void aBackendThatIsAddedIsFoundByItsHostAndListedWithItsSite() {
        SiteId site = SiteId.random();
        Backend second = backend(site, host("b"));
        Backend first = backend(site, host("a"));
        Backend elsewhere = backend(SiteId.random(), host("a"));

        assertThat(result(backends().create(second))).isEqualTo(new Cas.Applied<>(second));
        assertThat(result(backends().create(first))).isEqualTo(new Cas.Applied<>(first));
        assertThat(result(backends().create(elsewhere))).isEqualTo(new Cas.Applied<>(elsewhere));

        assertThat(result(another().backends().find(first.host()))).contains(first);
        assertThat(result(another().backends().list(site))).containsExactly(first, second);
    }

    @Test
    default void aForcedMoveOfABackendStandsUntilTheStatusIsAnother() {
        Backend backend = online(backend(SiteId.random(), host("a")), 1);
        result(backends().create(backend));
        Backend forced = backend.withForceMove(Optional.of(new ForceMove<>(
                new UserShare("id", 7), new TreeSet<>(List.of(BackendId.random(), BackendId.random())))));

        assertThat(result(backends().update(forced))).isEqualTo(new Cas.Applied<>(forced.atVersion(2)));
        assertThat(result(another().backends().find(backend.host()))).contains(forced.atVersion(2));
        Backend standby = forced.atVersion(2).withStatus(BackendStatus.STANDBY);
        assertThat(result(backends().update(standby))).isEqualTo(new Cas.Applied<>(standby.atVersion(3)));
        assertThat(result(another().backends().find(backend.host()))
                        .orElseThrow()
                        .forceMove())
                .isEmpty();
    }

    @Test
    default void aSiteWithoutBackendsHasNone() {
        assertThat(result(backends().list(SiteId.random()))).isEmpty();
        assertThat(result(backends().find(host("nobody")))).isEmpty();
    }

    @Test
    default void aHostNameIsUniqueAcrossSites() {
        Backend first = backend(SiteId.random(), host("a"));
        Backend second = backend(SiteId.random(), first.host());
        result(backends().create(first));

        assertThat(result(another().backends().create(second))).isEqualTo(new Cas.Lost<>(Optional.of(first)));
        assertThat(result(backends().list(second.site()))).isEmpty();
        assertThat(result(backends().find(first.host()))).contains(first);
    }

    @Test
    default void anUpdateReplacesStatusAndLoadFactor() {
        Backend backend = backend(SiteId.random(), host("a"));
        result(backends().create(backend));

        assertThat(result(backends().update(online(backend, 1)))).isEqualTo(new Cas.Applied<>(online(backend, 2)));
        assertThat(result(another().backends().find(backend.host()))).contains(online(backend, 2));
    }

    @Test
    default void anUpdateOfAnOldVersionOfABackendLosesAgainstWhatStands() {
        Backend backend = backend(SiteId.random(), host("a"));
        result(backends().create(backend));
        result(another().backends().update(online(backend, 1)));

        assertThat(result(backends().update(backend.withLoadFactor(LoadFactor.DRAIN))))
                .isEqualTo(new Cas.Lost<>(Optional.of(online(backend, 2))));
    }

    @Test
    default void anUpdateOfNoBackendLoses() {
        assertThat(result(backends().update(backend(SiteId.random(), host("a")))))
                .isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void anUpdateThatSomebodyElseMadeBeforeTheLostOneArrivedLoses() {
        Backend backend = backend(SiteId.random(), host("a"));
        result(backends().create(backend));
        result(another().backends().update(online(backend, 1)));
        faults().loseAnswers(1);

        assertThat(result(backends().update(backend.withLoadFactor(LoadFactor.DRAIN))))
                .isEqualTo(new Cas.Lost<>(Optional.of(online(backend, 2))));
    }

    @Test
    default void aBackendWhoseCreationHadAnUnknownOutcomeCanBeTriedAgain() {
        Backend backend = backend(SiteId.random(), host("a"));
        faults().loseRequests(2);
        assertThatThrownBy(() -> result(backends().create(backend))).isInstanceOf(UnknownOutcomeException.class);

        assertThat(result(another().backends().create(backend))).isEqualTo(new Cas.Applied<>(backend));
        assertThat(result(backends().list(backend.site()))).containsExactly(backend);
    }

    @Test
    default void aBackendThatIsRetiredIsGoneAndItsHostIsFree() {
        Backend backend = backend(SiteId.random(), host("a"));
        result(backends().create(backend));

        assertThat(result(backends().retire(backend))).isInstanceOf(Cas.Applied.class);

        assertThat(result(another().backends().find(backend.host()))).isEmpty();
        assertThat(result(another().backends().list(backend.site()))).isEmpty();
        assertThat(result(backends().update(online(backend, 2)))).isEqualTo(new Cas.Lost<>(Optional.empty()));
        Backend second = backend(SiteId.random(), backend.host());
        assertThat(result(another().backends().create(second))).isEqualTo(new Cas.Applied<>(second));
    }

    @Test
    default void aRetiredBackendComesBackUnderItsOldIdAndItsVersionGoesOn() {
        Backend backend = backend(SiteId.random(), host("a"));
        result(backends().create(backend));
        result(backends().update(online(backend, 1)));
        result(backends().retire(online(backend, 2)));

        Backend again =
                new Backend(backend.id(), backend.site(), backend.host(), BackendStatus.STANDBY, LoadFactor.FULL, 4);
        assertThat(result(another().backends().create(backend))).isEqualTo(new Cas.Applied<>(again));
        assertThat(result(backends().find(backend.host()))).contains(again);
        assertThat(result(backends().list(backend.site()))).containsExactly(again);
    }

    @Test
    default void aBackendOfAnOldVersionIsNotRetired() {
        Backend backend = backend(SiteId.random(), host("a"));
        result(backends().create(backend));
        result(another().backends().update(online(backend, 1)));

        assertThat(result(backends().retire(backend))).isEqualTo(new Cas.Lost<>(Optional.of(online(backend, 2))));
        assertThat(result(backends().find(backend.host()))).contains(online(backend, 2));
    }
}

package org.pombal.model.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.user.UserKey;

class RouterTest {

    private static final UserKey ALICE = new UserKey("alice");

    private final Site here = Site.added(SiteId.random(), "here");
    private Site there = Site.added(SiteId.random(), "there").withLoadBalancer("lb.there.test");
    private final Backend backend = Backend.added(BackendId.random(), here.id(), new HostName("b1.test"));
    private final UserGroup group = UserGroup.placed(GroupId.numbered(here.id(), 1), backend.id(), Optional.empty());

    @Test
    void aUserGoesToTheOwnerOfTheGroup() {
        Route route = Router.toBackend(ALICE, group, view());

        assertThat(route).isEqualTo(new Route.ToBackend(ALICE, group, backend));
        assertThat(route.reason()).contains("default-1", "b1.test", "epoch 1");
    }

    @Test
    void theOwnersStatusIsNotForTheProxyToJudge() {
        Backend offline = backend.withStatus(BackendStatus.OFFLINE);

        Route route = Router.toBackend(ALICE, group, view(offline));

        assertThat(route).isEqualTo(new Route.ToBackend(ALICE, group, offline));
        assertThat(route.reason()).contains("offline");
    }

    @Test
    void anOwnerThatDoesNotExistIsSaid() {
        UserGroup orphan = UserGroup.placed(group.id(), BackendId.random(), Optional.empty());

        assertThat(Router.toBackend(ALICE, orphan, view()))
                .isInstanceOfSatisfying(Route.Unroutable.class, route -> assertThat(route.reason())
                        .contains("default-1", orphan.backend().toString(), "does not exist"));
    }

    @Test
    void aUserAtHomeElsewhereGoesToThatSitesLoadBalancer() {
        assertThat(Router.toSite(ALICE, there.id(), view())).isEqualTo(new Route.ToSite(ALICE, there, "lb.there.test"));
    }

    @Test
    void aSiteWithoutLoadBalancerOrWithoutARowIsSaid() {
        assertThat(Router.toSite(ALICE, here.id(), view()).reason()).contains("here has no load balancer");
        assertThat(Router.toSite(ALICE, SiteId.random(), view()).reason()).contains("does not exist");
    }

    @Test
    void aSiteThatTakesNoNewUsersKeepsItsOwnAndOneThatIsOfflineIsSaidAtOnce() {
        for (SiteStatus status : List.of(SiteStatus.ONLINE, SiteStatus.STANDBY, SiteStatus.EVACUATE)) {
            there = there.withStatus(status);
            assertThat(Router.toSite(ALICE, there.id(), view())).isInstanceOf(Route.ToSite.class);
        }
        there = there.withStatus(SiteStatus.OFFLINE);
        assertThat(Router.toSite(ALICE, there.id(), view()).reason()).contains("there is offline");
    }

    private ClusterView view() {
        return view(backend);
    }

    private ClusterView view(Backend known) {
        return new ClusterView() {
            @Override
            public Optional<Site> site(SiteId id) {
                return Optional.of(here).filter(site -> site.id().equals(id)).or(() -> Optional.of(there)
                        .filter(site -> site.id().equals(id)));
            }

            @Override
            public Optional<Backend> backend(BackendId id) {
                return Optional.of(known).filter(candidate -> candidate.id().equals(id));
            }
        };
    }
}

package org.pombal.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.memory.FaultPlan;
import org.pombal.geodb.memory.InMemoryCluster;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.node.localdb.KeptTopology;
import org.pombal.node.localdb.KeptUsers;
import org.pombal.node.localdb.LocalDb;
import org.pombal.node.localdb.LocalDbSettings;

class RouteExportTest {

    private final Site lisbon = Site.added(SiteId.random(), "lisbon");
    private final Site porto = Site.added(SiteId.random(), "porto").withLoadBalancer("lb.porto.example.org");
    private final Backend b1 = Backend.added(BackendId.random(), lisbon.id(), new HostName("b1.example.org"));
    private final UserGroup group = UserGroup.placed(GroupId.numbered(lisbon.id(), 1), b1.id(), Optional.empty());

    private static List<String> lines(RouteSource source) {
        RouteLines lines = source.lines("lisbon", " starttls=yes");
        List<String> all = new ArrayList<>();
        source.users((user, home) -> lines.line(user, home).ifPresent(all::add));
        return all;
    }

    @Test
    void everyUserInGeoDbHasALineButThoseWhoHaveNoBackendOrDoNotFit() {
        GeoDb geoDb = new InMemoryCluster(new Random(1), Instant::now, FaultPlan.NONE, (after, task) -> task.run())
                .open("test", Duration.ZERO);
        get(geoDb.sites().create(lisbon));
        get(geoDb.sites().create(porto));
        get(geoDb.backends().create(b1));
        get(geoDb.groups().createIfAbsent(group));
        get(geoDb.users().createIfAbsent(User.firstSeen(new UserKey("alice"), group.id())));
        get(geoDb.users()
                .createIfAbsent(User.firstSeen(new UserKey("bob@example.org"), GroupId.numbered(porto.id(), 7))));
        get(geoDb.users().createIfAbsent(User.firstSeen(new UserKey("lost"), GroupId.numbered(lisbon.id(), 9))));
        get(geoDb.users().createIfAbsent(User.firstSeen(new UserKey("a:b"), group.id())));
        get(geoDb.users().createIfAbsent(User.firstSeen(new UserKey("#hash"), group.id())));

        try (RouteSource source = new GeoDbRoutes(geoDb)) {
            assertThat(lines(source))
                    .containsExactlyInAnyOrder(
                            "alice:::::::nopassword=y proxy=y host=b1.example.org starttls=yes",
                            "bob@example.org:::::::nopassword=y proxy=y host=lb.porto.example.org starttls=yes");
            assertThatThrownBy(() -> source.lines("faro", "")).hasMessageContaining("site 'faro' is not in GeoDB");
        }
    }

    @Test
    void aLocalDbIsReadWhileItsNodeRunsAndAfterwards(@TempDir Path folder) {
        LocalDb localDb = LocalDb.open(LocalDbSettings.in(folder), () -> KeptTopology.EMPTY);
        localDb.saveSites(List.of(lisbon, porto), List.of());
        localDb.saveBackends(lisbon.id(), List.of(b1));
        localDb.saveGroups(List.of(group));
        for (int i = 0; i < 5000; i++) {
            localDb.remember(new UserKey("user" + i), group.id());
        }
        await().untilAsserted(() -> assertThat(localDb.health().users()).isEqualTo(5000));

        try (RouteSource source = new LocalDbRoutes(KeptUsers.open(folder))) {
            assertThat(lines(source))
                    .hasSize(5000)
                    .contains("user4711:::::::nopassword=y proxy=y host=b1.example.org starttls=yes");
        }
        localDb.close();
        try (RouteSource source = new LocalDbRoutes(KeptUsers.open(folder))) {
            assertThat(lines(source)).hasSize(5000);
        }
        assertThatThrownBy(() -> KeptUsers.open(folder.resolve("nowhere"))).hasMessageContaining("no LocalDB");
    }

    private static <T> void get(CompletionStage<T> stage) {
        try {
            stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

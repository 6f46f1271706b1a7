package org.pombal.geodb.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.pombal.geodb.Cas;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.UnknownOutcomeException;
import org.pombal.geodb.cassandra.LossySession.Loss;
import org.pombal.geodb.embedded.TestCassandra;
import org.pombal.geodb.migration.SchemaInstaller;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.BackendId;
import org.pombal.model.backend.BackendStatus;
import org.pombal.model.backend.HostName;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.TagId;

/** A creation ends between two of its compare-and-sets, as if its process had died there. */
@TestInstance(Lifecycle.PER_CLASS)
class InterruptedCreationTest {

    private final LossySession lossy;
    private final GeoDb dying;
    private final GeoDb other;

    InterruptedCreationTest() {
        // The keyspace of the contract, so that the schema is made only once.
        CassandraConfig config = TestCassandra.client("contract");
        new SchemaInstaller(config, "test", Duration.ofMinutes(1), line -> {}).install();
        this.lossy = new LossySession(new CassandraSession(config).inKeyspace());
        this.dying = new CassandraGeoDb(lossy.asSession(), InstantSource.system());
        this.other = CassandraGeoDb.connect(config);
    }

    @BeforeEach
    void planNothing() {
        lossy.planNothing();
    }

    @AfterAll
    void end() {
        dying.close();
        other.close();
    }

    private static Site newSite() {
        return Site.added(SiteId.random(), "site-" + UUID.randomUUID());
    }

    private static Backend newBackend() {
        return Backend.added(
                BackendId.random(), SiteId.random(), new HostName("a-" + UUID.randomUUID() + ".example.org"));
    }

    private void dieBeforeTheNameIsBound(Site site) {
        lossy.planFor("INSERT INTO site_names", Loss.REFUSED);
        assertThatThrownBy(() -> result(dying.sites().create(site))).isInstanceOf(GeoDbUnavailableException.class);
    }

    @Test
    void aSiteWithoutItsNameIsSeenByNobody() {
        Site site = newSite();
        dieBeforeTheNameIsBound(site);

        assertThat(result(other.sites().list())).doesNotContain(site);
        assertThat(result(other.sites().find(site.id()))).isEmpty();
        assertThat(result(other.sites().update(site))).isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    void theNameOfASiteThatWasNotFinishedIsFree() {
        Site left = newSite();
        dieBeforeTheNameIsBound(left);
        Site second = Site.added(SiteId.random(), left.name());

        assertThat(result(other.sites().create(second))).isEqualTo(new Cas.Applied<>(second));
        assertThat(result(dying.sites().create(left))).isEqualTo(new Cas.Lost<>(Optional.of(second)));
        assertThat(result(other.sites().list()))
                .filteredOn(site -> site.name().equals(left.name()))
                .containsExactly(second);
    }

    @Test
    void aSiteThatWasNotFinishedIsCompletedByTryingAgain() {
        Site site = newSite();
        dieBeforeTheNameIsBound(site);

        assertThat(result(other.sites().create(site))).isEqualTo(new Cas.Applied<>(site));
        assertThat(result(other.sites().find(site.id()))).contains(site);
    }

    @Test
    void aSiteThatHasItsNameExistsThoughItIsNotMarked() {
        Site site = newSite();
        lossy.planFor("UPDATE sites SET named", Loss.REFUSED);

        assertThat(result(dying.sites().create(site))).isEqualTo(new Cas.Applied<>(site));

        assertThat(result(other.sites().list())).contains(site);
        assertThat(result(other.sites().create(Site.added(SiteId.random(), site.name()))))
                .isEqualTo(new Cas.Lost<>(Optional.of(site)));
        assertThat(result(other.sites().update(site.withStatus(SiteStatus.OFFLINE))))
                .isInstanceOf(Cas.Applied.class);
    }

    @Test
    void aSiteWhoseNameMayBeBoundIsUnknownAndCompletedByTryingAgain() {
        Site site = newSite();
        lossy.planFor("INSERT INTO site_names", Loss.ANSWER);
        lossy.planFor("INSERT INTO site_names", Loss.ANSWER);

        assertThatThrownBy(() -> result(dying.sites().create(site))).isInstanceOf(UnknownOutcomeException.class);

        assertThat(result(other.sites().list())).contains(site);
        assertThat(result(dying.sites().create(site))).isEqualTo(new Cas.Applied<>(site));
    }

    @Test
    void theNameOfATagThatWasNotFinishedIsFree() {
        String name = "tag-" + UUID.randomUUID();
        lossy.planFor("INSERT INTO site_tag_names", Loss.REFUSED);
        assertThatThrownBy(() -> result(dying.sites().createTag(TagId.random(), name)))
                .isInstanceOf(GeoDbUnavailableException.class);

        assertThat(result(other.sites().listTags())).noneMatch(tag -> tag.name().equals(name));
        assertThat(result(other.sites().createTag(TagId.random(), name))).isInstanceOf(Cas.Applied.class);
        assertThat(result(other.sites().listTags()))
                .filteredOn(tag -> tag.name().equals(name))
                .hasSize(1);
    }

    @Test
    void theHostOfABackendThatWasNotFinishedIsFree() {
        Backend left = newBackend();
        lossy.planFor("INSERT INTO backend_hosts", Loss.REFUSED);
        assertThatThrownBy(() -> result(dying.backends().create(left))).isInstanceOf(GeoDbUnavailableException.class);
        assertThat(result(other.backends().list(left.site()))).isEmpty();
        assertThat(result(other.backends().find(left.host()))).isEmpty();
        Backend second = Backend.added(BackendId.random(), SiteId.random(), left.host());

        assertThat(result(other.backends().create(second))).isEqualTo(new Cas.Applied<>(second));
        assertThat(result(dying.backends().create(left))).isEqualTo(new Cas.Lost<>(Optional.of(second)));
        assertThat(result(other.backends().find(left.host()))).contains(second);
    }

    @Test
    void aBackendThatHasItsHostExistsThoughItIsNotMarked() {
        Backend backend = newBackend();
        lossy.planFor("UPDATE backends SET named", Loss.REFUSED);

        assertThat(result(dying.backends().create(backend))).isEqualTo(new Cas.Applied<>(backend));

        assertThat(result(other.backends().list(backend.site()))).containsExactly(backend);
        assertThat(result(other.backends().find(backend.host()))).contains(backend);
        assertThat(result(other.backends().update(backend.withStatus(BackendStatus.ONLINE))))
                .isInstanceOf(Cas.Applied.class);
    }

    @Test
    void aSiteThatIsRetiredWithItsNameNotFreedGivesTheNameUp() {
        Site site = newSite();
        result(other.sites().create(site));
        lossy.planFor("DELETE FROM site_names", Loss.REFUSED);

        assertThat(result(dying.sites().retire(site))).isInstanceOf(Cas.Applied.class);

        Site second = Site.added(SiteId.random(), site.name());
        assertThat(result(other.sites().create(second))).isEqualTo(new Cas.Applied<>(second));
        assertThat(result(other.sites().create(site))).isEqualTo(new Cas.Lost<>(Optional.of(second)));
    }

    @Test
    void aRenamingThatEndedAfterTheNewNameWasBoundIsCompletedByTryingAgain() {
        Site site = newSite();
        result(other.sites().create(site));
        String newName = "renamed-" + UUID.randomUUID();
        lossy.planFor("UPDATE sites\nSET name", Loss.REFUSED);
        assertThatThrownBy(() -> result(dying.sites().rename(site, newName)))
                .isInstanceOf(GeoDbUnavailableException.class);

        assertThat(result(other.sites().find(site.id()))).contains(site);
        assertThat(result(other.sites().create(Site.added(SiteId.random(), newName))))
                .isEqualTo(new Cas.Lost<>(Optional.of(site)));
        assertThat(result(other.sites().rename(site, newName))).isInstanceOf(Cas.Applied.class);
        assertThat(result(other.sites().find(site.id()))).map(Site::name).contains(newName);
    }

    @Test
    void aBackendThatComesBackButDiesBeforeItsHostIsBoundIsSeenByNobodyAndCompletedByTryingAgain() {
        Backend backend = newBackend();
        result(other.backends().create(backend));
        result(other.backends().retire(backend));
        lossy.planFor("INSERT INTO backend_hosts", Loss.REFUSED);
        assertThatThrownBy(() -> result(dying.backends().create(backend)))
                .isInstanceOf(GeoDbUnavailableException.class);
        assertThat(result(other.backends().list(backend.site()))).isEmpty();

        assertThat(result(other.backends().create(backend))).isInstanceOf(Cas.Applied.class);
        assertThat(result(other.backends().find(backend.host()))).isPresent();
    }
}

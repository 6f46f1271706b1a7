package org.pombal.geodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pombal.geodb.Await.result;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;

/** What every {@link Sites} does. */
public interface SitesContract extends GeoDbFixture {

    private Sites sites() {
        return geoDb().sites();
    }

    private static Site newSite() {
        return Site.added(SiteId.random(), "site-" + UUID.randomUUID());
    }

    private static Site changed(Site site) {
        return site.withStatus(SiteStatus.EVACUATE)
                .withLoadBalancer("lb.example.org")
                .withGroupCount(77);
    }

    private static Site atVersion(Site site, long version) {
        return site.atVersion(version);
    }

    @Test
    default void aSiteThatIsAddedIsFoundAndListed() {
        Site site = newSite();

        assertThat(result(sites().create(site))).isEqualTo(new Cas.Applied<>(site));

        assertThat(result(another().sites().find(site.id()))).contains(site);
        assertThat(result(another().sites().list())).contains(site);
    }

    @Test
    default void aSiteThatIsNotThereIsNotFound() {
        assertThat(result(sites().find(SiteId.random()))).isEmpty();
    }

    @Test
    default void sitesAreListedInTheOrderOfTheirNames() {
        result(sites().create(newSite()));
        result(sites().create(newSite()));

        assertThat(result(sites().list())).extracting(Site::name).isSorted().hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    default void aNameThatIsTakenIsRefusedWithTheSiteThatHasIt() {
        Site first = newSite();
        result(sites().create(first));
        Site second = Site.added(SiteId.random(), first.name());

        assertThat(result(another().sites().create(second))).isEqualTo(new Cas.Lost<>(Optional.of(first)));
        assertThat(result(sites().find(second.id()))).isEmpty();
        assertThat(result(sites().list()))
                .filteredOn(site -> site.name().equals(first.name()))
                .containsExactly(first);
    }

    @Test
    default void anIdThatIsTakenIsRefusedWithTheSiteThatHasIt() {
        Site first = newSite();
        result(sites().create(first));
        Site second = Site.added(first.id(), "other-" + UUID.randomUUID());

        assertThat(result(sites().create(second))).isEqualTo(new Cas.Lost<>(Optional.of(first)));
        assertThat(result(sites().create(Site.added(SiteId.random(), second.name()))))
                .isInstanceOf(Cas.Applied.class);
    }

    @Test
    default void addingTheSameSiteAgainIsAppliedAgain() {
        Site site = newSite();
        result(sites().create(site));

        assertThat(result(sites().create(site))).isEqualTo(new Cas.Applied<>(site));
    }

    @Test
    default void anUpdateReplacesTheRowAndRaisesItsVersion() {
        Site site = newSite();
        result(sites().create(site));
        TagId tag = TagId.random();

        Cas<Site> outcome = result(sites().update(changed(site).withTag(Optional.of(tag))));

        Site updated = atVersion(changed(site).withTag(Optional.of(tag)), 2);
        assertThat(outcome).isEqualTo(new Cas.Applied<>(updated));
        assertThat(result(another().sites().find(site.id()))).contains(updated);

        Site without = atVersion(updated.withTag(Optional.empty()), 3);
        assertThat(result(sites().update(updated.withTag(Optional.empty())))).isEqualTo(new Cas.Applied<>(without));
        assertThat(result(sites().find(site.id()))).contains(without);
    }

    @Test
    default void aForcedMoveOfASiteStandsUntilTheStatusIsAnother() {
        Site site = newSite();
        result(sites().create(site));
        Site forced = site.withForceMove(Optional.of(
                new ForceMove<>(new UserShare("id", 7), new TreeSet<>(List.of(SiteId.random(), SiteId.random())))));

        assertThat(result(sites().update(forced))).isEqualTo(new Cas.Applied<>(atVersion(forced, 2)));
        assertThat(result(another().sites().find(site.id()))).contains(atVersion(forced, 2));
        Site renamed = ((Cas.Applied<Site>)
                        result(sites().rename(atVersion(forced, 2), "renamed-" + UUID.randomUUID())))
                .row();
        assertThat(result(another().sites().find(site.id()))).contains(renamed);
        assertThat(renamed.forceMove()).isEqualTo(forced.forceMove());

        Site evacuated = renamed.withStatus(SiteStatus.EVACUATE);
        assertThat(result(sites().update(evacuated)))
                .isEqualTo(new Cas.Applied<>(atVersion(evacuated, renamed.version() + 1)));
        assertThat(result(another().sites().find(site.id())).orElseThrow().forceMove())
                .isEmpty();
    }

    @Test
    default void anUpdateDoesNotChangeTheName() {
        Site site = newSite();
        result(sites().create(site));
        Site renamed = new Site(
                site.id(), "new name", SiteStatus.OFFLINE, site.tag(), site.loadBalancer(), site.groupCount(), 1);

        assertThat(result(sites().update(renamed)))
                .isEqualTo(new Cas.Applied<>(atVersion(site.withStatus(SiteStatus.OFFLINE), 2)));
    }

    @Test
    default void anUpdateOfAnOldVersionLosesAgainstWhatStands() {
        Site site = newSite();
        result(sites().create(site));
        Site standing = atVersion(changed(site), 2);
        result(another().sites().update(changed(site)));

        assertThat(result(sites().update(site.withStatus(SiteStatus.OFFLINE))))
                .isEqualTo(new Cas.Lost<>(Optional.of(standing)));
        assertThat(result(sites().find(site.id()))).contains(standing);
    }

    @Test
    default void anUpdateOfNothingLoses() {
        assertThat(result(sites().update(newSite()))).isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void anUpdateWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        Site site = newSite();
        result(sites().create(site));
        faults().loseAnswers(1);

        assertThat(result(sites().update(changed(site)))).isEqualTo(new Cas.Applied<>(atVersion(changed(site), 2)));
    }

    @Test
    default void anUpdateThatIsLostOnTheWayIsMadeByAskingAgain() {
        Site site = newSite();
        result(sites().create(site));
        faults().loseRequests(1);

        assertThat(result(sites().update(changed(site)))).isEqualTo(new Cas.Applied<>(atVersion(changed(site), 2)));
        assertThat(result(sites().find(site.id()))).contains(atVersion(changed(site), 2));
    }

    @Test
    default void anUpdateWithoutAnyAnswerIsUnknown() {
        Site site = newSite();
        result(sites().create(site));
        faults().loseRequests(2);

        assertThatThrownBy(() -> result(sites().update(changed(site))))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("updating site " + site.name());
    }

    @Test
    default void anUpdateThatIsRefusedChangesNothing() {
        Site site = newSite();
        result(sites().create(site));
        faults().refuse(1);

        assertThatThrownBy(() -> result(sites().update(changed(site)))).isInstanceOf(GeoDbUnavailableException.class);
        assertThat(result(sites().find(site.id()))).contains(site);
    }

    @Test
    default void aCreationOfUnknownOutcomeCanBeTriedAgain() {
        Site site = newSite();
        faults().loseAnswers(2);
        assertThatThrownBy(() -> result(sites().create(site))).isInstanceOf(UnknownOutcomeException.class);

        assertThat(result(sites().create(site))).isEqualTo(new Cas.Applied<>(site));
        assertThat(result(another().sites().list()))
                .filteredOn(other -> other.name().equals(site.name()))
                .containsExactly(site);
    }

    @Test
    default void tagsAreListedInTheOrderOfTheirNamesAndEachNameOnce() {
        String name = "tag-" + UUID.randomUUID();
        Tag zebra = new Tag(TagId.random(), "z" + name);
        Tag ant = new Tag(TagId.random(), "a" + name);

        assertThat(result(sites().createTag(zebra.id(), zebra.name()))).isEqualTo(new Cas.Applied<>(zebra));
        assertThat(result(sites().createTag(ant.id(), ant.name()))).isEqualTo(new Cas.Applied<>(ant));
        assertThat(result(another().sites().createTag(TagId.random(), ant.name())))
                .isEqualTo(new Cas.Lost<>(Optional.of(ant)));

        List<Tag> listed = result(another().sites().listTags());
        assertThat(listed).filteredOn(tag -> tag.name().endsWith(name)).containsExactly(ant, zebra);
    }

    @Test
    default void aSiteThatIsRenamedHasItsNewNameAndTheOldOneIsFree() {
        Site site = newSite();
        result(sites().create(site));
        String newName = "renamed-" + UUID.randomUUID();

        Cas<Site> outcome = result(sites().rename(site, newName));

        assertThat(outcome).isEqualTo(new Cas.Applied<>(named(site, newName, 2)));
        assertThat(result(another().sites().find(site.id()))).contains(named(site, newName, 2));
        Site second = Site.added(SiteId.random(), site.name());
        assertThat(result(another().sites().create(second))).isEqualTo(new Cas.Applied<>(second));
        assertThat(result(another().sites().create(Site.added(SiteId.random(), newName))))
                .isEqualTo(new Cas.Lost<>(Optional.of(named(site, newName, 2))));
    }

    @Test
    default void aSiteCanBeRenamedThereAndBack() {
        Site site = newSite();
        result(sites().create(site));
        String newName = "renamed-" + UUID.randomUUID();
        result(sites().rename(site, newName));

        assertThat(result(sites().rename(named(site, newName, 2), site.name())))
                .isEqualTo(new Cas.Applied<>(named(site, site.name(), 3)));
        assertThat(result(another().sites().create(Site.added(SiteId.random(), newName))))
                .isInstanceOf(Cas.Applied.class);
    }

    @Test
    default void aSiteIsNotRenamedToANameThatIsTakenNorFromAnOldVersion() {
        Site first = newSite();
        Site second = newSite();
        result(sites().create(first));
        result(sites().create(second));

        assertThat(result(sites().rename(first, second.name()))).isEqualTo(new Cas.Lost<>(Optional.of(second)));
        result(another().sites().update(first.withStatus(SiteStatus.OFFLINE)));
        assertThat(result(sites().rename(first, "x-" + UUID.randomUUID())))
                .isEqualTo(new Cas.Lost<>(Optional.of(atVersion(first.withStatus(SiteStatus.OFFLINE), 2))));
        assertThat(result(sites().rename(newSite(), "x-" + UUID.randomUUID())))
                .isEqualTo(new Cas.Lost<>(Optional.empty()));
    }

    @Test
    default void aSiteThatIsRetiredIsGoneAndItsNameIsFree() {
        Site site = newSite();
        result(sites().create(site));

        assertThat(result(sites().retire(site))).isEqualTo(new Cas.Applied<>(atVersion(site, 2)));

        assertThat(result(another().sites().find(site.id()))).isEmpty();
        assertThat(result(another().sites().list()))
                .noneMatch(other -> other.id().equals(site.id()));
        assertThat(result(sites().update(atVersion(site, 2)))).isEqualTo(new Cas.Lost<>(Optional.empty()));
        assertThat(result(sites().retire(atVersion(site, 2)))).isEqualTo(new Cas.Lost<>(Optional.empty()));
        Site second = Site.added(SiteId.random(), site.name());
        assertThat(result(another().sites().create(second))).isEqualTo(new Cas.Applied<>(second));
    }

    @Test
    default void aRetiredSiteComesBackUnderItsOldIdAndItsVersionGoesOn() {
        Site site = newSite();
        result(sites().create(site));
        result(sites().retire(site));
        Site again = Site.added(site.id(), "again-" + UUID.randomUUID());

        assertThat(result(another().sites().create(again))).isEqualTo(new Cas.Applied<>(atVersion(again, 3)));

        assertThat(result(sites().find(site.id()))).contains(atVersion(again, 3));
        assertThat(result(sites().update(atVersion(site, 2)))).isInstanceOf(Cas.Lost.class);
    }

    @Test
    default void aRetiredSiteDoesNotComeBackUnderANameThatIsTakenMeanwhile() {
        Site site = newSite();
        result(sites().create(site));
        result(sites().retire(site));
        Site second = Site.added(SiteId.random(), site.name());
        result(sites().create(second));

        assertThat(result(another().sites().create(site))).isEqualTo(new Cas.Lost<>(Optional.of(second)));
        assertThat(result(sites().find(site.id()))).isEmpty();
        Site other = Site.added(site.id(), "other-" + UUID.randomUUID());
        assertThat(result(another().sites().create(other))).isInstanceOf(Cas.Applied.class);
    }

    @Test
    default void retiringWhoseAnswerIsLostIsClearedUpByAskingAgain() {
        Site site = newSite();
        result(sites().create(site));
        faults().loseAnswers(1);

        assertThat(result(sites().retire(site))).isEqualTo(new Cas.Applied<>(atVersion(site, 2)));
    }

    @Test
    default void aTagIsRenamedRetiredAndComesBack() {
        Tag tag = new Tag(TagId.random(), "tag-" + UUID.randomUUID());
        Tag renamed = new Tag(tag.id(), "renamed-" + UUID.randomUUID());
        result(sites().createTag(tag.id(), tag.name()));

        assertThat(result(sites().renameTag(tag, renamed.name()))).isEqualTo(new Cas.Applied<>(renamed));
        assertThat(result(sites().renameTag(tag, "y"))).isEqualTo(new Cas.Lost<>(Optional.of(renamed)));
        assertThat(result(sites().retireTag(tag))).isEqualTo(new Cas.Lost<>(Optional.of(renamed)));
        Tag taken = new Tag(TagId.random(), tag.name());
        assertThat(result(another().sites().createTag(taken.id(), taken.name())))
                .isEqualTo(new Cas.Applied<>(taken));
        assertThat(result(sites().renameTag(renamed, taken.name()))).isEqualTo(new Cas.Lost<>(Optional.of(taken)));

        assertThat(result(sites().retireTag(renamed))).isEqualTo(new Cas.Applied<>(renamed));
        assertThat(result(another().sites().listTags())).doesNotContain(renamed);
        assertThat(result(sites().retireTag(renamed))).isEqualTo(new Cas.Lost<>(Optional.empty()));

        assertThat(result(another().sites().createTag(tag.id(), renamed.name())))
                .isEqualTo(new Cas.Applied<>(renamed));
        assertThat(result(sites().listTags())).contains(renamed);
    }

    private static Site named(Site site, String name, long version) {
        return site.withName(name).atVersion(version);
    }
}

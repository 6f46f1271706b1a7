package org.pombal.model.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;
import org.pombal.model.user.UsernameHash;

class SitePlacementTest {

    private static final Tag GOLD = new Tag(new TagId(new UUID(9, 9)), "gold");
    private static final Site LISBON = site(1, "lisbon");
    private static final Site PORTO = site(2, "porto");
    private static final Site FARO = site(3, "faro");

    private static Site site(int number, String name) {
        return Site.added(new SiteId(new UUID(0, number)), name)
                .withLoadBalancer("lb." + name)
                .withGroupCount(100);
    }

    private static SitePlacement.Choice place(String user, Optional<String> tag, Site local, Site... others) {
        List<Site> all = new java.util.ArrayList<>(List.of(others));
        all.add(local);
        return SitePlacement.place(new UserKey(user), UsernameHash.WHOLE_NAME, tag, local, all, List.of(GOLD));
    }

    private static String reason(SitePlacement.Choice choice) {
        return ((SitePlacement.Choice.Nowhere) choice).reason();
    }

    @Test
    void aUserStaysWhereHeCameIn() {
        assertThat(place("ann", Optional.empty(), LISBON, PORTO)).isEqualTo(new SitePlacement.Choice.At(LISBON));
    }

    @Test
    void aSiteThatTakesNobodySendsNewUsersToTheOthersEvenly() {
        for (SiteStatus status : List.of(SiteStatus.STANDBY, SiteStatus.EVACUATE, SiteStatus.OFFLINE)) {
            List<SitePlacement.Choice> choices = IntStream.range(0, 1000)
                    .mapToObj(i -> place("u" + i, Optional.empty(), LISBON.withStatus(status), PORTO, FARO))
                    .toList();

            assertThat(choices.stream().filter(new SitePlacement.Choice.At(PORTO)::equals))
                    .hasSizeBetween(440, 560);
            assertThat(choices).containsOnly(new SitePlacement.Choice.At(PORTO), new SitePlacement.Choice.At(FARO));
        }
    }

    @Test
    void twoSitesThatTakeNobodyThemselvesAgreeOnTheThird() {
        Site lisbon = LISBON.withStatus(SiteStatus.STANDBY);
        Site porto = PORTO.withStatus(SiteStatus.STANDBY);

        assertThat(place("ann", Optional.empty(), lisbon, porto, FARO))
                .isEqualTo(place("ann", Optional.empty(), porto, lisbon, FARO));
    }

    @Test
    void taggedUsersLiveOnSitesWithTheirTagOnly() {
        Site gold = PORTO.withTag(Optional.of(GOLD.id()));

        assertThat(place("ann", Optional.of("gold"), LISBON, gold)).isEqualTo(new SitePlacement.Choice.At(gold));
        assertThat(place("ann", Optional.empty(), gold, LISBON)).isEqualTo(new SitePlacement.Choice.At(LISBON));
        assertThat(reason(place("ann", Optional.of("gold"), LISBON, FARO)))
                .contains("lisbon (online) takes no new users with tag 'gold'", "no other site");
        assertThat(reason(place("ann", Optional.empty(), gold))).contains("takes no new users without a tag");
    }

    @Test
    void anUnknownTagIsNamed() {
        assertThat(reason(place("ann", Optional.of("silver"), LISBON))).contains("tag 'silver' does not exist");
    }

    @Test
    void aSiteThatCannotBeReachedOrHasNoGroupsYetTakesNobodyFromElsewhere() {
        Site away = LISBON.withStatus(SiteStatus.STANDBY);

        assertThat(reason(place("ann", Optional.empty(), away, PORTO.withoutLoadBalancer())))
                .contains("[porto] can not yet");
        assertThat(reason(place(
                        "ann",
                        Optional.empty(),
                        away,
                        Site.added(FARO.id(), "faro").withLoadBalancer("lb"))))
                .contains("[faro] can not yet");
    }
}

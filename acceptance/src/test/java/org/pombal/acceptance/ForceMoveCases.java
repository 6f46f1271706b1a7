package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.share.ForceMove;
import org.pombal.model.share.UserShare;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;

/** {@code cluster site force-move ...}, {@code cluster backend force-move ...} and {@code cluster site recover} */
final class ForceMoveCases {

    private ForceMoveCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(
                CommandCase.of("cluster site force-move start")
                        .given(ForceMoveCases::theOtherTakesUsers)
                        .with("id", "spring")
                        .with("name", "{site}")
                        .with("percentage", "10")
                        .with("destSite", "{other}")
                        .shows("name={site}", "percentage=10", "destinations={other}", "id=spring")
                        .then(world -> assertThat(ofSite(world)).contains(new UserShare("spring", 10))),
                CommandCase.of("cluster site force-move update")
                        .given(ForceMoveCases::siteIsForced)
                        .with("name", "{site}")
                        .with("percentage", "25")
                        .shows("name={site}", "percentage=25", "destinations={other}")
                        .then(world -> assertThat(ofSite(world)).contains(new UserShare("spring", 25))),
                CommandCase.of("cluster site force-move stop")
                        .given(ForceMoveCases::siteIsForced)
                        .with("name", "{site}")
                        .shows("name={site}", "destinations=")
                        .then(world -> assertThat(ofSite(world)).isEmpty()),
                CommandCase.of("cluster site recover")
                        .given(ForceMoveCases::siteIsLost)
                        .with("id", "spring")
                        .with("name", "{site}")
                        .with("percentage", "10")
                        .shows("site={site}", "phase=recovering", "recovering=10")
                        .then(world -> assertThat(returning(world)).contains(new UserShare("spring", 10))),
                CommandCase.of("cluster backend force-move start")
                        .with("id", "spring")
                        .with("host", "{b1}")
                        .with("percentage", "10")
                        .with("destHost", "{b2}")
                        .shows("host={b1}", "percentage=10", "destinations={b2}", "id=spring")
                        .then(world -> assertThat(ofBackend(world)).contains(new UserShare("spring", 10))),
                CommandCase.of("cluster backend force-move update")
                        .given(ForceMoveCases::backendIsForced)
                        .with("host", "{b1}")
                        .with("percentage", "25")
                        .shows("host={b1}", "percentage=25", "destinations={b2}")
                        .then(world -> assertThat(ofBackend(world)).contains(new UserShare("spring", 25))),
                CommandCase.of("cluster backend force-move stop")
                        .given(ForceMoveCases::backendIsForced)
                        .with("host", "{b1}")
                        .shows("host={b1}", "destinations=")
                        .then(world -> assertThat(ofBackend(world)).isEmpty()));
    }

    private static Optional<UserShare> ofSite(CommandWorld world) {
        return world.site("{site}").orElseThrow().forceMove().map(ForceMove::share);
    }

    private static Optional<UserShare> ofBackend(CommandWorld world) {
        return world.backend("{b1}").orElseThrow().forceMove().map(ForceMove::share);
    }

    private static Optional<UserShare> returning(CommandWorld world) {
        SiteId site = world.site("{site}").orElseThrow().id();
        return world.get(world.geoDb().siteFailovers().find(site, ReadLevel.SERIAL))
                .returning();
    }

    private static void theOtherTakesUsers(CommandWorld world) {
        Site other = world.site("{other}").orElseThrow();
        world.row(world.geoDb()
                .sites()
                .update(other.withLoadBalancer(world.fill("{other}.example.org"))
                        .withGroupCount(1)));
    }

    private static void siteIsForced(CommandWorld world) {
        SiteId other = world.site("{other}").orElseThrow().id();
        world.row(world.geoDb()
                .sites()
                .update(world.site("{site}")
                        .orElseThrow()
                        .withForceMove(Optional.of(
                                new ForceMove<>(new UserShare("spring", 10), new TreeSet<>(List.of(other)))))));
    }

    private static void backendIsForced(CommandWorld world) {
        Backend b2 = world.backend("{b2}").orElseThrow();
        world.row(world.geoDb()
                .backends()
                .update(world.backend("{b1}")
                        .orElseThrow()
                        .withForceMove(Optional.of(
                                new ForceMove<>(new UserShare("spring", 10), new TreeSet<>(List.of(b2.id())))))));
    }

    private static void siteIsLost(CommandWorld world) {
        SiteId site = world.site("{site}").orElseThrow().id();
        SiteId other = world.site("{other}").orElseThrow().id();
        SiteFailover declared = FailoverSteps.declared(SiteFailover.never(site), true, false, 50)
                .orElseThrow();
        world.row(world.geoDb().siteFailovers().update(declared));
        world.row(world.geoDb()
                .siteFailovers()
                .update(FailoverSteps.activated(declared, new TreeMap<>(Map.of(other, 100)))
                        .orElseThrow()));
    }
}

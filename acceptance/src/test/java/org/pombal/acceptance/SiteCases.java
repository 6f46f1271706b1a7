package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupSteps;
import org.pombal.model.reachability.SiteSight;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.site.TagId;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.FailoverSteps;
import org.pombal.model.sitefailover.SiteFailover;

/** {@code cluster site ...} and {@code cluster tag ...} */
final class SiteCases {

    private SiteCases() {}

    static Stream<CommandCase> all() {
        return Stream.of(sites(), init(), updates(), tags()).flatMap(cases -> cases);
    }

    private static Stream<CommandCase> sites() {
        return Stream.of(
                CommandCase.of("cluster site add")
                        .with("name", "{fresh}")
                        .with("id", "{id}")
                        .with("tag", "{tag}")
                        .with("loadBalancer", "{fresh}.example.org")
                        .shows(
                                "name={fresh}",
                                "id={id}",
                                "status=online",
                                "tag={tag}",
                                "load-balancer={fresh}.example.org")
                        .then(world -> assertThat(world.site("{fresh}").orElseThrow())
                                .extracting(Site::id, Site::status, Site::tag, Site::loadBalancer)
                                .containsExactly(
                                        new SiteId(UUID.fromString(world.fill("{id}"))),
                                        SiteStatus.ONLINE,
                                        Optional.of(new TagId(UUID.fromString(world.fill("{tagid}")))),
                                        Optional.of(world.fill("{fresh}.example.org")))),
                CommandCase.of("cluster site add")
                        .with("name", "{fresh}")
                        .shows("name={fresh}", "tag=", "load-balancer=")
                        .then(world -> assertThat(world.site("{fresh}")).isPresent()),
                CommandCase.of("cluster site list").shows("name={site}", "status=online"),
                CommandCase.of("cluster site failover list").shows("site={site}", "phase=none", "term=0", "paused=no"),
                CommandCase.of("cluster site failover start")
                        .with("name", "{site}")
                        .with("rate", "7")
                        .shows("site={site}", "phase=declared", "by-operator=yes", "rate=7")
                        .then(world -> assertThat(failover(world).phase()).isEqualTo(FailoverPhase.DECLARED)),
                CommandCase.of("cluster site failover stop")
                        .given(SiteCases::declared)
                        .with("name", "{site}")
                        .with("rate", "7")
                        .shows("site={site}", "phase=none")
                        .then(world -> assertThat(failover(world).phase()).isEqualTo(FailoverPhase.NONE)),
                CommandCase.of("cluster site failover update")
                        .given(SiteCases::declared)
                        .with("name", "{site}")
                        .with("rate", "9")
                        .with("pause", "yes")
                        .shows("site={site}", "rate=9", "paused=yes")
                        .then(world -> assertThat(failover(world).rate()).isEqualTo(9)),
                CommandCase.of("cluster site reachability list")
                        .given(SiteCases::lostTheOther)
                        .with("srcSite", "{site}")
                        .with("destSite", "{other}")
                        .shows("source={site}", "destination={other}", "reachable=no", "proxies-failing=1"),
                CommandCase.of("cluster site remove")
                        .given(world -> world.row(
                                world.geoDb().sites().create(Site.added(SiteId.random(), world.fill("{fresh}")))))
                        .with("name", "{fresh}")
                        .shows("name={fresh}")
                        .then(world -> assertThat(world.site("{fresh}")).isEmpty()),
                CommandCase.of("cluster site remove")
                        .with("name", "{site}")
                        .with("force")
                        .shows("name={site}")
                        .then(world -> assertThat(world.site("{site}")).isEmpty()),
                CommandCase.of("cluster site status")
                        .with("name", "{site}")
                        .shows("name={site}", "backends-online=2", "backends-standby=0"));
    }

    private static void declared(CommandWorld world) {
        world.row(world.geoDb()
                .siteFailovers()
                .update(FailoverSteps.declared(failover(world), true, false, 50).orElseThrow()));
    }

    private static SiteFailover failover(CommandWorld world) {
        return world.get(world.geoDb()
                .siteFailovers()
                .find(world.site("{site}").orElseThrow().id(), ReadLevel.SERIAL));
    }

    private static void lostTheOther(CommandWorld world) {
        world.get(world.geoDb()
                .reachability()
                .publish(List.of(new SiteSight(
                        world.site("{site}").orElseThrow().id(),
                        world.site("{other}").orElseThrow().id(),
                        new HostName("p1.test"),
                        false,
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(5),
                        Optional.of("refused"),
                        Duration.ZERO))));
    }

    private static Stream<CommandCase> init() {
        return Stream.of(
                CommandCase.of("cluster site init")
                        .with("name", "{site}")
                        .shows("name={site}", "groups=" + Lab.FEW_GROUPS, "created=" + (Lab.FEW_GROUPS - 2))
                        .then(world -> assertThat(world.groups("{site}")).hasSize(Lab.FEW_GROUPS)),
                CommandCase.of("cluster site init")
                        .with("name", "{site}")
                        .with("dryRun")
                        .shows("created=" + (Lab.FEW_GROUPS - 2))
                        .then(world -> assertThat(world.groups("{site}")).hasSize(2)),
                CommandCase.of("cluster site init")
                        .atBackend()
                        .given(BackendCases::selfIsOnline)
                        .with("self")
                        .shows("name={lab}", "groups=" + Lab.FEW_GROUPS)
                        .then(world -> assertThat(world.groups("{lab}")).hasSize(Lab.FEW_GROUPS)),
                CommandCase.of("cluster site init")
                        .with("name", "{site}")
                        .with("update")
                        .with("yes")
                        .shows("groups=" + Lab.FEW_GROUPS, "removed=2", "users-unassigned=1")
                        .then(world -> {
                            assertThat(world.groups("{site}")).hasSize(Lab.FEW_GROUPS);
                            assertThat(world.user("{user}")).isEmpty();
                        }),
                CommandCase.of("cluster site init")
                        .given(world -> world.row(world.geoDb()
                                .groups()
                                .update(GroupSteps.claimed(
                                        world.group("{site}", "default-1").orElseThrow(), 1))))
                        .with("name", "{site}")
                        .with("update")
                        .with("yes")
                        .with("force")
                        .shows("groups=" + Lab.FEW_GROUPS, "removed=2")
                        .then(world -> assertThat(world.groups("{site}")).hasSize(Lab.FEW_GROUPS)));
    }

    private static Stream<CommandCase> updates() {
        return Stream.of(
                CommandCase.of("cluster site update")
                        .with("name", "{site}")
                        .with("status", "standby")
                        .with("loadBalancer", "lb2-{fresh}.example.org")
                        .with("newName", "{fresh}")
                        .with("tag", "{tag}")
                        .shows("name={fresh}", "status=standby", "tag={tag}", "load-balancer=lb2-{fresh}.example.org")
                        .then(world -> {
                            assertThat(world.site("{site}")).isEmpty();
                            assertThat(world.site("{fresh}").orElseThrow())
                                    .extracting(Site::status, Site::loadBalancer)
                                    .containsExactly(
                                            SiteStatus.STANDBY, Optional.of(world.fill("lb2-{fresh}.example.org")));
                        }),
                CommandCase.of("cluster site update")
                        .given(world -> world.changeSite("{site}", site -> site.withLoadBalancer("lb.example.org")))
                        .with("name", "{site}")
                        .with("loadBalancer", "")
                        .shows("load-balancer=")
                        .then(world -> assertThat(
                                        world.site("{site}").orElseThrow().loadBalancer())
                                .isEmpty()),
                CommandCase.of("cluster site update")
                        .atBackend()
                        .with("self")
                        .with("loadBalancer", "lab.example.org")
                        .shows("name={lab}", "load-balancer=lab.example.org")
                        .then(world -> assertThat(
                                        world.site("{lab}").orElseThrow().loadBalancer())
                                .contains("lab.example.org")));
    }

    private static Stream<CommandCase> tags() {
        return Stream.of(
                CommandCase.of("cluster tag create")
                        .with("name", "{freshtag}")
                        .shows("name={freshtag}")
                        .then(world -> assertThat(world.tag("{freshtag}")).isPresent()),
                CommandCase.of("cluster tag create")
                        .with("name", "{freshtag}")
                        .with("id", "{id}")
                        .shows("name={freshtag}", "id={id}")
                        .then(world -> assertThat(
                                        world.tag("{freshtag}").orElseThrow().id())
                                .isEqualTo(new TagId(UUID.fromString(world.fill("{id}"))))),
                CommandCase.of("cluster tag delete")
                        .with("id", "{tagid}")
                        .shows("name={tag}", "id={tagid}")
                        .then(world -> assertThat(world.tag("{tag}")).isEmpty()),
                CommandCase.of("cluster tag delete")
                        .given(world -> world.changeSite(
                                "{site}",
                                site -> site.withTag(Optional.of(new TagId(UUID.fromString(world.fill("{tagid}")))))))
                        .with("id", "{tag}")
                        .with("force")
                        .shows("name={tag}")
                        .then(world -> assertThat(world.tag("{tag}")).isEmpty()),
                CommandCase.of("cluster tag list").shows("name={tag}", "id={tagid}"),
                CommandCase.of("cluster tag update")
                        .with("id", "{tag}")
                        .with("name", "{freshtag}")
                        .shows("name={freshtag}", "id={tagid}")
                        .then(world -> {
                            assertThat(world.tag("{tag}")).isEmpty();
                            assertThat(world.tag("{freshtag}")).isPresent();
                        }));
    }
}

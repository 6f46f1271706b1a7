package org.pombal.controller.automation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pombal.controller.settings.BalanceSettings;
import org.pombal.controller.settings.MitigationSettings;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.statistics.Traffic;
import org.pombal.settings.Settings;

/** What becomes of site lisbon by what the proxies of other sites see of its load balancer. */
class SiteMitigationTest {

    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final AutomatedSite site = new AutomatedSite(2);
    private final Settings settings = AutomatedSite.settings();
    private final ErrorMitigation mitigation = new ErrorMitigation(
            site.cluster,
            site.sight,
            MitigationSettings.rules(settings),
            settings.get(MitigationSettings.MAX_MOVES),
            settings.get(BalanceSettings.OPENING),
            BalanceSettings.rules(settings));
    private final Site porto = site.another("porto");

    /** So long the proxies of all sites but the broken one fail there, and do well everywhere else; so do their test users. */
    private void pass(List<Site> all, Site broken, Duration time) throws Exception {
        pass(all, broken, time, List.of(Traffic.SESSIONS, Traffic.PROBES));
    }

    private void pass(List<Site> all, Site broken, Duration time, List<Traffic> kinds) throws Exception {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(INTERVAL)) {
            site.advance(INTERVAL);
            for (Site from : all) {
                for (Site to : all) {
                    if (!from.equals(to)) {
                        boolean fails = to.equals(broken);
                        kinds.forEach(kind -> site.traffic(kind, from, to, fails ? 0 : 100, fails ? 100 : 0));
                    }
                }
            }
            mitigation.run(site.task);
        }
    }

    @Test
    void theOwnSiteGoesOfflineWhenAllOthersFindItBrokenAndComesBack() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);
        Site faro = site.another("faro");
        List<Site> all = List.of(site.site, porto, faro);

        pass(all, site.site, Duration.ofMinutes(1));
        assertThat(site.status()).isEqualTo(SiteStatus.ONLINE);
        pass(all, site.site, INTERVAL);
        assertThat(site.status()).isEqualTo(SiteStatus.OFFLINE);
        assertThat(site.plan(ErrorMitigation.NAME).notes())
                .anyMatch(note -> note.startsWith("site lisbon is broken: 2 of 2 observers see it broken"))
                .anyMatch(note -> note.startsWith("site porto is healthy"));

        pass(all, faro, Duration.ofMinutes(5));
        assertThat(site.status()).isEqualTo(SiteStatus.OFFLINE);
        pass(all, faro, INTERVAL);
        assertThat(site.status()).isEqualTo(SiteStatus.ONLINE);
        assertThat(site.audit())
                .anyMatch(
                        entry -> entry.startsWith("controller error-mitigation site.offline site lisbon done: 2 of 2"))
                .anyMatch(entry -> entry.startsWith("controller error-mitigation site.online site lisbon done: 2 of 2"))
                .hasSize(2);
    }

    @Test
    void anotherSiteIsLeftToItsOwnController() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);

        pass(List.of(site.site, porto, site.another("faro")), porto, Duration.ofMinutes(3));

        assertThat(site.sight.sites()).allMatch(one -> one.status() == SiteStatus.ONLINE);
        assertThat(site.audit()).isEmpty();
    }

    @Test
    void whereNoTestUserWouldSeeItWellAgainItStaysOnline() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);

        pass(
                List.of(site.site, porto, site.another("faro")),
                site.site,
                Duration.ofMinutes(3),
                List.of(Traffic.SESSIONS));

        assertThat(site.status()).isEqualTo(SiteStatus.ONLINE);
        assertThat(site.plan(ErrorMitigation.NAME).notes())
                .anyMatch(note -> note.startsWith("site lisbon stays online all the same: no test user tries it"));
    }

    @Test
    void inADryRunItIsOnlySaid() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.DRYRUN);

        pass(List.of(site.site, porto, site.another("faro")), site.site, Duration.ofSeconds(75));

        assertThat(site.status()).isEqualTo(SiteStatus.ONLINE);
        assertThat(site.plan(ErrorMitigation.NAME).steps()).singleElement().satisfies(step -> {
            assertThat(step.action()).isEqualTo("site.offline");
            assertThat(step.outcome()).isEqualTo(Plan.Step.PLANNED);
        });
    }

    @Test
    void ofTwoSitesNobodyCanTellWhichOneIsBroken() throws Exception {
        site.feature(Feature.ERROR_MITIGATION, FeatureState.ON);

        pass(List.of(site.site, porto), site.site, Duration.ofMinutes(3));

        assertThat(site.status()).isEqualTo(SiteStatus.ONLINE);
        assertThat(site.plan(ErrorMitigation.NAME).notes()).noneMatch(note -> note.startsWith("site"));
    }
}

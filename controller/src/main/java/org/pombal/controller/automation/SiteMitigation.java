package org.pombal.controller.automation;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.pombal.controller.automation.Plan.Step;
import org.pombal.model.mitigation.Judgement;
import org.pombal.model.mitigation.Mitigation;
import org.pombal.model.mitigation.MitigationAction;
import org.pombal.model.mitigation.MitigationFacts;
import org.pombal.model.mitigation.MitigationRules;
import org.pombal.model.mitigation.Target;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteStatus;
import org.pombal.model.statistics.DestinationStatistics;
import org.pombal.model.statistics.ProxyDestination;
import org.pombal.model.statistics.Traffic;

/**
 * Judges sites by what the proxies of the others experience with their load balancers. A controller acts for its own site only: all controllers come to the
 * same judgement from the same facts, and no two write the same row.
 */
final class SiteMitigation {

    static final String MEMORY = "site-mitigation-memory";

    /** Peers are compared, and nobody sees himself: with fewer sites nothing can be said. */
    private static final int FEWEST = 3;

    private final SiteSight sight;
    private final MitigationRules rules;

    SiteMitigation(SiteSight sight, MitigationRules rules) {
        this.sight = requireNonNull(sight, "sight is null");
        this.rules = requireNonNull(rules, "rules is null");
    }

    /**
     * What follows from a moment's facts.
     *
     * @param memory to be kept for the next time
     * @param step empty if nothing is to be done with the own site
     * @param status that it is to have
     */
    record Decided(String memory, List<String> notes, Optional<Step> step, SiteStatus status) {}

    /** Empty where there are too few sites. */
    Optional<Decided> decided(Site own, Instant now) throws InterruptedException, ExecutionException {
        List<Site> sites = sight.sites();
        if (sites.size() < FEWEST) {
            return Optional.empty();
        }
        List<DestinationStatistics> rows = new ArrayList<>();
        for (Site site : sites) {
            sight.statistics(site).stream()
                    .filter(row -> row.destination() instanceof ProxyDestination.OfSite)
                    .forEach(rows::add);
        }
        Mitigation.Decision decision = Mitigation.decide(
                MitigationFacts.ofSites(now, sites.stream().map(Target::of).toList(), rows),
                MemoryDocument.read(sight.note(own, MEMORY)),
                rules);
        List<String> notes = new ArrayList<>();
        decision.held().ifPresent(held -> notes.add("sites: " + held));
        for (Judgement judgement : decision.judgements()) {
            notes.add("site " + judgement.target().name() + " is "
                    + judgement.condition().name().toLowerCase(Locale.ROOT) + ": " + judgement.reason());
        }
        String memory = MemoryDocument.write(decision.memory());
        for (MitigationAction action : decision.actions()) {
            boolean offline = action instanceof MitigationAction.TakeOffline;
            if (offline && action.target().equals(Target.of(own)) && !isTriedByTestUsers(own, rows)) {
                notes.add("site " + own.name()
                        + " stays online all the same: no test user tries it from another site, and so nobody would"
                        + " see that it is well again");
                continue;
            }
            if (action.target().equals(Target.of(own)) && !(action instanceof MitigationAction.Shed)) {
                SiteStatus status = offline ? SiteStatus.OFFLINE : SiteStatus.ONLINE;
                return Optional.of(new Decided(memory, notes, Optional.of(step(own, status, action.reason())), status));
            }
        }
        return Optional.of(new Decided(memory, notes, Optional.empty(), own.status()));
    }

    private static boolean isTriedByTestUsers(Site site, List<DestinationStatistics> rows) {
        return rows.stream()
                .anyMatch(row -> row.traffic() == Traffic.PROBES
                        && row.destination().equals(new ProxyDestination.OfSite(site.id())));
    }

    private static Step step(Site own, SiteStatus status, String reason) {
        return new Step(
                "site." + status,
                "site " + own.name(),
                own.status().toString(),
                status.toString(),
                reason,
                Step.PLANNED);
    }
}

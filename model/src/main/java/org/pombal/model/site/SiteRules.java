package org.pombal.model.site;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Optional;

/** What does not go together about sites, each as a sentence for an operator; empty if nothing stands in the way. */
public final class SiteRules {

    private SiteRules() {}

    /**
     * Whether a host can be the load balancer of a site. Another site's would send sessions in circles; a backend takes only its
     * own users, and only from proxies.
     *
     * @param sites all there are
     * @param isBackend whether a backend has this name
     */
    public static Optional<String> objectionToLoadBalancer(
            SiteId site, String host, Collection<Site> sites, boolean isBackend) {
        requireNonNull(site, "site is null");
        if (isBackend) {
            return Optional.of("'" + host + "' is a backend; a load balancer leads to the site's proxies");
        }
        return sites.stream()
                .filter(other -> !other.id().equals(site))
                .filter(other ->
                        other.loadBalancer().filter(host::equalsIgnoreCase).isPresent())
                .findFirst()
                .map(other -> "'" + host + "' is the load balancer of site '" + other.name()
                        + "'; sessions would go round in circles");
    }

    /** Whether a site can be emptied: another one has to take its users. */
    public static Optional<String> objectionToEvacuation(Site site, Collection<Site> sites, Collection<Tag> tags) {
        boolean anotherTakes = sites.stream()
                .anyMatch(other -> !other.id().equals(site.id())
                        && other.status() == SiteStatus.ONLINE
                        && other.tag().equals(site.tag()));
        return anotherTakes
                ? Optional.empty()
                : Optional.of("no other site that is online takes users " + withTag(site.tag(), tags) + ", so site '"
                        + site.name() + "' cannot be emptied");
    }

    /**
     * Whether a user may go to a site.
     *
     * @param home the user's site now; empty if it was removed
     * @param tag the one that the user has from then on; if nobody says another, that of the home site
     */
    public static Optional<String> objectionToMove(
            Optional<Site> home, Site target, Optional<TagId> tag, Collection<Tag> tags) {
        if (!target.tag().equals(tag)) {
            return Optional.of("site '" + target.name() + "' is for users " + withTag(target.tag(), tags)
                    + ", and the user is one " + withTag(tag, tags) + "; --tag says that this changes");
        }
        boolean isHome = home.filter(site -> site.id().equals(target.id())).isPresent();
        return isHome || target.status() == SiteStatus.ONLINE
                ? Optional.empty()
                : Optional.of(
                        "site '" + target.name() + "' is " + target.status() + " and takes no users of other sites");
    }

    private static String withTag(Optional<TagId> tag, Collection<Tag> tags) {
        return tag.map(id -> "with tag '"
                        + tags.stream()
                                .filter(its -> its.id().equals(id))
                                .findFirst()
                                .map(Tag::name)
                                .orElse(id.toString())
                        + "'")
                .orElse("without a tag");
    }
}

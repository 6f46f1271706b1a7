package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.pombal.model.site.SiteId;

/**
 * Whether a session goes on to another site. A pure decision.
 *
 * <p>The sites that have sent a session on travel with it ({@code forward_pombal}). None is visited twice, and after
 * {@link #MAX_CROSSINGS} the client gets a temporary failure: so sites that disagree about a home, or whose load balancers
 * lead to one another, never send a session in circles.
 */
final class CrossSite {

    /** One if all agree, another where the first site's knowledge was old. */
    static final int MAX_CROSSINGS = 2;

    private CrossSite() {}

    /**
     * Why the session goes nowhere; empty if it may go on.
     *
     * @param passed the sites that have sent it on
     * @param here this site; empty while it is not known
     * @param home the site of the user
     * @param loadBalancer where that is reached
     */
    static Optional<String> objection(List<SiteId> passed, Optional<SiteId> here, SiteId home, String loadBalancer) {
        requireNonNull(home, "home is null");
        if (passed.isEmpty()) {
            return Optional.empty();
        }
        if (here.filter(passed::contains).isPresent()) {
            return Optional.of("the session came round in a circle: what is the load balancer of the user's home site "
                    + home + " (" + loadBalancer + ") leads back to this site");
        }
        if (passed.contains(home)) {
            return Optional.of("the user's home site " + home + " sent the session here; they disagree");
        }
        return passed.size() >= MAX_CROSSINGS
                ? Optional.of("sent on by " + passed.size() + " sites already; they disagree about the user's home")
                : Optional.empty();
    }
}

package org.pombal.model.reachability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pombal.model.site.SiteId;

/**
 * What logins of test users say, at one proxy, about other sites whose load balancers greet. A site into which the test user got before, and does
 * not any more, {@link #FAILURES} times one after another, does not serve its users; but only while test users get in at a backend of the
 * proxy's own site: or else it may be what all sites have in common, such as the directory of users, and would take them all for lost.
 * Times are nanoseconds of a clock that never goes back. Not for use by several threads.
 */
public final class LoginWitness {

    public static final int FAILURES = 2;

    /** What came of a login. */
    public enum Finding {
        GOT_IN,
        /** It may be the password, or the user is being moved. */
        SAYS_NOTHING,
        FAILED
    }

    private static final class Memory {
        private boolean gotInBefore;
        private int failures;
        private long failedAt;
        private String why = "";
    }

    private final long fresh;
    private final Map<SiteId, Memory> memories = new HashMap<>();
    private OptionalLong gotInAtHome = OptionalLong.empty();

    /** @param fresh for how long a login counts */
    public LoginWitness(Duration fresh) {
        this.fresh = fresh.toNanos();
    }

    /** The test user of one of the own site's backends logged in there. */
    public void atHome(long now, Finding finding) {
        if (finding == Finding.GOT_IN) {
            gotInAtHome = OptionalLong.of(now);
        }
    }

    /** The test user of another site logged in at its load balancer. */
    public void at(SiteId site, long now, Finding finding, String why) {
        Memory memory = memories.computeIfAbsent(site, id -> new Memory());
        memory.gotInBefore |= finding == Finding.GOT_IN;
        if (finding == Finding.FAILED) {
            memory.failures++;
            memory.failedAt = now;
            memory.why = why;
        } else {
            memory.failures = 0;
        }
    }

    /** Why a site that greets is not to be called reachable all the same; empty if nothing speaks against it. */
    public Optional<String> objection(SiteId site, long now) {
        Memory memory = memories.get(site);
        boolean comparable = gotInAtHome.isPresent() && now - gotInAtHome.getAsLong() <= fresh;
        if (memory == null
                || !comparable
                || !memory.gotInBefore
                || memory.failures < FAILURES
                || now - memory.failedAt > fresh) {
            return Optional.empty();
        }
        return Optional.of("no test login: " + memory.why);
    }
}

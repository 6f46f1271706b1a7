package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import org.pombal.model.sitefailover.FailoverRules;
import org.pombal.model.sitefailover.FailoverTimings;
import org.pombal.model.sitefailover.IsolationPolicy;

/** How a backend takes part in failovers of its site. */
public record SiteSetup(IsolationPolicy isolation, FailoverTimings timings, FailoverRules rules) {

    public SiteSetup {
        requireNonNull(isolation, "isolation is null");
        requireNonNull(timings, "timings is null");
        requireNonNull(rules, "rules is null");
    }
}

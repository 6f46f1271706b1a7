package org.pombal.node;

import static org.pombal.node.OwnershipRules.objectionIf;
import static org.pombal.node.OwnershipRules.shown;
import static org.pombal.node.OwnershipTimingSettings.BREAK;
import static org.pombal.node.OwnershipTimingSettings.FACTOR;
import static org.pombal.node.OwnershipTimingSettings.KILL_ALLOWANCE;
import static org.pombal.node.OwnershipTimingSettings.LONGEST_TRUST;
import static org.pombal.node.OwnershipTimingSettings.POLL_LIMIT;
import static org.pombal.node.OwnershipTimingSettings.READ_GAP;
import static org.pombal.node.OwnershipTimingSettings.READ_INTERVAL;
import static org.pombal.node.OwnershipTimingSettings.RENEW_INTERVAL;
import static org.pombal.node.OwnershipTimingSettings.TRUST;
import static org.pombal.node.OwnershipTimingSettings.VOTE_HOLD;
import static org.pombal.node.OwnershipTimingSettings.scaled;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pombal.geodb.settings.GeoDbSettings;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsRule;
import org.pombal.settings.TimeSpans;

/**
 * What must hold between the times of the protocol, so that a message names settings: {@link OwnershipTimings} refuses the same, but
 * knows nothing of them.
 */
final class OwnershipTimingRules {

    private OwnershipTimingRules() {}

    static SettingsRule[] all() {
        return new SettingsRule[] {
            new SettingsRule(List.of(RENEW_INTERVAL, TRUST), OwnershipTimingRules::trustLastsTwoRenewals),
            new SettingsRule(List.of(TRUST, KILL_ALLOWANCE, BREAK), OwnershipTimingRules::breakComesAfterTheEnd),
            new SettingsRule(
                    List.of(TRUST, KILL_ALLOWANCE, VOTE_HOLD, POLL_LIMIT), OwnershipTimingRules::votesOutlastTrust),
            new SettingsRule(List.of(READ_INTERVAL, READ_GAP), OwnershipTimingRules::readsFillTheGap),
            new SettingsRule(List.of(TRUST, FACTOR), OwnershipTimingRules::guardianBelievesTrust),
            new SettingsRule(
                    List.of(TRUST, FACTOR, NodeSettings.BACKEND_NAME, GeoDbSettings.REQUEST_TIMEOUT),
                    OwnershipTimingRules::trustOutlastsALostAnswer)
        };
    }

    private static Optional<String> trustLastsTwoRenewals(Settings settings) {
        return objectionIf(
                !OwnershipTimings.lastsTwoRenewals(settings.get(TRUST), settings.get(RENEW_INTERVAL)),
                shown(settings, RENEW_INTERVAL) + " must be at most half of " + shown(settings, TRUST));
    }

    private static Optional<String> breakComesAfterTheEnd(Settings settings) {
        return objectionIf(
                !OwnershipTimings.isClearlyLess(dead(settings), settings.get(BREAK)),
                shown(settings, TRUST) + " and " + shown(settings, KILL_ALLOWANCE)
                        + " together, with 2 percent in reserve on each side, must be shorter than "
                        + shown(settings, BREAK)
                        + ", or users are taken from a backend that still serves them");
    }

    private static Optional<String> votesOutlastTrust(Settings settings) {
        return objectionIf(
                !OwnershipTimings.isClearlyLess(
                        dead(settings), settings.get(VOTE_HOLD).minus(settings.get(POLL_LIMIT))),
                shown(settings, TRUST) + " and " + shown(settings, KILL_ALLOWANCE)
                        + " together, with 2 percent in reserve on each side, must be shorter than "
                        + shown(settings, VOTE_HOLD) + " less " + shown(settings, POLL_LIMIT)
                        + ", or nodes could let two backends serve one user");
    }

    private static Optional<String> readsFillTheGap(Settings settings) {
        return objectionIf(
                settings.get(READ_INTERVAL).compareTo(settings.get(READ_GAP)) >= 0,
                shown(settings, READ_INTERVAL) + " must be shorter than " + shown(settings, READ_GAP)
                        + ", or no lease is ever broken");
    }

    private static Optional<String> guardianBelievesTrust(Settings settings) {
        return objectionIf(
                scaled(settings, TRUST).compareTo(LONGEST_TRUST) > 0,
                shown(settings, TRUST) + " times cluster_timing_factor (" + settings.get(FACTOR) + ", from "
                        + settings.origin(FACTOR) + ") must be at most " + TimeSpans.print(LONGEST_TRUST)
                        + ": the guardian believes no longer trust");
    }

    private static Optional<String> trustOutlastsALostAnswer(Settings settings) {
        Duration twoRequests = settings.get(GeoDbSettings.REQUEST_TIMEOUT).multipliedBy(2);
        return objectionIf(
                settings.get(NodeSettings.BACKEND_NAME).isPresent()
                        && twoRequests.compareTo(scaled(settings, TRUST)) > 0,
                shown(settings, GeoDbSettings.REQUEST_TIMEOUT) + " must be at most half of " + shown(settings, TRUST)
                        + " times cluster_timing_factor (" + settings.get(FACTOR)
                        + "), or one lost answer of GeoDB ends all sessions of this backend");
    }

    private static Duration dead(Settings settings) {
        return settings.get(TRUST).plus(settings.get(KILL_ALLOWANCE));
    }
}

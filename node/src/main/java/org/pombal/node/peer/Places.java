package org.pombal.node.peer;

import org.pombal.model.backend.BackendId;
import org.pombal.model.site.SiteId;
import org.pombal.node.ownership.Arrival.Outcome;

/** The answer to {@link Question.Where} as a message. */
final class Places {

    private static final String PLACE = "place";
    private static final String HERE = "here";
    private static final String ELSEWHERE = "elsewhere";
    private static final String OTHER_SITE = "other-site";
    private static final String REFUSED = "refused";
    private static final String BACKEND = "backend";
    private static final String SITE = "site";
    private static final String REASON = "reason";

    private Places() {}

    static Message toMessage(Outcome outcome) {
        if (outcome instanceof Outcome.Elsewhere elsewhere) {
            return Message.of(PLACE, ELSEWHERE, BACKEND, elsewhere.backend().toString());
        }
        if (outcome instanceof Outcome.OtherSite other) {
            return Message.of(PLACE, OTHER_SITE, SITE, other.site().toString());
        }
        return outcome instanceof Outcome.Refused refused
                ? Message.of(PLACE, REFUSED, REASON, refused.reason())
                : Message.of(PLACE, HERE);
    }

    static Outcome parse(Message message) throws BadMessageException {
        String place = message.text(PLACE);
        return switch (place) {
            case HERE -> new Outcome.Served();
            case ELSEWHERE -> new Outcome.Elsewhere(message.value(BACKEND, BackendId::parse));
            case OTHER_SITE -> new Outcome.OtherSite(message.value(SITE, SiteId::parse));
            case REFUSED -> new Outcome.Refused(message.text(REASON));
            default -> throw new BadMessageException("there is no place '" + place + "'");
        };
    }
}

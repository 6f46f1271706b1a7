package org.pombal.node.backend;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.pombal.dovecot.auth.MailProtocol;
import org.pombal.dovecot.auth.Request;
import org.pombal.model.backend.HostName;
import org.pombal.node.routing.Destination;

/**
 * How a session goes on whose user belongs elsewhere. A pure decision.
 *
 * <p>A proxy of 2.4 is referred to the right place. For all others this backend becomes a proxy itself, which takes the
 * password. The trail of the backends that have sent a session on travels with it: none is visited twice, and after
 * {@link #MAX_SENT_ON} of them the client gets a temporary failure. So two backends that disagree never send a session in
 * circles.
 */
final class SendOnChoice {

    static final int MAX_SENT_ON = 2;

    private SendOnChoice() {}

    sealed interface Choice {
        /** Tell the proxy to go there. */
        record Refer(Destination destination) implements Choice {}

        /** Be a proxy to there. */
        record ProxyOn(Destination destination) implements Choice {}

        /** A temporary failure. */
        record GiveUp(String reason) implements Choice {}
    }

    /**
     * Decides.
     *
     * @param where the user belongs
     * @param hasCredentials whether the password of a login is at hand
     * @param self the name of this backend
     */
    static Choice choose(Request request, Elsewhere.Place where, boolean hasCredentials, HostName self) {
        requireNonNull(self, "self is null");
        if (!(where instanceof Elsewhere.Place.At at)) {
            return new Choice.GiveUp(((Elsewhere.Place.Nowhere) where).reason());
        }
        String host = at.destination().host();
        List<String> trail = request.hop().sentOnBy();
        if (host.equalsIgnoreCase(self.value())) {
            return new Choice.GiveUp("by its address the user's backend is this one");
        }
        if (trail.size() >= MAX_SENT_ON || trail.stream().anyMatch(host::equalsIgnoreCase)) {
            return new Choice.GiveUp("belongs to " + host + ", but was sent on by " + trail + "; they disagree");
        }
        return how(request, at.destination(), hasCredentials);
    }

    private static Choice how(Request request, Destination destination, boolean hasCredentials) {
        if (request.protocol().isEmpty()) {
            return new Choice.GiveUp("belongs to " + destination.host() + "; what asks cannot be sent on");
        }
        // The doveadm of 2.4.1 follows a referral but loses the output.
        boolean follows = request.dialect() == Request.Dialect.V2_4
                && request.hop().followsReferrals()
                && request.protocol().get() != MailProtocol.DOVEADM;
        if (follows) {
            return new Choice.Refer(destination);
        }
        if (request.kind() == Request.Kind.AUTH && !hasCredentials) {
            return new Choice.GiveUp("belongs to " + destination.host()
                    + "; logins by other mechanisms than PLAIN and LOGIN cannot be sent on");
        }
        return new Choice.ProxyOn(destination);
    }
}

package org.pombal.node.proxy;

import static java.util.Objects.requireNonNull;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pombal.dovecot.auth.Redirect;
import org.pombal.node.routing.Answer;
import org.pombal.node.routing.Destination;

/**
 * Where a proxy goes on after a backend referred it elsewhere. A pure decision.
 *
 * <p>GeoDB's row, read afresh, decides if it names a backend that was not tried yet. If it names one that has just
 * refused, or GeoDB does not answer, the backend's own hint is followed, provided it is a backend of this site that was
 * not tried. Nothing is tried twice, and after {@link #MAX_ATTEMPTS} destinations the client gets a temporary failure: two
 * backends that disagree never send a session in circles.
 */
final class RedirectChoice {

    static final int MAX_ATTEMPTS = 5;

    private RedirectChoice() {}

    /** The outcome: a destination, or why there is none. */
    sealed interface Choice {
        record GoOn(Destination destination) implements Choice {}

        record GiveUp(String reason) implements Choice {}
    }

    /**
     * Decides.
     *
     * @param fresh what GeoDB says now
     * @param backends the destinations of this site, as far as their addresses are known
     */
    static Choice choose(Redirect redirect, Answer fresh, List<Destination> backends) {
        requireNonNull(fresh, "fresh is null");
        if (redirect.attempts().size() >= MAX_ATTEMPTS) {
            return new Choice.GiveUp("sent on " + redirect.attempts().size() + " times; the backends disagree");
        }
        if (fresh instanceof Answer.Go go && !tried(go.destination(), redirect)) {
            return new Choice.GoOn(go.destination());
        }
        String hint = HostAndPort.parse(redirect.next()).host();
        Optional<Destination> hinted = backends.stream()
                .filter(backend -> isNamed(hint, backend) && !tried(backend, redirect))
                .findFirst();
        return hinted.<Choice>map(Choice.GoOn::new)
                .orElseGet(() -> new Choice.GiveUp("sent on to " + redirect.next() + " after " + redirect.attempts()
                        + "; that is no backend of this site that is left to try"));
    }

    private static boolean tried(Destination destination, Redirect redirect) {
        return redirect.attempts().stream()
                .anyMatch(attempt -> isNamed(HostAndPort.parse(attempt).host(), destination));
    }

    private static boolean isNamed(String hostOrAddress, Destination destination) {
        return hostOrAddress.equalsIgnoreCase(destination.host()) || isAddress(hostOrAddress, destination.address());
    }

    private static boolean isAddress(String text, InetAddress address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes != null && Arrays.equals(bytes, address.getAddress());
    }
}

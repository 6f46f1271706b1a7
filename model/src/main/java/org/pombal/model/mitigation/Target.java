package org.pombal.model.mitigation;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.Backend;
import org.pombal.model.site.Site;
import org.pombal.model.statistics.ProxyDestination;

/**
 * What is judged, a backend or another site.
 *
 * @param name for people
 */
public record Target(ProxyDestination destination, String name, State state) {

    /** What automation may do with it. */
    public enum State {
        /** May be taken offline. */
        ONLINE,
        /** May be brought online. */
        OFFLINE,
        /** An operator took it out, and automation leaves it so. */
        LEFT_ALONE
    }

    public Target {
        requireNonNull(destination, "destination is null");
        requireNonNull(name, "name is null");
        requireNonNull(state, "state is null");
    }

    public static Target of(Backend backend) {
        State state =
                switch (backend.status()) {
                    case ONLINE -> State.ONLINE;
                    case OFFLINE -> State.OFFLINE;
                    case STANDBY -> State.LEFT_ALONE;
                };
        return new Target(
                new ProxyDestination.OfBackend(backend.id()), backend.host().value(), state);
    }

    public static Target of(Site site) {
        State state =
                switch (site.status()) {
                    case ONLINE -> State.ONLINE;
                    case OFFLINE -> State.OFFLINE;
                    case STANDBY, EVACUATE -> State.LEFT_ALONE;
                };
        return new Target(new ProxyDestination.OfSite(site.id()), site.name(), state);
    }
}

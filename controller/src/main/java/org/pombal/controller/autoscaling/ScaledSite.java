package org.pombal.controller.autoscaling;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pombal.model.scale.ScaleFacts;
import org.pombal.model.scale.ScaledBackend;
import org.pombal.model.scale.ScaledBackend.Measured;

/**
 * What a scaler is told of the site. Scalers that are commands or answer HTTP get it as JSON with these names.
 *
 * @param site its name
 * @param backends all that it has, whatever their status
 */
public record ScaledSite(String site, List<BackendFacts> backends) {

    /**
     * A backend.
     *
     * @param status online, offline or standby
     * @param loadFactor 0 to 100
     * @param groups how many it owns
     * @param cpu CPU time that was not idle, as a part of all, 0 to 1; empty if nothing was measured of late
     * @param sessions processes that have mailboxes open; empty if nothing was measured of late
     * @param load of its groups in sessions, as balancing counts them; empty if nothing was measured of late
     */
    public record BackendFacts(
            String host,
            String status,
            int loadFactor,
            int groups,
            Optional<Double> cpu,
            Optional<Double> sessions,
            Optional<Double> load) {}

    public ScaledSite {
        requireNonNull(site, "site is null");
        backends = List.copyOf(backends);
    }

    public static ScaledSite of(String site, ScaleFacts facts) {
        return new ScaledSite(
                site, facts.backends().stream().map(ScaledSite::backend).toList());
    }

    private static BackendFacts backend(ScaledBackend one) {
        return new BackendFacts(
                one.backend().host().value(),
                one.backend().status().toString(),
                one.backend().loadFactor().percent(),
                one.groups(),
                one.measured().flatMap(measured -> boxed(measured.cpu())),
                one.measured().flatMap(measured -> boxed(measured.sessions())),
                one.measured().map(Measured::load));
    }

    private static Optional<Double> boxed(OptionalDouble value) {
        return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }
}

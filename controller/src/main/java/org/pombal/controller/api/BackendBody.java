package org.pombal.controller.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.Optional;
import org.pombal.model.backend.Backend;
import org.pombal.model.lease.Lease;
import org.pombal.operations.BackendLoad;
import org.pombal.operations.BackendView;

/**
 * A backend.
 *
 * @param status online, offline or standby
 * @param loadFactor 0 to 100, its part of the site's load; 0 drains it
 * @param load what it serves; absent after changes, and in lists unless it was asked for
 * @param version for If-Match
 */
@Schema(name = "Backend")
record BackendBody(
        String id,
        String site,
        String host,

        @Schema(
                type = "string",
                allowableValues = {"online", "offline", "standby"})
        String status,

        int loadFactor,
        Optional<Load> load,
        long version) {

    /**
     * What a backend serves.
     *
     * @param share percent of its site's groups that it is to have by its load factor
     * @param groups how many it owns
     * @param movingOut how many of these are moving away
     * @param movingIn how many of others are moving to it
     * @param lease whether it may serve: held; broken: it was given up as lost; released: it was stopped; absent if it never started
     * @param leaseAgeMillis for how long that lease had not been written when this was read; a held one is written each second
     * @param incarnation of that lease; grows each time a lease was lost
     */
    @Schema(name = "BackendLoad")
    record Load(
            double share,
            int groups,
            int movingOut,
            int movingIn,

            @Schema(
                    type = "string",
                    allowableValues = {"held", "broken", "released"})
            Optional<String> lease,

            Optional<Long> leaseAgeMillis,
            Optional<Long> incarnation) {

        static Load of(BackendLoad load) {
            return new Load(
                    load.share(),
                    load.groups(),
                    load.movingOut(),
                    load.movingIn(),
                    load.lease().map(lease -> lease.state().toString()),
                    load.leaseAge().map(Duration::toMillis),
                    load.lease().map(Lease::incarnation));
        }
    }

    static BackendBody of(BackendView view) {
        return of(view, Optional.empty());
    }

    static BackendBody of(BackendLoad load) {
        return of(load.view(), Optional.of(Load.of(load)));
    }

    private static BackendBody of(BackendView view, Optional<Load> load) {
        Backend backend = view.backend();
        return new BackendBody(
                backend.id().toString(),
                view.site().name(),
                backend.host().value(),
                backend.status().toString(),
                backend.loadFactor().percent(),
                load,
                backend.version());
    }
}

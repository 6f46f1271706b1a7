package org.pombal.controller.settings;

import static org.pombal.settings.UnsupportedSetting.refused;

import org.pombal.settings.UnsupportedSetting;

/** Settings of Palomar's controller that Pombal's does not have, and why. */
final class Unsupported {

    private static final String COMPOSE =
            "it chooses a container, not what the controller in it does; it belongs into Compose's .env file";

    private Unsupported() {}

    static UnsupportedSetting[] all() {
        return new UnsupportedSetting[] {
            refused(
                    "BACKEND_REACHABILITY_NAME_RESOLUTION_FAILURE_DURATION_ALLOWED_SECS",
                    "the controller does not ask backends whether they can be reached: their leases say whether they"
                            + " serve; leave it out"),
            refused("CONTROLLER_IMAGE_URL", COMPOSE),
            refused("CONTROLLER_IMAGE_TAG", COMPOSE),
            refused("CONTROLLER_WORKER_LOW_PRIO_REPLICAS", COMPOSE),
            refused("CONTROLLER_WORKER_HIGH_PRIO_REPLICAS", COMPOSE),
            refused("CONTROLLER_REDIS_REPLICAS", COMPOSE),
            refused("REDIS_IMAGE_URL", COMPOSE),
            refused("REDIS_IMAGE_TAG", COMPOSE),
            refused("PROMETHEUS_IMAGE_URL", COMPOSE),
            refused("PROMETHEUS_IMAGE_TAG", COMPOSE)
        };
    }
}

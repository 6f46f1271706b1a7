package org.pombal.controller.settings;

import static org.pombal.settings.UnsupportedSetting.refused;
import static org.pombal.settings.UnsupportedSetting.unlessOff;

import org.pombal.settings.UnsupportedSetting;

/** Settings of Palomar's controller that Pombal's does not have, and why. */
final class Unsupported {

    private static final String NO_DICTMAP =
            "Dovecot CE has no fs-dictmap, so there is nothing to set up for it; set it to False or leave it out";
    private static final String COMPOSE =
            "it chooses a container, not what the controller in it does; it belongs into Compose's .env file";
    private static final String NO_LOAD_BALANCING = "load balancing is not there yet; leave it out";
    private static final String NO_GROUP_BALANCING = "balancing the sizes of groups is not there yet; leave it out";

    private Unsupported() {}

    static UnsupportedSetting[] all() {
        return new UnsupportedSetting[] {
            refused(
                    "BACKEND_REACHABILITY_NAME_RESOLUTION_FAILURE_DURATION_ALLOWED_SECS",
                    "the controller does not ask backends whether they can be reached: their leases say whether they"
                            + " serve; leave it out"),
            refused("HOST_LOAD_BALANCE_MIN_SAMPLES", NO_LOAD_BALANCING),
            refused("HOST_LOAD_BALANCE_SCORE_DELTA_THRESHOLD_RATIO", NO_LOAD_BALANCING),
            unlessOff("GROUP_BALANCE_ENABLED", NO_GROUP_BALANCING),
            refused("GROUP_BALANCE_GROUP_SIZE_RATIO_SLACK", NO_GROUP_BALANCING),
            refused("GROUP_BALANCE_MAX_USER_MOVE_BETWEEN_GROUPS", NO_GROUP_BALANCING),
            refused("GROUP_BALANCE_MAX_USER_MOVES_PER_PASS", NO_GROUP_BALANCING),
            unlessOff("DICTMAP_ENABLED", NO_DICTMAP),
            unlessOff("INIT_DICTMAP_SCHEMA", NO_DICTMAP),
            refused("CASSANDRA_DICTMAP_KEYSPACE", "Dovecot CE has no fs-dictmap, which would use it; leave it out"),
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

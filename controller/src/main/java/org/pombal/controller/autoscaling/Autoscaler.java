package org.pombal.controller.autoscaling;

/** Says how many backends a site should have. */
@FunctionalInterface
public interface Autoscaler {

    /** Wants what there is. */
    Autoscaler DEFAULT = (site, backends) -> backends;

    /**
     * How many there should be.
     *
     * @param site its name
     * @param backends how many it has, whatever their status
     * @return 0 or more
     */
    int desiredNumberOfBackends(String site, int backends);
}

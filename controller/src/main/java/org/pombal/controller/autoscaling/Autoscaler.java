package org.pombal.controller.autoscaling;

/**
 * Says how many backends a site should have. Implement it, with a public constructor without parameters, to decide by what only you know;
 * {@code AUTOSCALER = class} has it called. In the original this is {@code get_desired_number_of_backends(site)}.
 *
 * <p>It is called again and again from one thread, and may take as long as {@code AUTOSCALER_TIMEOUT}; then the thread is interrupted. If it takes longer,
 * throws, or returns what no site can have, nothing changes, and operators are told.
 */
@FunctionalInterface
public interface Autoscaler {

    /** Wants what there is. */
    Autoscaler DEFAULT = site -> site.backends().size();

    /**
     * How many there should be.
     *
     * @param site with what is known of it
     * @return 0 to 1,000; what it becomes depends on {@code AUTOSCALER_MIN}, {@code AUTOSCALER_MAX} and {@code AUTOSCALER_SCHEDULE}
     * @throws Exception why there is no answer, for operators to read
     */
    int desiredNumberOfBackends(ScaledSite site) throws Exception;
}

/**
 * A whole site in one thread under one seed: the real ownership protocol of {@code org.pombal.model}, GeoDB in memory, and simulated
 * machines, Dovecots, network, clocks and faults.
 */
@NullMarked
package org.pombal.simulation;

import org.jspecify.annotations.NullMarked;

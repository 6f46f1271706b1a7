/**
 * GeoDB in memory, for simulation: one shared store, a {@link org.pombal.geodb.GeoDb} for each writer, and the faults of a
 * real one on demand. Deterministic: time, chance, delay and faults are handed in.
 */
@NullMarked
package org.pombal.geodb.memory;

import org.jspecify.annotations.NullMarked;

/** The quality of automatic decisions: scale, a simulated day, and faults that must cause no action. */
@NullMarked
package org.pombal.simulation.decisions;

import org.jspecify.annotations.NullMarked;

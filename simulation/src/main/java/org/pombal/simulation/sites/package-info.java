/**
 * Several sites in one thread under one seed: the real rules of their failovers ({@code org.pombal.model.sitefailover}), GeoDB in memory as a
 * cluster with a data centre at each site has it, and simulated links, losses of sites, operators and users.
 */
@NullMarked
package org.pombal.simulation.sites;

import org.jspecify.annotations.NullMarked;

/** How a controller starts, and what it takes while it has nothing to do. */
@NullMarked
package org.pombal.bench.controller;

import org.jspecify.annotations.NullMarked;

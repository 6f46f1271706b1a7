/** Tests of what {@code packaging} has for Compose, Kubernetes, Prometheus and Grafana. */
@NullMarked
package org.pombal.deployment;

import org.jspecify.annotations.NullMarked;

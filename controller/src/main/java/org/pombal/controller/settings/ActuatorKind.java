package org.pombal.controller.settings;

import java.util.Locale;

/** Who has backends started and stopped. */
public enum ActuatorKind {
    /** Whoever reads the metric. */
    NONE,
    /** A program of the operator's. */
    COMMAND,
    /** Kubernetes, by a StatefulSet. */
    KUBERNETES;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

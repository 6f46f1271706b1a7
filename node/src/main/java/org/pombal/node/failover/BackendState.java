package org.pombal.node.failover;

/** How a backend is, as far as its lease tells. */
public enum BackendState {
    /** It is not watched, or has not been for long enough. */
    UNKNOWN,
    /** Its lease is being renewed. */
    UP,
    /** Its lease stands still, but nothing is proven yet. */
    SILENT,
    /** Nobody holds its lease, and nobody serves under it. */
    GONE
}

package org.pombal.node.ownership;

/** What the lease needs of the guardian, which runs Dovecot under trust and kills it without. */
public interface Guard {

    /** Whether the guardian answers. Without it no lease is acquired. */
    boolean isPresent();

    /**
     * Whether the guardian has ended together with Dovecot, so that nobody is going to serve under the lease; false while it is only
     * not to be seen.
     */
    boolean hasEnded();

    /** Whether it is proven that none of Dovecot's processes is left on this machine, and that none starts without trust. */
    boolean isDovecotGone();

    /** Dovecot may serve until then, in nanoseconds of the boot clock. */
    void trustUntil(long bootNanos);

    /** Dovecot may not serve any more, from now on: all of it is killed. */
    void withdraw();
}

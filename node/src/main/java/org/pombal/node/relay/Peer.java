package org.pombal.node.relay;

/**
 * The process at the other end of a connection, as the kernel names it ({@code SO_PEERCRED}): who it was when it connected.
 *
 * @param pid its process id
 * @param uid its effective user id
 * @param gid its effective group id
 */
public record Peer(int pid, long uid, long gid) {

    /** The user or group id that no process has. */
    public static final long NOBODY = 0xffff_ffffL;
}

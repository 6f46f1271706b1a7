package org.pombal.commands;

/** Exit codes as doveadm has them ({@code sysexits.h}, and 68 for what is not found). */
public final class ExitCodes {

    public static final int OK = 0;
    /** The call is wrong: an unknown command or parameter, a value that is not allowed (EX_USAGE). */
    public static final int USAGE = 64;
    /** What is asked for is not possible as things are: a name is taken, something is still in use (EX_DATAERR). */
    public static final int DATA = 65;
    /** There is no such user (EX_NOUSER). */
    public static final int NO_USER = 67;
    /** There is no such site, tag, backend or group (doveadm's own use of EX_NOHOST). */
    public static final int NOT_FOUND = 68;
    /** A fault in Pombal itself (EX_SOFTWARE). */
    public static final int SOFTWARE = 70;
    /** It may work when tried again: GeoDB or the node does not answer, or someone else was faster (EX_TEMPFAIL). */
    public static final int TEMPORARY = 75;
    /** The node answered something that is no answer of doveadm's HTTP API (EX_PROTOCOL). */
    public static final int PROTOCOL = 76;
    /** Not allowed: a wrong key, or a socket of somebody else (EX_NOPERM). */
    public static final int NO_PERMISSION = 77;
    /** The node's settings do not allow it, such as {@code --self} without {@code cluster_backend_name} (EX_CONFIG). */
    public static final int CONFIG = 78;

    private ExitCodes() {}
}

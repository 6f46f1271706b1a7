package org.pombal.app;

/** Exit codes as {@code sysexits.h} numbers them; doveadm uses the same. */
public final class ExitCode {

    public static final int OK = 0;
    /** What was to be checked is not as it should be. */
    public static final int FAILED = 1;
    /** The command line is wrong (EX_USAGE). */
    public static final int USAGE = 64;
    /** Something needed does not answer or is not there (EX_UNAVAILABLE). */
    public static final int UNAVAILABLE = 69;
    /** A fault in Pombal itself (EX_SOFTWARE). */
    public static final int SOFTWARE = 70;
    /** It may work when tried again (EX_TEMPFAIL). */
    public static final int TEMPORARY = 75;
    /** The settings are wrong (EX_CONFIG). */
    public static final int CONFIG = 78;

    private ExitCode() {}
}

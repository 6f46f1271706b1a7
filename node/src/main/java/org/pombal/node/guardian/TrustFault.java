package org.pombal.node.guardian;

import java.util.Optional;

/** Why the guardian sees no trust. The declaration order is that of the numbers in the file, from 0. */
public enum TrustFault {
    /** It sees it. */
    NONE,
    /** It has ended or was withdrawn. */
    EXPIRED,
    /** The file is shorter than it has to be, or cannot be read. */
    SHORT,
    /** Nothing was written yet, or something else. */
    NOT_WRITTEN,
    /** The node speaks another version. */
    VERSION,
    /** Written before the machine was started. */
    BOOT_ID,
    /** Ends further away than the guardian's {@code --max-trust} allows. */
    TOO_FAR;

    private static final TrustFault[] ALL = values();

    static Optional<TrustFault> numbered(long number) {
        return number >= 0 && number < ALL.length ? Optional.of(ALL[(int) number]) : Optional.empty();
    }
}

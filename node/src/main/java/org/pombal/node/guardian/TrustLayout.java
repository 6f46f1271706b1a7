package org.pombal.node.guardian;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where things stand in the trust file (guardian/src/protocol.h). Numbers are little-endian; two that share eight bytes are read and
 * written together.
 */
final class TrustLayout {

    static final int SIZE = 24_576;

    static final int TRUST = 0;
    static final int REPORT = 4_096;
    static final int OTHERS = 8_192;

    static final int MAX_OTHERS = 1_024;
    static final int OTHER_SIZE = 16;
    static final int OTHER_START = 8;

    /** At the head of the node's and of the guardian's part. */
    static final int MAGIC = 0;
    /** In the guardian's part, the state is in its upper half. */
    static final int VERSION = 8;

    static final int BOOT_ID = 16;
    static final int BOOT_ID_REST = 24;
    static final int SEQUENCE = 32;

    static final int TRUSTED_UNTIL = TRUST + 40;

    static final int SINCE = REPORT + 40;
    static final int ACTS_UNTIL = REPORT + 48;
    static final int KILL_BEGAN = REPORT + 56;
    static final int ALL_GONE_AT = REPORT + 64;
    static final int BEAT = REPORT + 72;
    static final int STARTS = REPORT + 80;
    static final int KILLS = REPORT + 88;
    static final int KILLED_AND_STUCK = REPORT + 96;
    static final int STUCK_PID_AND_REFUSED = REPORT + 104;
    static final int FAULT_AND_GUARDIAN = REPORT + 112;
    static final int DOVECOT = REPORT + 120;
    static final int GUARDIAN_START = REPORT + 128;

    static final long TRUST_MAGIC = magic("POMBAL-T");
    static final long REPORT_MAGIC = magic("POMBAL-G");

    private TrustLayout() {}

    private static long magic(String text) {
        return ByteBuffer.wrap(text.getBytes(US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    /** The id's bytes stand in the order of its text: the first eight as such a number. */
    static long first(BootId id) {
        return Long.reverseBytes(id.value().getMostSignificantBits());
    }

    /** The last eight. */
    static long rest(BootId id) {
        return Long.reverseBytes(id.value().getLeastSignificantBits());
    }

    static long low(long both) {
        return both & 0xFFFF_FFFFL;
    }

    static long high(long both) {
        return both >>> Integer.SIZE;
    }
}

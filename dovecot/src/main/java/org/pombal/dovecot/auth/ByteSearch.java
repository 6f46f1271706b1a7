package org.pombal.dovecot.auth;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds a byte, eight at a time: each login's lines are searched for their ends and their fields, which is a large part of
 * what relaying costs.
 *
 * <p>Source of the test for a zero byte in a word: Anderson, Bit Twiddling Hacks, "Determine if a word has a zero byte".
 */
public final class ByteSearch {

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /**
     * The first position of {@code wanted} in {@code [from, to)}, or {@code to} if it is not there.
     *
     * @param wanted at least 0
     */
    public static int indexOf(byte wanted, byte[] data, int from, int to) {
        long pattern = wanted * ONES;
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long difference = (long) WORD.get(data, i) ^ pattern;
            // The lowest bit is exact; above it a borrow may set others.
            long zeros = (difference - ONES) & ~difference & HIGH_BITS;
            if (zeros != 0) {
                return i + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
            }
        }
        while (i < to && data[i] != wanted) {
            i++;
        }
        return i;
    }
}

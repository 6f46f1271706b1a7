package org.pombal.model.placement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash that placement rests on. It must never change: two releases that run side by side have to agree.
 *
 * <p>A text hashes to the first eight bytes of its MD5, big-endian (RFC 1321; Dovecot's director hashed user names with
 * MD5 too; nothing secret depends on it). Two hashes combine by the finaliser of SplitMix64 (Steele, Lea, Flood: Fast
 * Splittable Pseudorandom Number Generators, OOPSLA 2014).
 */
public final class StableHash {

    private static final double TWO_POW_MINUS_53 = 0x1.0p-53;

    private StableHash() {}

    public static long of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    public static long combine(long first, long second) {
        return mix(first ^ mix(second));
    }

    /** Maps a hash to the open interval (0, 1): never 0, so that its logarithm exists. */
    public static double toUnitInterval(long hash) {
        return ((hash >>> 11) + 0.5) * TWO_POW_MINUS_53;
    }

    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}

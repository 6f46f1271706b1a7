package org.pombal.node.localdb;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;

/**
 * @param folder where the file lies; made if it is missing, and used by one process at a time
 * @param maxUsers the most users kept, at least 1; the least recently written go first
 * @param maxPendingWrites how many changes may wait to be written, at least 4; a quarter is kept free for those that must
 *     not be lost
 * @param retryInterval how long to wait before a file that cannot be used or written is tried again
 * @param checkLimit how long the check of the whole file after opening may take
 */
public record LocalDbSettings(
        Path folder, int maxUsers, int maxPendingWrites, Duration retryInterval, Duration checkLimit) {

    public LocalDbSettings {
        requireNonNull(folder, "folder is null");
        requireNonNull(retryInterval, "retryInterval is null");
        requireNonNull(checkLimit, "checkLimit is null");
        if (maxUsers < 1) {
            throw new IllegalArgumentException("maxUsers " + maxUsers + " is below 1");
        }
        if (maxPendingWrites < 4) {
            throw new IllegalArgumentException("maxPendingWrites " + maxPendingWrites + " is below 4");
        }
        if (retryInterval.isNegative() || retryInterval.isZero()) {
            throw new IllegalArgumentException("retryInterval " + retryInterval + " is not positive");
        }
        if (checkLimit.isNegative() || checkLimit.isZero()) {
            throw new IllegalArgumentException("checkLimit " + checkLimit + " is not positive");
        }
    }

    /** The defaults: 10 million users, 16,384 pending writes, tried again after 10 s, checked for 60 s at most. */
    public static LocalDbSettings in(Path folder) {
        return new LocalDbSettings(folder, 10_000_000, 16_384, Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    public LocalDbSettings withMaxUsers(int newMaxUsers) {
        return new LocalDbSettings(folder, newMaxUsers, maxPendingWrites, retryInterval, checkLimit);
    }

    public LocalDbSettings withMaxPendingWrites(int newMaxPendingWrites) {
        return new LocalDbSettings(folder, maxUsers, newMaxPendingWrites, retryInterval, checkLimit);
    }

    public LocalDbSettings withRetryInterval(Duration newRetryInterval) {
        return new LocalDbSettings(folder, maxUsers, maxPendingWrites, newRetryInterval, checkLimit);
    }

    public LocalDbSettings withCheckLimit(Duration newCheckLimit) {
        return new LocalDbSettings(folder, maxUsers, maxPendingWrites, retryInterval, newCheckLimit);
    }
}

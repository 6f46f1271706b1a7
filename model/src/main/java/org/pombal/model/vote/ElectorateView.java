package org.pombal.model.vote;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a backend knows of its site's electorate, for the time when it cannot read it any more (decision 0010, "When GeoDB is away"). Who
 * acts on another's lease, or changes the electorate, reads it anew each time instead. Times are nanoseconds of the boot clock.
 */
public final class ElectorateView {

    private @Nullable Electorate last;
    private long lastBegun = Long.MIN_VALUE;

    /**
     * It was read, at the serial level.
     *
     * @param begunAt when the reading began
     */
    public void read(long begunAt, Electorate electorate) {
        Electorate before = last;
        if (before == null || electorate.version() > before.version()) {
            last = electorate;
            lastBegun = begunAt;
        } else if (electorate.version() == before.version()) {
            lastBegun = Math.max(lastBegun, begunAt);
        }
    }

    public Optional<Electorate> last() {
        return Optional.ofNullable(last);
    }

    /**
     * For the extension of a backend's trust.
     *
     * @param renewalBegun when the last renewal that was applied began
     */
    public Optional<Electorate> sinceRenewal(long renewalBegun) {
        return lastBegun >= renewalBegun ? last() : Optional.empty();
    }
}

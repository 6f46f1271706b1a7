package org.pombal.node.vote;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.lease.OwnershipTimings;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.ElectorateView;
import org.pombal.node.ownership.OwnershipLoop;

/**
 * Reads the site's electorate at the serial level, and by that finds out whether GeoDB does what leases need of it. Confined to the loop.
 */
public final class ElectorateReader {

    private final OwnershipLoop loop;
    private final Electorates electorates;
    private final Supplier<Optional<SiteId>> site;
    private final long fresh;
    private final ElectorateView view = new ElectorateView();
    private long lastBegun = Long.MIN_VALUE;
    private long lastAnswer = Long.MIN_VALUE;
    private long steadySince;
    private int underWay;

    /** @param site of this node; empty while it is not known */
    public ElectorateReader(
            OwnershipLoop loop, Electorates electorates, Supplier<Optional<SiteId>> site, OwnershipTimings timings) {
        this.loop = requireNonNull(loop, "loop is null");
        this.electorates = requireNonNull(electorates, "electorates is null");
        this.site = requireNonNull(site, "site is null");
        // Two and a half renewals, so that one lost answer does not count.
        this.fresh = timings.renewEvery().toNanos() / 2 * 5;
    }

    /** @param answered is told once, later, what was read: the row, or none; or why it could not be read */
    void read(BiConsumer<? super @Nullable Optional<Electorate>, ? super @Nullable Throwable> answered) {
        Optional<SiteId> here = site.get();
        if (here.isEmpty()) {
            loop.later(() ->
                    answered.accept(null, new GeoDbUnavailableException("the site of this node is not known yet")));
            return;
        }
        long begunAt = loop.now();
        if (!isAsking(begunAt)) {
            steadySince = begunAt;
        }
        lastBegun = begunAt;
        underWay++;
        loop.ask(electorates.find(here.get(), ReadLevel.SERIAL), (row, failure) -> {
            underWay--;
            if (row != null) {
                lastAnswer = loop.now();
                row.ifPresent(known -> view.read(begunAt, known));
            }
            answered.accept(row, failure);
        });
    }

    /** When a reading was begun last, in nanoseconds of the boot clock. */
    long lastBegun() {
        return lastBegun;
    }

    int underWay() {
        return underWay;
    }

    Optional<SiteId> site() {
        return site.get();
    }

    /** What was read last. */
    ElectorateView view() {
        return view;
    }

    /** Whether GeoDB is up; empty if this node has not asked for long enough to know. */
    Optional<Boolean> isGeoDbUp() {
        long now = loop.now();
        if (lastAnswer != Long.MIN_VALUE && now - lastAnswer <= fresh) {
            return Optional.of(true);
        }
        return isAsking(now) && now - steadySince >= fresh ? Optional.of(false) : Optional.empty();
    }

    private boolean isAsking(long now) {
        return underWay > 0 || (lastBegun != Long.MIN_VALUE && now - lastBegun <= fresh);
    }
}

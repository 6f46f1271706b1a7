package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.ReadLevel;
import org.pombal.geodb.SiteFailovers;
import org.pombal.model.site.SiteId;
import org.pombal.model.sitefailover.FailoverPhase;
import org.pombal.model.sitefailover.SiteFailover;
import org.pombal.model.sitefailover.SiteTrust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Dovecot serve only as long as both the backend's lease and the failover of its site allow it (decision 0021). Where the site's users may
 * have been taken over unnoticed, all that is served ends before anybody is served again. Confined to the loop.
 */
final class SiteGuard implements Guard {

    private static final Logger log = LoggerFactory.getLogger(SiteGuard.class);

    private final OwnershipLoop loop;
    private final SiteFailovers failovers;
    private final Supplier<Optional<SiteId>> site;
    private final SiteSetup setup;
    private final KeptTerm kept;
    private final Guard dovecot;
    private final Listener listener;
    private final Timer timer;
    private @Nullable SiteTrust trust;
    private boolean ending;
    private boolean withdrawn;

    /** Those who have to know. */
    interface Listener {

        /** What is remembered of users is void. */
        void forget();

        /** Whether users may be served may have changed. */
        void changed();
    }

    /** @param dovecot what the lease alone would let run */
    SiteGuard(
            OwnershipLoop loop,
            SiteFailovers failovers,
            Supplier<Optional<SiteId>> site,
            SiteSetup setup,
            KeptTerm kept,
            Guard dovecot,
            Listener listener) {
        this.loop = requireNonNull(loop, "loop is null");
        this.failovers = requireNonNull(failovers, "failovers is null");
        this.site = requireNonNull(site, "site is null");
        this.setup = requireNonNull(setup, "setup is null");
        this.kept = requireNonNull(kept, "kept is null");
        this.dovecot = requireNonNull(dovecot, "dovecot is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.timer = loop.timer(this::read);
    }

    void start() {
        read();
    }

    private void read() {
        Optional<SiteId> own = site.get();
        timer.arm(loop.now()
                + (own.isEmpty()
                        ? setup.timings().readEvery().toNanos() / 10
                        : setup.timings().readEvery().toNanos()));
        if (own.isPresent()) {
            long begun = loop.now();
            loop.ask(failovers.find(own.get(), ReadLevel.SERIAL), (row, failure) -> {
                if (row != null) {
                    heard(own.get(), begun, row);
                } else if (!isKnown()) {
                    // Nothing is known yet, so nobody is served: it is tried again soon.
                    timer.arm(loop.now() + setup.timings().readEvery().toNanos() / 10);
                }
            });
        }
    }

    private boolean isKnown() {
        return trust != null;
    }

    /** Made when it is known which site this is, and so what was kept of it. */
    private SiteTrust trust(SiteId own) {
        SiteTrust known = trust;
        if (known == null) {
            known = new SiteTrust(setup.isolation(), setup.timings(), setup.rules(), kept.find(own));
            trust = known;
        }
        return known;
    }

    private void heard(SiteId own, long begun, SiteFailover row) {
        boolean before = mayServe(loop.now());
        boolean isVoid = trust(own).read(begun, row);
        try {
            kept.keep(own, row.term());
        } catch (IOException e) {
            log.error("cannot keep under which term the site is served: {}", e.toString());
        }
        if (isVoid) {
            log.atWarn()
                    .addKeyValue("event", "cluster_site_was_failed_over")
                    .log("users of this site were taken over by others: all sessions end before anybody is served");
            ending = true;
            withdrawn = true;
            dovecot.withdraw();
            listener.forget();
        }
        if (isVoid || before != mayServe(loop.now())) {
            listener.changed();
        }
    }

    /** Whether the site's failover lets users be served. */
    boolean mayServe(long now) {
        SiteTrust known = trust;
        return !ending && known != null && known.isTrusted(now);
    }

    /** Under which term users' rows count; empty while that is not known. */
    OptionalLong term() {
        SiteTrust known = trust;
        return known == null ? OptionalLong.empty() : known.term();
    }

    /** Why nobody is served; empty if users are. */
    Optional<String> obstacle() {
        if (mayServe(loop.now())) {
            return Optional.empty();
        }
        SiteTrust known = trust;
        return Optional.of(
                known == null
                        ? "whether the site's users are taken over by others is not known yet"
                        : "the site's failover is "
                                + known.row().map(SiteFailover::phase).orElse(FailoverPhase.NONE)
                                + ", or could not be read for too long");
    }

    @Override
    public boolean isPresent() {
        return dovecot.isPresent();
    }

    @Override
    public boolean hasEnded() {
        return dovecot.hasEnded();
    }

    @Override
    public boolean isDovecotGone() {
        return dovecot.isDovecotGone();
    }

    @Override
    public void trustUntil(long bootNanos) {
        if (ending && dovecot.isDovecotGone()) {
            ending = false;
            listener.changed();
        }
        SiteTrust known = trust;
        if (known == null) {
            // Whatever an earlier process of this node gave stands until it ends.
            return;
        }
        long until = Math.min(bootNanos, known.trustedUntil());
        if (!ending && until > loop.now()) {
            withdrawn = false;
            dovecot.trustUntil(until);
        } else if (!withdrawn) {
            withdrawn = true;
            dovecot.withdraw();
        }
    }

    @Override
    public void withdraw() {
        dovecot.withdraw();
    }
}

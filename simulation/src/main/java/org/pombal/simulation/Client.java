package org.pombal.simulation;

import org.jspecify.annotations.Nullable;
import org.pombal.model.backend.BackendId;
import org.pombal.model.user.UserKey;

/** One user's mail programs, and those who write to the user: they want in again and again, by any proxy, or past all of them. */
final class Client {

    private static final int MOST_HOPS = 3;

    private final Site site;
    private final UserKey user;
    private boolean servedSinceHealing;
    private @Nullable BackendId lastServedBy;

    Client(Site site, UserKey user) {
        this.site = site;
        this.user = user;
    }

    UserKey user() {
        return user;
    }

    boolean isServedSinceHealing() {
        return servedSinceHealing;
    }

    void begin() {
        again();
    }

    private void again() {
        boolean impatient = site.isHealed() && !servedSinceHealing;
        site.events().after(site.chance().milliseconds(50, impatient ? 600 : 1_800), () -> {
            tryOnce();
            again();
        });
    }

    private void tryOnce() {
        ProxyNode proxy = site.anyProxy();
        boolean stray = site.chance().in(35);
        BackendId target = stray || proxy == null ? stray(lastServedBy) : proxy.target(site.groupOf(user));
        go(target, site.chance().in(25), 0);
    }

    /** Past all proxies: where it was served last, or anywhere. */
    private BackendId stray(@Nullable BackendId last) {
        return last == null || site.chance().in(50)
                ? site.chance().one(site.backendHosts()).backend()
                : last;
    }

    private void go(BackendId target, boolean delivery, int hops) {
        Host host = site.chance().one(site.machines(target));
        site.network().send("client", host.name(), () -> {
            if (host.node() instanceof BackendNode node) {
                node.run(() -> node.door().arrive(login(node, delivery, hops)));
            }
        });
    }

    private Login login(BackendNode node, boolean delivery, int hops) {
        long hold = delivery
                ? site.timings().deliveryHold().toNanos()
                : site.timings().loginHold().toNanos();
        return new Login(
                user,
                delivery,
                node.now() + hold,
                null,
                elsewhere -> {
                    if (hops < MOST_HOPS) {
                        go(elsewhere, delivery, hops + 1);
                    }
                },
                () -> {
                    servedSinceHealing |= site.isHealed();
                    lastServedBy = node.host().backend();
                });
    }
}

package org.pombal.simulation;

import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** A process of Dovecot that works for one user: of a login that was let in, then of a session. */
final class MailProcess implements History.Session {

    private final Host host;
    private final int number;
    private final UserKey user;
    private final boolean delivery;
    private @Nullable GroupId group;
    private boolean session;
    private boolean alive = true;
    private long begunAt;
    private long dyingAt = Long.MAX_VALUE;

    /** @param delivery whether {@code doveadm who} does not show it */
    MailProcess(Host host, int number, UserKey user, boolean delivery) {
        this.host = host;
        this.number = number;
        this.user = user;
        this.delivery = delivery;
    }

    Host host() {
        return host;
    }

    @Override
    public Host place() {
        return host;
    }

    @Override
    public int number() {
        return number;
    }

    UserKey user() {
        return user;
    }

    boolean isDelivery() {
        return delivery;
    }

    boolean isSession() {
        return session;
    }

    boolean isAlive() {
        return alive;
    }

    @Override
    public long begunAt() {
        return begunAt;
    }

    /** The group under which it was let in. */
    boolean isOf(GroupId other) {
        return other.equals(group);
    }

    void letIn(GroupId in) {
        group = in;
    }

    /** Its node counts it as a session from now on. */
    void begin() {
        session = true;
        begunAt = host.site().events().now();
        host.site().trace(() -> host.name() + ": session of " + user + " begins, process " + number);
        host.site().history().begin(user, this);
    }

    /** It ends then, if nothing ends it before. */
    void dieAfter(long delay) {
        long at = host.site().events().now() + delay;
        if (alive && at < dyingAt) {
            dyingAt = at;
            host.site().events().at(at, this::die);
        }
    }

    private void die() {
        if (!alive || host.site().events().now() < dyingAt) {
            return;
        }
        if (host.isFrozen()) {
            host.whenThawed(this::die);
            return;
        }
        vanish();
    }

    /** It is gone, whatever its machine does. */
    void vanish() {
        if (!alive) {
            return;
        }
        alive = false;
        if (session) {
            host.site().trace(() -> host.name() + ": process " + number + " of " + user + " is gone");
            host.site().history().end(user, this);
        }
        host.gone(this);
    }
}

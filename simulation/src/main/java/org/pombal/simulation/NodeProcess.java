package org.pombal.simulation;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.geodb.GeoDb;

/**
 * A process of ours on one machine. It does one thing after the other; it may be paused before any of them, and killed. What it had
 * sent by then is still under way; what is answered to it later nobody hears.
 */
class NodeProcess {

    private final Site site;
    private final Host host;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final String writer;
    private GeoDb geoDb;
    private boolean dead;
    private boolean paused;
    private boolean running;

    NodeProcess(Site site, Host host) {
        this.site = site;
        this.host = host;
        this.writer = host.name() + '/' + site.nextNumber();
        this.geoDb = site.openGeoDb(writer, host.skew());
    }

    final Site site() {
        return site;
    }

    final Host host() {
        return host;
    }

    final long now() {
        return host.clock().now();
    }

    final boolean isDead() {
        return dead;
    }

    GeoDb geoDb() {
        return geoDb;
    }

    /** The machine's wall clock has jumped. */
    void clockJumped() {
        geoDb = site.openGeoDb(writer, host.skew());
    }

    void kill() {
        dead = true;
        site.faults().died(writer);
        tasks.clear();
    }

    final void pause(long duration) {
        if (!paused && !dead) {
            paused = true;
            site.trace(() -> host.name() + ": node is stopped for " + duration / Chance.MILLISECOND + " ms");
            site.events().after(duration, () -> {
                paused = false;
                drain();
            });
        }
    }

    /** Runs it now, or when this process runs again. */
    final void run(Runnable task) {
        if (!dead) {
            tasks.add(task);
            drain();
        }
    }

    final void drain() {
        if (running) {
            return;
        }
        running = true;
        try {
            while (!dead && !paused && !host.isFrozen()) {
                Runnable next = tasks.poll();
                if (next == null) {
                    break;
                }
                next.run();
            }
        } finally {
            running = false;
        }
    }

    final String writer() {
        return writer;
    }

    final void delayNextWrite() {
        site.faults().delayNext(writer);
    }

    /** Does one after the other; it may be stopped for a while, or killed, before and after each. */
    final <A> void perform(List<A> actions, Consumer<A> perform) {
        for (int i = 0; i < actions.size() && !dead; i++) {
            A action = actions.get(i);
            site.coincidences().asks(this, action);
            if (site.crashesNow(this, action)) {
                if (site.chance().in(60)) {
                    // What it asked for last may take its time.
                    delayNextWrite();
                    perform.accept(action);
                }
                site.crash(this);
                return;
            }
            perform.accept(action);
            long stop = site.stopAfter(this, action);
            if (stop > 0) {
                List<A> rest = List.copyOf(actions.subList(i + 1, actions.size()));
                tasks.addFirst(() -> perform(rest, perform));
                pause(stop);
                return;
            }
        }
    }

    /** Sends a request to GeoDB, and hears the answer if this process is still there. */
    final <T> void ask(CompletionStage<T> request, BiConsumer<@Nullable T, @Nullable Throwable> answered) {
        request.whenComplete((value, failure) -> run(() -> answered.accept(value, failure)));
    }
}

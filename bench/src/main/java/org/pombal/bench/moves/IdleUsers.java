package org.pombal.bench.moves;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.pombal.bench.kit.Stopping;
import org.pombal.dovecot.config.ServerAddress;

/** Many {@link IdleUser}s, each in a thread. */
final class IdleUsers implements AutoCloseable {

    private static final int STACK_BYTES = 256 * 1024;
    private static final Duration STOP = Duration.ofSeconds(30);

    /** How many log in at once when they begin: more would only wait in Dovecot's queues. */
    private static final int BEGIN_TOGETHER = 50;

    private static final Duration LOGIN = Duration.ofMinutes(2);

    private final List<IdleUser> users = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Outage> outages = new ConcurrentLinkedQueue<>();

    private IdleUsers() {}

    /** Logs all in; returns when each idles. */
    static IdleUsers begin(List<String> names, String password, ServerAddress server) {
        requireNonNull(server, "server is null");
        IdleUsers all = new IdleUsers();
        try {
            for (String name : names) {
                all.add(new IdleUser(name, password, server, all.outages::add));
                if (all.users.size() % BEGIN_TOGETHER == 0) {
                    all.awaitAllIdle(LOGIN);
                }
            }
            all.awaitAllIdle(LOGIN);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private void add(IdleUser user) {
        Thread thread = new Thread(null, user, "idle-" + user.name(), STACK_BYTES);
        thread.setDaemon(true);
        users.add(user);
        threads.add(thread);
        thread.start();
    }

    int size() {
        return users.size();
    }

    /** @throws IllegalStateException if some do not within {@code patience} */
    void awaitAllIdle(Duration patience) {
        Stopping.await(
                "all sessions' being idle", patience, () -> users.stream().allMatch(IdleUser::isIdle));
    }

    /** Those that have ended since this was asked last. */
    List<Outage> takeOutages() {
        List<Outage> taken = new ArrayList<>();
        for (Outage next = outages.poll(); next != null; next = outages.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** How many outages wait to be taken. */
    int outages() {
        return outages.size();
    }

    @Override
    public void close() {
        users.forEach(IdleUser::stop);
        Stopping.await("the end of all sessions", STOP, () -> threads.stream().noneMatch(Thread::isAlive));
    }
}

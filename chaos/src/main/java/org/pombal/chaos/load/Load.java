package org.pombal.chaos.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.pombal.chaos.site.ChaosSite;
import org.pombal.chaos.site.SiteShape;

/** All clients, and the operator, each in threads of their own until they are stopped. */
public final class Load {

    private static final int STACK_BYTES = 256 * 1024;
    private static final long STOP_MILLIS = 30_000;
    /** One visit may wait long, and must not hold the others up. */
    private static final int VISITORS = 8;

    /** Short, as it must be seen soon whether all are served; long, as it is not the load that matters. */
    private static final long SHORTEST_IDLE_MILLIS = 2000;

    private static final long IDLE_MILLIS_PER_USER = 10;

    private final ChaosSite site;
    private final Observations observations = new Observations();
    private final Random seeds;
    private final Mover mover;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean planned;

    public Load(ChaosSite site, long seed) {
        this.site = requireNonNull(site, "site is null");
        this.seeds = new Random(seed);
        this.mover = new Mover(site, new Random(seeds.nextLong()));
    }

    public void start(Rates rates) {
        List<String> proxies =
                site.proxies().stream().map(proxy -> proxy.host().address()).toList();
        Duration idle = Duration.ofMillis(Math.max(
                SHORTEST_IDLE_MILLIS, IDLE_MILLIS_PER_USER * site.shape().users()));
        for (String user : users()) {
            start("chaos-" + user, new Resident(user, proxies, idle, new Random(seeds.nextLong()), observations));
        }
        visit("imap", rates.imap(), Visits::imap);
        visit("pop3", rates.pop3(), Visits::pop3);
        visit("lmtp", rates.lmtp(), Visits::lmtp);
        visit("stray", rates.stray(), Visits::stray);
        visit("doveadm", rates.doveadm(), Visits::doveadm);
        repeat("moves", () -> planned ? rates.plannedMoves() : rates.moves(), mover::moveSome);
    }

    /** Starts those who come to the Dovecot that is none of the cluster's. */
    public void startStrangers(double rate) {
        visit("stranger", rate, Visits::stranger);
    }

    private void visit(String name, double rate, Consumer<Visits> visit) {
        for (int i = 1; i <= VISITORS && rate > 0; i++) {
            Visits visits = new Visits(site, new Random(seeds.nextLong()), observations);
            repeat(name + "-" + i, () -> rate / VISITORS, () -> visit.accept(visits));
        }
    }

    private void repeat(String name, DoubleSupplier rate, Runnable task) {
        Random random = new Random(seeds.nextLong());
        start("chaos-" + name, () -> {
            while (!Thread.currentThread().isInterrupted()) {
                // From none to twice the mean, so that they do not come in step.
                double seconds = 2 * random.nextDouble() / rate.getAsDouble();
                LockSupport.parkNanos((long) (seconds * TimeUnit.SECONDS.toNanos(1)));
                if (!Thread.currentThread().isInterrupted()) {
                    task.run();
                }
            }
        });
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, STACK_BYTES);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    /** Whether nothing is broken, so that more is moved. */
    public void planned(boolean now) {
        planned = now;
    }

    /** Names of all users. */
    public List<String> users() {
        return IntStream.rangeClosed(1, site.shape().users())
                .mapToObj(SiteShape::user)
                .toList();
    }

    public Observations observations() {
        return observations;
    }

    public Mover mover() {
        return mover;
    }

    /** Ends all clients. */
    public void stop() {
        threads.forEach(Thread::interrupt);
        try {
            for (Thread thread : threads) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

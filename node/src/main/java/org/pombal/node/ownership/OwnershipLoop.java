package org.pombal.node.ownership;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which everything about ownership happens, so that what is decided and what is counted are one step. Times are
 * nanoseconds of the machine's boot clock, which also counts while the machine is suspended.
 */
public final class OwnershipLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OwnershipLoop.class);

    private final LongSupplier bootClock;
    private final Consumer<Throwable> onBug;
    private final ScheduledThreadPoolExecutor executor;
    private @Nullable Thread thread;

    /**
     * @param bootClock nanoseconds of CLOCK_BOOTTIME; may be late, so that a deadline counted from it comes early, never ahead
     * @param onBug is told of an exception that nobody expected. What is remembered cannot be relied on then, so the process should end;
     *     the next one begins with what GeoDB and the session journal say
     */
    public OwnershipLoop(LongSupplier bootClock, Consumer<Throwable> onBug) {
        this.bootClock = requireNonNull(bootClock, "bootClock is null");
        this.onBug = requireNonNull(onBug, "onBug is null");
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, "pombal-ownership");
            made.setDaemon(true);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.prestartCoreThread();
    }

    /** Nanoseconds of the boot clock. */
    public long now() {
        return bootClock.getAsLong();
    }

    /** Runs the task on the loop; at once if this is the loop, else as soon as what came before is done. */
    public void execute(Runnable task) {
        if (isHere()) {
            task.run();
        } else {
            later(task);
        }
    }

    /** Runs the task on the loop after what is being done. */
    public void later(Runnable task) {
        try {
            executor.execute(() -> guarded(task));
        } catch (RejectedExecutionException e) {
            log.trace("the loop has ended", e);
        }
    }

    /** Hears the answer to a request on the loop, never while it is being asked. */
    public <T> void ask(
            CompletionStage<T> request, BiConsumer<? super @Nullable T, ? super @Nullable Throwable> answered) {
        request.whenComplete((value, failure) -> later(() -> answered.accept(value, failure)));
    }

    /** A timer that runs the task when its time has come. */
    public Timer timer(Runnable task) {
        return new Timer(this, task);
    }

    /** @return null if the loop has ended */
    @Nullable
    ScheduledFuture<?> at(long bootNanos, Runnable task) {
        long delay = Math.max(0, bootNanos - now());
        try {
            return executor.schedule(() -> guarded(task), delay, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            log.trace("the loop has ended", e);
            return null;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.error("internal error in the ownership protocol", e);
            onBug.accept(e);
        }
    }

    @SuppressWarnings("ReferenceEquality")
    boolean isHere() {
        return Thread.currentThread() == thread;
    }

    /** Does nothing more; answers that still come nobody hears. */
    @Override
    public void close() {
        executor.shutdownNow();
    }
}

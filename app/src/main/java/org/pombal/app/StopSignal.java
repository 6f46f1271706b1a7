package org.pombal.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something to wait for, so that a command can put things in order first. The virtual machine ends
 * when this is closed, or when putting things in order takes longer than the limit.
 */
public final class StopSignal implements AutoCloseable {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch inOrder = new CountDownLatch(1);
    private final Thread hook;

    /** @param limit the longest time from the signal to {@link #close()} */
    public StopSignal(Duration limit) {
        hook = new Thread(() -> holdUp(limit), "stop-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Waits for the signal.
     *
     * @return whether it came within the time
     */
    public boolean await(Duration time) throws InterruptedException {
        return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it has come. */
    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Everything is in order: the virtual machine may end. */
    @Override
    public void close() {
        inOrder.countDown();
        if (!isAsked()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal came this very moment; the hook then finds everything in order.
            }
        }
    }

    private void holdUp(Duration limit) {
        asked.countDown();
        try {
            if (!inOrder.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                Runtime.getRuntime().halt(ExitCode.SOFTWARE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

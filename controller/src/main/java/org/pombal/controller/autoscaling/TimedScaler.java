package org.pombal.controller.autoscaling;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.model.scale.ScalerAnswer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a scaler that may do whatever it likes: throw, hang, or say anything. Each of these is an answer that cannot be used. One that hangs is interrupted,
 * and not asked again before it has ended, so that no more than one thread is lost by it.
 */
public final class TimedScaler {

    private static final Logger log = LoggerFactory.getLogger(TimedScaler.class);

    /** In characters; it is kept, and shown in a line. */
    private static final int LONGEST_SAID = 500;

    private final String name;
    private final Autoscaler scaler;
    private final Duration limit;
    private CompletableFuture<Integer> asked = CompletableFuture.completedFuture(0);
    private Optional<String> problem = Optional.empty();

    /** @param name for messages */
    public TimedScaler(String name, Autoscaler scaler, Duration limit) {
        this.name = requireNonNull(name, "name is null");
        this.scaler = requireNonNull(scaler, "scaler is null");
        this.limit = requireNonNull(limit, "limit is null");
    }

    /** Waits for the answer, as long as the limit allows. */
    public synchronized ScalerAnswer ask(ScaledSite site) throws InterruptedException {
        ScalerAnswer answer = answer(site);
        Optional<String> now =
                answer instanceof ScalerAnswer.Unusable unusable ? Optional.of(unusable.problem()) : Optional.empty();
        // Not each time: it is asked every few seconds.
        if (!now.equals(problem)) {
            now.ifPresentOrElse(
                    text -> log.warn("the number of backends stays as it is: {}", text),
                    () -> log.info("the scaler {} has answered again", name));
            problem = now;
        }
        return answer;
    }

    private ScalerAnswer answer(ScaledSite site) throws InterruptedException {
        if (!asked.isDone()) {
            return new ScalerAnswer.Unusable("the scaler " + name + " hangs since it was asked last");
        }
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> complete(answer, site), "controller-autoscaler");
        thread.setDaemon(true);
        asked = answer;
        thread.start();
        try {
            return ScalerAnswer.of(name, answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return new ScalerAnswer.Unusable(
                    "the scaler " + name + " has not answered for " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            return new ScalerAnswer.Unusable("the scaler " + name + " fails: "
                    + requireNonNull(e.getCause()).getMessage());
        } finally {
            if (!answer.isDone()) {
                thread.interrupt();
            }
        }
    }

    // It is somebody else's code, which may throw errors as well; also when it is asked what they say.
    @SuppressWarnings("CatchingUnchecked")
    private void complete(CompletableFuture<Integer> answer, ScaledSite site) {
        try {
            answer.complete(scaler.desiredNumberOfBackends(site));
        } catch (Throwable failure) {
            String said;
            try {
                said = said(failure);
            } catch (Throwable e) {
                said = failure.getClass().getName();
            }
            answer.completeExceptionally(new IOException(said, failure));
        }
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return failure.toString();
        }
        String said = failure instanceof IOException || failure instanceof IllegalArgumentException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
        return said.length() > LONGEST_SAID ? said.substring(0, LONGEST_SAID) + "..." : said;
    }
}

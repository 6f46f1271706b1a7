package org.pombal.node.guardian;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Requests on the control socket that wait for their answer, each with a limit. Confined to the event loop. */
final class OpenRequests {

    /** Makes the result of the answers; empty if more of them are to come. */
    @FunctionalInterface
    interface AnswerReader<T> {
        Optional<T> read(ControlRecord answer) throws GuardianException;
    }

    private record Open<T>(AnswerReader<T> reader, CompletableFuture<T> result, Future<?> limit) {

        /** @return whether that was all */
        boolean take(ControlRecord answer) {
            try {
                Optional<T> read = reader.read(answer);
                read.ifPresent(result::complete);
                return read.isPresent();
            } catch (GuardianException e) {
                result.completeExceptionally(e);
                return true;
            }
        }
    }

    private final EventLoop loop;
    private final Map<Integer, Open<?>> open = new HashMap<>();

    OpenRequests(EventLoop loop) {
        this.loop = loop;
    }

    <T> void add(int id, AnswerReader<T> reader, CompletableFuture<T> result, Duration patience) {
        Future<?> limit = loop.schedule(
                () -> {
                    open.remove(id);
                    result.completeExceptionally(
                            new GuardianException("the guardian did not answer within " + patience.toMillis() + " ms"));
                },
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
        open.put(id, new Open<>(reader, result, limit));
    }

    /** Answers to requests that nobody waits for any more are dropped. */
    void answer(ControlRecord answer) {
        Open<?> asked = open.get(answer.id());
        if (asked != null && asked.take(answer)) {
            asked.limit().cancel(false);
            open.remove(answer.id());
        }
    }

    void failAll(String reason) {
        List<Open<?>> all = List.copyOf(open.values());
        open.clear();
        for (Open<?> asked : all) {
            asked.limit().cancel(false);
            asked.result().completeExceptionally(new GuardianException("what came of it is not known: " + reason));
        }
    }
}

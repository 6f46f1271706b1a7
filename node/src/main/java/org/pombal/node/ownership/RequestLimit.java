package org.pombal.node.ownership;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Bounds how many requests about groups are under way in GeoDB at once, first come, first served: a backend with a thousand groups claims
 * them one by one, and does not time its own lease out. Confined to the loop.
 */
public final class RequestLimit {

    private final OwnershipLoop loop;
    private final int most;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /** @param most how many requests are under way at once */
    public RequestLimit(OwnershipLoop loop, int most) {
        this.loop = loop;
        this.most = most;
    }

    /** The answer to the request, which is sent when its turn has come. */
    public <T> CompletionStage<T> run(Supplier<CompletionStage<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable start = () -> {
            underWay++;
            request.get().whenComplete((value, failure) -> {
                loop.later(this::ended);
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        };
        if (underWay < most) {
            start.run();
        } else {
            waiting.add(start);
        }
        return answer;
    }

    private void ended() {
        underWay--;
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
        }
    }
}

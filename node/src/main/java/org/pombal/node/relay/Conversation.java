package org.pombal.node.relay;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pombal.dovecot.auth.ClientLine;
import org.pombal.dovecot.auth.LineParser;
import org.pombal.dovecot.auth.MalformedLineException;
import org.pombal.dovecot.auth.Request;
import org.pombal.dovecot.auth.ServerLine;

/**
 * One client's conversation with auth: remembers what was asked, lets the judge decide, and forwards the rest. Confined
 * to one event loop.
 */
final class Conversation {

    /** Far above what one process of Dovecot has open; a client beyond it is broken. */
    static final int MAX_OPEN_REQUESTS = 65_536;

    private final LongObjectMap<Request> open = new LongObjectHashMap<>();
    private final LineParser parser = new LineParser();
    private final Judge judge;
    private final LineOutput toClient;
    private final LineOutput toServer;
    private final Executor eventLoop;
    private final Runnable afterAnswer;
    private final Consumer<Throwable> onBug;
    private final RelayMetrics metrics;

    /** @param afterAnswer writes out what was gathered; run when an answer came later than its line */
    Conversation(
            Judge judge,
            LineOutput toClient,
            LineOutput toServer,
            Executor eventLoop,
            Runnable afterAnswer,
            Consumer<Throwable> onBug,
            RelayMetrics metrics) {
        this.judge = judge;
        this.toClient = toClient;
        this.toServer = toServer;
        this.eventLoop = eventLoop;
        this.afterAnswer = afterAnswer;
        this.onBug = onBug;
        this.metrics = metrics;
    }

    /** How many requests have not been answered yet. */
    int openRequests() {
        return open.size();
    }

    void clientLine(byte[] data, int from, int to) throws MalformedLineException {
        ClientLine line = parser.clientLine(data, from, to);
        if (line instanceof ClientLine.Asks asks) {
            onRequest(asks.request(), data, from, to);
            return;
        }
        if (line instanceof ClientLine.Cancels cancels) {
            open.remove(cancels.id());
        }
        forward(toServer, data, from, to);
    }

    private void onRequest(Request request, byte[] data, int from, int to) throws MalformedLineException {
        if (open.size() >= MAX_OPEN_REQUESTS) {
            throw new MalformedLineException("more than " + MAX_OPEN_REQUESTS + " requests are open");
        }
        metrics.request(request);
        open.put(request.id(), request);
        Verdict verdict = judge.onRequest(request);
        if (verdict instanceof Verdict.Forward) {
            forward(toServer, data, from, to);
        } else {
            carryOut(verdict, request, data, from, to);
        }
    }

    void serverLine(byte[] data, int from, int to) throws MalformedLineException {
        ServerLine line = parser.serverLine(data, from, to);
        if (line instanceof ServerLine.Succeeded reply) {
            @Nullable Request request = open.get(reply.id());
            if (request != null) {
                carryOut(judge.onSuccess(request, reply, data, from, to), request, data, from, to);
            } else if (!reply.proxy() || reply.hasHost()) {
                forward(toClient, data, from, to);
            } // else withdrawn; a proxy reply without a host must never get out
            return;
        }
        if (line instanceof ServerLine.Ended ended) {
            open.remove(ended.id());
        }
        forward(toClient, data, from, to);
    }

    private void carryOut(Verdict verdict, Request request, byte[] data, int from, int to) {
        if (verdict instanceof Verdict.Later later) {
            later.reply().whenCompleteAsync((reply, failure) -> finish(request, reply, failure), eventLoop);
            return;
        }
        open.remove(request.id());
        if (verdict instanceof Verdict.Reply reply) {
            toClient.append(reply.line(), 0, reply.line().length);
        } else {
            forward(toClient, data, from, to);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an id may be used again by a request that looks the same
    private void finish(Request request, Verdict.@Nullable Reply reply, @Nullable Throwable failure) {
        if (open.get(request.id()) != request) {
            return; // withdrawn meanwhile, and perhaps the connection is gone too
        }
        open.remove(request.id());
        if (reply == null) {
            onBug.accept(failure == null ? new IllegalStateException("a judge replied null") : failure);
        } else {
            toClient.append(reply.line(), 0, reply.line().length);
            afterAnswer.run();
        }
    }

    /** Forgets all open requests; answers that still come find nobody. */
    void end() {
        open.clear();
    }

    private static void forward(LineOutput output, byte[] data, int from, int to) {
        output.append(data, from, to - from + 1);
    }
}

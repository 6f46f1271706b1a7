package org.pombal.node.relay;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.pombal.dovecot.auth.ClientLine;
import org.pombal.dovecot.auth.LineBuilder;
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

    private final LongObjectMap<Exchange> open = new LongObjectHashMap<>();
    private final LineParser parser = new LineParser();
    private final Peer peer;
    private final Judge judge;
    private final LineOutput toClient;
    private final LineOutput toServer;
    private final Link link;
    private final RelayMetrics metrics;
    private long loginPid;

    /** The connection that the conversation is held over. */
    interface Link {

        /** Runs tasks where the conversation lives. */
        Executor eventLoop();

        /** An answer came later than its line: writes out what was gathered. */
        void afterAnswer();

        /** Whether auth is to be read for now. */
        void readAuth(boolean read);

        /** A bug of ours. */
        void onBug(Throwable failure);
    }

    Conversation(Peer peer, Judge judge, LineOutput toClient, LineOutput toServer, Link link, RelayMetrics metrics) {
        this.peer = peer;
        this.judge = judge;
        this.toClient = toClient;
        this.toServer = toServer;
        this.link = link;
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
            close(cancels.id());
        } else if (line instanceof ClientLine.Introduces introduces) {
            loginPid = introduces.pid();
        } else if (line instanceof ClientLine.Continues continues) {
            keepContinuation(continues.id(), data, from, to);
        }
        forward(toServer, data, from, to);
    }

    private void onRequest(Request request, byte[] data, int from, int to) throws MalformedLineException {
        if (open.size() >= MAX_OPEN_REQUESTS) {
            throw new MalformedLineException("more than " + MAX_OPEN_REQUESTS + " requests are open");
        }
        metrics.request(request);
        Exchange exchange = new Exchange(request, peer, loginPid);
        open.put(request.id(), exchange);
        if (request.plain() && judge.needsCredentials()) {
            exchange.keepResponse(parser.initialResponse(data, from, to));
        }
        carryOut(judge.onRequest(exchange, data, from, to), toServer, exchange, data, from, to);
    }

    private void keepContinuation(long id, byte[] data, int from, int to) {
        @Nullable Exchange exchange = open.get(id);
        if (exchange != null && exchange.request().plain() && judge.needsCredentials()) {
            exchange.keepResponse(parser.continuation(data, from, to));
        }
    }

    void serverLine(byte[] data, int from, int to) throws MalformedLineException {
        ServerLine line = parser.serverLine(data, from, to);
        if (line instanceof ServerLine.Succeeded reply) {
            @Nullable Exchange exchange = open.get(reply.id());
            if (exchange != null) {
                carryOut(judge.onSuccess(exchange, reply, data, from, to), toClient, exchange, data, from, to);
            } else if (reply.user().isEmpty() && !reply.proxy()) {
                forward(toClient, data, from, to); // the answer to a command that we need not know
            } // else withdrawn
        } else if (line instanceof ServerLine.Found reply) {
            @Nullable Exchange exchange = open.get(reply.id());
            if (exchange != null) {
                carryOut(judge.onFound(exchange, reply), toClient, exchange, data, from, to);
            } // else withdrawn
        } else if (line instanceof ServerLine.Listed item) {
            @Nullable Exchange exchange = open.get(item.id());
            if (exchange != null) {
                onListed(exchange, item, data, from, to);
            } // else withdrawn, or the list was given up
        } else if (line instanceof ServerLine.Ended ended) {
            onEnded(ended.id(), data, from, to);
        } else {
            forward(toClient, data, from, to);
        }
    }

    private void onEnded(long id, byte[] data, int from, int to) {
        @Nullable Exchange exchange = open.get(id);
        if (exchange != null && exchange.request().kind() == Request.Kind.LIST) {
            if (!exchange.listing().isDecided()) {
                exchange.listing().holdEnd(Arrays.copyOfRange(data, from, to + 1));
                return;
            }
        }
        close(id);
        forward(toClient, data, from, to);
    }

    private void onListed(Exchange exchange, ServerLine.Listed item, byte[] data, int from, int to) {
        Verdict verdict = judge.onListed(exchange, item);
        if (!(verdict instanceof Verdict.Later later)) {
            applyToListed(verdict, exchange, data, from, to);
            return;
        }
        byte[] copy = Arrays.copyOfRange(data, from, to + 1);
        Listing listing = exchange.listing();
        listing.begin();
        if (listing.isCrowded()) {
            link.readAuth(false);
        }
        later.verdict()
                .whenCompleteAsync(
                        (decided, failure) -> finishListed(exchange, decided, failure, copy), link.eventLoop());
    }

    private void finishListed(Exchange exchange, @Nullable Verdict decided, @Nullable Throwable failure, byte[] line) {
        Listing listing = exchange.listing();
        listing.decided();
        if (listing.hasRoom()) {
            link.readAuth(true);
        }
        if (!isOpen(exchange)) {
            return;
        }
        if (decided == null) {
            link.onBug(failure == null ? new IllegalStateException("a judge decided null") : failure);
            return;
        }
        applyToListed(decided, exchange, line, 0, line.length - 1);
        byte[] end = listing.releasedEnd();
        if (end != null && isOpen(exchange)) {
            close(exchange.request().id());
            toClient.append(end, 0, end.length);
        }
        link.afterAnswer();
    }

    private void applyToListed(Verdict verdict, Exchange exchange, byte[] data, int from, int to) {
        if (verdict instanceof Verdict.Reply reply) {
            close(exchange.request().id());
            toClient.append(reply.line(), 0, reply.line().length);
        } else if (!(verdict instanceof Verdict.Drop)) {
            forward(toClient, data, from, to);
        }
    }

    /** @param onward where the line goes if nothing is done about it */
    private void carryOut(Verdict verdict, LineOutput onward, Exchange exchange, byte[] data, int from, int to) {
        if (verdict instanceof Verdict.Later later) {
            byte[] copy = Arrays.copyOfRange(data, from, to + 1);
            later.verdict()
                    .whenCompleteAsync(
                            (decided, failure) -> finish(exchange, onward, decided, failure, copy), link.eventLoop());
            return;
        }
        if (verdict instanceof Verdict.Reply reply) {
            close(exchange.request().id());
            toClient.append(reply.line(), 0, reply.line().length);
            if (reply.isWithdrawn()) {
                byte[] cancel = new LineBuilder("CANCEL")
                        .number(exchange.request().id())
                        .build();
                toServer.append(cancel, 0, cancel.length);
            }
            return;
        }
        if (onward == toClient) {
            close(exchange.request().id());
        }
        if (verdict instanceof Verdict.Rewrite rewrite) {
            onward.append(rewrite.line(), 0, rewrite.line().length);
        } else {
            forward(onward, data, from, to);
        }
    }

    private void finish(
            Exchange exchange, LineOutput onward, @Nullable Verdict decided, @Nullable Throwable failure, byte[] line) {
        if (!isOpen(exchange)) {
            return; // withdrawn meanwhile, and perhaps the connection is gone too
        }
        if (decided == null || decided instanceof Verdict.Later) {
            link.onBug(failure == null ? new IllegalStateException("a judge did not decide") : failure);
            return;
        }
        carryOut(decided, onward, exchange, line, 0, line.length - 1);
        link.afterAnswer();
    }

    @SuppressWarnings("ReferenceEquality") // an id may be used again
    private boolean isOpen(Exchange exchange) {
        return open.get(exchange.request().id()) == exchange;
    }

    private void close(long id) {
        @Nullable Exchange exchange = open.remove(id);
        if (exchange != null) {
            exchange.forgetResponse();
        }
    }

    /** Forgets all open requests; answers that still come find nobody. */
    void end() {
        open.values().forEach(Exchange::forgetResponse);
        open.clear();
    }

    private static void forward(LineOutput output, byte[] data, int from, int to) {
        output.append(data, from, to - from + 1);
    }
}

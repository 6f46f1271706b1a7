package org.pombal.node.relay;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pombal.dovecot.auth.MalformedLineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of a Dovecot process and the one to auth that belongs to it, so that request ids, SPID and cookie stay
 * valid. Everything happens on one event loop.
 *
 * <p>While auth cannot be reached, as when it restarts, the process is kept waiting for up to
 * {@value #AUTH_PATIENCE_MILLIS} ms before its connection is closed; it then connects again by itself.
 */
final class RelaySession {

    static final int AUTH_PATIENCE_MILLIS = 5_000;

    private static final int AUTH_RETRY_MILLIS = 100;
    private static final int LAST_WORDS_MILLIS = 2_000;
    private static final int LAST_REQUESTS_MILLIS = 20;
    private static final Logger log = LoggerFactory.getLogger(RelaySession.class);

    private final Channel client;
    private final RelayEndpoint endpoint;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final LineOutput toClient;
    private final long startedNanos = System.nanoTime();
    private Peer peer = new Peer(0, Peer.NOBODY, Peer.NOBODY);
    private @Nullable Channel server;
    private @Nullable Conversation conversation;
    private boolean draining;
    private boolean ended;

    RelaySession(Channel client, RelayEndpoint endpoint) {
        this.client = requireNonNull(client, "client is null");
        this.endpoint = requireNonNull(endpoint, "endpoint is null");
        this.toClient = new LineOutput(client);
    }

    /** Completes when the session has ended, for whatever reason; never fails. */
    CompletionStage<Void> whenEnded() {
        return end;
    }

    /** Connects to auth; the client is read only once that stands. */
    void start() {
        endpoint.metrics().opened();
        try {
            peer = endpoint.transport().peerOf(client);
        } catch (IOException e) {
            onFailure(e); // gone already
            return;
        }
        client.closeFuture().addListener(done -> end(CloseReason.CLIENT_CLOSED));
        connectToAuth();
    }

    private void connectToAuth() {
        if (ended) {
            return;
        }
        new Bootstrap()
                .group(client.eventLoop())
                .channel(endpoint.transport().channelClass())
                .option(ChannelOption.AUTO_READ, false)
                .handler(new IgnoreUntilReady())
                .connect(new DomainSocketAddress(endpoint.authSocket().toFile()))
                .addListener(connected -> onConnected((ChannelFuture) connected));
    }

    private void onConnected(ChannelFuture connected) {
        if (ended) {
            connected.channel().close();
        } else if (connected.isSuccess()) {
            startConversation(connected.channel());
        } else if (patienceIsLeft()) {
            client.eventLoop().schedule(this::connectToAuth, AUTH_RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            endpoint.authProblems()
                    .warn(
                            "Dovecot's auth does not answer at {}: {}; its processes connect again by themselves",
                            endpoint.authSocket(),
                            String.valueOf(connected.cause()));
            end(CloseReason.AUTH_UNREACHABLE);
        }
    }

    private boolean patienceIsLeft() {
        return System.nanoTime() - startedNanos < TimeUnit.MILLISECONDS.toNanos(AUTH_PATIENCE_MILLIS);
    }

    private void startConversation(Channel connectedServer) {
        LineOutput toServer = new LineOutput(connectedServer);
        Runnable flush = () -> {
            toServer.flush();
            toClient.flush();
            endIfDrained();
        };
        Conversation started = new Conversation(
                peer, endpoint.judge(), toClient, toServer, link(connectedServer, flush), endpoint.metrics());
        server = connectedServer;
        conversation = started;
        connectedServer.closeFuture().addListener(done -> end(CloseReason.AUTH_CLOSED));
        client.pipeline().addLast(new LineHandler(started::clientLine, flush, connectedServer, this::onFailure));
        connectedServer.pipeline().addLast(new LineHandler(started::serverLine, flush, client, this::onFailure));
        connectedServer.config().setAutoRead(true);
        client.config().setAutoRead(true);
    }

    private Conversation.Link link(Channel connectedServer, Runnable flush) {
        return new Conversation.Link() {
            @Override
            public Executor eventLoop() {
                return client.eventLoop();
            }

            @Override
            public void afterAnswer() {
                flush.run();
            }

            @Override
            public void readAuth(boolean read) {
                connectedServer.config().setAutoRead(read && client.isWritable());
            }

            @Override
            public void onBug(Throwable failure) {
                onFailure(failure);
            }
        };
    }

    private void onFailure(Throwable failure) {
        if (failure instanceof MalformedLineException) {
            log.atWarn()
                    .addKeyValue("peer", endpoint.name())
                    .log("closing a connection of a Dovecot process: {}", failure.getMessage());
            end(CloseReason.MALFORMED);
        } else if (failure instanceof IOException) {
            log.debug("{}: {}", endpoint.name(), failure.getMessage());
            end(CloseReason.IO_ERROR);
        } else {
            log.error("{}: internal error, closing the connection", endpoint.name(), failure);
            end(CloseReason.INTERNAL_ERROR);
        }
    }

    /**
     * Ends as soon as no request is open. What was sent before is read first: a request that is not answered is a failed login. May be called
     * from any thread.
     */
    void drain() {
        client.eventLoop()
                .schedule(
                        () -> {
                            draining = true;
                            endIfDrained();
                        },
                        LAST_REQUESTS_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    private void endIfDrained() {
        if (draining && (conversation == null || conversation.openRequests() == 0)) {
            end(CloseReason.STOPPING);
        }
    }

    /** Ends at once. May be called from any thread. */
    void abort() {
        client.eventLoop().execute(() -> end(CloseReason.STOPPING));
    }

    private void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        endpoint.metrics().closed(reason);
        if (conversation != null) {
            conversation.end();
        }
        if (server != null) {
            server.close();
        }
        // What auth has said already is for the client to read; it closes its side when it has.
        toClient.flush();
        client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        client.eventLoop().schedule(() -> client.close(), LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        end.complete(null);
    }
}

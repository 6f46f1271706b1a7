package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.pombal.model.failure.FailureText;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;
import org.pombal.node.address.HostAddresses;
import org.pombal.node.log.RateLimitedLog;
import org.slf4j.LoggerFactory;

/** Asks other nodes, over connections that are used again. From any thread, without waiting. */
public final class PeerClient implements AutoCloseable {

    /** How many questions to one peer are under way at once; more fail at once. */
    private static final int MAX_PER_PEER = 1_024;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final int UNAUTHORIZED = 401;
    private static final int MISDIRECTED = 421;

    private static final RateLimitedLog problems = new RateLimitedLog(LoggerFactory.getLogger(PeerClient.class));

    private final PeerKey key;
    private final PeerAddresses addresses;
    private final HostAddresses hosts;
    private final PeerMetrics metrics;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "pombal-peers");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(threads)
            .build();
    private final Map<VoterId, AtomicInteger> underWay = new ConcurrentHashMap<>();

    /** @param hosts resolves the names of peers */
    public PeerClient(PeerKey key, PeerAddresses addresses, HostAddresses hosts, PeerMetrics metrics) {
        this.key = requireNonNull(key, "key is null");
        this.addresses = requireNonNull(addresses, "addresses is null");
        this.hosts = requireNonNull(hosts, "hosts is null");
        this.metrics = requireNonNull(metrics, "metrics is null");
    }

    /** What the peer says about GeoDB; fails with {@link PeerException}. */
    public CompletionStage<VoteAnswer> vote(SiteId site, VoterId peer, Vote wanted, Duration limit) {
        return ask(site, peer, new Question.AskVote(wanted), limit, VoteAnswer::parse)
                .thenApply(answer -> {
                    if (!answer.voter().equals(peer)) {
                        throw new PeerException(peer + " was asked, and " + answer.voter() + " has answered");
                    }
                    return answer;
                });
    }

    @FunctionalInterface
    interface Reader<T> {
        T read(Message answer) throws BadMessageException;
    }

    /**
     * Asks and reads the answer; fails with {@link PeerException}.
     *
     * @param limit for all of it
     */
    <T> CompletionStage<T> ask(SiteId site, VoterId peer, Question question, Duration limit, Reader<T> reader) {
        Optional<PeerAddress> address = addresses.find(peer);
        if (address.isEmpty()) {
            metrics.asked(question, false);
            return CompletableFuture.failedFuture(new PeerException("the address of " + peer + " is not known"));
        }
        AtomicInteger count = underWay.computeIfAbsent(peer, none -> new AtomicInteger());
        if (count.incrementAndGet() > MAX_PER_PEER) {
            count.decrementAndGet();
            metrics.asked(question, false);
            return CompletableFuture.failedFuture(
                    new PeerException(MAX_PER_PEER + " questions to " + peer + " are under way already"));
        }
        byte[] body = envelope(site, peer, question.toMessage()).toBytes();
        return hosts.find(address.get().host())
                .thenCompose(resolved -> send(request(resolved, address.get(), question, body, limit), true))
                .toCompletableFuture()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handle((response, failure) -> {
                    count.decrementAndGet();
                    metrics.asked(question, failure == null);
                    if (failure != null) {
                        throw new PeerException(question.name() + " at " + peer + " (" + address.get() + "): "
                                + reason(failure, limit));
                    }
                    return read(peer, address.get(), response, reader);
                });
    }

    private static Message envelope(SiteId site, VoterId peer, Message content) {
        Map<String, String> fields = new TreeMap<>(content.fields());
        fields.put(PeerDesk.SITE, site.toString());
        fields.put(PeerDesk.PEER, peer.value());
        return new Message(fields);
    }

    private HttpRequest request(
            InetAddress resolved, PeerAddress address, Question question, byte[] body, Duration limit) {
        PeerAddress literal = new PeerAddress(resolved.getHostAddress().replaceFirst("%.*", ""), address.port());
        return HttpRequest.newBuilder(URI.create("http://" + literal + Question.ROOT + question.name()))
                .timeout(limit)
                .header("Authorization", key.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    /** @param again whether once more, should the connection turn out to be dead that was kept for this */
    private CompletionStage<HttpResponse<byte[]>> send(HttpRequest request, boolean again) {
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, head -> new BoundedBody());
        return again
                ? sent.handle((response, failure) ->
                                failure != null && isDeadConnection(failure) ? send(request, false) : sent)
                        .thenCompose(answer -> answer)
                : sent;
    }

    private static boolean isDeadConnection(Throwable failure) {
        Throwable cause = FailureText.unwrap(failure);
        return cause instanceof IOException
                && !(cause instanceof HttpTimeoutException)
                && !(cause instanceof ConnectException);
    }

    private static <T> T read(VoterId peer, PeerAddress address, HttpResponse<byte[]> response, Reader<T> reader) {
        try {
            Message answer = Message.parse(response.body());
            if (response.statusCode() == 200) {
                return reader.read(answer);
            }
            String why = peer + " (" + address + ") answered " + response.statusCode() + ": "
                    + answer.fields().getOrDefault("error", "no reason given");
            if (response.statusCode() == UNAUTHORIZED || response.statusCode() == MISDIRECTED) {
                problems.warn("{}", why);
            }
            throw new PeerException(why);
        } catch (BadMessageException e) {
            throw new PeerException(peer + " (" + address + ") answered " + response.statusCode()
                    + ", not with a message of a node: " + e.getMessage());
        }
    }

    private static String reason(Throwable failure, Duration limit) {
        Throwable cause = FailureText.unwrap(failure);
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "no answer within " + limit.toMillis() + " ms";
        }
        return FailureText.of(cause);
    }

    /** What is under way is not answered any more. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}

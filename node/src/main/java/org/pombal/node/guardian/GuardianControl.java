package org.pombal.node.guardian;

import static java.util.Objects.requireNonNull;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pombal.node.log.RateLimitedLog;
import org.pombal.node.session.ProcessId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the guardian on its control socket, and connects again when it was lost. May be used by any thread; results come on the event loop,
 * where nobody may wait. Each result comes, or fails with a {@link GuardianException}.
 */
public final class GuardianControl implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GuardianControl.class);

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST_KILL = Duration.ofSeconds(60);
    private static final String NOT_YET = "there was no time to connect to it yet";

    private final Path socket;
    private final BootClock clock;
    private final GuardianListener listener;
    private final EventLoop loop;
    private final OpenRequests requests;
    private final Watches watches = new Watches();
    private final Backoff backoff = new Backoff();
    private final RateLimitedLog problems = new RateLimitedLog(log);
    private final CompletableFuture<Void> firstGreeting = new CompletableFuture<>();
    private volatile @Nullable String obstacle = NOT_YET;
    private @Nullable ControlConnection connection;
    private boolean greeted;
    private boolean closed;
    private int lastId;

    /** A control that is not started. */
    public GuardianControl(Path socket, BootClock clock, EventLoopGroup eventLoops, GuardianListener listener) {
        this.socket = requireNonNull(socket, "socket is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.loop = eventLoops.next();
        this.requests = new OpenRequests(loop);
    }

    /** Begins to connect, and goes on until it is closed. */
    public void start() {
        loop.execute(this::connect);
    }

    /**
     * Waits for the first connection.
     *
     * @throws IOException saying why there is none within the limit
     */
    public void awaitConnected(Duration limit) throws IOException, InterruptedException {
        try {
            firstGreeting.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(obstacle().orElse(NOT_YET), e);
        }
    }

    /** Why the guardian cannot be asked now; empty if it can. */
    public Optional<String> obstacle() {
        return Optional.ofNullable(obstacle);
    }

    /** Makes the guardian look at the trust file now. */
    public CompletionStage<GuardianStatus> status() {
        return ask(ControlRecord.STATUS, new ProcessId(0, 0), 0, ANSWER_PATIENCE, GuardianControl::statusIn);
    }

    /** All processes below the guardian; it is not one of them. */
    public CompletionStage<List<GuardedProcess>> list() {
        List<GuardedProcess> found = new ArrayList<>();
        return ask(ControlRecord.LIST, new ProcessId(0, 0), 0, ANSWER_PATIENCE, answer -> {
            if (answer.type() == ControlRecord.END) {
                return Optional.of(List.copyOf(found));
            }
            found.add(new GuardedProcess(answer.process(), answer.value(), answer.name()));
            return Optional.empty();
        });
    }

    /**
     * Done when the process has ended, at once if there is none. Goes on when the guardian is lost and there again. Fails only when this is
     * closed.
     */
    public CompletionStage<Void> watch(ProcessId process) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        onLoop(end, () -> {
            if (closed) {
                end.completeExceptionally(new GuardianException("the node stops"));
            } else if (watches.add(process, end)) {
                askForEnd(process);
                flush();
            }
        });
        return end;
    }

    /**
     * Kills the process by SIGKILL, and sees it gone. Fails if the guardian is away, if it has no room to watch the process, and if what
     * came of it is not known.
     *
     * @param limit from 1 ms to 60 s
     */
    public CompletionStage<KillResult> kill(ProcessId process, Duration limit) {
        if (limit.toMillis() < 1 || limit.compareTo(LONGEST_KILL) > 0) {
            throw new IllegalArgumentException("a limit of " + limit + " is not from 1 ms to 60 s");
        }
        return ask(
                ControlRecord.KILL,
                process,
                (int) limit.toMillis(),
                limit.plus(ANSWER_PATIENCE),
                GuardianControl::signalledIn);
    }

    /** Asks the process to end, by SIGTERM; whether it does, {@link #watch} tells. Fails as {@link #kill} does. */
    public CompletionStage<KillResult> terminate(ProcessId process) {
        return ask(ControlRecord.TERMINATE, process, 0, ANSWER_PATIENCE, GuardianControl::signalledIn);
    }

    private static Optional<KillResult> signalledIn(ControlRecord answer) throws GuardianException {
        if (answer.type() == ControlRecord.REFUSED) {
            throw new GuardianException("the guardian watches too many processes already, so it did nothing");
        }
        KillResult.Outcome[] outcomes = KillResult.Outcome.values();
        if (answer.value() < 0 || answer.value() >= outcomes.length) {
            throw new GuardianException("the guardian's answer " + answer.value() + " is none that this node knows");
        }
        return Optional.of(new KillResult(outcomes[answer.value()], answer.name()));
    }

    private <T> CompletionStage<T> ask(
            int type, ProcessId process, int value, Duration patience, OpenRequests.AnswerReader<T> reader) {
        CompletableFuture<T> result = new CompletableFuture<>();
        onLoop(result, () -> {
            ControlConnection current = connection;
            if (current == null || !greeted) {
                result.completeExceptionally(new GuardianException("the guardian is away: " + obstacle));
            } else if (!current.isRead()) {
                result.completeExceptionally(new GuardianException("the guardian does not read what it is sent"));
            } else {
                int id = nextId();
                requests.add(id, reader, result, patience);
                current.send(ControlRecord.request(type, id, process, value));
                current.flush();
            }
        });
        return result;
    }

    private void onLoop(CompletableFuture<?> result, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new GuardianException("the node stops"));
        }
    }

    /** 0 stands in what was not asked for. */
    private int nextId() {
        lastId = lastId == -1 ? 1 : lastId + 1;
        return lastId;
    }

    private void connect() {
        if (!closed) {
            ControlConnection next = new ControlConnection(socket, loop, clock, new Events());
            connection = next;
            next.open();
        }
    }

    private final class Events implements ControlConnection.Owner {

        @Override
        public void greeted() {
            log.info("connected to the guardian on {}", socket);
            greeted = true;
            backoff.reset();
            obstacle = null;
            firstGreeting.complete(null);
            listener.onConnected();
            watches.all().forEach(GuardianControl.this::askForEnd);
            flush();
            status().whenComplete((status, failure) -> {
                if (status != null) {
                    listener.onStatus(status);
                }
            });
        }

        @Override
        public void received(ControlRecord answer) {
            if (answer.id() == 0 && answer.type() == ControlRecord.STATUS_ANSWER) {
                tellStatus(answer);
                return;
            }
            ProcessId watched = watches.answered(answer.id());
            if (watched == null) {
                requests.answer(answer);
            } else if (answer.type() == ControlRecord.GONE) {
                watches.gone(watched);
            } else {
                askForEndLater(watched);
            }
        }

        @Override
        public void ended(String reason) {
            boolean wasThere = greeted;
            connection = null;
            greeted = false;
            obstacle = reason;
            watches.forgetAsked();
            requests.failAll(reason);
            if (closed) {
                return;
            }
            problems.warn("{}; trying again", reason);
            loop.schedule(GuardianControl.this::connect, backoff.next().toMillis(), TimeUnit.MILLISECONDS);
            if (wasThere) {
                listener.onLost(reason);
            }
        }
    }

    private void tellStatus(ControlRecord answer) {
        try {
            statusIn(answer).ifPresent(listener::onStatus);
        } catch (GuardianException e) {
            problems.warn("{}", e.getMessage() == null ? e : e.getMessage());
        }
    }

    private static Optional<GuardianStatus> statusIn(ControlRecord answer) throws GuardianException {
        GuardianState state = GuardianState.numbered(answer.value())
                .orElseThrow(() -> new GuardianException(
                        "the guardian's state " + answer.value() + " is none that this node knows"));
        Optional<ProcessId> dovecot = answer.pid() == 0 ? Optional.empty() : Optional.of(answer.process());
        return Optional.of(new GuardianStatus(state, dovecot, answer.time()));
    }

    /** A process that nobody waits for any more, or that cannot be asked for now, is not asked for; to be flushed. */
    private void askForEnd(ProcessId process) {
        ControlConnection current = connection;
        if (current != null && greeted && watches.isWanted(process)) {
            int id = nextId();
            watches.asked(id, process);
            current.send(ControlRecord.request(ControlRecord.WATCH, id, process, 0));
        }
    }

    private void flush() {
        ControlConnection current = connection;
        if (current != null && greeted) {
            current.flush();
        }
    }

    private void askForEndLater(ProcessId process) {
        problems.warn("the guardian watches too many processes; {} is asked for again each second", process);
        loop.schedule(
                () -> {
                    askForEnd(process);
                    flush();
                },
                Backoff.LONGEST.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Lets the guardian go. What is waited for fails. */
    @Override
    public void close() {
        onLoop(new CompletableFuture<>(), () -> {
            closed = true;
            if (connection != null) {
                connection.end("the node stops");
            }
            watches.failAll("the node stops");
        });
    }
}

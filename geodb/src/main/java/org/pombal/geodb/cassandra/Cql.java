package org.pombal.geodb.cassandra;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.failedFuture;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.pombal.geodb.RequestObserver;
import org.pombal.geodb.RequestObserver.Kind;

/**
 * Prepares statements, each with its consistency level, sends them, and turns what comes back, or does not, into the
 * outcomes of the GeoDB contract.
 *
 * <p>A compare-and-set whose answer is lost is asked once more, unchanged. That is the read-back at the serial level
 * that a lost answer calls for, and more: it brings the row to a state in which the first one, should it still be under
 * way in some node, can no longer be applied. A mere SERIAL read could see the old row a moment before that happens.
 */
final class Cql {

    /**
     * A node answers tens of thousands of requests a second; more than this under way is an outage that would pile up in
     * memory. They are refused here, and do not wait in a queue: that of the driver's own throttler overflows the stack
     * when all who wait in it fail at once, and then never answers some of them (driver 4.19.3).
     */
    static final int MAX_IN_FLIGHT = 4096;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(150);

    private static final ConsistencyLevel QUORUM = ConsistencyLevel.LOCAL_QUORUM;

    private final CqlSession session;
    private final RequestObserver observer;
    private final Semaphore room = new Semaphore(MAX_IN_FLIGHT);

    Cql(CqlSession session, RequestObserver observer) {
        this.session = requireNonNull(session, "session is null");
        this.observer = requireNonNull(observer, "observer is null");
    }

    /** How long a request may take that says nothing else. */
    Duration requestTimeout() {
        return session.getContext().getConfig().getDefaultProfile().getDuration(DefaultDriverOption.REQUEST_TIMEOUT);
    }

    /** @param level LOCAL_QUORUM, or a serial level to settle compare-and-sets that are under way */
    PreparedStatement read(String cql, ConsistencyLevel level) {
        return session.prepare(
                SimpleStatement.newInstance(cql).setConsistencyLevel(level).setIdempotent(true));
    }

    PreparedStatement read(String cql) {
        return read(cql, QUORUM);
    }

    /** A write without condition, for tables that no compare-and-set writes. */
    PreparedStatement write(String cql) {
        return session.prepare(
                SimpleStatement.newInstance(cql).setConsistencyLevel(QUORUM).setIdempotent(true));
    }

    PreparedStatement compareAndSet(String cql, ConsistencyLevel serialLevel) {
        return session.prepare(SimpleStatement.newInstance(cql)
                .setConsistencyLevel(QUORUM)
                .setSerialConsistencyLevel(serialLevel)
                .setExecutionProfileName(DriverOptions.COMPARE_AND_SET)
                .setIdempotent(false));
    }

    /** Reads at most one row. {@code what} begins the message of a failure: "reading user group a". */
    <T> CompletionStage<Optional<T>> one(String what, BoundStatement read, Function<Row, T> mapping) {
        return answered(what, send(kindOf(read), read).thenApply(rows -> Optional.ofNullable(rows.one())
                .map(mapping)));
    }

    /** Reads all rows, page after page; for what is small or limited by the statement. */
    <T> CompletionStage<List<T>> all(String what, BoundStatement read, Function<Row, T> mapping) {
        List<T> result = new ArrayList<>();
        return answered(what, send(kindOf(read), read).thenCompose(rows -> collect(rows, mapping, result)));
    }

    private static Kind kindOf(BoundStatement read) {
        ConsistencyLevel level = read.getConsistencyLevel();
        return level != null && level.isSerial() ? Kind.SERIAL_READ : Kind.READ;
    }

    CompletionStage<Void> write(String what, BoundStatement write) {
        return answered(what, send(Kind.WRITE, write).thenAccept(rows -> {}));
    }

    /**
     * Writes several rows of one partition, of one table, at once: all or none.
     *
     * @param writes of statements of {@link #write(String)}; not empty, and together of a few kilobytes: Cassandra warns of 5, and refuses 50
     */
    CompletionStage<Void> writeTogether(String what, List<BoundStatement> writes) {
        if (writes.size() == 1) {
            return write(what, writes.get(0));
        }
        BatchStatement batch = BatchStatement.newInstance(BatchType.UNLOGGED)
                .addAll(writes)
                .setConsistencyLevel(QUORUM)
                .setIdempotent(true);
        return answered(what, send(Kind.WRITE, batch).thenAccept(rows -> {}));
    }

    CompletionStage<CasReply> compareAndSet(String what, BoundStatement statement) {
        return send(Kind.COMPARE_AND_SET, statement)
                .thenApply(rows -> reply(rows, false))
                .exceptionallyCompose(failure -> {
                    if (Failures.neverBegan(failure)) {
                        return failedFuture(Failures.unavailable(what, failure));
                    }
                    return Failures.metOthers(failure)
                            ? CompletableFuture.supplyAsync(() -> askAgain(what, statement, failure), afterAPause())
                                    .thenCompose(answer -> answer)
                            : askAgain(what, statement, failure);
                });
    }

    /** Those who met go on at different moments. */
    private static Executor afterAPause() {
        long millis = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis());
        return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    }

    private CompletionStage<CasReply> askAgain(String what, BoundStatement statement, Throwable first) {
        return send(Kind.COMPARE_AND_SET, statement)
                .thenApply(rows -> reply(rows, true))
                .exceptionallyCompose(second -> {
                    String why = "no answer (" + Failures.describe(first) + "), and none when asked again ("
                            + Failures.describe(second) + ")";
                    return failedFuture(Failures.unknown(what, why, second));
                });
    }

    private static CasReply reply(AsyncResultSet rows, boolean askedAgain) {
        boolean applied = rows.wasApplied();
        Optional<Row> existing = applied ? Optional.empty() : Optional.ofNullable(rows.one());
        // "[applied] = false" alone means that there is no row.
        return new CasReply(applied, existing.filter(row -> row.size() > 1), askedAgain);
    }

    private static <T> CompletionStage<List<T>> collect(AsyncResultSet rows, Function<Row, T> mapping, List<T> result) {
        rows.currentPage().forEach(row -> result.add(mapping.apply(row)));
        return rows.hasMorePages()
                ? rows.fetchNextPage().thenCompose(next -> collect(next, mapping, result))
                : CompletableFuture.completedFuture(result);
    }

    private static <T> CompletionStage<T> answered(String what, CompletionStage<T> stage) {
        return stage.exceptionallyCompose(failure -> failedFuture(Failures.unavailable(what, failure)));
    }

    private CompletionStage<AsyncResultSet> send(Kind kind, Statement<?> statement) {
        if (!room.tryAcquire()) {
            return failedFuture(new RequestThrottlingException(
                    MAX_IN_FLIGHT + " requests to Cassandra are under way already, it does not keep up"));
        }
        try {
            long sentAt = System.nanoTime();
            return session.executeAsync(statement).whenComplete((rows, failure) -> {
                room.release();
                observer.answered(kind, failure == null, System.nanoTime() - sentAt);
            });
        } catch (RuntimeException e) {
            room.release();
            return failedFuture(e);
        }
    }
}

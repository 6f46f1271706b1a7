package org.pombal.geodb.cassandra;

import static java.util.concurrent.CompletableFuture.failedFuture;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** A session between which and Cassandra things get lost, as planned. */
final class LossySession {

    /** What befalls a statement. */
    enum Loss {
        ANSWER,
        REQUEST,
        REFUSED
    }

    private record Planned(String cql, Loss loss) {}

    private final CqlSession session;
    private final ConcurrentLinkedDeque<Planned> plan = new ConcurrentLinkedDeque<>();

    LossySession(CqlSession session) {
        this.session = session;
    }

    /** Of the next {@code count} compare-and-sets. */
    void plan(int count, Loss loss) {
        for (int i = 0; i < count; i++) {
            planFor("IF ", loss);
        }
    }

    /** Of the next statement that contains the text. */
    void planFor(String cql, Loss loss) {
        plan.add(new Planned(cql, loss));
    }

    void planNothing() {
        plan.clear();
    }

    CqlSession asSession() {
        return (CqlSession) Proxy.newProxyInstance(
                CqlSession.class.getClassLoader(), new Class<?>[] {CqlSession.class}, this::invoke);
    }

    private @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("executeAsync")
                && arguments != null
                && arguments[0] instanceof BoundStatement statement) {
            return execute(statement);
        }
        try {
            return method.invoke(session, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private CompletionStage<AsyncResultSet> execute(BoundStatement statement) {
        Planned next = plan.peek();
        if (next == null || !statement.getPreparedStatement().getQuery().contains(next.cql())) {
            return session.executeAsync(statement);
        }
        plan.remove();
        return switch (next.loss()) {
            case ANSWER ->
                session.executeAsync(statement)
                        .thenCompose(answer -> failedFuture(new DriverTimeoutException("the answer is lost")));
            case REQUEST -> failedFuture(new DriverTimeoutException("the request is lost"));
            case REFUSED -> failedFuture(new NoNodeAvailableException());
        };
    }
}

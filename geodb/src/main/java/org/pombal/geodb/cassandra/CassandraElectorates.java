package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.DefaultConsistencyLevel.LOCAL_SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Electorates;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.site.SiteId;
import org.pombal.model.vote.Electorate;
import org.pombal.model.vote.VoterId;

/** Electorates, in {@code electorates} at LOCAL_SERIAL. */
final class CassandraElectorates implements Electorates {

    private final Cql cql;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    CassandraElectorates(Cql cql) {
        this.cql = cql;
        String select = "SELECT members, version FROM electorates WHERE site_id = ?";
        this.select = cql.read(select);
        this.selectSerially = cql.read(select, LOCAL_SERIAL);
        this.insert = cql.compareAndSet(
                "INSERT INTO electorates (site_id, members, version) VALUES (:site_id, :members, :version) IF NOT EXISTS",
                LOCAL_SERIAL);
        this.update = cql.compareAndSet(
                "UPDATE electorates SET members = :members, version = :version WHERE site_id = :site_id"
                        + " IF version = :before",
                LOCAL_SERIAL);
    }

    @Override
    public CompletionStage<Optional<Electorate>> find(SiteId site, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return cql.one(
                "reading the electorate of site " + site, statement.bind(site.value()), row -> electorate(site, row));
    }

    @Override
    public CompletionStage<Cas<Electorate>> update(Electorate next) {
        String what = "writing the electorate of site " + next.site();
        boolean first = next.version() == 1;
        BoundStatement statement =
                first ? bind(insert, next) : bind(update, next).setLong("before", next.version() - 1);
        return cql.compareAndSet(what, statement).thenCompose(reply -> {
            if (reply.applied()) {
                return completedFuture(new Cas.Applied<>(next));
            }
            return first
                    ? firstOutcome(what, next, reply)
                    : VersionedUpdate.settle(
                            what, reply, next, Electorate::version, () -> find(next.site(), ReadLevel.SERIAL));
        });
    }

    private CompletionStage<Cas<Electorate>> firstOutcome(String what, Electorate next, CasReply reply) {
        CompletionStage<Optional<Electorate>> row = find(next.site(), ReadLevel.SERIAL);
        return (reply.askedAgain() ? Failures.readBack(what, row) : row)
                .thenApply(standing -> FirstWriter.outcome(next, standing));
    }

    private static BoundStatement bind(PreparedStatement statement, Electorate electorate) {
        Set<String> members = electorate.members().stream().map(VoterId::value).collect(toSet());
        return statement
                .bind()
                .setUuid("site_id", electorate.site().value())
                .setSet("members", members, String.class)
                .setLong("version", electorate.version());
    }

    private static Electorate electorate(SiteId site, Row row) {
        Set<String> names = row.getSet("members", String.class);
        SortedSet<VoterId> members = (names == null ? Set.<String>of() : names)
                .stream().map(VoterId::new).collect(toCollection(TreeSet::new));
        return new Electorate(site, members, row.getLong("version"));
    }
}

package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.ApiTokens;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.access.ApiToken;
import org.pombal.model.access.Role;

/** Tokens, in {@code api_tokens} at SERIAL. */
final class CassandraApiTokens implements ApiTokens {

    private static final Comparator<ApiToken> ORDER =
            Comparator.comparing(ApiToken::name).thenComparing(ApiToken::id);

    private final Cql cql;
    private final PreparedStatement selectAll;
    private final PreparedStatement select;
    private final PreparedStatement selectSerially;
    private final PreparedStatement insert;
    private final PreparedStatement update;

    CassandraApiTokens(Cql cql) {
        this.cql = cql;
        String columns = "id, name, role, hash, created_at, created_by, expires_at, revoked_at, one_time, version";
        this.selectAll = cql.read("SELECT " + columns + " FROM api_tokens");
        String one = "SELECT " + columns + " FROM api_tokens WHERE id = ?";
        this.select = cql.read(one);
        this.selectSerially = cql.read(one, SERIAL);
        this.insert = cql.compareAndSet("""
                INSERT INTO api_tokens (id, name, role, hash, created_at, created_by, expires_at, revoked_at, one_time, version)
                VALUES (:id, :name, :role, :hash, :created_at, :created_by, :expires_at, :revoked_at, :one_time, :version)
                IF NOT EXISTS
                """, SERIAL);
        this.update = cql.compareAndSet("""
                UPDATE api_tokens SET name = :name, role = :role, hash = :hash, created_at = :created_at,
                    created_by = :created_by, expires_at = :expires_at, revoked_at = :revoked_at, one_time = :one_time,
                    version = :version
                WHERE id = :id
                IF version = :before
                """, SERIAL);
    }

    @Override
    public CompletionStage<List<ApiToken>> list() {
        return cql.all("listing tokens", selectAll.bind(), CassandraApiTokens::token)
                .thenApply(tokens -> tokens.stream().sorted(ORDER).toList());
    }

    @Override
    public CompletionStage<Optional<ApiToken>> find(String id, ReadLevel level) {
        PreparedStatement statement =
                switch (level) {
                    case QUORUM -> select;
                    case SERIAL -> selectSerially;
                };
        return cql.one("reading token " + id, statement.bind(id), CassandraApiTokens::token);
    }

    @Override
    public CompletionStage<Cas<ApiToken>> write(ApiToken next) {
        String what = "writing token " + next.id();
        boolean first = next.version() == 1;
        BoundStatement statement =
                first ? bind(insert, next) : bind(update, next).setLong("before", next.version() - 1);
        return cql.compareAndSet(what, statement).thenCompose(reply -> {
            if (reply.applied()) {
                return completedFuture(new Cas.Applied<>(next));
            }
            CompletionStage<Optional<ApiToken>> standing = find(next.id(), ReadLevel.SERIAL);
            return first
                    ? (reply.askedAgain() ? Failures.readBack(what, standing) : standing)
                            .thenApply(row -> FirstWriter.outcome(next, row))
                    : VersionedUpdate.settle(what, reply, next, ApiToken::version, () -> standing);
        });
    }

    private static BoundStatement bind(PreparedStatement statement, ApiToken token) {
        return statement
                .bind()
                .setString("id", token.id())
                .setString("name", token.name())
                .setString("role", token.role().toString())
                .setString("hash", token.hash())
                .setInstant("created_at", token.createdAt())
                .setString("created_by", token.createdBy())
                .setInstant("expires_at", token.expiresAt())
                .setInstant("revoked_at", token.revokedAt().orElse(null))
                .setBoolean("one_time", token.oneTime())
                .setLong("version", token.version());
    }

    private static ApiToken token(Row row) {
        return new ApiToken(
                Columns.text(row, "id"),
                Columns.text(row, "name"),
                Role.parse(Columns.text(row, "role")),
                Columns.text(row, "hash"),
                Columns.instant(row, "created_at"),
                Columns.text(row, "created_by"),
                Columns.instant(row, "expires_at"),
                Optional.ofNullable(row.getInstant("revoked_at")),
                row.getBoolean("one_time"),
                row.getLong("version"));
    }
}

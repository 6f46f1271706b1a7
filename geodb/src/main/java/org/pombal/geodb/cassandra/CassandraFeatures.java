package org.pombal.geodb.cassandra;

import static com.datastax.oss.driver.api.core.ConsistencyLevel.SERIAL;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.stream.Collectors.toMap;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.Cas;
import org.pombal.geodb.Features;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.model.feature.Feature;
import org.pombal.model.feature.FeatureState;
import org.pombal.model.feature.SiteFeature;
import org.pombal.model.site.SiteId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Features, in {@code cluster_settings} at SERIAL. Whether the table is there is looked at when connecting. */
final class CassandraFeatures implements Features {

    private static final Logger log = LoggerFactory.getLogger(CassandraFeatures.class);

    private final Cql cql;
    private final Optional<Statements> statements;

    private record Statements(
            PreparedStatement selectSite,
            PreparedStatement selectSerially,
            PreparedStatement insert,
            PreparedStatement update) {}

    CassandraFeatures(Cql cql) {
        this.cql = cql;
        this.statements = prepare(cql);
    }

    private static Optional<Statements> prepare(Cql cql) {
        String select = "SELECT name, value, version FROM cluster_settings WHERE site_id = ?";
        try {
            return Optional.of(new Statements(
                    cql.read(select),
                    cql.read(select + " AND name = ?", SERIAL),
                    cql.compareAndSet("""
                            INSERT INTO cluster_settings (site_id, name, value, version)
                            VALUES (:site_id, :name, :value, :version)
                            IF NOT EXISTS
                            """, SERIAL),
                    cql.compareAndSet("""
                            UPDATE cluster_settings SET value = :value, version = :version
                            WHERE site_id = :site_id AND name = :name
                            IF version = :before
                            """, SERIAL)));
        } catch (InvalidQueryException e) {
            log.warn(
                    "all features of all sites count as on, because GeoDB's table of them cannot be used: {}",
                    e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public CompletionStage<List<SiteFeature>> list(SiteId site) {
        if (statements.isEmpty()) {
            return completedFuture(each(feature -> new SiteFeature(site, feature, FeatureState.ON, 0)));
        }
        return cql.all(
                        "reading the features of site " + site,
                        statements.get().selectSite().bind(site.value()),
                        row -> feature(site, row))
                .thenApply(rows -> {
                    Map<Feature, SiteFeature> set = rows.stream()
                            .flatMap(Optional::stream)
                            .collect(toMap(SiteFeature::feature, Function.identity()));
                    return each(feature -> set.getOrDefault(feature, SiteFeature.neverSet(site, feature)));
                });
    }

    private static List<SiteFeature> each(Function<Feature, SiteFeature> row) {
        return Arrays.stream(Feature.values()).map(row).toList();
    }

    /** Empty for a feature, or a state of one, that only a newer release knows. */
    private static Optional<SiteFeature> feature(SiteId site, Row row) {
        try {
            return Optional.of(new SiteFeature(
                    site,
                    Feature.parse(Columns.text(row, "name")),
                    FeatureState.parse(Columns.text(row, "value")),
                    row.getLong("version")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private CompletionStage<Optional<SiteFeature>> find(SiteFeature like, PreparedStatement select) {
        return cql.one(
                        "reading feature " + like.feature() + " of site " + like.site(),
                        select.bind(like.site().value(), like.feature().toString()),
                        row -> feature(like.site(), row))
                .thenApply(found -> found.flatMap(Function.identity()));
    }

    @Override
    public CompletionStage<Cas<SiteFeature>> update(SiteFeature next) {
        String what = "setting feature " + next.feature() + " of site " + next.site();
        if (statements.isEmpty()) {
            return failedFuture(new GeoDbUnavailableException(
                    what + ": GeoDB has no table cluster_settings; 'pombal geodb init' creates it"));
        }
        Statements known = statements.get();
        boolean first = next.version() == 1;
        BoundStatement statement =
                first ? bind(known.insert(), next) : bind(known.update(), next).setLong("before", next.version() - 1);
        return cql.compareAndSet(what, statement).thenCompose(reply -> {
            if (reply.applied()) {
                return completedFuture(new Cas.Applied<>(next));
            }
            CompletionStage<Optional<SiteFeature>> standing = find(next, known.selectSerially());
            return first
                    ? (reply.askedAgain() ? Failures.readBack(what, standing) : standing)
                            .thenApply(row -> FirstWriter.outcome(next, row))
                    : VersionedUpdate.settle(what, reply, next, SiteFeature::version, () -> standing);
        });
    }

    private static BoundStatement bind(PreparedStatement statement, SiteFeature feature) {
        return statement
                .bind()
                .setUuid("site_id", feature.site().value())
                .setString("name", feature.feature().toString())
                .setString("value", feature.state().toString())
                .setLong("version", feature.version());
    }
}

package org.pombal.app.export;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.user.UserKey;

/** Routes from GeoDB. */
public final class GeoDbRoutes implements RouteSource {

    private static final int PAGE_SIZE = 2_000;
    private static final int PATIENCE_SECONDS = 30;

    private final GeoDb geoDb;

    /** @param geoDb closed with this */
    public GeoDbRoutes(GeoDb geoDb) {
        this.geoDb = requireNonNull(geoDb, "geoDb is null");
    }

    @Override
    public RouteLines lines(String siteName, String fields) {
        List<Site> sites = await(geoDb.sites().list());
        Site local = sites.stream()
                .filter(site -> site.name().equals(siteName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("site '" + siteName + "' is not in GeoDB"));
        Map<GroupId, UserGroup> groups = new HashMap<>();
        Optional<PageToken> from = Optional.empty();
        do {
            Page<UserGroup> page = await(geoDb.groups().list(local.id(), from, PAGE_SIZE));
            page.rows().forEach(group -> groups.put(group.id(), group));
            from = page.next();
        } while (from.isPresent());
        return new RouteLines(
                local.id(),
                sites.stream().collect(Collectors.toMap(Site::id, Function.identity())),
                await(geoDb.backends().list(local.id())).stream()
                        .collect(Collectors.toMap(Backend::id, Function.identity())),
                groups,
                fields);
    }

    @Override
    public void users(BiConsumer<UserKey, GroupId> each) {
        Optional<PageToken> from = Optional.empty();
        do {
            Page<User> page = await(geoDb.users().list(from, PAGE_SIZE));
            page.rows().forEach(user -> each.accept(user.key(), user.home()));
            from = page.next();
        } while (from.isPresent());
    }

    private static <T> T await(CompletionStage<T> answer) {
        try {
            return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new GeoDbUnavailableException(
                    String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()), e);
        } catch (TimeoutException e) {
            throw new GeoDbUnavailableException("GeoDB did not answer within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeoDbUnavailableException("interrupted", e);
        }
    }

    @Override
    public void close() {
        geoDb.close();
    }
}

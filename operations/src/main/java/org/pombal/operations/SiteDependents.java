package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.GeoDb;
import org.pombal.model.backend.Backend;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;

/**
 * What depends on a site: its backends, and users who have their home or their failover there. Of whom a site is the failover
 * no index knows, so all users are gone through; that takes minutes where there are a hundred million, and ends early where
 * enough are found.
 */
record SiteDependents(GeoDb geoDb, Progress progress) {

    /** @param countLittle whether it is enough to know that there are some */
    CompletionStage<List<String>> of(Site site, boolean countLittle) {
        Dependents backends = new Dependents("backends");
        Dependents homes = new Dependents("users at home in it");
        Dependents failovers = new Dependents("users with their failover in it");
        int enough = countLittle ? 1 : Dependents.ENOUGH;
        int[] seen = {0};
        return geoDb.backends()
                .list(site.id())
                .thenCompose(found -> {
                    found.stream().map(Backend::host).forEach(host -> backends.add(host.value()));
                    return backends.areNone() || !countLittle
                            ? Paging.<User>through(from -> geoDb.users().list(from, Paging.PAGE_SIZE), users -> {
                                for (User user : users) {
                                    count(user, site, homes, failovers);
                                }
                                seen[0] += users.size();
                                progress.at(seen[0] + " users looked at");
                                return completedFuture(homes.count() + failovers.count() < enough);
                            })
                            : completedFuture(null);
                })
                .thenApply(done -> {
                    List<String> all = new ArrayList<>();
                    for (Dependents dependents : List.of(backends, homes, failovers)) {
                        if (!dependents.areNone()) {
                            all.add(dependents.toString());
                        }
                    }
                    return all;
                });
    }

    private static void count(User user, Site site, Dependents homes, Dependents failovers) {
        String name = user.key().value();
        if (user.home().site().equals(site.id())) {
            homes.add(name);
        } else if (user.failover().map(GroupId::site).filter(site.id()::equals).isPresent()) {
            failovers.add(name);
        }
    }
}

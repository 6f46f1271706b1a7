package org.pombal.operations;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.pombal.geodb.GeoDb;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.site.Site;
import org.pombal.model.site.Tag;
import org.pombal.operations.Obstacle.NotFound;
import org.pombal.operations.Obstacle.Thing;

/** Finds what an operator names, or stops the operation by saying that it does not exist. */
record Lookup(GeoDb geoDb) {

    CompletionStage<Site> site(String name) {
        return geoDb.sites()
                .list()
                .thenCompose(sites -> one(
                        sites,
                        site -> site.name().equals(name),
                        Thing.SITE,
                        "there is no site '" + name + "'; 'cluster site list' shows them"));
    }

    /** @param nameOrId a name goes first, should it look like another tag's id */
    CompletionStage<Tag> tag(String nameOrId) {
        return geoDb.sites().listTags().thenCompose(tags -> {
            Optional<Tag> byName =
                    tags.stream().filter(tag -> tag.name().equals(nameOrId)).findFirst();
            return byName.isPresent()
                    ? completedFuture(byName.get())
                    : one(
                            tags,
                            tag -> tag.id().toString().equalsIgnoreCase(nameOrId),
                            Thing.TAG,
                            "there is no tag '" + nameOrId + "'; 'cluster tag list' shows them");
        });
    }

    CompletionStage<Backend> backend(HostName host) {
        return geoDb.backends()
                .find(host)
                .thenCompose(found -> present(
                        found, Thing.BACKEND, "there is no backend '" + host + "'; 'cluster backend list' shows them"));
    }

    /** The group as it stands, read at the serial level. */
    CompletionStage<UserGroup> group(Site site, String name) {
        return geoDb.groups()
                .find(new GroupId(site.id(), name), ReadLevel.SERIAL)
                .thenCompose(found -> present(
                        found,
                        Thing.GROUP,
                        "site '" + site.name() + "' has no group '" + name
                                + "'; 'cluster group list' shows them, 'cluster site init' creates them"));
    }

    private static <T> CompletionStage<T> one(List<T> all, Predicate<T> wanted, Thing thing, String missing) {
        return present(all.stream().filter(wanted).findFirst(), thing, missing);
    }

    private static <T> CompletionStage<T> present(Optional<T> found, Thing thing, String missing) {
        return found.<CompletionStage<T>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> Attempt.stop(new NotFound(thing, missing)));
    }

    /** What a function makes of a site name that may be missing: of all sites then. */
    <T> CompletionStage<T> sites(Optional<String> name, Function<List<Site>, CompletionStage<T>> then) {
        return name.isPresent()
                ? site(name.get()).thenCompose(site -> then.apply(List.of(site)))
                : geoDb.sites().list().thenCompose(then);
    }
}

package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.model.site.Site;
import org.pombal.model.site.Tag;
import org.pombal.model.site.TagId;
import org.pombal.operations.Obstacle.Conflict;

/** What an operator does with tags. */
public final class TagOperations {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;

    public TagOperations(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
    }

    public CompletionStage<Outcome<List<Tag>>> list() {
        return Attempt.at(attempt -> cluster.geoDb().sites().listTags());
    }

    /** @param id the former id of a tag that comes back; empty for a new one */
    public CompletionStage<Outcome<Tag>> create(String name, Optional<TagId> id) {
        return Attempt.at(attempt -> cluster.geoDb()
                .sites()
                .createTag(id.orElseGet(TagId::random), name)
                .thenCompose(outcome -> {
                    if (outcome instanceof Cas.Applied<Tag> applied) {
                        audit.changed("tag " + name + " (" + applied.row().id() + ") created");
                        return completedFuture(applied.row());
                    }
                    return taken(outcome, name);
                }));
    }

    public CompletionStage<Outcome<Tag>> rename(String nameOrId, String newName) {
        return rename(nameOrId, newName, Precondition.none());
    }

    /** As {@link #rename(String, String)}, if the tag is as expected. */
    public CompletionStage<Outcome<Tag>> rename(String nameOrId, String newName, Precondition<Tag> expected) {
        return Attempt.at(attempt -> lookup.tag(nameOrId)
                .thenCompose(found -> expected.require(found, "tag '" + nameOrId + "'"))
                .thenCompose(
                        tag -> cluster.geoDb().sites().renameTag(tag, newName).thenCompose(outcome -> {
                            if (outcome instanceof Cas.Applied<Tag> applied) {
                                audit.changed("tag " + tag.name() + " renamed to " + newName);
                                return completedFuture(applied.row());
                            }
                            Optional<Tag> standing = ((Cas.Lost<Tag>) outcome).current();
                            return standing.isPresent() && standing.get().id().equals(tag.id())
                                    ? changed(tag, standing)
                                    : standing.isPresent() ? taken(outcome, newName) : changed(tag, standing);
                        })));
    }

    /** @param force although sites have the tag */
    public CompletionStage<Outcome<Tag>> delete(String nameOrId, boolean force) {
        return delete(nameOrId, force, Precondition.none());
    }

    /** As {@link #delete(String, boolean)}, if the tag is as expected. */
    public CompletionStage<Outcome<Tag>> delete(String nameOrId, boolean force, Precondition<Tag> expected) {
        return Attempt.at(attempt -> lookup.tag(nameOrId)
                .thenCompose(found -> expected.require(found, "tag '" + nameOrId + "'"))
                .thenCompose(tag -> sitesWith(tag).thenCompose(sites -> {
                    if (!sites.areNone() && !force) {
                        return Attempt.refuse("tag '" + tag.name() + "' is still that of " + sites
                                + "; change them with 'cluster site update --tag', or use --force");
                    }
                    return cluster.geoDb().sites().retireTag(tag).thenCompose(outcome -> {
                        if (outcome instanceof Cas.Lost<Tag> lost) {
                            return changed(tag, lost.current());
                        }
                        if (sites.areNone()) {
                            audit.changed("tag " + tag.name() + " (" + tag.id() + ") deleted");
                        } else {
                            audit.forced(
                                    "tag " + tag.name() + " (" + tag.id() + ") deleted, though it is that of " + sites);
                            attempt.warn("the tag is still that of " + sites);
                        }
                        return completedFuture(tag);
                    });
                })));
    }

    private CompletionStage<Dependents> sitesWith(Tag tag) {
        return cluster.geoDb().sites().list().thenApply(sites -> {
            Dependents dependents = new Dependents("sites");
            sites.stream()
                    .filter(site -> site.tag().equals(Optional.of(tag.id())))
                    .map(Site::name)
                    .forEach(dependents::add);
            return dependents;
        });
    }

    private static CompletionStage<Tag> taken(Cas<Tag> outcome, String name) {
        Optional<Tag> standing = ((Cas.Lost<Tag>) outcome).current();
        return Attempt.refuse("tag '" + name + "' is not possible: there is tag '"
                + standing.map(Tag::name).orElse("?") + "' with id "
                + standing.map(tag -> tag.id().toString()).orElse("?") + " already");
    }

    private static CompletionStage<Tag> changed(Tag tag, Optional<Tag> standing) {
        return Attempt.stop(new Conflict("somebody else changed tag '" + tag.name() + "' at the same time: "
                + standing.map(now -> "its name is '" + now.name() + "' now").orElse("it is deleted now")));
    }
}

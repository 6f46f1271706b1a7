package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.MoveId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.site.SiteRules;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Obstacle.Conflict;

/**
 * Moves and deletes users, in the order of decision 0010: the departure is written into the row of the user's group, the
 * group's owner ends the user's stay and changes the user's row, then the departure is taken out of the group's row.
 *
 * <p>The second and third step are the owner's; only where nobody has claimed the group are they done from here, by {@link
 * DepartureSteps}. What is under way is shown and taken back by {@link UserMoves}.
 *
 * <p>A departure that was left half-way goes on when the same is asked for again.
 */
public final class Departures {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;
    private final DepartureSteps steps;

    public Departures(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
        this.steps = new DepartureSteps(cluster, audit);
    }

    /** A group and its site. */
    private record Place(Site site, UserGroup group) {

        String shown() {
            return site.name() + "/" + group.id().name();
        }
    }

    /**
     * Moves a user to another group.
     *
     * @param siteName of the group; the user's home site if empty
     * @param failoverName a group of the user's failover site
     */
    public CompletionStage<Outcome<StartedUserMove>> move(
            UserKey key, Optional<String> siteName, String groupName, Optional<String> failoverName) {
        return move(key, siteName, groupName, failoverName, Optional.empty(), Precondition.none());
    }

    /**
     * Moves a user to another group.
     *
     * @param siteName of the group; the user's home site if empty
     * @param failoverName a group of the user's failover site
     * @param tagName the tag that the user has from now on, by name or id, a blank text for none; that of the home site if empty
     * @param expected of the user's row
     */
    public CompletionStage<Outcome<StartedUserMove>> move(
            UserKey key,
            Optional<String> siteName,
            String groupName,
            Optional<String> failoverName,
            Optional<String> tagName,
            Precondition<User> expected) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .findExpected(key, expected)
                .thenCompose(user -> cluster.geoDb().sites().list().thenCompose(sites -> target(user, siteName, sites)
                        .thenCompose(site -> mayLive(user, site, sites, tagName))
                        .thenCompose(site -> lookup.group(site, groupName)
                                .thenCompose(target -> failover(user, target, failoverName, sites)
                                        .thenCompose(failover ->
                                                move(attempt, user, new Place(site, target), failover, sites)))))));
    }

    /**
     * Sends a user to a group of another site, whether the group was ever needed there or not; a failover group in a third site stays. Only the
     * site where the user is can do it.
     */
    public CompletionStage<Outcome<StartedUserMove>> send(UserKey key, GroupId target) {
        return send(key, target, user -> Optional.empty());
    }

    /**
     * Sends a user who logs in and is still at home in a group to another one, in whichever site; a failover group in a third site stays. Not whom
     * another site has taken over: such a user goes home first.
     */
    public CompletionStage<Outcome<StartedUserMove>> sendFrom(GroupId group, UserKey key, GroupId target) {
        return send(key, target, user -> {
            if (!user.home().equals(group)) {
                return Optional.of("user '" + key + "' is not in group " + group.name() + " any more");
            }
            return user.origin().isPresent()
                    ? Optional.of("user '" + key + "' is at home in another site, and goes there when it recovers")
                    : Optional.empty();
        });
    }

    private CompletionStage<Outcome<StartedUserMove>> send(
            UserKey key, GroupId target, Function<User, Optional<String>> objection) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .find(key, ReadLevel.SERIAL)
                .thenCompose(user -> objection
                        .apply(user)
                        .<CompletionStage<User>>map(Attempt::refuse)
                        .orElseGet(() -> completedFuture(user)))
                .thenCompose(user -> cluster.geoDb().sites().list().thenCompose(sites -> cluster.geoDb()
                        .groups()
                        .find(user.home(), ReadLevel.SERIAL)
                        .thenCompose(source -> {
                            String from = DepartureSteps.shown(user.home(), sites);
                            Optional<String> to = Optional.of(DepartureSteps.shown(target, sites));
                            Departure departure =
                                    asked(Departure.to(MoveId.random(), target, failoverElsewhere(user, target)));
                            return source.isEmpty()
                                    ? rewritten(user, user.movedTo(target, failoverElsewhere(user, target)), from)
                                            .thenApply(
                                                    done -> new StartedUserMove(key, from, to, Optional.empty(), true))
                                    : steps.ownGroup(source.get(), sites)
                                            .thenCompose(own -> steps.depart(attempt, user, own, departure, from, to));
                        }))));
    }

    private Departure asked(Departure departure) {
        return departure.asked(audit.operator(), cluster.clock().instant());
    }

    /** The user's failover group, unless the user goes to its site. */
    private static Optional<GroupId> failoverElsewhere(User user, GroupId target) {
        return user.failover().filter(group -> !group.site().equals(target.site()));
    }

    private CompletionStage<Site> mayLive(User user, Site target, List<Site> sites, Optional<String> tagName) {
        Optional<Site> home = site(sites, user.home().site());
        CompletionStage<Optional<TagId>> named =
                tagName.filter(text -> !text.isBlank()).isPresent()
                        ? lookup.tag(tagName.get()).thenApply(tag -> Optional.of(tag.id()))
                        : completedFuture(Optional.empty());
        return named.thenCombine(cluster.geoDb().sites().listTags(), (tag, tags) -> {
                    Optional<TagId> has =
                            tagName.isPresent() ? tag : home.orElse(target).tag();
                    return SiteRules.objectionToMove(home, target, has, tags);
                })
                .thenCompose(objection ->
                        objection.<CompletionStage<Site>>map(Attempt::refuse).orElseGet(() -> completedFuture(target)));
    }

    private CompletionStage<Site> target(User user, Optional<String> siteName, List<Site> sites) {
        if (siteName.isPresent()) {
            return lookup.site(siteName.get());
        }
        Optional<Site> home = site(sites, user.home().site());
        return home.<CompletionStage<Site>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> Attempt.refuse("the home site of user '" + user.key() + "' ("
                        + user.home().site() + ") is removed; name another with --site"));
    }

    private static Optional<Site> site(List<Site> sites, SiteId id) {
        return sites.stream().filter(site -> site.id().equals(id)).findFirst();
    }

    /** The failover site is the user's; a user without one who leaves a site gets that one; otherwise the only other site. */
    private CompletionStage<Optional<GroupId>> failover(
            User user, UserGroup target, Optional<String> name, List<Site> sites) {
        SiteId targetSite = target.id().site();
        if (name.isEmpty()) {
            return completedFuture(failoverElsewhere(user, target.id()));
        }
        Optional<TagId> tag = site(sites, targetSite).flatMap(Site::tag);
        List<SiteId> others = sites.stream()
                .filter(site -> site.tag().equals(tag))
                .map(Site::id)
                .filter(id -> !id.equals(targetSite))
                .toList();
        Optional<SiteId> chosen = user.failover()
                .map(GroupId::site)
                .filter(others::contains)
                .or(() -> Optional.of(user.home().site()).filter(others::contains))
                .or(() -> others.size() == 1 ? Optional.of(others.get(0)) : Optional.empty());
        if (chosen.isEmpty()) {
            return Attempt.refuse("failover group '" + name.get() + "' is not possible: user '" + user.key()
                    + "' has no failover site, and "
                    + (others.isEmpty()
                            ? "there is no other site with the same tag"
                            : "there are several other sites to choose from"));
        }
        return lookup.group(site(sites, chosen.get()).orElseThrow(), name.get())
                .thenApply(group -> Optional.of(group.id()));
    }

    private CompletionStage<StartedUserMove> move(
            Attempt attempt, User user, Place target, Optional<GroupId> failover, List<Site> sites) {
        String from = DepartureSteps.shown(user.home(), sites);
        if (target.group().id().equals(user.home())) {
            return failover.equals(user.failover())
                    ? Attempt.refuse("user '" + user.key() + "' is in group " + target.shown() + " already")
                    : rewritten(user, user.movedTo(user.home(), failover), from);
        }
        if (target.group().isMoving()) {
            return Attempt.refuse("group " + target.shown()
                    + " is moving to another backend; a user cannot be moved into" + " it before that has ended");
        }
        Departure departure = asked(Departure.to(MoveId.random(), target.group().id(), failover));
        return cluster.geoDb()
                .groups()
                .find(user.home(), ReadLevel.SERIAL)
                .thenCompose(source -> source.isEmpty()
                        ? rewritten(user, user.movedTo(target.group().id(), failover), from)
                                .thenApply(done -> new StartedUserMove(
                                        user.key(), from, Optional.of(target.shown()), Optional.empty(), true))
                        : steps.ownGroup(source.get(), sites)
                                .thenCompose(own -> steps.depart(
                                        attempt, user, own, departure, from, Optional.of(target.shown()))));
    }

    /** Only the row: the user's backend stays the same, or the user has none. */
    private CompletionStage<StartedUserMove> rewritten(User user, User next, String from) {
        return cluster.geoDb().users().update(next).thenCompose(outcome -> {
            if (outcome instanceof Cas.Applied) {
                audit.changed("user " + user.key() + " changed: " + next);
                return completedFuture(
                        new StartedUserMove(user.key(), from, Optional.of(from), Optional.empty(), true));
            }
            return conflict(user, ((Cas.Lost<User>) outcome).current());
        });
    }

    /** Deletes a user: the next login is like the first. */
    public CompletionStage<Outcome<StartedUserMove>> delete(UserKey key) {
        return delete(key, Precondition.none());
    }

    /**
     * Deletes a user: the next login is like the first.
     *
     * @param expected of the user's row
     */
    public CompletionStage<Outcome<StartedUserMove>> delete(UserKey key, Precondition<User> expected) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .findExpected(key, expected)
                .thenCompose(user -> cluster.geoDb().sites().list().thenCompose(sites -> cluster.geoDb()
                        .groups()
                        .find(user.home(), ReadLevel.SERIAL)
                        .thenCompose(source -> {
                            String from = DepartureSteps.shown(user.home(), sites);
                            Departure departure = asked(Departure.deletion(MoveId.random()));
                            return source.isEmpty()
                                    ? retired(user)
                                            .thenApply(done -> new StartedUserMove(
                                                    key, from, Optional.empty(), Optional.empty(), true))
                                    : steps.ownGroup(source.get(), sites)
                                            .thenCompose(own -> steps.depart(
                                                    attempt, user, own, departure, from, Optional.empty()));
                        }))));
    }

    private CompletionStage<Void> retired(User user) {
        return cluster.geoDb().users().retire(user).thenCompose(outcome -> {
            if (outcome instanceof Cas.Applied) {
                audit.changed("user " + user.key() + " deleted");
                return completedFuture(null);
            }
            return conflict(user, ((Cas.Lost<User>) outcome).current());
        });
    }

    private static <T> CompletionStage<T> conflict(User user, Optional<User> standing) {
        return Attempt.stop(new Conflict("somebody else changed user '" + user.key() + "' at the same time: "
                + standing.map(now -> "the home is group " + now.home().name() + ", version " + now.version() + " now")
                        .orElse("the user is deleted now")
                + "; nothing was changed"));
    }
}

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
import org.pombal.model.ownership.DepartureCommand;
import org.pombal.model.ownership.HandOverRules;
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
 * <p>The second and third step are the owner's; only where nobody has claimed the group does this do them. What is
 * decided is in {@link DepartureCommand}.
 *
 * <p>A departure that was left half-way goes on when the same is asked for again.
 */
public final class Departures {

    private final Cluster cluster;
    private final Audit audit;
    private final Lookup lookup;
    private final DepartureCommand command = new DepartureCommand(HandOverRules.PROTOCOL);

    public Departures(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
        this.lookup = new Lookup(cluster.geoDb());
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
        return move(key, siteName, groupName, failoverName, Optional.empty());
    }

    /**
     * Moves a user to another group.
     *
     * @param siteName of the group; the user's home site if empty
     * @param failoverName a group of the user's failover site
     * @param tagName the tag that the user has from now on, by name or id, a blank text for none; that of the home site if empty
     */
    public CompletionStage<Outcome<StartedUserMove>> move(
            UserKey key,
            Optional<String> siteName,
            String groupName,
            Optional<String> failoverName,
            Optional<String> tagName) {
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .find(key, ReadLevel.SERIAL)
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
                            String from = shown(user.home(), sites);
                            Optional<String> to = Optional.of(shown(target, sites));
                            Departure departure =
                                    Departure.to(MoveId.random(), target, failoverElsewhere(user, target));
                            return source.isEmpty()
                                    ? rewritten(user, user.movedTo(target, failoverElsewhere(user, target)), from)
                                            .thenApply(
                                                    done -> new StartedUserMove(key, from, to, Optional.empty(), true))
                                    : ownGroup(source.get(), sites)
                                            .thenCompose(own -> depart(attempt, user, own, departure, from, to));
                        }))));
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
        String from = shown(user.home(), sites);
        if (target.group().id().equals(user.home())) {
            return failover.equals(user.failover())
                    ? Attempt.refuse("user '" + user.key() + "' is in group " + target.shown() + " already")
                    : rewritten(user, user.movedTo(user.home(), failover), from);
        }
        if (target.group().isMoving()) {
            return Attempt.refuse("group " + target.shown()
                    + " is moving to another backend; a user cannot be moved into" + " it before that has ended");
        }
        Departure departure = Departure.to(MoveId.random(), target.group().id(), failover);
        return cluster.geoDb()
                .groups()
                .find(user.home(), ReadLevel.SERIAL)
                .thenCompose(source -> source.isEmpty()
                        ? rewritten(user, user.movedTo(target.group().id(), failover), from)
                                .thenApply(done -> new StartedUserMove(
                                        user.key(), from, Optional.of(target.shown()), Optional.empty(), true))
                        : ownGroup(source.get(), sites)
                                .thenCompose(own ->
                                        depart(attempt, user, own, departure, from, Optional.of(target.shown()))));
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
        return Attempt.at(attempt -> new UserRows(cluster.geoDb())
                .find(key, ReadLevel.SERIAL)
                .thenCompose(user -> cluster.geoDb().sites().list().thenCompose(sites -> cluster.geoDb()
                        .groups()
                        .find(user.home(), ReadLevel.SERIAL)
                        .thenCompose(source -> {
                            String from = shown(user.home(), sites);
                            Departure departure = Departure.deletion(MoveId.random());
                            return source.isEmpty()
                                    ? retired(user)
                                            .thenApply(done -> new StartedUserMove(
                                                    key, from, Optional.empty(), Optional.empty(), true))
                                    : ownGroup(source.get(), sites)
                                            .thenCompose(own ->
                                                    depart(attempt, user, own, departure, from, Optional.empty()));
                        }))));
    }

    /** A group whose row may be written from here. */
    private CompletionStage<UserGroup> ownGroup(UserGroup group, List<Site> sites) {
        SiteId id = group.id().site();
        String name = site(sites, id).map(Site::name).orElse(id.toString());
        return new OwnRows(cluster).require(id, name, group);
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

    private CompletionStage<StartedUserMove> depart(
            Attempt attempt, User user, UserGroup source, Departure departure, String from, Optional<String> to) {
        DepartureCommand.Step step = command.next(source, user.key(), departure);
        if (step instanceof DepartureCommand.Step.Refuse refuse) {
            return Attempt.refuse(refusal(refuse.why(), user.key(), source, from));
        }
        if (step instanceof DepartureCommand.Step.Register register) {
            return register(attempt, user, register.next(), departure, from, to);
        }
        if (step instanceof DepartureCommand.Step.CarryOut carryOut) {
            return carryOut(attempt, user, carryOut.departure(), from, to);
        }
        Departure standing = ((DepartureCommand.Step.LeaveToOwner) step).departure();
        return completedFuture(new StartedUserMove(user.key(), from, to, Optional.of(standing.id()), false));
    }

    private static String refusal(DepartureCommand.Obstacle why, UserKey user, UserGroup source, String from) {
        return switch (why) {
            case LEAVES_OTHERWISE -> {
                Departure standing = requireNonNull(source.leaving().get(user));
                yield "user '" + user + "' is leaving group " + from + " already: "
                        + standing.target()
                                .map(target -> "for " + target.name())
                                .orElse("to be deleted") + " (move "
                        + standing.id() + ")";
            }
            case GROUP_MOVES ->
                "group " + from + " is moving to another backend; a user cannot leave it before that has ended";
            case TOO_MANY_LEAVE ->
                source.leaving().size() + " users are leaving group " + from
                        + " already; try again when some have left";
        };
    }

    private CompletionStage<StartedUserMove> register(
            Attempt attempt, User user, UserGroup next, Departure departure, String from, Optional<String> to) {
        return cluster.geoDb().groups().update(next).thenCompose(outcome -> {
            if (outcome instanceof Cas.Applied<UserGroup> applied) {
                attempt.did("the departure " + departure.id() + " is written into the row of group " + from);
                audit.changed((departure.isDeletion() ? "deletion " : "move ") + departure.id() + " of user "
                        + user.key() + " from " + from
                        + to.map(group -> " to " + group).orElse("")
                        + " asked for");
                return depart(attempt, user, applied.row(), departure, from, to);
            }
            return Attempt.stop(new Conflict(
                    "somebody else changed group " + from + " at the same time; nothing was changed, try again"));
        });
    }

    private CompletionStage<StartedUserMove> carryOut(
            Attempt attempt, User user, Departure departure, String from, Optional<String> to) {
        return user.after(departure)
                .map(next -> cluster.geoDb().users().update(next))
                .orElseGet(() -> cluster.geoDb().users().retire(user))
                .thenCompose(outcome -> {
                    Optional<User> standing =
                            outcome instanceof Cas.Lost<User> lost ? lost.current() : Optional.empty();
                    boolean applied = outcome instanceof Cas.Applied;
                    if (!applied && !User.hasLeft(user.home(), standing)) {
                        return changedMeanwhile(attempt, user);
                    }
                    if (applied) {
                        attempt.did("the user's row is changed");
                    }
                    return forget(user.home(), user.key(), departure)
                            .thenCompose(
                                    gone -> applied || standing.map(User::home).equals(departure.target())
                                            ? completedFuture(new StartedUserMove(
                                                    user.key(), from, to, Optional.of(departure.id()), true))
                                            : changedMeanwhile(attempt, user));
                });
    }

    private static <T> CompletionStage<T> changedMeanwhile(Attempt attempt, User user) {
        return Attempt.stop(new Conflict("the row of user '" + user.key() + "' was changed at the same time; "
                + attempt.soFar() + "; try again"));
    }

    /** Takes the departure out, unless the group's owner has done so; somebody else's change of the row is read again. */
    private CompletionStage<Void> forget(GroupId id, UserKey user, Departure departure) {
        return cluster.geoDb().groups().find(id, ReadLevel.SERIAL).thenCompose(found -> {
            Optional<UserGroup> next = found.flatMap(row -> DepartureCommand.forget(row, user, departure));
            return next.isEmpty()
                    ? completedFuture(null)
                    : cluster.geoDb()
                            .groups()
                            .update(next.get())
                            .thenCompose(outcome -> outcome instanceof Cas.Applied
                                    ? completedFuture(null)
                                    : forget(id, user, departure));
        });
    }

    private static String shown(GroupId group, List<Site> sites) {
        return site(sites, group.site()).map(Site::name).orElse(group.site().toString()) + "/" + group.name();
    }

    private static <T> CompletionStage<T> conflict(User user, Optional<User> standing) {
        return Attempt.stop(new Conflict("somebody else changed user '" + user.key() + "' at the same time: "
                + standing.map(now -> "the home is group " + now.home().name() + ", version " + now.version() + " now")
                        .orElse("the user is deleted now")
                + "; nothing was changed"));
    }
}

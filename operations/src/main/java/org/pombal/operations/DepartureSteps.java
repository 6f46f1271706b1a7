package org.pombal.operations;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.pombal.geodb.Cas;
import org.pombal.geodb.ReadLevel;
import org.pombal.model.group.Departure;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.ownership.DepartureCommand;
import org.pombal.model.ownership.HandOverRules;
import org.pombal.model.placement.User;
import org.pombal.model.site.Site;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.operations.Obstacle.Conflict;

/** Carries a user's departure, or that it is taken back, through GeoDB's rows, as {@link DepartureCommand} decides. */
final class DepartureSteps {

    private final Cluster cluster;
    private final Audit audit;
    private final DepartureCommand command = new DepartureCommand(HandOverRules.PROTOCOL);

    DepartureSteps(Cluster cluster, Audit audit) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.audit = requireNonNull(audit, "audit is null");
    }

    String operator() {
        return audit.operator();
    }

    /** A group whose row may be written from here. */
    CompletionStage<UserGroup> ownGroup(UserGroup group, List<Site> sites) {
        SiteId id = group.id().site();
        String name = siteName(id, sites);
        return new OwnRows(cluster).require(id, name, group);
    }

    /**
     * Does what is next for this departure, until the owner has to.
     *
     * @param source as it was read after the user
     */
    CompletionStage<StartedUserMove> depart(
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
                yield standing.isStayIn(source.id())
                        ? "that user '" + user + "' leaves group " + from + " is being taken back (" + standing.id()
                                + "); try again when that is done"
                        : "user '" + user + "' is leaving group " + from + " already: "
                                + standing.target()
                                        .map(target -> "for " + target.name())
                                        .orElse("to be deleted") + " (move "
                                + standing.id() + ")";
            }
            case DOES_NOT_LEAVE -> notLeaving(user, from);
            case GROUP_MOVES ->
                "group " + from + " is moving to another backend; a user cannot leave it before that has ended";
            case TOO_MANY_LEAVE ->
                source.leaving().size() + " users are leaving group " + from
                        + " already; try again when some have left";
        };
    }

    private static String notLeaving(UserKey user, String group) {
        return "user '" + user + "' is not leaving group " + group
                + "; a move that has ended is not taken back: move the user again";
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
            return lostAgainstAnother(from);
        });
    }

    private static <T> CompletionStage<T> lostAgainstAnother(String group) {
        return Attempt.stop(new Conflict(
                "somebody else changed group " + group + " at the same time; nothing was changed, try again"));
    }

    /**
     * Takes a departure back, by another in its place.
     *
     * @param user as it was read before the group
     * @return where the user stays; finished once that is sure
     */
    CompletionStage<StartedUserMove> withdraw(
            Attempt attempt, User user, UserGroup source, Departure stay, String from) {
        Optional<String> to = Optional.of(from);
        DepartureCommand.Step step = command.withdraw(source, user.key(), stay);
        if (step instanceof DepartureCommand.Step.Refuse refuse) {
            return Attempt.refuse(withdrawalRefused(refuse.why(), user.key(), source, from));
        }
        if (step instanceof DepartureCommand.Step.Register register) {
            return cluster.geoDb().groups().update(register.next()).thenCompose(outcome -> {
                if (outcome instanceof Cas.Applied<UserGroup> applied) {
                    attempt.did("that the user leaves is taken back in the row of group " + from);
                    audit.changed("move of user " + user.key() + " from " + from + " withdrawn (" + stay.id() + ")");
                    return withdraw(attempt, user, applied.row(), stay, from);
                }
                return lostAgainstAnother(from);
            });
        }
        if (step instanceof DepartureCommand.Step.CarryOut carryOut) {
            return carryOut(attempt, user, carryOut.departure(), from, to);
        }
        Departure standing = ((DepartureCommand.Step.LeaveToOwner) step).departure();
        return completedFuture(new StartedUserMove(user.key(), from, to, Optional.of(standing.id()), false));
    }

    private static String withdrawalRefused(
            DepartureCommand.Obstacle why, UserKey user, UserGroup source, String from) {
        return why == DepartureCommand.Obstacle.GROUP_MOVES
                ? "group " + from + " is moving to another backend; that user '" + user
                        + "' leaves it cannot be taken back before that has ended"
                : refusal(why, user, source, from);
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

    static String siteName(SiteId id, List<Site> sites) {
        return sites.stream()
                .filter(site -> site.id().equals(id))
                .map(Site::name)
                .findFirst()
                .orElse(id.toString());
    }

    /** A group as SITE/GROUP. */
    static String shown(GroupId group, List<Site> sites) {
        return siteName(group.site(), sites) + "/" + group.name();
    }
}

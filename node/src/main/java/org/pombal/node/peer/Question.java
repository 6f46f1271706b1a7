package org.pombal.node.peer;

import static java.util.Objects.requireNonNull;

import org.pombal.model.backend.BackendId;
import org.pombal.model.group.GroupId;
import org.pombal.model.ownership.HoldLimits;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;
import org.pombal.model.vote.Vote;

/** What one node asks another. */
sealed interface Question {

    /** Where questions are posted: one path below for each kind. */
    String ROOT = "/peer/v1/";

    String USER = "user";
    String GROUP = "group";
    String KIND = "kind";
    String WANTED = "wanted";
    String BACKEND = "backend";

    /** Do you say that GeoDB is up, or down? */
    record AskVote(Vote wanted) implements Question {
        public AskVote {
            requireNonNull(wanted, "wanted is null");
        }
    }

    /** A user of the group waits for what you do. */
    record Arrived(GroupId group, UserKey user) implements Question {
        public Arrived {
            requireNonNull(group, "group is null");
            requireNonNull(user, "user is null");
        }
    }

    /** This backend has given its lease back. */
    record Released(BackendId backend) implements Question {
        public Released {
            requireNonNull(backend, "backend is null");
        }
    }

    /** Where is the user to be served? */
    record Where(UserKey user, HoldLimits.Kind kind) implements Question {
        public Where {
            requireNonNull(user, "user is null");
            requireNonNull(kind, "kind is null");
        }
    }

    /** The kind, as in paths and metrics. */
    default String name() {
        if (this instanceof AskVote) {
            return "vote";
        }
        if (this instanceof Released) {
            return "released";
        }
        return this instanceof Arrived ? "arrived" : "where";
    }

    /** What it takes besides its kind and who is asked. */
    default Message toMessage() {
        if (this instanceof Arrived arrived) {
            return Message.of(
                    GROUP, arrived.group().name(), USER, arrived.user().value());
        }
        if (this instanceof AskVote ask) {
            return Message.of(WANTED, Names.of(ask.wanted()));
        }
        if (this instanceof Released released) {
            return Message.of(BACKEND, released.backend().toString());
        }
        return this instanceof Where where
                ? Message.of(USER, where.user().value(), KIND, Names.of(where.kind()))
                : Message.of();
    }

    /** @param site of the node that is asked */
    static Question parse(String name, SiteId site, Message message) throws BadMessageException {
        return switch (name) {
            case "vote" -> new AskVote(message.value(WANTED, wanted -> Names.find(Vote.class, wanted)));
            case "arrived" ->
                new Arrived(message.value(GROUP, group -> new GroupId(site, group)), message.value(USER, UserKey::new));
            case "released" -> new Released(message.value(BACKEND, BackendId::parse));
            case "where" ->
                new Where(
                        message.value(USER, UserKey::new),
                        message.value(KIND, kind -> Names.find(HoldLimits.Kind.class, kind)));
            default -> throw new BadMessageException("there is no question '" + name + "'");
        };
    }

    static boolean exists(String name) {
        return name.equals("vote") || name.equals("arrived") || name.equals("released") || name.equals("where");
    }
}

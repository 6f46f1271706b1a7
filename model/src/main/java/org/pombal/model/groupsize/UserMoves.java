package org.pombal.model.groupsize;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.user.UserKey;

/** Transfers with the names of the users, and what of them a pass may do. */
public final class UserMoves {

    /** A user who is to change groups. */
    public record UserMove(UserKey user, GroupId from, GroupId to) {
        public UserMove {
            requireNonNull(user, "user is null");
            requireNonNull(from, "from is null");
            requireNonNull(to, "to is null");
        }
    }

    /**
     * What a pass does.
     *
     * @param moves to begin now
     * @param later what a later pass may do
     * @param dropped what is no longer right, for the groups have changed
     */
    public record Pass(List<UserMove> moves, List<UserMove> later, List<UserMove> dropped) {
        public Pass {
            moves = List.copyOf(moves);
            later = List.copyOf(later);
            dropped = List.copyOf(dropped);
        }
    }

    private UserMoves() {}

    /**
     * Names the users. If a group has fewer than a transfer asks for, all of them go.
     *
     * @param users of a group; is asked once for each
     */
    public static List<UserMove> named(List<UserTransfer> transfers, Function<GroupId, Iterator<UserKey>> users) {
        Map<GroupId, Iterator<UserKey>> open = new HashMap<>();
        List<UserMove> moves = new ArrayList<>();
        for (UserTransfer transfer : transfers) {
            Iterator<UserKey> source = open.computeIfAbsent(transfer.from(), users);
            for (long i = 0; i < transfer.users() && source.hasNext(); i++) {
                moves.add(new UserMove(source.next(), transfer.from(), transfer.to()));
            }
        }
        return moves;
    }

    /**
     * Takes what one pass may do, the first {@code most} that can be done.
     *
     * @param now the row of a group as it is now, empty if it is gone
     * @param mayChangeBackend whether users may come to another backend by it
     */
    public static Pass pass(
            List<UserMove> planned, Function<GroupId, Optional<UserGroup>> now, boolean mayChangeBackend, int most) {
        List<UserMove> moves = new ArrayList<>();
        List<UserMove> later = new ArrayList<>();
        List<UserMove> dropped = new ArrayList<>();
        Map<GroupId, Integer> leaving = new HashMap<>();
        for (UserMove move : planned) {
            Optional<UserGroup> from = now.apply(move.from());
            Optional<UserGroup> to = now.apply(move.to());
            if (from.isEmpty() || to.isEmpty() || !isWanted(from.get(), to.get(), mayChangeBackend)) {
                dropped.add(move);
            } else if (moves.size() >= most || isBusy(from.get(), to.get(), leaving)) {
                later.add(move);
            } else {
                leaving.merge(move.from(), 1, Integer::sum);
                moves.add(move);
            }
        }
        return new Pass(moves, later, dropped);
    }

    private static boolean isWanted(UserGroup from, UserGroup to, boolean mayChangeBackend) {
        boolean sticky = from.stickyUsers() || to.stickyUsers();
        return !sticky && (mayChangeBackend || from.backend().equals(to.backend()));
    }

    private static boolean isBusy(UserGroup from, UserGroup to, Map<GroupId, Integer> leaving) {
        int more = leaving.getOrDefault(from.id(), 0);
        return from.isMoving() || to.isMoving() || from.leaving().size() + more >= UserGroup.MAX_LEAVING;
    }
}

package org.pombal.node.sites;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pombal.geodb.Page;
import org.pombal.geodb.PageToken;
import org.pombal.model.group.GroupId;
import org.pombal.model.placement.User;

/**
 * Goes through users group by group, page by page, as fast as it is allowed, again and again: what was missed in one pass comes in the next. Not for
 * use by several threads.
 */
final class UserBatches {

    private static final long PATIENCE_SECONDS = 10;
    private static final int PAGE = 200;

    private final Source source;
    private List<GroupId> left = new ArrayList<>();
    private Optional<PageToken> from = Optional.empty();
    private boolean found;
    private boolean passed;
    private boolean acted;
    private boolean idle;

    /** Where the users are found. */
    @FunctionalInterface
    interface Source {

        CompletionStage<Page<User>> page(GroupId group, Optional<PageToken> from, int size);
    }

    /** What is done with one of them. */
    @FunctionalInterface
    interface Act {

        /** Done when that is done or has failed; whether it counts against the rate. */
        CompletionStage<Boolean> on(User user);
    }

    UserBatches(Source source) {
        this.source = requireNonNull(source, "source is null");
    }

    /**
     * Goes on, until as many were acted upon as may, or the pass is over.
     *
     * @param groups those of which a new pass consists
     * @param most how many users may be acted upon
     * @return how many were
     */
    int goOn(List<GroupId> groups, int most, Act act)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (left.isEmpty()) {
            left = new ArrayList<>(groups);
            from = Optional.empty();
            found = false;
            acted = false;
            idle = false;
        }
        int count = 0;
        while (count < most && !left.isEmpty()) {
            Page<User> page = await(source.page(left.get(0), from, Math.min(PAGE, Math.max(1, most - count))));
            for (User user : page.rows()) {
                found = true;
                count += await(act.on(user)) ? 1 : 0;
            }
            from = page.next();
            if (from.isEmpty()) {
                left.remove(0);
            }
        }
        acted |= count > 0;
        if (left.isEmpty()) {
            passed = !found;
            idle = !acted;
        }
        return count;
    }

    /** Whether the last whole pass found nobody. */
    boolean foundNobody() {
        return passed;
    }

    /** Whether the last whole pass found nobody to act upon. */
    boolean foundNothingToDo() {
        return idle;
    }

    private static <T> T await(CompletionStage<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

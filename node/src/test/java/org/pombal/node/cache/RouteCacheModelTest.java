package org.pombal.node.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** Random operations, compared with what a {@link HashMap} says. */
class RouteCacheModelTest {

    private static final SiteId SITE = new SiteId(new UUID(0, 1));
    private static final int THREADS = 4;
    private static final int USERS_PER_THREAD = 3_000;

    private final long seed = new Random().nextLong();

    @RepeatedTest(3)
    void oneThreadSeesExactlyWhatAMapSays() {
        runAgainstModel(new RouteCache(1_000_000), 0, 100_000, false);
    }

    @RepeatedTest(2)
    void eachOfSeveralThreadsSeesItsOwnUsersAsAMapSays() throws Exception {
        inThreads(new RouteCache(THREADS * USERS_PER_THREAD), false);
    }

    @RepeatedTest(2)
    void whileUsersAreEvictedEachAnswerIsTheLastHomeOrNone() throws Exception {
        RouteCache cache = new RouteCache(THREADS * USERS_PER_THREAD / 4);
        inThreads(cache, true);
        assertThat(cache.size()).isLessThanOrEqualTo(THREADS * USERS_PER_THREAD / 4);
    }

    @Test
    void theSameOperationsUnderTheSameKeyLeaveTheSameUsers() {
        assertThat(survivors()).isEqualTo(survivors()).hasSizeBetween(950, 1_000);
    }

    private void inThreads(RouteCache cache, boolean evicts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                runs.add(threads.submit(() -> runAgainstModel(cache, own, 100_000, evicts)));
            }
            for (Future<?> run : runs) {
                run.get(60, SECONDS);
            }
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
        }
        int users = cache.size();
        assertThat(cache.groups().size()).isLessThanOrEqualTo(users);
        cache.clear();
        assertThat(cache.groups().size()).as("groups without a user").isZero();
    }

    /** Users of other threads are asked for too: their homes are in groups whose numbers name the user. */
    private void runAgainstModel(RouteCache cache, int thread, int operations, boolean evicts) {
        Random random = new Random(seed + thread);
        Map<Integer, GroupId> model = new HashMap<>();
        for (int i = 0; i < operations; i++) {
            int user = random.nextInt(USERS_PER_THREAD);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    GroupId home = group(thread, user, random.nextInt(3));
                    cache.put(user(thread, user), home);
                    model.put(user, home);
                }
                case 3 -> {
                    cache.forget(user(thread, user));
                    model.remove(user);
                }
                case 4 -> {
                    int other = random.nextInt(THREADS);
                    GroupId home = cache.homeOf(user(other, user));
                    if (home != null && !home.name().startsWith(prefix(other, user))) {
                        fail("seed %d, thread %d, operation %d: %s", seed, thread, i, home);
                    }
                }
                default -> {
                    GroupId home = cache.homeOf(user(thread, user));
                    boolean evicted = home == null && evicts;
                    if (!evicted && !Objects.equals(home, model.get(user))) {
                        fail("seed %d, thread %d, operation %d: %s", seed, thread, i, home);
                    }
                }
            }
        }
        if (!evicts && thread == 0 && cache.size() <= USERS_PER_THREAD) {
            assertThat(cache.size()).as("seed %d", seed).isEqualTo(model.size());
        }
    }

    private List<Integer> survivors() {
        RouteCache cache = new RouteCache(1_000, 1, 2);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            cache.put(user(0, random.nextInt(5_000)), GroupId.numbered(SITE, 1));
            cache.homeOf(user(0, random.nextInt(5_000)));
        }
        List<Integer> survivors = new ArrayList<>();
        for (int user = 0; user < 5_000; user++) {
            if (cache.homeOf(user(0, user)) != null) {
                survivors.add(user);
            }
        }
        return survivors;
    }

    private static UserKey user(int thread, int number) {
        return new UserKey("user" + number + "-" + thread);
    }

    private static String prefix(int thread, int user) {
        return thread + "-" + user + "-";
    }

    private static GroupId group(int thread, int user, int variant) {
        return new GroupId(SITE, prefix(thread, user) + variant);
    }
}

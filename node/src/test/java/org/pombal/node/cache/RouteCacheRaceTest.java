package org.pombal.node.cache;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/** One thread changes entries of a small, crowded segment without pause while another looks them up. */
@Timeout(60)
class RouteCacheRaceTest {

    private static final SiteId SITE = new SiteId(new UUID(0, 1));
    private static final int ROUNDS = 300_000;

    private final long seed = new Random().nextLong();
    private final RouteCache cache = new RouteCache(200);
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() throws InterruptedException {
        thread.shutdownNow();
        assertThat(thread.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void anEntryIsFoundWhileOthersPushItToAndFro() throws Exception {
        UserKey[] lasting = users("lasting", 40);
        UserKey[] passing = users("passing", 80);
        GroupId[] homes = homesOf(lasting);
        for (int i = 0; i < lasting.length; i++) {
            cache.put(lasting[i], homes[i]);
        }
        Future<?> changes = thread.submit(() -> putAndForget(passing, homesOf(passing)));
        int wrong = 0;
        for (int i = 0; !changes.isDone(); i = (i + 1) % lasting.length) {
            wrong += homes[i].equals(cache.homeOf(lasting[i])) ? 0 : 1;
        }
        changes.get(10, SECONDS);
        assertThat(wrong).as("wrong answers, seed %d", seed).isZero();
    }

    @Test
    void anEntryThatComesAndGoesNeverHasTheGroupOfAnother() throws Exception {
        UserKey[] passing = users("passing", 100);
        GroupId[] homes = homesOf(passing);
        Future<?> changes = thread.submit(() -> putAndForget(passing, homes));
        int wrong = 0;
        for (int i = 0; !changes.isDone(); i = (i + 1) % passing.length) {
            GroupId home = cache.homeOf(passing[i]);
            wrong += home == null || home.equals(homes[i]) ? 0 : 1;
        }
        changes.get(10, SECONDS);
        assertThat(wrong).as("wrong answers, seed %d", seed).isZero();
    }

    @Test
    void aLookupNeverUndoesAChange() throws Exception {
        UserKey user = new UserKey("anna");
        GroupId old = groupOf(user, 1);
        GroupId current = groupOf(user, 2);
        AtomicBoolean done = new AtomicBoolean();
        Future<?> lookups = thread.submit(() -> {
            while (!done.get()) {
                cache.homeOf(user);
            }
        });
        for (int i = 0; i < ROUNDS; i++) {
            cache.forget(user);
            cache.put(user, old);
            cache.put(user, current);
            assertThat(cache.homeOf(user)).isEqualTo(current);
        }
        done.set(true);
        lookups.get(10, SECONDS);
    }

    private void putAndForget(UserKey[] users, GroupId[] homes) {
        Random random = new Random(seed);
        for (int i = 0; i < 4 * ROUNDS; i++) {
            int user = random.nextInt(users.length);
            if (random.nextBoolean()) {
                cache.put(users[user], homes[user]);
            } else {
                cache.forget(users[user]);
            }
        }
    }

    private static GroupId[] homesOf(UserKey[] users) {
        return Arrays.stream(users).map(user -> groupOf(user, 0)).toArray(GroupId[]::new);
    }

    private static UserKey[] users(String prefix, int count) {
        UserKey[] users = new UserKey[count];
        for (int i = 0; i < count; i++) {
            users[i] = new UserKey(prefix + i);
        }
        return users;
    }

    private static GroupId groupOf(UserKey user, int variant) {
        return new GroupId(SITE, user.value() + "/" + variant);
    }
}

package org.pombal.node.localdb;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.model.group.GroupId;
import org.pombal.model.user.UserKey;

/** Several threads change and ask at random; each sees its own users as a map would say, before and after a restart. */
class ConcurrencyTest {

    private static final int THREADS = 4;
    private static final int USERS_PER_THREAD = 200;
    private static final int OPERATIONS = 5_000;

    private final long seed = new Random().nextLong();

    @Test
    void eachThreadSeesItsUsersAsAMapSays(@TempDir Path temporary) throws Exception {
        LocalDbSettings settings = LocalDbSettings.in(temporary).withMaxPendingWrites(2 * THREADS * OPERATIONS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Fixture fixture = new Fixture(settings)) {
            List<Future<Map<UserKey, GroupId>>> runs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                runs.add(threads.submit(() -> run(fixture.db(), own)));
            }
            Map<UserKey, GroupId> all = new HashMap<>();
            for (Future<Map<UserKey, GroupId>> run : runs) {
                all.putAll(run.get(60, SECONDS));
            }
            LocalDb restarted = fixture.reopen();
            for (int thread = 0; thread < THREADS; thread++) {
                for (int number = 0; number < USERS_PER_THREAD; number++) {
                    UserKey user = user(thread, number);
                    assertThat(restarted.homeOf(user))
                            .as("seed %d", seed)
                            .isEqualTo(Optional.ofNullable(all.get(user)));
                }
            }
            assertThat(restarted.health().users()).isEqualTo(all.size());
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
        }
    }

    private Map<UserKey, GroupId> run(LocalDb localDb, int thread) {
        Random random = new Random(seed + thread);
        Map<UserKey, GroupId> model = new HashMap<>();
        for (int i = 0; i < OPERATIONS; i++) {
            UserKey user = user(thread, random.nextInt(USERS_PER_THREAD));
            switch (random.nextInt(4)) {
                case 0 -> {
                    GroupId home = Fixture.homeOf(random.nextInt(1_000));
                    localDb.remember(user, home);
                    model.put(user, home);
                }
                case 1 -> {
                    localDb.forget(user);
                    model.remove(user);
                }
                default ->
                    assertThat(localDb.homeOf(user))
                            .as("seed %d, thread %d, operation %d", seed, thread, i)
                            .isEqualTo(Optional.ofNullable(model.get(user)));
            }
        }
        return model;
    }

    private static UserKey user(int thread, int number) {
        return new UserKey("user" + number + "-" + thread);
    }
}

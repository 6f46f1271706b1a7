package org.pombal.node.cache;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

/**
 * Prints what the cache really costs: heap per user at many sizes while it grows, time and allocation of a lookup. Run it
 * by hand; figures depend on the machine.
 *
 * <pre>java -Xmx2g -cp node/target/test-classes:node/target/classes:model/target/classes:$JSPECIFY \
 *     org.pombal.node.cache.RouteCacheMeasurement</pre>
 */
final class RouteCacheMeasurement {

    private static final SiteId SITE = new SiteId(new UUID(0, 1));
    private static final int MAX_USERS = 10_000_000;
    private static final GroupId[] GROUPS = groups(1_000);

    private RouteCacheMeasurement() {}

    public static void main(String[] args) {
        RouteCache warmUp = new RouteCache(1_000);
        warmUp.put(user(1), GROUPS[0]);
        System.out.printf("warm-up: %5.1f bytes%n", (double) warmUp.bytes());
        measureLookups(warmUp, 1);

        long before = heapInUse();
        RouteCache cache = new RouteCache(MAX_USERS);
        double worst = 0;
        int next = 100_000;
        for (int users = 1; users <= MAX_USERS; users++) {
            cache.put(user(users), GROUPS[users % GROUPS.length]);
            if (users == next) {
                double heapPerUser = (double) (heapInUse() - before) / users;
                worst = Math.max(worst, heapPerUser);
                System.out.printf(
                        "%,11d users: %5.1f bytes of heap per user, bytes() says %5.1f%n",
                        cache.size(), heapPerUser, (double) cache.bytes() / users);
                next = (int) (next * 1.06);
            }
            if (users == 100_000 || users == 1_000_000 || users == MAX_USERS) {
                measureLookups(cache, users);
            }
        }
        System.out.printf("worst: %.1f bytes per user%n", worst);
    }

    private static void measureLookups(RouteCache cache, int users) {
        UserKey[] sample = new Random(1)
                .ints(100_000, 1, 2 * users)
                .mapToObj(RouteCacheMeasurement::user)
                .toArray(UserKey[]::new);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 6; round++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = threads.getCurrentThreadCpuTime();
            int found = 0;
            for (UserKey user : sample) {
                @Nullable GroupId home = cache.homeOf(user);
                found += home == null ? 0 : 1;
            }
            long nanos = threads.getCurrentThreadCpuTime() - start;
            long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
            System.out.printf(
                    "%,11d users: %3d ns of CPU per lookup (%d%% hits), %d bytes allocated in 100,000 lookups%n",
                    users, nanos / sample.length, 100 * found / sample.length, bytes);
        }
    }

    private static UserKey user(int number) {
        return new UserKey("user" + number + "@mail.example.org");
    }

    private static GroupId[] groups(int count) {
        GroupId[] groups = new GroupId[count];
        for (int i = 0; i < count; i++) {
            groups[i] = GroupId.numbered(SITE, i + 1);
        }
        return groups;
    }

    private static long heapInUse() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}

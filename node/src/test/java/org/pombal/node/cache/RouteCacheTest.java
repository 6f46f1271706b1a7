package org.pombal.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;
import org.pombal.model.user.UserKey;

class RouteCacheTest {

    private static final SiteId SITE = new SiteId(new UUID(0, 1));
    private static final GroupId ONE = GroupId.numbered(SITE, 1);
    private static final GroupId TWO = GroupId.numbered(SITE, 2);
    private static final UserKey ANNA = new UserKey("anna@example.org");

    @Test
    void knowsNobodyAtFirst() {
        assertThat(new RouteCache(10).homeOf(ANNA)).isNull();
    }

    @Test
    void keepsTheLastHomeOfAUser() {
        RouteCache cache = new RouteCache(10);
        cache.put(ANNA, ONE);
        cache.put(ANNA, TWO);
        assertThat(cache.homeOf(new UserKey("Anna@example.org"))).isEqualTo(TWO);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void forgetsOneUser() {
        RouteCache cache = new RouteCache(10);
        UserKey berta = new UserKey("berta");
        cache.put(ANNA, ONE);
        cache.put(berta, ONE);
        cache.forget(ANNA);
        cache.forget(ANNA);
        assertThat(cache.homeOf(ANNA)).isNull();
        assertThat(cache.homeOf(berta)).isEqualTo(ONE);
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void clearForgetsAllAndGivesMemoryBack() {
        RouteCache cache = new RouteCache(100_000);
        long empty = cache.bytes();
        for (int i = 0; i < 50_000; i++) {
            cache.put(user(i), GroupId.numbered(SITE, 1 + i % 500));
        }
        cache.clear();
        assertThat(cache.size()).isZero();
        assertThat(cache.homeOf(user(1))).isNull();
        assertThat(cache.groups().size()).isZero();
        assertThat(cache.bytes()).isLessThan(empty + 100_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 1_000, 16_384, 16_385, 100_000})
    void neverKeepsMoreThanItsBoundAndNotMuchLess(int maxUsers) {
        RouteCache cache = new RouteCache(maxUsers);
        int notFound = 0;
        for (int i = 0; i < 2 * maxUsers + 10; i++) {
            cache.put(user(i), ONE);
            notFound += cache.homeOf(user(i)) == null ? 1 : 0;
            if (i % 1_000 == 0) {
                assertThat(cache.size()).isLessThanOrEqualTo(maxUsers);
            }
        }
        assertThat(notFound).isZero();
        assertThat(cache.size()).isBetween((int) (0.95 * maxUsers), maxUsers);
    }

    @Test
    void usersThatLogInAgainStayWhenAMailingMeetsThousandsOfOthers() {
        int maxUsers = 10_000;
        RouteCache cache = new RouteCache(maxUsers);
        int regulars = 5_000;
        for (int i = 0; i < regulars; i++) {
            cache.put(user(i), ONE);
        }
        for (int other = 0; other < 10 * maxUsers; other++) {
            cache.put(new UserKey("other" + other), TWO);
            cache.homeOf(user(other % regulars));
        }
        int kept = 0;
        for (int i = 0; i < regulars; i++) {
            kept += cache.homeOf(user(i)) == null ? 0 : 1;
        }
        assertThat(kept).isGreaterThan(95 * regulars / 100);
    }

    @Test
    void groupsThatNoUserHasAnyMoreAreGivenUp() {
        RouteCache cache = new RouteCache(100);
        for (int i = 1; i <= 10_000; i++) {
            cache.put(user(i % 150), GroupId.numbered(SITE, i));
        }
        assertThat(cache.groups().size()).isEqualTo(cache.size());
        assertThat(cache.groups().capacity()).isLessThanOrEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000, 10_000_000, 50_000_000})
    void takesAtMost40BytesPerUserAtEverySizeFrom100ThousandOn(int maxUsers) {
        RouteCache cache = new RouteCache(maxUsers);
        for (int users = 1; users <= 250_000; users++) {
            cache.put(user(users), GroupId.numbered(SITE, 1 + users % 1_000));
            if (users >= 100_000 && users % 10_000 == 0) {
                assertThat(cache.size()).isEqualTo(users);
                assertThat(cache.bytes()).isLessThanOrEqualTo(40L * users);
            }
        }
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> new RouteCache(0)).hasMessageContaining("maxUsers 0");
    }

    private static UserKey user(int number) {
        return new UserKey("user" + number + "@example.org");
    }
}

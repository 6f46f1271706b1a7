package org.pombal.node.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.pombal.model.group.GroupId;
import org.pombal.model.site.SiteId;

class GroupTableTest {

    private static final SiteId SITE = new SiteId(new UUID(0, 1));

    private final GroupTable groups = new GroupTable();

    @Test
    void aGroupKeepsItsNumberWhileItIsReferredTo() {
        int number = groups.acquire(group(1));
        assertThat(groups.acquire(group(1))).isEqualTo(number).isNotEqualTo(GroupTable.NONE);
        groups.release(number);
        assertThat(groups.get(number)).isEqualTo(group(1));
    }

    @Test
    void theNumberOfAGroupWithoutReferencesIsGivenToAnother() {
        int number = groups.acquire(group(1));
        groups.release(number);
        assertThat(groups.get(number)).isNull();
        assertThat(groups.acquire(group(2))).isEqualTo(number);
        assertThat(groups.get(number)).isEqualTo(group(2));
    }

    @Test
    void manyGroupsThatComeAndGoTakeNoMoreRoomThanThoseInUseAtOnce() {
        int atOnce = 100;
        List<Integer> inUse = new ArrayList<>();
        for (int i = 1; i <= 200_000; i++) {
            inUse.add(groups.acquire(group(i)));
            if (inUse.size() == atOnce) {
                inUse.forEach(groups::release);
                inUse.clear();
            }
        }
        assertThat(groups.size()).isZero();
        assertThat(groups.capacity()).isLessThanOrEqualTo(2 * atOnce);
    }

    @Test
    void growsWithTheGroupsInUse() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 1; i <= 10_000; i++) {
            numbers.add(groups.acquire(group(i)));
        }
        assertThat(numbers).doesNotHaveDuplicates().doesNotContain(GroupTable.NONE);
        for (int i = 1; i <= 10_000; i++) {
            assertThat(groups.get(numbers.get(i - 1))).isEqualTo(group(i));
        }
    }

    @Test
    void aReleaseTooManyIsAnError() {
        int number = groups.acquire(group(1));
        groups.release(number);
        assertThatThrownBy(() -> groups.release(number)).isInstanceOf(IllegalStateException.class);
    }

    private static GroupId group(int number) {
        return GroupId.numbered(SITE, number);
    }
}

package org.pombal.geodb.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTableTest {

    private final PlainTable<String, String> table = new PlainTable<>(String::compareTo);

    @Test
    void theLaterTimestampWinsWhateverCameLast() {
        table.put("a", "by a clock that is ahead", 2000);
        table.put("a", "later, by a clock that is behind", 1000);

        assertThat(table.get("a")).contains("by a clock that is ahead");
    }

    @Test
    void aRemovalWithAnEarlierTimestampRemovesNothing() {
        table.put("a", "kept", 2000);
        table.remove("a", 1999);

        assertThat(table.get("a")).contains("kept");
    }

    @Test
    void aRemovalHidesAWriteWithAnEarlierTimestampThatComesAfterIt() {
        table.remove("a", 2000);
        table.put("a", "lost", 1999);

        assertThat(table.get("a")).isEmpty();
        assertThat(table.keysFrom("", true)).isEmpty();
    }

    @Test
    void aRemovalWinsAgainstAWriteOfTheSameTimestamp() {
        table.put("a", "gone", 2000);
        table.remove("a", 2000);

        assertThat(table.get("a")).isEmpty();
    }
}

package org.pombal.dovecot.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ByteSearchTest {

    private static final byte TAB = '\t';

    @Test
    void says_the_end_when_the_byte_is_not_there() {
        byte[] data = "no tab before the end\t".getBytes(US_ASCII);
        assertThat(ByteSearch.indexOf(TAB, data, 0, data.length - 1)).isEqualTo(data.length - 1);
        assertThat(ByteSearch.indexOf(TAB, data, 5, 5)).isEqualTo(5);
    }

    @Test
    void is_not_confused_by_neighbours_that_differ_in_one_bit() {
        byte[] data = {8, 11, 13, 1, 25, 41, 73, (byte) 0x89, 8, 8, 8, TAB, 8, 8, 8, 8};
        assertThat(ByteSearch.indexOf(TAB, data, 0, data.length)).isEqualTo(11);
    }

    @RepeatedTest(200)
    void finds_what_a_plain_search_finds() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] data = new byte[random.nextInt(80)];
        random.nextBytes(data);
        for (int i = 0; i < data.length; i++) {
            data[i] = random.nextInt(12) == 0 ? TAB : data[i];
        }
        int from = random.nextInt(data.length + 1);
        int to = from + random.nextInt(data.length - from + 1);
        int expected = from;
        while (expected < to && data[expected] != TAB) {
            expected++;
        }
        assertThat(ByteSearch.indexOf(TAB, data, from, to)).as("seed %d", seed).isEqualTo(expected);
    }
}

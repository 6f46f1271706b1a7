package org.pombal.geodb.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "west:3,east:2",
                "west:3 east:2",
                "west,3,east,2",
                "[\"west,3\", \"east,2\"]",
                "('west,3', 'east,2',)",
                "{\"west\": 3, \"east\": 2}",
                "{'west': '3', 'east': '2'}"
            })
    void several_looks_mean_the_same(String text) {
        assertThat(ReplicationText.TYPE.parse(text)).containsExactly(entry("west", 3), entry("east", 2));
    }

    @Test
    void one_data_centre_is_enough() {
        assertThat(ReplicationText.TYPE.parse("(\"dc1,3\",)")).containsExactly(entry("dc1", 3));
    }

    @Test
    void it_is_printed_in_the_plain_look() {
        assertThat(ReplicationText.TYPE.print(Map.of("dc1", 3))).isEqualTo("dc1:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|not pairs",
                "[]|not pairs",
                "dc1|not pairs",
                "dc1:3,dc2|not pairs",
                "dc1:0|'0' copies in dc1",
                "dc1:10|'10' copies in dc1",
                "dc1:x|'x' copies in dc1",
                "d$1:3|'d$1' is not the name",
                "dc1:3,dc1:2|data centre dc1 is given twice"
            })
    void says_what_is_wrong(String text, String reason) {
        assertThatThrownBy(() -> ReplicationText.TYPE.parse(text)).hasMessageContaining(reason);
    }
}

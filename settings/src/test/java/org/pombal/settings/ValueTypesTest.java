package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypesTest {

    private enum Policy {
        ROUND_ROBIN,
        NEAREST;

        @Override
        public String toString() {
            return this == NEAREST ? "Nearest" : "RoundRobin";
        }
    }

    @Test
    void text_is_not_empty_and_has_no_control_characters() {
        assertThat(ValueTypes.text().parse("a b = ü")).isEqualTo("a b = ü");
        assertThatThrownBy(() -> ValueTypes.text().parse("")).hasMessage("empty");
        assertThatThrownBy(() -> ValueTypes.text().parse("a\tb")).hasMessageContaining("control character");
    }

    @Test
    void a_whole_number_stays_within_its_range() {
        ValueType<Integer> port = ValueTypes.wholeNumber(1, 65535);
        assertThat(port.parse("1")).isEqualTo(1);
        assertThat(port.parse("65535")).isEqualTo(65535);
        assertThat(port.allowed()).isEqualTo("a whole number from 1 to 65535");
        assertThatThrownBy(() -> port.parse("0")).hasMessage("too small");
        assertThatThrownBy(() -> port.parse("65536")).hasMessage("too big");
        assertThatThrownBy(() -> port.parse("9042.0")).hasMessage("not a whole number");
        assertThatThrownBy(() -> port.parse("99999999999999999999")).hasMessage("not a whole number");
    }

    @Test
    void a_whole_number_names_its_unit() {
        assertThat(ValueTypes.wholeNumber(0, 5, "connections").allowed())
                .isEqualTo("a whole number from 0 to 5 (connections)");
    }

    @Test
    void a_long_number_may_exceed_32_bits() {
        assertThat(ValueTypes.longNumber(0, Long.MAX_VALUE).parse("9223372036854775807"))
                .isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"yes, true", "Y, true", "True, true", "1, true", "no, false", "n, false", "FALSE, false", "0, false"})
    void yes_and_no_have_several_spellings(String text, boolean expected) {
        assertThat(ValueTypes.yesNo().parse(text)).isEqualTo(expected);
    }

    @Test
    void anything_else_is_neither_yes_nor_no() {
        assertThatThrownBy(() -> ValueTypes.yesNo().parse("maybe")).hasMessage("neither yes nor no");
        assertThat(ValueTypes.yesNo().print(true)).isEqualTo("yes");
    }

    @Test
    void a_duration_stays_within_its_range() {
        ValueType<Duration> timeout = ValueTypes.duration(Duration.ofMillis(100), Duration.ofMinutes(1));
        assertThat(timeout.parse("60s")).isEqualTo(Duration.ofMinutes(1));
        assertThat(timeout.allowed()).startsWith("a time from 100 ms to 1 min");
        assertThatThrownBy(() -> timeout.parse("99ms")).hasMessage("too small");
        assertThatThrownBy(() -> timeout.parse("1h")).hasMessage("too big");
    }

    @Test
    void a_size_stays_within_its_range() {
        ValueType<ByteSize> memory = ValueTypes.size(ByteSize.parse("1M"), ByteSize.parse("1G"));
        assertThat(memory.parse("64M")).isEqualTo(ByteSize.parse("65536K"));
        assertThat(memory.allowed()).startsWith("a size from 1M to 1G");
        assertThatThrownBy(() -> memory.parse("1K")).hasMessage("too small");
    }

    @Test
    void a_choice_is_found_whatever_its_case() {
        ValueType<Policy> policy = ValueTypes.oneOf(Policy.class);
        assertThat(policy.parse("roundrobin")).isEqualTo(Policy.ROUND_ROBIN);
        assertThat(policy.print(Policy.NEAREST)).isEqualTo("Nearest");
        assertThat(policy.allowed()).isEqualTo("one of RoundRobin, Nearest");
        assertThatThrownBy(() -> policy.parse("ROUND_ROBIN")).hasMessage("no such choice");
    }

    @Test
    void a_list_is_divided_by_commas_or_spaces() {
        ValueType<List<Integer>> numbers = ValueTypes.listOf(ValueTypes.wholeNumber(0, 9));
        assertThat(numbers.parse(" 1,2 , 3  4 ")).containsExactly(1, 2, 3, 4);
        assertThat(numbers.print(List.of(1, 2))).isEqualTo("1, 2");
        assertThatThrownBy(() -> numbers.parse("1,,2")).hasMessage("not a whole number");
        assertThatThrownBy(() -> numbers.parse(" ")).hasMessage("empty");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost", "MX1.Example.Org, mx1.example.org", "cassandra-0.cassandra., cassandra-0.cassandra.",
        "127.0.0.1, 127.0.0.1", "255.255.255.255, 255.255.255.255", "2001:db8::1, 2001:db8:0:0:0:0:0:1"
    })
    void a_host_is_a_name_or_an_address(String text, String expected) {
        assertThat(ValueTypes.host().parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a..b", "a_b", "256.1.1.1", "1.2.3", "1::2::3", "12345::", "a:b", "host:9042"})
    void refuses_what_is_no_host(String text) {
        assertThatThrownBy(() -> ValueTypes.host().parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_path_is_absolute() {
        assertThat(ValueTypes.path().parse("/run/./pombal")).isEqualTo(Path.of("/run/pombal"));
        assertThatThrownBy(() -> ValueTypes.path().parse("pombal.db")).hasMessage("does not begin with '/'");
    }
}

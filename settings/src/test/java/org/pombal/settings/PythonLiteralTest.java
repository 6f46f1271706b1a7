package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PythonLiteralTest {

    @Test
    void values_are_read_as_python_and_json_write_them() {
        for (String text : List.of(
                "{'dc1': 3, 'on': True, 'off': False, 'more': ['a', -1], 'empty': {}, 'pair': ('a', \"b\"),}",
                "{\"dc1\":3,\"on\":true,\"off\":false,\"more\":[\"a\",-1],\"empty\":{},\"pair\":[\"a\",\"b\"]}")) {
            assertThat(PythonLiteral.dictionary(text))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "dc1",
                            3L,
                            "on",
                            true,
                            "off",
                            false,
                            "more",
                            List.of("a", -1L),
                            "empty",
                            Map.of(),
                            "pair",
                            List.of("a", "b")));
        }
        assertThat(PythonLiteral.parse(" 'it\\'s \\\\ \"quoted\"' ")).isEqualTo("it's \\ \"quoted\"");
    }

    @Test
    void it_is_the_comma_that_makes_a_tuple() {
        assertThat(PythonLiteral.parse("('dc1,3',)")).isEqualTo(List.of("dc1,3"));
        assertThat(PythonLiteral.parse("('dc1,3')")).isEqualTo("dc1,3");
        assertThat(PythonLiteral.parse("()")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                     | ends too early
            {'a': 'b'             | ends too early
            {'a' 'b'}             | at character 6, ':' is expected
            {'a': b}              | at character 7, a value is expected
            {'a': Trueish}        | a value is expected
            {'a': 1} 2            | at character 10, the end is expected
            {'a': 1, 'a': 2}      | a key is there twice
            {1: 'a'}              | a text in quotation marks is expected
            ['a' 'b']             | ',' is expected
            [1)                   | ',' is expected
            ['a\\n']               | after a '\\'
            -                     | is none, or too big
            12345678901234567890  | is none, or too big
            ``                    | ends too early
            [[[[[[[[[1]]]]]]]]]   | nested too deep
            """)
    void says_where_it_fails(String text, String reason) {
        assertThatThrownBy(() -> PythonLiteral.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'password': hunter2}", "{'a': 'hunter2' 'b'}", "{'hunter2': 1, 'hunter2': 2}"})
    void never_repeats_what_may_be_a_password(String text) {
        assertThatThrownBy(() -> PythonLiteral.parse(text)).hasMessageNotContaining("hunter2");
    }
}

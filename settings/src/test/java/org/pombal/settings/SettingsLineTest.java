package org.pombal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLineTest {

    private static final Origin.Line ORIGIN = new Origin.Line(Path.of("/etc/pombal/pombal.conf"), 3);

    private static Optional<SettingsLine.Entry> parse(String line) {
        return SettingsLine.parse(line, ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# comment", "  # a = b"})
    void blank_lines_and_comments_say_nothing(String line) {
        assertThat(parse(line)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = b|b",
                "a=b|b",
                "  a\t= b c  |b c",
                "a = b # comment|b",
                "a = b#c|b#c",
                "a = b = c|b = c",
                "a = \"  b # c \" # comment|`  b # c `",
                "a = 'say \"x\"'|say \"x\"",
                "a = \"q\\\"q\\\\\"|q\"q\\",
                "a = \"<b\"|<b"
            })
    void a_value_is_bare_or_quoted(String line, String value) {
        assertThat(parse(line)).contains(new SettingsLine.Entry("a", new RawValue.Literal(value), ORIGIN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a =", "a = # comment", "a = \"\""})
    void a_value_may_be_empty(String line) {
        assertThat(parse(line)).contains(new SettingsLine.Entry("a", new RawValue.Literal(""), ORIGIN));
    }

    @ParameterizedTest
    @CsvSource({"a = </run/secret, /run/secret", "a = < secret # x, /etc/pombal/secret"})
    void a_value_may_be_in_another_file(String line, Path file) {
        assertThat(parse(line)).contains(new SettingsLine.Entry("a", new RawValue.Contents(file), ORIGIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hunter2", "= hunter2", "a: hunter2", "a = \"hunter2", "a = 'hunter2' hunter2", "9a = hunter2"})
    void a_refusal_never_repeats_the_line(String line) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service auth {", "}", "!include conf.d/*.conf"})
    void says_that_sections_and_includes_are_not_known(String line) {
        assertThatThrownBy(() -> parse(line)).hasMessageStartingWith("sections and includes are not known");
    }
}

package org.pombal.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {

    @ParameterizedTest
    @CsvSource({
        "*, '', true",
        "*, anything, true",
        "default-1*, default-17, true",
        "default-1*, default-2, false",
        "default-?, default-1, true",
        "default-?, default-17, false",
        "*@example.org, alice@example.org, true",
        "*@example.org, alice@example.com, false",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-c-b, false",
        "a, a, true",
        "a, A, false",
        "a, ab, false",
    })
    void star_is_any_characters_and_question_mark_is_one(String mask, String name, boolean matches) {
        assertThat(new Mask(mask).matches(name)).isEqualTo(matches);
    }

    @Test
    void many_stars_take_no_longer() {
        assertThat(new Mask("*a".repeat(200) + "b").matches("a".repeat(500))).isFalse();
    }

    @Test
    void refuses_an_empty_mask() {
        assertThatThrownBy(() -> new Mask(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'*' is all");
    }
}

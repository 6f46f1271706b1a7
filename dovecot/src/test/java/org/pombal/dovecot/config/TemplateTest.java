package org.pombal.dovecot.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {

    private final Template template =
            new Template("greeting", "port = @PORT@\nagain @PORT@, mail@example.org\n@MORE@\n");

    @Test
    void putsInEveryValueAsItIs() {
        assertThat(template.fill(Map.of("PORT", "143", "MORE", "a $1 \\ @PORT@")))
                .isEqualTo("port = 143\nagain 143, mail@example.org\na $1 \\ @PORT@\n");
    }

    @Test
    void refusesToLeaveAPlaceholderOpen() {
        assertThatThrownBy(() -> template.fill(Map.of("PORT", "143")))
                .hasMessage("the template greeting has no value for [MORE]");
    }

    @Test
    void refusesAValueThatNothingAsksFor() {
        assertThatThrownBy(() -> template.fill(Map.of("PORT", "143", "MORE", "", "LESS", "")))
                .hasMessage("the template greeting has no placeholder [LESS]");
    }

    @Test
    void saysWhichTemplateIsMissing() {
        assertThatThrownBy(() -> Template.load("2.2/proxy.conf")).hasMessageContaining("2.2/proxy.conf");
    }
}

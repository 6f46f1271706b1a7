package org.pombal.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    private final Path page;

    PerformancePageTest(@TempDir Path folder) {
        page = folder.resolve("performance.md");
    }

    @Test
    void replaces_what_stands_between_the_marks_and_nothing_else() throws IOException {
        Files.writeString(
                page,
                "before\n" + PerformancePage.RELAY.begin() + "\nold\n" + PerformancePage.RELAY.end() + "\nafter\n");
        PerformancePage.RELAY.write(page, "| new |\n");
        assertThat(page)
                .content()
                .startsWith("before\n" + PerformancePage.RELAY.begin() + "\n\n| new |\n\nMeasured on ")
                .contains("cores, Linux ", ", Dovecot 2.3", ", Java 17")
                .doesNotContain("old")
                .endsWith("\n\n" + PerformancePage.RELAY.end() + "\nafter\n");
    }

    @Test
    void a_page_without_marks_is_left_alone() throws IOException {
        Files.writeString(page, "nothing to replace");
        assertThatThrownBy(() -> PerformancePage.RELAY.write(page, "| new |\n")).hasMessageContaining("has no place");
        assertThat(page).hasContent("nothing to replace");
    }
}

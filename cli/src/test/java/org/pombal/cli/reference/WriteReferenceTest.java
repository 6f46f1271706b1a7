package org.pombal.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.commands.CommandCatalog;

class WriteReferenceTest {

    private static final Path DOCS = Path.of(System.getProperty("pombal.checkout"), "docs");

    static Set<String> pages() {
        return WriteReference.pages().keySet();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_is_current(String page) throws IOException {
        assertThat(DOCS.resolve(page))
                .as("run script/docs")
                .content()
                .isEqualTo(WriteReference.pages().get(page));
    }

    @Test
    void no_manual_page_is_left_over() throws IOException {
        try (Stream<Path> files = Files.list(DOCS.resolve("man"))) {
            assertThat(files.map(file -> "man/" + file.getFileName()).collect(Collectors.toSet()))
                    .isSubsetOf(pages());
        }
    }

    @Test
    void there_are_the_manual_pages_of_the_reference() {
        assertThat(ManualPage.all().keySet())
                .contains(
                        "doveadm-cluster.1",
                        "doveadm-cluster-backend.1",
                        "doveadm-cluster-geodb.1",
                        "doveadm-cluster-group.1",
                        "doveadm-cluster-kick.1",
                        "doveadm-cluster-site.1",
                        "doveadm-cluster-tag.1",
                        "doveadm-cluster-user.1");
    }

    @Test
    void every_command_is_on_the_reference_page_and_on_a_manual_page() {
        String manual = String.join("", ManualPage.all().values());
        assertThat(CommandCatalog.commands()).allSatisfy(command -> {
            assertThat(ReferencePage.markdown()).contains("### `" + command.words() + "`");
            assertThat(manual).contains(".B doveadm " + command.words().replace("-", "\\-") + "\n");
        });
    }
}

package org.pombal.geodb.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MigrationTest {

    @Test
    void aFileIsReadIntoItsStatements() {
        Migration migration = Migration.parse("V2.013__more_columns.cql", """
                -- why; this is
                CREATE TABLE IF NOT EXISTS a (
                    id uuid PRIMARY KEY
                ) WITH comment = 'one; two';

                ALTER TABLE a ADD IF NOT EXISTS b int;
                """);

        assertThat(migration)
                .isEqualTo(new Migration(
                        new SchemaVersion(2, 13),
                        "more columns",
                        List.of("""
                                CREATE TABLE IF NOT EXISTS a (
                                    id uuid PRIMARY KEY
                                ) WITH comment = 'one; two'""", "ALTER TABLE a ADD IF NOT EXISTS b int")));
    }

    @Test
    void aFileWithAnotherNameIsRefused() {
        assertThatThrownBy(() -> Migration.parse("V1__first.cql", ""))
                .hasMessageContaining("'V1__first.cql' is not named as a migration");
    }

    @Test
    void allFilesAreKnown() throws Exception {
        assertThat(Migration.ALL).hasSize(files().size());
    }

    @Test
    void versionsOnlyRise() {
        assertThat(Migration.ALL).extracting(Migration::version).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void eachStatementDoesNothingWhenRepeated() {
        assertThat(Migration.ALL)
                .flatExtracting(Migration::statements)
                .isNotEmpty()
                .allSatisfy(statement -> assertThat(statement).contains("IF NOT EXISTS"));
    }

    private static List<Path> files() throws Exception {
        Path folder = folder();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".cql")).toList();
        }
    }

    private static Path folder() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(Migration.class.getResource("V1.001__sites_and_tags.cql"))
                        .toURI())
                .resolveSibling("");
    }
}

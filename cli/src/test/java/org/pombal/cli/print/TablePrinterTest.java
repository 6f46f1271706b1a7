package org.pombal.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablePrinterTest {

    private static final List<Heading> HEADINGS =
            List.of(new Heading("user", "user", false, false, true), new Heading("n", "n", true, true, false));

    private static String table(int columns, String... usersAndNumbers) throws IOException {
        StringBuilder out = new StringBuilder();
        RowPrinter printer = Format.TABLE.printer(HEADINGS, false, columns, out);
        for (int i = 0; i < usersAndNumbers.length; i += 2) {
            printer.row(Arrays.asList(usersAndNumbers[i], usersAndNumbers[i + 1]));
        }
        printer.finish();
        return out.toString();
    }

    @Test
    void half_of_the_room_left_goes_to_the_column_that_expands() throws IOException {
        assertThat(table(30, "alice", "7")).isEqualTo("user             n\nalice            7\n");
    }

    @Test
    void a_line_that_is_too_long_takes_room_from_the_columns_that_have_some() throws IOException {
        assertThat(table(30, "a".repeat(40), "7", "b", "8"))
                .isEqualTo(
                        "user                         n\n" + "a".repeat(40) + " 7\nb                            8\n");
    }

    @Test
    void characters_count_not_bytes() throws IOException {
        assertThat(table(30, "zoë", "1", "zoe", "1").lines().skip(1).map(String::length))
                .containsExactly(18, 18);
    }

    @Test
    void only_the_first_hundred_rows_decide_the_widths() throws IOException {
        StringBuilder out = new StringBuilder();
        RowPrinter printer = Format.TABLE.printer(HEADINGS, true, 30, out);
        for (int i = 0; i < 100; i++) {
            printer.row(List.of("u", "1"));
        }
        assertThat(out).isEmpty();
        printer.row(List.of("x".repeat(50), "1"));
        printer.finish();
        assertThat(out.toString().lines().skip(100)).containsExactly("x".repeat(50) + " 1");
    }
}

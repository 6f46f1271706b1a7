package org.pombal.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatTest {

    private static final List<Heading> HEADINGS =
            List.of(new Heading("user", "user", false, false, false), new Heading("count", "#", true, true, false));

    private static String printed(Format format, List<List<@Nullable String>> rows) throws IOException {
        StringBuilder out = new StringBuilder();
        RowPrinter printer = format.printer(HEADINGS, false, 80, out);
        for (List<@Nullable String> row : rows) {
            printer.row(row);
        }
        printer.finish();
        return out.toString();
    }

    @Test
    void each_format_prints_rows_in_its_way() throws IOException {
        List<List<@Nullable String>> rows = List.of(Arrays.asList("alice", "1"), Arrays.asList("", null));
        assertThat(printed(Format.FLOW, rows)).isEqualTo("user=alice #=1\nuser= #=\n");
        assertThat(printed(Format.PAGER, rows)).isEqualTo("user: alice\n#: 1\n\f\nuser: \n#: \n");
        assertThat(printed(Format.TAB, rows)).isEqualTo("user\t#\nalice\t1\n\t\n");
        assertThat(printed(Format.JSON, rows))
                .isEqualTo("[{\"user\":\"alice\",\"count\":1},{\"user\":\"\",\"count\":null}]");
    }

    @Test
    void json_escapes_what_dovecot_escapes() throws IOException {
        assertThat(printed(Format.JSON, List.of(Arrays.asList("\b\f\n\r\t\"\\/\u0001\u007f\u2028é", "1"))))
                .isEqualTo("[{\"user\":\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0001\u007f\\u2028é\",\"count\":1}]");
    }

    @ParameterizedTest
    @CsvSource({"flow, ''", "pager, ''", "tab, 'user\t#\n'", "json, []"})
    void without_rows(String format, String expected) throws IOException {
        assertThat(printed(Format.named(format).orElseThrow(), List.of())).isEqualTo(expected);
    }

    @Test
    void knows_no_other_format() {
        assertThat(Format.named("xml")).isEmpty();
        assertThat(Format.named("JSON")).isEmpty();
    }
}

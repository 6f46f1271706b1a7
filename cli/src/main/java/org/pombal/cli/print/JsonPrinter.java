package org.pombal.cli.print;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array of objects, without blanks and without a line end (Dovecot's doveadm-print-json.c). Numbers are copied as they
 * are; what is not known is null.
 */
final class JsonPrinter implements RowPrinter {

    private final List<Heading> headings;
    private final Appendable out;
    private boolean begun;

    JsonPrinter(List<Heading> headings, Appendable out) {
        this.headings = List.copyOf(headings);
        this.out = out;
    }

    @Override
    public void row(List<@Nullable String> values) throws IOException {
        out.append(begun ? ",{" : "[{");
        begun = true;
        for (int i = 0; i < headings.size(); i++) {
            out.append(i == 0 ? "" : ",");
            string(headings.get(i).key());
            out.append(':');
            String value = values.get(i);
            if (value == null) {
                out.append("null");
            } else if (headings.get(i).number()) {
                out.append(value);
            } else {
                string(value);
            }
        }
        out.append('}');
    }

    @Override
    public void finish() throws IOException {
        out.append(begun ? "]" : "[]");
    }

    /** Escapes what json_append_escaped() of Dovecot's src/lib/json-parser.c does, in its way. */
    private void string(String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < ' ' || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}

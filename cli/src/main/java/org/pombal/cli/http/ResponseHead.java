package org.pombal.cli.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads status line and header fields, and finds out how the body ends (RFC 9112 sections 4 to 6). */
final class ResponseHead {

    private static final int MAX_FIELDS = 100;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: (.*))?");

    private final InputStream input;
    private boolean chunked;
    private OptionalLong length = OptionalLong.empty();

    ResponseHead(InputStream input) {
        this.input = input;
    }

    HttpResponse read(Connection connection) throws IOException {
        String first = Lines.read(input);
        Matcher status = STATUS_LINE.matcher(first);
        if (!status.matches()) {
            throw new HttpException("not an HTTP answer: '" + first + "'");
        }
        fields();
        String reason = status.group(2);
        return new HttpResponse(Integer.parseInt(status.group(1)), reason == null ? "" : reason, body(), connection);
    }

    private void fields() throws IOException {
        for (int i = 0; i < MAX_FIELDS; i++) {
            String line = Lines.read(input);
            if (line.isEmpty()) {
                return;
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                field(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        throw new HttpException("more than " + MAX_FIELDS + " header fields");
    }

    private void field(String name, String value) throws HttpException {
        if (name.equals("transfer-encoding")) {
            chunked = value.toLowerCase(Locale.ROOT).endsWith("chunked");
        } else if (name.equals("content-length")) {
            if (!value.matches("[0-9]{1,18}")) {
                throw new HttpException("content-length '" + value + "'");
            }
            length = OptionalLong.of(Long.parseLong(value));
        }
    }

    private InputStream body() {
        if (chunked) {
            return new ChunkedBody(input);
        }
        return length.isPresent() ? new SizedBody(input, length.getAsLong()) : input;
    }
}

package org.pombal.cli.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lines that end with CR LF, or LF alone. */
final class Lines {

    private static final int MAX_LENGTH = 8192;

    private Lines() {}

    static String read(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("the answer was cut off within a line of its head");
            }
            if (line.length() == MAX_LENGTH) {
                throw new HttpException("a line longer than " + MAX_LENGTH + " bytes");
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}

package org.pombal.bench.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.pombal.demo.server.DovecotInstallation;

/**
 * A generated part of docs/performance.md, between two marks.
 *
 * @param benchmark whose figures stand there
 */
public record PerformancePage(String benchmark) {

    public static final PerformancePage RELAY = new PerformancePage("relay");
    public static final PerformancePage START = new PerformancePage("start");
    public static final PerformancePage CONTROLLER = new PerformancePage("controller");
    public static final PerformancePage MOVES = new PerformancePage("moves");
    public static final PerformancePage CLI = new PerformancePage("cli");

    String begin() {
        return "<!-- " + benchmark + ": written by script/bench " + benchmark + " --write -->";
    }

    String end() {
        return "<!-- end of " + benchmark + " -->";
    }

    /** @throws IOException also if the page has no marks */
    public void write(Path page, String table) throws IOException {
        String text = Files.readString(page, UTF_8);
        int begin = text.indexOf(begin());
        int end = text.indexOf(end());
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for the figures: '" + begin() + "' and '" + end() + "'");
        }
        Files.writeString(
                page,
                text.substring(0, begin + begin().length()) + "\n\n" + table + "\n" + origin() + "\n\n"
                        + text.substring(end));
    }

    private String origin() {
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + " with `script/bench " + benchmark + "`: "
                + Runtime.getRuntime().availableProcessors() + " cores, Linux " + System.getProperty("os.version")
                + ", Dovecot " + DovecotInstallation.ofThisMachine().release() + ", Java "
                + System.getProperty("java.version") + ".";
    }
}

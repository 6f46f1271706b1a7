package org.pombal.bench.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.pombal.demo.server.DovecotInstallation;

/** The generated part of docs/performance.md, between two marks. */
final class PerformancePage {

    static final String BEGIN = "<!-- relay: written by script/bench relay --write -->";
    static final String END = "<!-- end of relay -->";

    private PerformancePage() {}

    /** @throws IOException also if the page has no marks */
    static void write(Path page, String table) throws IOException {
        String text = Files.readString(page, UTF_8);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no place for the figures: '" + BEGIN + "' and '" + END + "'");
        }
        Files.writeString(
                page,
                text.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + origin() + "\n\n"
                        + text.substring(end));
    }

    private static String origin() {
        return "Measured on " + LocalDate.now(ZoneOffset.UTC) + " with `script/bench relay`: "
                + Runtime.getRuntime().availableProcessors() + " cores, Linux " + System.getProperty("os.version")
                + ", Dovecot " + DovecotInstallation.ofThisMachine().release() + ", Java "
                + System.getProperty("java.version") + ".";
    }
}

package org.pombal.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.acceptance.Anvil.Session;
import org.pombal.cli.print.Format;
import org.pombal.cli.print.Heading;
import org.pombal.cli.print.RowPrinter;

/** Our formats beside those of the doveadm that is installed, for the same rows, byte for byte. */
@Timeout(120)
class FormatsOfDoveadmTest {

    private static final int COLUMNS = 80; // what doveadm takes off a terminal

    /** Of {@code doveadm who -1}. */
    private static final List<Heading> ONE_BY_ONE = List.of(
            new Heading("username", "username", false, false, true),
            new Heading("service", "proto", false, false, false),
            new Heading("pid", "pid", false, false, false),
            new Heading("ip", "ip", false, false, false));

    /** Of {@code doveadm who}, which ends its output after each row and so is good for one row only. */
    private static final List<Heading> TOGETHER = List.of(
            new Heading("username", "username", false, false, false),
            new Heading("connections", "#", true, false, false),
            new Heading("service", "proto", false, false, false),
            new Heading("pids", "(pids)", false, false, false),
            new Heading("ips", "(ips)", false, false, false));

    private static final List<Session> ODD = List.of(
            new Session("alice", "imap", 101, "127.0.0.1"),
            new Session("", "pop3", 7, "10.0.0.1"),
            new Session("josé@例え.jp", "imap", 1_000_000, "2001:db8::1"),
            new Session("a \"quoted\" \\ name", "managesieve", 3, "10.255.255.255"),
            new Session("line\u2028separator\u007f", "imap", 4, "10.0.0.2"),
            new Session("😀", "imap", 5, "10.0.0.3"));

    @TempDir
    Path folder = Path.of("/");

    static Stream<Arguments> cases() {
        List<Session> wide =
                List.of(new Session("u".repeat(90), "imap", 1, "10.0.0.1"), new Session("v", "imap", 2, "10.0.0.2"));
        List<Session> wideToo = List.of(
                new Session("u".repeat(40), "s".repeat(40), 1, "2001:db8:1111:2222:3333:4444:5555:6666"),
                new Session("v".repeat(39), "s", 2, "10.0.0.2"));
        List<Session> many = IntStream.range(0, 250)
                .mapToObj(i ->
                        new Session("u".repeat(1 + i % 7) + (i == 150 ? "x".repeat(60) : ""), "imap", i, "10.0.0.1"))
                .toList();
        return Arrays.stream(Format.values())
                .flatMap(format -> Stream.of(
                        Arguments.of(format, false, List.of()),
                        Arguments.of(format, false, ODD),
                        Arguments.of(format, true, ODD),
                        Arguments.of(format, false, wide),
                        Arguments.of(format, false, wideToo),
                        Arguments.of(format, false, many)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rows_are_printed_as_doveadm_prints_them(Format format, boolean hideTitles, List<Session> sessions)
            throws Exception {
        List<List<@Nullable String>> rows = new ArrayList<>();
        sessions.forEach(session -> rows.add(
                Arrays.asList(session.user(), session.service(), String.valueOf(session.pid()), session.ip())));
        assertThat(ours(format, hideTitles, ONE_BY_ONE, rows))
                .isEqualTo(doveadm(format, hideTitles, sessions, "who", "-1"));
    }

    static Format[] formats() {
        return Format.values();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void columns_to_the_right_are_printed_as_doveadm_prints_them(Format format) throws Exception {
        List<Session> one = List.of(new Session("alice", "imap", 101, "127.0.0.1"));
        assertThat(ours(format, false, TOGETHER, List.of(Arrays.asList("alice", "1", "imap", "(101)", "(127.0.0.1)"))))
                .isEqualTo(doveadm(format, false, one, "who"));
    }

    private static String ours(
            Format format, boolean hideTitles, List<Heading> headings, List<List<@Nullable String>> rows)
            throws IOException {
        StringBuilder out = new StringBuilder();
        RowPrinter printer = format.printer(headings, hideTitles, COLUMNS, out);
        for (List<@Nullable String> row : rows) {
            printer.row(row);
        }
        printer.finish();
        return out.toString();
    }

    private String doveadm(Format format, boolean hideTitles, List<Session> sessions, String... command)
            throws Exception {
        Path config = Files.writeString(
                folder.resolve("dovecot.conf"),
                "protocols =\nssl = no\nbase_dir = " + folder.resolve("run") + "\nlog_path = /dev/stderr\n");
        Path socket = folder.resolve("anvil");
        List<String> all = new ArrayList<>(List.of("doveadm", "-c", config.toString(), "-f", format.toString()));
        if (hideTitles) {
            all.add("-h");
        }
        all.addAll(List.of(command));
        all.addAll(List.of("-a", socket.toString()));
        try (Anvil anvil = Anvil.start(socket, sessions)) {
            Process process = new ProcessBuilder(all)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            process.getInputStream().transferTo(out);
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            return out.toString(UTF_8);
        }
    }
}

package org.pombal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code user access -F}. */
@Timeout(120)
class UserFileTest {

    @TempDir
    Path folder = Path.of("/");

    /** Says of each user that it is on b1. */
    private static void answerAll(String request, OutputStream output) throws IOException {
        StringBuilder rows = new StringBuilder();
        for (String user : users(request)) {
            rows.append(rows.isEmpty() ? "" : ",").append("{\"user\":\"" + user + "\",\"backend\":\"b1\"}");
        }
        StubNode.json("[[\"doveadmResponse\",[" + rows + "],\"pombal\"]]").write(request, output);
    }

    private static String[] users(String request) {
        return request.replaceAll("(?s).*\"userFile\":\"([^\"]*)\".*", "$1").split("\\\\n", -1);
    }

    private static Ran access(StubNode node, String input, String file) {
        return Ran.with(
                Ran.NO_TERMINAL,
                input,
                Map.of(),
                "-f",
                "tab",
                "-h",
                "cluster",
                "user",
                "access",
                "-F",
                file,
                "--socket",
                node.socket().toString());
    }

    @Test
    void blank_lines_are_not_users() throws IOException {
        Path file = Files.writeString(folder.resolve("users"), "\nalice\r\n\n  \nbob");
        try (StubNode node = StubNode.start(folder, UserFileTest::answerAll)) {
            assertThat(access(node, "", file.toString())).isEqualTo(new Ran(0, "alice\tb1\nbob\tb1\n", ""));
        }
    }

    @Test
    void a_hyphen_is_the_standard_input() throws IOException {
        try (StubNode node = StubNode.start(folder, UserFileTest::answerAll)) {
            assertThat(access(node, "alice\n", "-").out()).isEqualTo("alice\tb1\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n\r\n"})
    void a_file_without_users_is_a_data_error(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("users"), content);
        try (StubNode node = StubNode.start(folder, UserFileTest::answerAll)) {
            Ran ran = access(node, "", file.toString());
            assertThat(ran).isEqualTo(new Ran(65, "", "doveadm: " + file + " has no user in it\n"));
            assertThat(node.bodies()).isEmpty();
        }
    }

    @Test
    void a_file_that_is_missing_or_a_folder_is_a_data_error() throws IOException {
        try (StubNode node = StubNode.start(folder, UserFileTest::answerAll)) {
            Ran missing = access(node, "", folder.resolve("none").toString());
            assertThat(missing.exitCode()).isEqualTo(65);
            assertThat(missing.err()).contains("user file " + folder.resolve("none") + " is not there");
            assertThat(access(node, "", folder.toString()).err()).contains("is a folder");
        }
    }

    @Test
    void a_line_that_is_no_user_name_is_told_by_its_number_and_passed_over() throws IOException {
        Path file = folder.resolve("users");
        Files.write(file, "alice\nb\u0001b\ncar\u00ffol\nerin\n".getBytes(StandardCharsets.ISO_8859_1));
        try (StubNode node = StubNode.start(folder, UserFileTest::answerAll)) {
            Ran ran = access(node, "", file.toString());
            assertThat(ran.exitCode()).isEqualTo(65);
            assertThat(ran.out()).isEqualTo("alice\tb1\nerin\tb1\n");
            assertThat(ran.err())
                    .isEqualTo("doveadm: line 2 of " + file + " is no user name; passed over\ndoveadm: line 3 of "
                            + file + " is no user name; passed over\n");
        }
    }

    @Test
    void a_node_that_goes_away_half_way_leaves_word_of_what_was_done() throws IOException {
        Path file = Files.writeString(folder.resolve("users"), "u\n".repeat(1500));
        AtomicLong calls = new AtomicLong();
        StubNode.Reply onlyOnce = (request, output) -> {
            if (calls.incrementAndGet() == 1) {
                answerAll(request, output);
            }
        };
        try (StubNode node = StubNode.start(folder, onlyOnce)) {
            Ran ran = access(node, "", file.toString());
            assertThat(ran.exitCode()).isEqualTo(75);
            assertThat(ran.out().lines()).hasSize(1000);
            assertThat(ran.err()).contains("Users up to line 1000 of " + file + " are done, those after it are not.");
        }
    }

    @Test
    void a_million_users_are_sent_in_batches_and_printed_as_they_come() throws IOException {
        int count = 1_000_000;
        Path file = folder.resolve("users");
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                writer.write("user" + i + "@example.org\n");
            }
        }
        AtomicLong asked = new AtomicLong();
        StubNode.Reply counting = (request, output) -> {
            String[] users = users(request);
            assertThat(users.length).isLessThanOrEqualTo(1000);
            asked.addAndGet(users.length);
            answerAll(request, output);
        };
        AtomicLong printed = new AtomicLong();
        OutputStream counter = new OutputStream() {
            @Override
            public void write(int b) {
                if (b == '\n') {
                    printed.incrementAndGet();
                }
            }
        };
        try (StubNode node = StubNode.start(folder, counting);
                PrintStream out = new PrintStream(counter, false, StandardCharsets.UTF_8)) {
            Streams streams =
                    new Streams(java.io.InputStream.nullInputStream(), out, System.err, Map.of(), Ran.NO_TERMINAL);
            int exitCode = new ClusterCommandLine("doveadm", streams)
                    .run(
                            "cluster",
                            "user",
                            "access",
                            "-F",
                            file.toString(),
                            "--socket",
                            node.socket().toString());
            out.flush();
            assertThat(exitCode).isZero();
        }
        assertThat(asked).hasValue(count);
        assertThat(printed).hasValue(count + 1L);
    }
}

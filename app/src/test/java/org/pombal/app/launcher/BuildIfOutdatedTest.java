package org.pombal.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.app.launcher.Checkout.Outcome;

@Timeout(60)
class BuildIfOutdatedTest {

    private final Checkout checkout;
    private final Path pombal;
    private final Path jdk;

    BuildIfOutdatedTest(@TempDir Path folder) throws IOException {
        checkout = new Checkout(folder);
        pombal = checkout.root().resolve("pombal");
        jdk = checkout.java("17.0.1");
    }

    @AfterEach
    void endWhatWasStarted() {
        checkout.close();
    }

    private Outcome start() throws Exception {
        return checkout.run(pombal, jdk, "version");
    }

    @Test
    void builds_what_is_missing_and_then_starts_it() throws Exception {
        Outcome outcome = start();
        assertThat(outcome.output()).contains("java 17.0.1").endsWith("pombal.jar\nversion\n");
        assertThat(outcome.exitCode()).isZero();
        assertThat(checkout.builds()).singleElement().asString().contains("package");
    }

    @Test
    void does_not_build_again_when_nothing_changed() throws Exception {
        start();
        assertThat(start().output()).startsWith("java 17.0.1");
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void builds_again_when_a_source_is_added_changed_or_removed() throws Exception {
        start();
        checkout.write("model/src/main/java/Added.java", "class Added {}");
        start();
        assertThat(checkout.builds()).hasSize(2);
        checkout.write("model/src/main/java/Added.java", "class Added { int changed; }");
        start();
        assertThat(checkout.builds()).hasSize(3);
        checkout.delete("model/src/main/java/Added.java");
        start();
        assertThat(checkout.builds()).hasSize(4);
    }

    @Test
    void tests_do_not_go_into_the_program() throws Exception {
        start();
        checkout.write("app/src/test/java/MainTest.java", "class MainTest {}");
        start();
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void of_two_starts_at_once_one_builds_and_the_other_waits_for_it() throws Exception {
        checkout.mavenDoes(
                "mkfifo go-on",
                "read -r _ <go-on",
                "mkdir -p app/target/pombal/lib",
                "touch app/target/pombal/lib/pombal.jar");
        Process first = checkout.start(pombal, jdk, "version");
        await().until(() -> Files.exists(checkout.root().resolve("go-on")));
        Process second = checkout.start(pombal, jdk, "version");
        assertThat(second.inputReader().readLine()).contains("waiting for another build");
        checkout.write("go-on", "now\n");
        assertThat(checkout.outcome(first).exitCode()).isZero();
        assertThat(checkout.outcome(second).exitCode()).isZero();
        assertThat(checkout.builds()).hasSize(1);
    }

    @Test
    void a_failed_build_shows_its_errors_once_and_starts_nothing() throws Exception {
        checkout.mavenDoes("echo '[ERROR] Main.java: reached end of file'", "echo '[ERROR] -> [Help 1]'", "exit 1");
        Outcome outcome = start();
        assertThat(outcome.exitCode()).isEqualTo(70);
        assertThat(outcome.output())
                .contains("the build failed", "build/build.log", "\nMain.java: reached end of file\n")
                .doesNotContain("[Help 1]", "java 17.0.1");
        start();
        assertThat(checkout.builds()).hasSize(2);
    }

    @Test
    void works_through_a_symbolic_link() throws Exception {
        Path link = Files.createSymbolicLink(checkout.root().resolveSibling("link"), pombal);
        assertThat(checkout.run(link, jdk, "version").exitCode()).isZero();
    }
}

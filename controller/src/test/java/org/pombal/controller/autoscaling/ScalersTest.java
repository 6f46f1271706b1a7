package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.controller.TestController;
import org.pombal.controller.autoscaling.ScaledSite.BackendFacts;
import org.pombal.model.scale.ScalerAnswer;

class ScalersTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private static final ScaledSite SITE = new ScaledSite(
            "lisbon",
            List.of(
                    new BackendFacts(
                            "b1.example.org", "online", 100, 7, Optional.of(0.5), Optional.of(40.0), Optional.of(44.0)),
                    new BackendFacts(
                            "b2.example.org",
                            "standby",
                            100,
                            0,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty())));

    @TempDir
    private Path folder;

    private static TimedScaler made(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("CLUSTER_SITE", "lisbon", "AUTOSCALER_MAX", "9"));
        for (String line : settings) {
            String[] parts = line.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        return Scalers.of(TestController.settings(all)).orElseThrow();
    }

    private Path program(String text) throws IOException {
        Path program = folder.resolve("scaler");
        Files.writeString(program, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private static void isWanted(ScalerAnswer answer, int number) {
        assertThat(answer).isInstanceOfSatisfying(ScalerAnswer.Wanted.class, wanted -> assertThat(wanted.number())
                .isEqualTo(number));
    }

    private static void isOfNoUse(ScalerAnswer answer, String... problem) {
        assertThat(answer)
                .isInstanceOfSatisfying(ScalerAnswer.Unusable.class, unusable -> assertThat(unusable.problem())
                        .contains(problem));
    }

    @Test
    void theDefaultOneWantsAsManyAsThereAre() throws Exception {
        isWanted(made("AUTOSCALER=default").ask(SITE), 2);
    }

    @Test
    void aClassOfAJarIsAskedByItsName() throws Exception {
        Path source = Files.writeString(folder.resolve("Threefold.java"), """
                package org.example;

                import org.pombal.controller.autoscaling.*;

                public final class Threefold implements Autoscaler {
                    @Override
                    public int desiredNumberOfBackends(ScaledSite site) {
                        return 3 * site.backends().size();
                    }
                }
                """);
        String path = System.getProperty("java.class.path");
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", path, "-d", folder.toString(), source.toString());
        assertThat(code).isZero();
        String entry = "org/example/Threefold.class";
        Path jar = folder.resolve("scaler.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(folder.resolve(entry), out);
        }

        isWanted(
                made("AUTOSCALER=class", "AUTOSCALER_JAR=" + jar, "AUTOSCALER_CLASS=org.example.Threefold")
                        .ask(SITE),
                6);
    }

    @Test
    void aClassThatIsNotThereOrIsNoScalerIsSaid() throws Exception {
        Path jar = Files.createFile(folder.resolve("empty.jar"));
        isOfNoUse(
                made("AUTOSCALER=class", "AUTOSCALER_JAR=/nowhere.jar", "AUTOSCALER_CLASS=org.example.X")
                        .ask(SITE),
                "/nowhere.jar (AUTOSCALER_JAR) cannot be read");
        isOfNoUse(
                made("AUTOSCALER=class", "AUTOSCALER_JAR=" + jar, "AUTOSCALER_CLASS=java.lang.Object")
                        .ask(SITE),
                "does not implement org.pombal.controller.autoscaling.Autoscaler");
    }

    @Test
    void aCommandReadsTheSiteAndPrintsTheNumber() throws Exception {
        Path program = program("read site; case \"$1 $site\" in 'lisbon '*'\"cpu\":0.5'*) echo ' 4 ';; esac");

        isWanted(made("AUTOSCALER=command", "AUTOSCALER_COMMAND=" + program).ask(SITE), 4);
    }

    @Test
    void aCommandThatFailsOrSaysSomethingElseIsOfNoUse() throws Exception {
        TimedScaler scaler = made("AUTOSCALER=command", "AUTOSCALER_COMMAND=" + program("echo broken >&2; exit 3"));
        isOfNoUse(scaler.ask(SITE), "ended with exit code 3: broken");
        program("echo many");
        isOfNoUse(scaler.ask(SITE), "answers 'many', which is no number");
        program("echo -1");
        isOfNoUse(scaler.ask(SITE), "wants -1 backends");
        program("echo 1000000");
        isOfNoUse(scaler.ask(SITE), "wants 1000000 backends; a site has 0 to 1000");
    }

    @Test
    void aCommandThatHangsIsKilledWithWhatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        Path program = program("sleep 600 & echo $! > " + pid + "; wait");
        TimedScaler scaler = made("AUTOSCALER=command", "AUTOSCALER_COMMAND=" + program, "AUTOSCALER_TIMEOUT=1s");

        isOfNoUse(scaler.ask(SITE), program.toString());

        long sleeper = Long.parseLong(Files.readString(pid, UTF_8).strip());
        ProcessHandle.of(sleeper)
                .ifPresent(process ->
                        process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(ProcessHandle.of(sleeper).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aServiceIsSentTheSiteAndAnswersTheNumber() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            String site = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            byte[] answer = (site.contains("\"site\":\"lisbon\"") ? "{\"desired\": 5}" : "?").getBytes(UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/good") ? 200 : 500, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String base =
                    "AUTOSCALER_URL=http://127.0.0.1:" + server.getAddress().getPort();
            isWanted(made("AUTOSCALER=http", base + "/good").ask(SITE), 5);
            isOfNoUse(made("AUTOSCALER=http", base + "/bad").ask(SITE), "answers with status 500");
        } finally {
            server.stop(0);
        }
        isOfNoUse(made("AUTOSCALER=http", "AUTOSCALER_URL=http://127.0.0.1:1/").ask(SITE), "does not answer");
    }

    @Test
    void oneThatThrowsWhateverItBeIsOfNoUse() throws Exception {
        isOfNoUse(
                new TimedScaler(
                                "x",
                                site -> {
                                    throw new StackOverflowError("too deep");
                                },
                                LIMIT)
                        .ask(SITE),
                "the scaler x fails: too deep");
    }

    @Test
    void oneThatHangsIsNotAskedAgainBeforeItHasEnded() throws Exception {
        CountDownLatch ends = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        TimedScaler scaler = new TimedScaler(
                "x",
                site -> {
                    while (ends.getCount() > 0) {
                        try {
                            ends.await();
                        } catch (InterruptedException e) {
                            // Deaf to it, as bad code is.
                        }
                    }
                    ended.countDown();
                    return 5;
                },
                LIMIT);

        isOfNoUse(scaler.ask(SITE), "has not answered for 300 ms");
        isOfNoUse(scaler.ask(SITE), "hangs since it was asked last");
        ends.countDown();
        ended.await();
        await().until(() -> scaler.ask(SITE) instanceof ScalerAnswer.Wanted);
    }
}

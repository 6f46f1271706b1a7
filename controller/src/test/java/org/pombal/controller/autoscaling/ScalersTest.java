package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.pombal.controller.autoscaling.Answers.SITE;
import static org.pombal.controller.autoscaling.Answers.ends;
import static org.pombal.controller.autoscaling.Answers.isOfNoUse;
import static org.pombal.controller.autoscaling.Answers.isWanted;
import static org.pombal.controller.autoscaling.Answers.program;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.controller.TestController;
import org.pombal.model.scale.ScalerAnswer;

class ScalersTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

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

    @Test
    void theDefaultOneWantsAsManyAsThereAre() throws Exception {
        isWanted(made("AUTOSCALER=default").ask(SITE), 2);
    }

    @Test
    void aClassOfAJarIsAskedByItsName() throws Exception {
        Path jar = ScalerJar.of(folder, "Threefold", """
                package org.example;

                import org.pombal.controller.autoscaling.*;

                public final class Threefold implements Autoscaler {
                    @Override
                    public int desiredNumberOfBackends(ScaledSite site) {
                        return 3 * site.backends().size();
                    }
                }
                """);

        isWanted(
                made("AUTOSCALER=class", "AUTOSCALER_JAR=" + jar, "AUTOSCALER_CLASS=org.example.Threefold")
                        .ask(SITE),
                6);
    }

    @Test
    void aCommandReadsTheSiteAndPrintsTheNumber() throws Exception {
        Path program = program(folder, "read site; case \"$1 $site\" in 'lisbon '*'\"cpu\":0.5'*) echo ' 4 ';; esac");

        isWanted(made("AUTOSCALER=command", "AUTOSCALER_COMMAND=" + program).ask(SITE), 4);
    }

    @Test
    void aCommandThatHangsIsKilledWithWhatItStarted() throws Exception {
        Path pid = folder.resolve("pid");
        Path program = program(folder, "sleep 600 & echo $! > " + pid + "; wait");
        TimedScaler scaler = made("AUTOSCALER=command", "AUTOSCALER_COMMAND=" + program, "AUTOSCALER_TIMEOUT=1s");

        isOfNoUse(scaler.ask(SITE), program.toString());

        ends(pid);
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
                "the scaler x fails: StackOverflowError: too deep");
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

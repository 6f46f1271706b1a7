package org.pombal.controller.automation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not as a Prometheus answers; how a real one does is seen in AutomationTest. */
@Timeout(60)
class PrometheusTest {

    private static final Duration LIMIT = Duration.ofMillis(100);
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final int QUESTIONS = 10;

    private static Prometheus.Scores ask(BrokenPrometheus server) throws IOException, InterruptedException {
        return new Prometheus(server.url(), Duration.ofSeconds(20)).scores("lisbon", SPAN);
    }

    /** Nothing at all, half a head, and a body that does not end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"status\":"})
    void oneThatHangsIsGivenUpInTimeAndKeepsNeitherThreadsNorConnections(String answer) {
        try (BrokenPrometheus server = new BrokenPrometheus(answer)) {
            Prometheus prometheus = new Prometheus(server.url(), LIMIT);
            Instant began = Instant.now();
            int threads = 0;
            for (int question = 1; question <= QUESTIONS; question++) {
                assertThatThrownBy(() -> prometheus.scores("lisbon", SPAN))
                        .isInstanceOf(IOException.class)
                        .hasMessage(
                                "Prometheus at " + server.url() + " (PROMETHEUS_URL) does not answer within 100 ms");
                threads = question == 2 ? clientThreads() : threads;
            }
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
            assertThat(clientThreads()).isLessThanOrEqualTo(threads + 1);
            await().atMost(20, SECONDS).until(() -> server.connections() == 0);
        }
    }

    private static int clientThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("HttpClient-"))
                .count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | oh dear                                           | with status 500, is not Prometheus
            500 | {"status":"error","error":"out of memory"}        | answers 500 to dovecot_cluster:host:zscore{site="lisbon"}: out of memory
            401 | <html>who are you?</html>                         | is not Prometheus
            302 | ''                                                | answers 302
            200 | ''                                                | answers 200
            200 | <html>welcome to nginx</html>                     | is not Prometheus
            200 | null                                              | answers 200
            200 | [1,2,3]                                           | answers 200
            200 | {"status":"success"}                              | without a list of samples
            200 | {"status":"success","data":{"result":"plenty"}}   | without a list of samples
            200 | {"status":"success","data":{"result":[{}]}}       | without a list of samples
            200 | {"status":"success","data":{"result":[{"metric":{"host":"b1"},"value":3}]}} | without a list of samples
            """)
    void whatIsNotPrometheusIsSaidToBeNone(int status, String body, String said) {
        try (BrokenPrometheus server = BrokenPrometheus.thatAnswers(status, body)) {
            assertThatThrownBy(() -> ask(server))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(server.url().toString())
                    .hasMessageContaining(said);
        }
    }

    @Test
    void whereNothingIsRecordedThereAreNoScores() throws Exception {
        try (BrokenPrometheus server =
                BrokenPrometheus.thatAnswers(200, "{\"status\":\"success\",\"data\":{\"result\":[]}}")) {
            assertThat(ask(server)).isEqualTo(new Prometheus.Scores(Map.of(), 0, Instant.EPOCH));
        }
    }

    @Test
    void numbersThatAreNoneAreLeftOut() throws Exception {
        try (BrokenPrometheus server = BrokenPrometheus.thatAnswers(200, """
                {"status":"success","data":{"result":[
                {"metric":{"host":"b1","score":"cpu"},"value":[0,"NaN"]},
                {"metric":{"host":"b2","score":"cpu"},"value":[0,"+Inf"]},
                {"metric":{"host":"b3","score":"cpu"},"value":[0,"lots"]},
                {"metric":{"host":"b4","score":"cpu"},"value":[0,"1.5"]}]}}""")) {
            assertThat(ask(server).scores().keySet()).containsExactly("b4");
        }
    }
}

package org.pombal.controller.autoscaling;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pombal.controller.autoscaling.Answers.SITE;
import static org.pombal.controller.autoscaling.Answers.isOfNoUse;
import static org.pombal.controller.autoscaling.Answers.isWanted;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pombal.model.scale.ScalerAnswer;

/** Services of operators that are not as they should be. */
class BadServicesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(400);

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    /** What a service does with a connection on which it was asked. */
    private interface Service {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    private static ScalerAnswer answer(Duration limit, Service service) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(listening, service), "bad-service");
            thread.setDaemon(true);
            thread.start();
            URI url = URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
            ScalerAnswer answer = new TimedScaler("mine", new HttpScaler(url, limit), LIMIT).ask(SITE);
            thread.interrupt();
            // Also what would answer for ever sees that nobody listens any more.
            thread.join(LIMIT.toMillis());
            assertThat(thread.isAlive()).isFalse();
            return answer;
        }
    }

    private static void serve(ServerSocket listening, Service service) {
        try (Socket socket = listening.accept()) {
            readRequest(socket.getInputStream());
            service.answer(socket.getOutputStream());
        } catch (IOException | InterruptedException e) {
            // Whoever asked has gone.
        }
    }

    /** All of it: a connection that is closed with something unread is reset, and what was sent may be lost. */
    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        Matcher length = LENGTH.matcher(head);
        if (length.find()) {
            in.skipNBytes(Integer.parseInt(length.group(1)));
        }
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
        out.flush();
    }

    private static Service text(String status, String body) {
        return out -> send(
                out,
                "HTTP/1.1 " + status + "\r\nLocation: /elsewhere\r\nContent-Length: " + body.length()
                        + "\r\nConnection: close\r\n\r\n" + body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    500 Broken    | 4                   | answers with status 500
                    404 Not Found | 4                   | answers with status 404
                    204 Nothing   | ``                  | answers with status 204
                    302 Found     | 4                   | redirects, with status 302, which is not followed
                    200 OK        | many                | answers 'many', which is no number
                    200 OK        | ``                  | answers '', which is no number
                    200 OK        | <html>4</html>      | answers '<html>4</html>', which is no number
                    200 OK        | {}                  | answers '', which is no number
                    200 OK        | {"desired": "many"} | answers 'many', which is no number
                    200 OK        | {"desired": 2.5}    | answers '2.5', which is no number
                    200 OK        | [4]                 | answers '[4]', which is no number
                    200 OK        | -1                  | wants -1 backends; a site has 0 to 1000
                    200 OK        | {"desired":1000000} | wants 1000000 backends; a site has 0 to 1000
                    """)
    void whatItAnswersIsOfNoUse(String status, String body, String problem) throws Exception {
        isOfNoUse(answer(LIMIT, text(status, body)), problem);
    }

    @Test
    void whatItsAnswerShouldBe() throws Exception {
        isWanted(answer(LIMIT, text("200 OK", "4\n")), 4);
    }

    @Test
    void oneThatSaysNothing() throws Exception {
        isOfNoUse(
                answer(SHORT, out -> new CountDownLatch(1).await()),
                "http://127.0.0.1:",
                "(AUTOSCALER_URL) has not answered for 400 ms");
    }

    @Test
    void oneThatDripsItsAnswer() throws Exception {
        isOfNoUse(
                answer(SHORT, out -> {
                    send(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                    CountDownLatch never = new CountDownLatch(1);
                    do {
                        send(out, "1");
                    } while (!never.await(50, TimeUnit.MILLISECONDS));
                }),
                "has not answered for 400 ms");
    }

    @Test
    void oneThatAnswersWithoutEnd() throws Exception {
        isOfNoUse(
                answer(LIMIT, out -> {
                    send(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
                    while (!Thread.currentThread().isInterrupted()) {
                        send(out, "1".repeat(8_192));
                    }
                }),
                "does not answer: java.io.IOException: its answer is longer than 65536 bytes");
    }

    @Test
    void oneThatHangsUpOrSpeaksSomethingElse() throws Exception {
        isOfNoUse(answer(LIMIT, out -> {}), "(AUTOSCALER_URL) does not answer: java.io.IOException");
        isOfNoUse(
                answer(LIMIT, out -> send(out, "220 mail.example.org ESMTP\r\n")), "(AUTOSCALER_URL) does not answer");
    }
}

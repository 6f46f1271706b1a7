package org.pombal.node.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.model.vote.Vote;
import org.pombal.model.vote.VoterId;

/** What the server makes of requests that no node of ours would send. */
@Timeout(60)
class PeerServerTest {

    private static final VoterId A = new VoterId("backend/a.example");

    private final PeerFixture peers = new PeerFixture();
    private final String key = "Authorization: " + new PeerKey(PeerFixture.KEY).authorization();
    private int port;

    @BeforeEach
    void start() throws IOException {
        Voting voting = wanted -> CompletableFuture.completedFuture(new VoteAnswer(A, UUID.randomUUID(), Vote.UP));
        port = peers.serve(A, voting, Optional.empty()).address().getPort();
    }

    @AfterEach
    void close() throws Exception {
        peers.close();
    }

    /** All that comes until the server closes. */
    private String talk(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String post(String path, String header, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\nContent-Length: "
                + body.getBytes(UTF_8).length + "\r\n\r\n" + body;
    }

    private String asked(String question, String more) throws IOException {
        return talk(post(
                "/peer/v1/" + question,
                key + "\r\nConnection: close",
                "{\"site\":\"" + peers.site + "\",\"peer\":\"" + A + "\"" + more + "}"));
    }

    @Test
    void aGoodQuestionIsAnswered() throws Exception {
        assertThat(asked("vote", ",\"wanted\":\"up\",\"newer\":\"field\""))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"vote\":\"up\"");
    }

    @Test
    void garbageIsRefused() throws Exception {
        assertThat(talk("\u0000\u0001garbage\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(talk(post("/peer/v1/vote", key, "not json"))).startsWith("HTTP/1.1 400 ");
        assertThat(talk(post("/peer/v1/vote", key, "[]"))).contains("not a JSON object");
        assertThat(talk(post("/peer/v1/vote", key, "{}"))).contains("'peer' is missing");
        assertThat(talk(post("/peer/v1/vote", key, "{\"peer\":{\"a\":[1]}}"))).contains("'peer' is not a text");
        assertThat(talk(post("/peer/v1/vote", key, "{\"peer\":\"" + A + "\",\"site\":\"here\"}")))
                .contains("'site': ");
        assertThat(talk(post("/peer/v1/vote", key, "{} {}"))).contains("more than one JSON object");
        assertThat(asked("vote", ",\"peer\":\"x\"")).startsWith("HTTP/1.1 400 ");
        assertThat(asked("arrived", ",\"group\":\"default-1\",\"user\":\"\"")).contains("'user': a user name is empty");
    }

    @Test
    void whoHasNoKeyIsTurnedAwayBeforeTheBodyIsRead() throws Exception {
        assertThat(talk("POST /peer/v1/vote HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(talk("POST /peer/v1/vote HTTP/1.1\r\nHost: x\r\n" + key + "x\r\nContent-Length: 1000\r\n\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aBodyThatIsTooLongIsNotRead() throws Exception {
        assertThat(talk("POST /peer/v1/vote HTTP/1.1\r\nHost: x\r\n" + key + "\r\nContent-Length: 100000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(talk("POST /peer/v1/vote HTTP/1.1\r\nHost: x\r\n" + key
                        + "\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n" + "x".repeat(0x5000)))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void otherPathsAndMethodsAreNotServed() throws Exception {
        assertThat(talk(post("/peer/v2/vote", key, "{}"))).startsWith("HTTP/1.1 404 ");
        assertThat(talk(post("/peer/v1/", key, "{}"))).startsWith("HTTP/1.1 404 ");
        assertThat(talk("GET /peer/v1/vote HTTP/1.1\r\nHost: x\r\n" + key + "\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ");
    }

    @Test
    void aStrangerThatSaysNothingIsNotWaitedForLong() throws Exception {
        assertThat(talk("")).isEmpty();
    }
}

package org.pombal.model.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureTextTest {

    @Test
    void isTheMessageAlsoOfWhatAFutureWrapped() {
        assertThat(FailureText.of(new ExecutionException(new CompletionException(new IOException("Broken pipe")))))
                .isEqualTo("Broken pipe");
    }

    @Test
    void saysWhatTheNetworkDidWhereJavaHasNoWords() {
        assertThat(FailureText.of(new ClosedChannelException())).isEqualTo("the connection was closed");
        assertThat(FailureText.of(new OfALibrary())).isEqualTo("the connection was closed");
        assertThat(FailureText.of(new EOFException())).isEqualTo("the connection was closed");
        assertThat(FailureText.of(new UnknownHostException())).isEqualTo("the host name does not resolve");
    }

    @Test
    void saysWhyAnHttpClientGotNoAnswer() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThatThrownBy(() -> get("http://127.0.0.1:" + free))
                .satisfies(failure -> assertThat(FailureText.of(failure)).isEqualTo("cannot connect"));
        assertThatThrownBy(() -> get("http://no-such-host.invalid"))
                .satisfies(failure -> assertThat(FailureText.of(failure)).isEqualTo("the host name does not resolve"));
    }

    @Test
    void isTheNameOfWhatHasNothingElse() {
        assertThat(FailureText.of(new NullPointerException())).isEqualTo("NullPointerException");
    }

    private static void get(String url) throws ExecutionException, InterruptedException {
        HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .get();
    }

    private static final class OfALibrary extends ClosedChannelException {
        private static final long serialVersionUID = 1;
    }
}

package org.pombal.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code --url}: over TCP, plain and with TLS, with a key. */
@Timeout(60)
class NodeElsewhereTest {

    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\n\r\n[[\"doveadmResponse\",[{\"name\":\"gold\",\"id\":\"i\"}],\"pombal\"]]";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    Path folder = Path.of("/");

    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();

    private ServerSocket serve(ServerSocketFactory factory) throws IOException {
        ServerSocket server = factory.createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> accept(server), "stub-node-tcp");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                heads.add(head(client.getInputStream()));
                client.getOutputStream().write(ANSWER.getBytes(UTF_8));
            } catch (IOException e) {
                // Refused by the client, or the test is over.
            }
        }
    }

    private static String head(InputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("]]") < 0) {
            int c = input.read();
            if (c < 0) {
                throw new IOException("cut off");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static Ran list(Map<String, String> environment, String... options) {
        List<String> all = new java.util.ArrayList<>(List.of("-f", "json", "cluster", "tag", "list"));
        all.addAll(List.of(options));
        return Ran.with(Ran.NO_TERMINAL, "", environment, all.toArray(String[]::new));
    }

    @Test
    void sends_the_key_of_a_file_or_of_the_environment_as_doveadm_wants_it() throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "apikey123\n");
        try (ServerSocket server = serve(ServerSocketFactory.getDefault())) {
            String url = "http://127.0.0.1:" + server.getLocalPort();
            assertThat(list(Map.of(), "--url", url, "--api-key-file", key.toString())
                            .out())
                    .isEqualTo("[{\"name\":\"gold\",\"id\":\"i\"}]");
            assertThat(heads.poll(10, TimeUnit.SECONDS))
                    .contains("\r\nAuthorization: X-Dovecot-API YXBpa2V5MTIz\r\n", "\r\nHost: 127.0.0.1:");
            list(Map.of("POMBAL_URL", url, "POMBAL_API_KEY", "apikey123"));
            assertThat(heads.poll(10, TimeUnit.SECONDS)).contains("\r\nAuthorization: X-Dovecot-API YXBpa2V5MTIz\r\n");
            list(Map.of("POMBAL_URL", url));
            assertThat(heads.poll(10, TimeUnit.SECONDS)).doesNotContain("Authorization");
        }
    }

    @Test
    void a_key_file_that_is_missing_or_empty_is_an_error_of_configuration() throws IOException {
        assertThat(list(Map.of(), "--url", "http://127.0.0.1:1", "--api-key-file", "/none")
                        .exitCode())
                .isEqualTo(78);
        Path empty = Files.writeString(folder.resolve("key"), "\n");
        assertThat(list(Map.of(), "--url", "http://127.0.0.1:1", "--api-key-file", empty.toString())
                        .err())
                .contains("key file " + empty + " is empty");
    }

    @Test
    void nobody_there_is_temporary() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        Ran ran = list(Map.of(), "--url", "http://127.0.0.1:" + port);
        assertThat(ran.exitCode()).isEqualTo(75);
        assertThat(ran.err()).contains("no node answers at http://127.0.0.1:" + port);
    }

    @Test
    void tls_checks_the_certificate_and_its_name() throws Exception {
        Path store = folder.resolve("keys.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "node",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        Path pem = folder.resolve("node.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "node",
                "-file",
                pem.toString(),
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        try (ServerSocket server = serve(serverOf(store).getServerSocketFactory())) {
            String url = "https://localhost:" + server.getLocalPort();
            assertThat(list(Map.of(), "--url", url, "--ca-file", pem.toString()))
                    .isEqualTo(new Ran(0, "[{\"name\":\"gold\",\"id\":\"i\"}]", ""));
            Ran untrusted = list(Map.of(), "--url", url);
            assertThat(untrusted.exitCode()).as(untrusted.err()).isEqualTo(76);
            assertThat(untrusted.err()).contains("no TLS with the node at " + url, "Nothing was sent");
            Ran otherName =
                    list(Map.of(), "--url", "https://127.0.0.1:" + server.getLocalPort(), "--ca-file", pem.toString());
            assertThat(otherName.exitCode()).isEqualTo(76);
            assertThat(list(Map.of(), "--url", url, "--ca-file", store.toString())
                            .exitCode())
                    .isEqualTo(78);
        }
    }

    private static SSLContext serverOf(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertThat(process.waitFor()).as(said).isZero();
    }
}

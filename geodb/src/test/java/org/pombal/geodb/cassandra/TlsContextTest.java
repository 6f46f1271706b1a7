package org.pombal.geodb.cassandra;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.cassandra.CassandraConfig.Tls;

class TlsContextTest {

    private static final String PASSWORD = "changeit";

    @BeforeAll
    static void makeCertificates(@TempDir Path folder) throws Exception {
        TlsContextTest.folder = folder;
        for (String name : List.of("server", "stranger")) {
            String store = folder.resolve(name + ".p12").toString();
            keytool(List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-dname", "CN=" + name), store);
            String pem = folder.resolve(name + ".pem").toString();
            keytool(List.of("-exportcert", "-rfc", "-alias", name, "-file", pem), store);
        }
    }

    private static Path folder = Path.of("");

    @Test
    void theServerWhoseCertificateIsInTheFileIsTrusted() {
        assertThatCode(() -> shakeHands("server")).doesNotThrowAnyException();
    }

    @Test
    void anotherOneIsNot() {
        assertThatThrownBy(() -> shakeHands("stranger")).isInstanceOf(SSLException.class);
    }

    private static void shakeHands(String trusted) throws Exception {
        SSLContext client = TlsContext.of(new Tls(Optional.of(folder.resolve(trusted + ".pem")), false));
        try (SSLServerSocket listener = (SSLServerSocket)
                server().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answer(listener), "tls-test-server");
            server.start();
            try (SSLSocket socket = (SSLSocket)
                    client.getSocketFactory().createSocket(listener.getInetAddress(), listener.getLocalPort())) {
                socket.setSoTimeout(5000);
                socket.startHandshake();
            }
            server.join(5000);
        }
    }

    private static void answer(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.startHandshake();
        } catch (IOException e) {
            // The client says what was wrong.
        }
    }

    private static SSLContext server() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(List<String> arguments, String store) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store, "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command.toString()).isZero();
    }
}

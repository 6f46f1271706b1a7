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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pombal.geodb.cassandra.CassandraConfig.Tls;

class TlsContextTest {

    private static final String PASSWORD = "changeit";

    private final Path folder;

    TlsContextTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=server");
        keytool("-exportcert", "-rfc", "-alias", "server", "-file", caFile().toString());
    }

    private Path store() {
        return folder.resolve("server.p12");
    }

    private Path caFile() {
        return folder.resolve("ca.pem");
    }

    @Test
    void onlyWhatTheFileHoldsIsTrusted() {
        assertThatCode(() -> shakeHands(Optional.of(caFile()))).doesNotThrowAnyException();
        assertThatThrownBy(() -> shakeHands(Optional.empty())).isInstanceOf(SSLException.class);
    }

    private void shakeHands(Optional<Path> caFile) throws Exception {
        SSLContext client = TlsContext.of(new Tls(caFile, false));
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

    private SSLContext server() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store().toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command.toString()).isZero();
    }
}

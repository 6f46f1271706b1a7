package org.pombal.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.pombal.cli.http.Endpoint;
import org.pombal.cli.http.HttpClient;
import org.pombal.cli.http.TcpEndpoint;
import org.pombal.cli.http.TrustedCertificates;
import org.pombal.cli.http.UnixEndpoint;
import org.pombal.commands.ExitCodes;

/** Makes a client for the node that was chosen. */
final class NodeClient {

    private NodeClient() {}

    static HttpClient of(NodeChoice choice, Map<String, String> environment, Duration timeout)
            throws CallFailedException {
        NodeChoice.Chosen chosen = choice.chosen(environment);
        if (chosen instanceof NodeChoice.Chosen.Url url) {
            Optional<String> ca = choice.caFile().or(() -> NodeChoice.given(environment, "POMBAL_CA_FILE"));
            return new HttpClient(endpoint(url.url(), ca), timeout, authorization(choice, environment));
        }
        return new HttpClient(socket(((NodeChoice.Chosen.Socket) chosen).path()), timeout, Optional.empty());
    }

    private static Endpoint socket(String path) throws CallFailedException {
        try {
            return new UnixEndpoint(Path.of(path));
        } catch (InvalidPathException e) {
            throw new CallFailedException(ExitCodes.USAGE, "'" + path + "' is not the path of a socket", e);
        }
    }

    private static Endpoint endpoint(String url, Optional<String> caFile) throws CallFailedException {
        CallFailedException wrong = new CallFailedException(
                ExitCodes.USAGE, "'" + url + "' is not the URL of a node; it is http://HOST:PORT or https://HOST:PORT");
        try {
            URI uri = new URI(url);
            boolean https = "https".equals(uri.getScheme());
            String host = uri.getHost();
            boolean plainPath = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if ((!https && !"http".equals(uri.getScheme())) || host == null || uri.getPort() < 1 || !plainPath) {
                throw wrong;
            }
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new TcpEndpoint(bare, uri.getPort(), https ? Optional.of(tls(caFile)) : Optional.empty());
        } catch (URISyntaxException | IllegalArgumentException e) {
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static SSLSocketFactory tls(Optional<String> caFile) throws CallFailedException {
        if (caFile.isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try {
            return TrustedCertificates.of(Path.of(caFile.get())).socketFactory();
        } catch (IOException | InvalidPathException e) {
            throw new CallFailedException(
                    ExitCodes.CONFIG, "certificates in " + caFile.get() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** doveadm's own scheme: the key in base 64. A key on the command line would be seen by all users of the machine. */
    private static Optional<String> authorization(NodeChoice choice, Map<String, String> environment)
            throws CallFailedException {
        Optional<String> file = choice.apiKeyFile().or(() -> NodeChoice.given(environment, "POMBAL_API_KEY_FILE"));
        Optional<String> key =
                file.isPresent() ? Optional.of(keyIn(file.get())) : NodeChoice.given(environment, "POMBAL_API_KEY");
        return key.map(value -> "X-Dovecot-API " + Base64.getEncoder().encodeToString(value.getBytes(UTF_8)));
    }

    private static String keyIn(String file) throws CallFailedException {
        try {
            String key = Files.readString(Path.of(file)).strip();
            if (key.isEmpty()) {
                throw new CallFailedException(ExitCodes.CONFIG, "key file " + file + " is empty");
            }
            return key;
        } catch (IOException | InvalidPathException e) {
            throw new CallFailedException(
                    ExitCodes.CONFIG, "key file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}

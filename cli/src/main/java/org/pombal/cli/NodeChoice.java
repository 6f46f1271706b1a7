package org.pombal.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pombal.commands.ExitCodes;

/**
 * Which node to ask. What stands on the command line wins over the environment, that over the settings file, that over the
 * default; in each, a URL over a socket.
 *
 * @param config a settings file, ours or Dovecot's
 * @param overrides the values of {@code -o}
 */
record NodeChoice(
        Optional<String> socket,
        Optional<String> url,
        Optional<String> apiKeyFile,
        Optional<String> caFile,
        Optional<String> config,
        Map<String, String> overrides) {

    static final String DEFAULT_SOCKET = "/run/pombal/doveadm.sock";

    private static final String SETTING = "cluster_doveadm_socket";
    private static final Path USUAL_CONFIG = Path.of("/etc/pombal/pombal.conf");
    private static final Pattern LINE = Pattern.compile("\\s*" + SETTING + "\\s*=\\s*\"?([^\"#]*?)\"?\\s*(#.*)?");

    NodeChoice {
        overrides = Map.copyOf(overrides);
    }

    /** What was chosen: a socket's path or a URL. */
    sealed interface Chosen {
        record Socket(String path) implements Chosen {}

        record Url(String url) implements Chosen {}
    }

    Chosen chosen(Map<String, String> environment) throws CallFailedException {
        if (url.isPresent() && socket.isPresent()) {
            throw new CallFailedException(ExitCodes.USAGE, "--socket and --url exclude one another; give one of them");
        }
        Optional<Chosen> given = first(url, socket.or(() -> Optional.ofNullable(overrides.get(SETTING))))
                .or(() -> first(
                        given(environment, "POMBAL_URL"),
                        given(environment, "POMBAL_SOCKET").or(() -> given(environment, "CLUSTER_DOVEADM_SOCKET"))));
        if (given.isPresent()) {
            return given.get();
        }
        return new Chosen.Socket(configured().orElse(DEFAULT_SOCKET));
    }

    static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<Chosen> first(Optional<String> url, Optional<String> socket) {
        return url.<Chosen>map(Chosen.Url::new).or(() -> socket.map(Chosen.Socket::new));
    }

    /** Of the file only this one setting is looked at: the program that knows them all takes too long to start. */
    private Optional<String> configured() throws CallFailedException {
        if (config.isEmpty() && !Files.isReadable(USUAL_CONFIG)) {
            return Optional.empty();
        }
        Path file = config.map(Path::of).orElse(USUAL_CONFIG);
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(LINE::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .filter(path -> !path.isEmpty())
                    .reduce((earlier, later) -> later);
        } catch (MalformedInputException e) {
            throw new CallFailedException(ExitCodes.CONFIG, "settings file " + file + " is not UTF-8", e);
        } catch (IOException | java.io.UncheckedIOException e) {
            throw new CallFailedException(
                    ExitCodes.CONFIG, "settings file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}

package org.pombal.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.cli.print.Format;
import org.pombal.commands.ExitCodes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/** The options that stand before the command: doveadm's own, and where the node is. */
final class Options {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    private final OptionSpec format = OptionSpec.builder("-f", "--format")
            .paramLabel("FORMAT")
            .type(String.class)
            .scopeType(ScopeType.INHERIT)
            .completionCandidates(List.of("flow", "pager", "tab", "table", "json"))
            .description("Output format: flow, pager, tab, table or json.")
            .build();
    private final OptionSpec hideTitles = OptionSpec.builder("-h")
            .type(boolean.class)
            .description("Leaves out the line of titles, in the formats tab and table.")
            .build();
    private final OptionSpec verbose = OptionSpec.builder("-v")
            .type(boolean.class)
            .description("Says which node is asked.")
            .build();
    private final OptionSpec debug = OptionSpec.builder("-D")
            .type(boolean.class)
            .description("As -v, and shows the stack trace of a failure.")
            .build();
    private final OptionSpec config = OptionSpec.builder("-c")
            .paramLabel("FILE")
            .type(String.class)
            .description("Settings file, for cluster_doveadm_socket; /etc/pombal/pombal.conf if it is there.")
            .build();
    private final OptionSpec overrides = OptionSpec.builder("-o")
            .paramLabel("SETTING=VALUE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("Overrides a setting; only cluster_doveadm_socket has a meaning here.")
            .build();
    private final OptionSpec socket = text("--socket", "PATH", "The node's unix socket.");
    private final OptionSpec url = text("--url", "URL", "A node elsewhere: http://HOST:PORT or https://HOST:PORT.");
    private final OptionSpec apiKeyFile = text("--api-key-file", "FILE", "A file with the key for --url.");
    private final OptionSpec caFile =
            text("--ca-file", "FILE", "Certificates (PEM) to trust for an https URL, in place of the system's.");
    private final OptionSpec timeout =
            text("--timeout", "SECONDS", "How long to wait for the node at a time; 60 if not given.");

    void addTo(CommandSpec root) {
        add(root, format, hideTitles, verbose, debug, config, overrides, socket, url, apiKeyFile, caFile, timeout);
    }

    /** Those that may also stand after the command. */
    void addInherited(CommandSpec cluster) {
        add(cluster, format, socket, url, apiKeyFile, caFile, timeout);
    }

    private static void add(CommandSpec spec, OptionSpec... options) {
        for (OptionSpec option : options) {
            spec.addOption(option);
        }
    }

    private static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .scopeType(ScopeType.INHERIT)
                .description(description)
                .build();
    }

    Optional<Format> format() throws CallFailedException {
        Optional<String> name = text(format);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Format.named(name.get())
                .orElseThrow(() -> new CallFailedException(
                        ExitCodes.USAGE,
                        "there is no format '" + name.get() + "'; it is one of flow, pager, tab, table, json")));
    }

    boolean hideTitles() {
        return isSet(hideTitles);
    }

    boolean verbose() {
        return isSet(verbose) || debug();
    }

    boolean debug() {
        return isSet(debug);
    }

    Duration timeout() throws CallFailedException {
        Optional<String> seconds = text(timeout);
        if (seconds.isEmpty()) {
            return USUAL_TIMEOUT;
        }
        if (!seconds.get().matches("[1-9][0-9]{0,5}")) {
            throw new CallFailedException(
                    ExitCodes.USAGE, "--timeout is '" + seconds.get() + "'; it must be a number of seconds, from 1 on");
        }
        return Duration.ofSeconds(Long.parseLong(seconds.get()));
    }

    /** Where the node is, as far as it was given on the command line. */
    NodeChoice node() throws CallFailedException {
        return new NodeChoice(text(socket), text(url), text(apiKeyFile), text(caFile), text(config), givenOverrides());
    }

    private Map<String, String> givenOverrides() throws CallFailedException {
        Map<String, String> given = new LinkedHashMap<>();
        List<String> pairs = overrides.getValue();
        for (String pair : pairs == null ? List.<String>of() : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new CallFailedException(ExitCodes.USAGE, "-o is '" + pair + "'; it must be SETTING=VALUE");
            }
            given.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return given;
    }

    private static boolean isSet(OptionSpec option) {
        return Boolean.TRUE.equals(option.getValue());
    }

    private static Optional<String> text(OptionSpec option) {
        return Optional.ofNullable(option.getValue());
    }
}

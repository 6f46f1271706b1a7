package org.pombal.app;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pombal.dovecot.config.BackendSnippet;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.HaproxySnippet;
import org.pombal.dovecot.config.MasterSocketBy;
import org.pombal.dovecot.config.NodeGroup;
import org.pombal.dovecot.config.ProxySnippet;
import org.pombal.dovecot.config.Snippet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pombal dovecot-config}: what goes into Dovecot's or HAProxy's configuration. */
@Command(
        name = "dovecot-config",
        sortOptions = false,
        description =
                "Prints what to include into dovecot.conf, or a configuration for the HAProxy before the proxies.",
        footer = {"", "Example: pombal dovecot-config --role proxy --version 2.3 > /etc/dovecot/pombal.conf"})
final class DovecotConfigCommand implements Callable<Integer> {

    private enum Role {
        PROXY,
        BACKEND,
        HAPROXY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final PrintWriter out;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "What the machine is: ${COMPLETION-CANDIDATES}.")
    private Role role = Role.PROXY;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            description = "Dovecot's version: 2.3, 2.4, or the whole of it, as 2.4.2. Not for haproxy.")
    private Optional<String> version = Optional.empty();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description =
                    "The group of the node's user, if that is not root: pombal where Pombal's packages are installed.")
    private Optional<String> group = Optional.empty();

    DovecotConfigCommand(PrintWriter out) {
        this.out = requireNonNull(out, "out is null");
    }

    @Override
    public Integer call() {
        Snippet snippet =
                switch (role) {
                    case PROXY -> ProxySnippet.customary(dovecot());
                    case BACKEND -> BackendSnippet.customary(dovecot(), MasterSocketBy.of(version.orElse("")));
                    case HAPROXY -> HaproxySnippet.customary();
                };
        out.print(snippet.text() + group.map(this::groupText).orElse(""));
        out.flush();
        return ExitCode.OK;
    }

    private String groupText(String name) {
        try {
            NodeGroup node = new NodeGroup(name);
            return switch (role) {
                case PROXY -> node.proxyText();
                case BACKEND -> node.backendText();
                case HAPROXY -> throw new IllegalArgumentException("haproxy has no use for --group");
            };
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private DovecotVersion dovecot() {
        String text = version.orElseThrow(() -> new CommandFailedException(
                ExitCode.USAGE, "the role " + role + " needs --version 2.3 or --version 2.4 (see: dovecot --version)"));
        try {
            return DovecotVersion.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }
}

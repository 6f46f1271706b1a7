package org.pombal.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.pombal.app.export.GeoDbRoutes;
import org.pombal.app.export.LocalDbRoutes;
import org.pombal.app.export.RouteLines;
import org.pombal.app.export.RouteSource;
import org.pombal.geodb.GeoDbUnavailableException;
import org.pombal.geodb.cassandra.CassandraGeoDb;
import org.pombal.geodb.settings.GeoDbConnection;
import org.pombal.node.NodeSettings;
import org.pombal.node.localdb.KeptUsers;
import org.pombal.node.proxy.BackendTls;
import org.pombal.settings.Settings;
import org.pombal.settings.SettingsException;
import org.pombal.settings.SiteSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pombal export routes}: a passwd-file with which Dovecot proxies run without Pombal. */
@Command(
        name = "routes",
        description = {
            "Writes where all users are into a passwd-file, by which Dovecot proxies route without Pombal.",
            "For the day on which nothing else helps; see 'Without Pombal' in the documentation."
        })
final class ExportRoutesCommand implements Callable<Integer> {

    private final PrintWriter err;
    private final Map<String, String> environment;

    @Mixin
    private SettingsOption option = new SettingsOption();

    @Option(
            names = "--from-localdb",
            description =
                    "Takes the routes from this proxy's LocalDB: while GeoDB is away. Only users it has met are in it.")
    private boolean fromLocalDb;

    @Parameters(paramLabel = "FILE", description = "The file to write, in place of an older one once it is complete.")
    private Path file = Path.of("");

    ExportRoutesCommand(PrintWriter err, Map<String, String> environment) {
        this.err = requireNonNull(err, "err is null");
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws SettingsException {
        Settings settings = option.apply(environment, Set.of("site", "node", "geodb"));
        try (RouteSource source = source(settings)) {
            RouteLines lines = source.lines(settings.get(SiteSettings.LOCAL_SITE), fields(settings));
            long[] counts = write(source, lines);
            explain(counts[0], counts[1], settings);
            return ExitCode.OK;
        } catch (GeoDbUnavailableException e) {
            throw new CommandFailedException(
                    ExitCode.TEMPORARY,
                    "no routes were written: " + e.getMessage()
                            + ". While GeoDB is away, use --from-localdb on a proxy",
                    e);
        } catch (IllegalStateException | UncheckedIOException | IOException e) {
            throw new CommandFailedException(ExitCode.UNAVAILABLE, "no routes were written: " + e.getMessage(), e);
        }
    }

    private RouteSource source(Settings settings) {
        return fromLocalDb
                ? new LocalDbRoutes(KeptUsers.open(settings.get(NodeSettings.STATE_DIR)))
                : new GeoDbRoutes(CassandraGeoDb.connect(GeoDbConnection.of(settings)));
    }

    private static String fields(Settings settings) {
        BackendTls tls = settings.get(NodeSettings.BACKEND_SSL);
        return switch (tls) {
            case NO -> "";
            case STARTTLS -> " starttls=yes";
            case SSL -> " ssl=yes";
            case ANY_CERT -> " starttls=any-cert";
        };
    }

    /** Users written, and users left out. The file is readable for its owner only until it is complete. */
    private long[] write(RouteSource source, RouteLines lines) throws IOException {
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        Path fresh = Files.createTempFile(
                folder,
                ".routes",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        long[] counts = {0, 0};
        try {
            try (Writer out = Files.newBufferedWriter(fresh, UTF_8)) {
                source.users((user, home) -> {
                    Optional<String> line = lines.line(user, home);
                    try {
                        if (line.isPresent()) {
                            out.write(line.get());
                            out.write('\n');
                            counts[0]++;
                        } else {
                            counts[1]++;
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return counts;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void explain(long written, long leftOut, Settings settings) {
        err.println(written + " users written to " + file + "; " + leftOut
                + " left out, because they have no backend now or a name that a passwd-file cannot hold");
        if (NodeSettings.hasBackendPorts(settings)) {
            err.println("The file has no ports: proxies connect to the customary ones, not to those of"
                    + " cluster_backend_..._port.");
        }
        err.println(
                "Before you use it, on ALL proxies and backends of the site: stop pombal, and take the Pombal snippet"
                        + " out of Dovecot's configuration. While any node runs, groups can move, and a user could be served by two"
                        + " backends. The file does not change afterwards: who moves or fails over must be edited by hand.");
        err.println("Then, on each proxy, as its only passdb for users, and restart Dovecot:");
        err.println("  2.3:  passdb {");
        err.println("          driver = passwd-file");
        err.println("          args = username_format=%Lu " + file.toAbsolutePath());
        err.println("        }");
        err.println("  2.4:  passdb passwd-file {");
        err.println("          passwd_file_path = " + file.toAbsolutePath());
        err.println("          auth_username_format = %{user|lower}");
        err.println("        }");
        err.flush();
    }
}

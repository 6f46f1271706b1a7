package org.pombal.geodb.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One step of the schema: a file of CQL statements beside this class, {@code V<major>.<step>__<what_it_brings>.cql}.
 *
 * <p>Each statement ends with a semicolon at the end of a line; lines that begin with {@code --} are comments. A starter
 * may die between two statements, and the next one begins again, so each statement must do nothing when repeated
 * ({@code IF NOT EXISTS}).
 */
public record Migration(SchemaVersion version, String description, List<String> statements) {

    private static final Pattern FILE = Pattern.compile("V([0-9]+)\\.([0-9]{3})__([a-z0-9_]+)\\.cql");
    private static final Pattern STATEMENT_END = Pattern.compile(";[ \t]*(\\R|$)");

    /** All that this release knows, in order. A file that was released is never changed. */
    public static final List<Migration> ALL = List.of(
            read("V1.001__sites_and_tags.cql"),
            read("V1.002__backends.cql"),
            read("V1.003__user_groups.cql"),
            read("V1.004__users.cql"),
            read("V1.005__changes.cql"),
            read("V1.006__cluster_settings.cql"),
            read("V1.007__ownership.cql"),
            read("V1.008__names_again.cql"),
            read("V1.009__leases_and_moves.cql"),
            read("V1.010__nodes_and_proxy_statistics.cql"),
            read("V1.011__controllers.cql"),
            read("V1.012__backend_loads.cql"),
            read("V1.013__automation_notes.cql"),
            read("V1.014__site_reachability.cql"),
            read("V1.015__site_failovers.cql"),
            read("V1.016__force_moves.cql"),
            read("V1.017__departures_asked.cql"));

    public Migration {
        requireNonNull(version, "version is null");
        requireNonNull(description, "description is null");
        statements = List.copyOf(statements);
    }

    static Migration read(String file) {
        try (InputStream in = Migration.class.getResourceAsStream(file)) {
            return parse(
                    file,
                    new String(requireNonNull(in, () -> file + " is missing").readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Migration parse(String file, String text) {
        Matcher name = FILE.matcher(file);
        if (!name.matches()) {
            throw new IllegalArgumentException("'" + file + "' is not named as a migration, V1.001__what.cql");
        }
        SchemaVersion version = new SchemaVersion(Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)));
        String code = text.lines().filter(line -> !line.startsWith("--")).collect(joining("\n"));
        List<String> statements = Arrays.stream(STATEMENT_END.split(code))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
        return new Migration(version, name.group(3).replace('_', ' '), statements);
    }
}

package org.pombal.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The queries of the dashboards that are shipped, as Grafana sends them for one site and all its hosts. */
final class DashboardQueries {

    private static final Path DASHBOARDS =
            Path.of(System.getProperty("pombal.checkout"), "packaging", "grafana", "dashboards");

    private DashboardQueries() {}

    /** By file, panel and letter. */
    static Map<String, String> of(String site) {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            Map<String, String> queries = new TreeMap<>();
            for (Path file : files.toList()) {
                for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).get("panels")) {
                    for (JsonNode target : panel.path("targets")) {
                        queries.put(
                                file.getFileName() + ": " + panel.get("title").asText() + " "
                                        + target.get("refId").asText(),
                                filled(target.get("expr").asText(), site));
                    }
                }
            }
            return queries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Grafana's least rate interval is four times that in which is scraped. */
    private static String filled(String expression, String site) {
        return expression
                .replace("$__rate_interval", "15s")
                .replace("$site", site)
                .replace("$host", ".*");
    }

    /** The queries for values of a dashboard's variables. */
    static List<String> ofVariables(String site) {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            return files.flatMap(DashboardQueries::variables)
                    .map(query -> filled(query, site))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> variables(Path file) {
        try {
            Stream.Builder<String> queries = Stream.builder();
            new ObjectMapper()
                    .readTree(file.toFile())
                    .at("/templating/list")
                    .forEach(variable -> queries.add(variable.at("/query/query").asText("")));
            return queries.build()
                    .filter(query -> query.startsWith("label_values("))
                    .map(DashboardQueries::series);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Grafana asks for the series of {@code label_values(SERIES, LABEL)}. */
    private static String series(String query) {
        return query.substring("label_values(".length(), query.lastIndexOf(','));
    }
}

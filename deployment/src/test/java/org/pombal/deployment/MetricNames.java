package org.pombal.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names that Prometheus gives what the program registers, from its sources, and what else there is in Prometheus. */
final class MetricNames {

    private static final Pattern REGISTERED = Pattern.compile("\"(pombal_[a-z_]+)\"");
    private static final Pattern KIND = Pattern.compile("(?i)\\b(counter|gauge|histogram)(?:WithCallback)?\\b[^;]*?$");
    private static final Pattern USED = Pattern.compile("\\b(?:pombal|dovecot_cluster|node)_[a-z_:]+\\b");

    /** Of node_exporter, which the recording rules use. */
    private static final Set<String> FOREIGN =
            Set.of("node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes", "node_cpu_seconds_total");

    private MetricNames() {}

    /** With the endings that the text format gives counters and histograms. */
    static Set<String> registered() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : List.of("node", "controller")) {
            try (Stream<Path> files = Files.walk(Checkout.ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    String text = Checkout.text(file);
                    Matcher matcher = REGISTERED.matcher(text);
                    while (matcher.find()) {
                        names.addAll(series(matcher.group(1), text.substring(0, matcher.start())));
                    }
                }
            }
        }
        return names;
    }

    private static List<String> series(String name, String before) {
        Matcher kind = KIND.matcher(before.substring(before.lastIndexOf(';') + 1));
        // SiteMetrics.perQueue makes gauges.
        String word = kind.find() ? kind.group(1).toLowerCase(java.util.Locale.ROOT) : "gauge";
        return switch (word) {
            case "counter" -> List.of(name + "_total");
            case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum");
            default -> List.of(name);
        };
    }

    /** What an expression of PromQL names of these, without what is not the program's. */
    static Set<String> usedBy(String expression) {
        return USED.matcher(expression.replaceAll("\"[^\"]*\"", "\"\""))
                .results()
                .map(java.util.regex.MatchResult::group)
                .filter(name -> FOREIGN.stream().noneMatch(known -> known.startsWith(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

package org.pombal.deployment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The chart, by real Helm in this process. */
final class Chart {

    static final Path FOLDER = Checkout.PACKAGING.resolve("helm/pombal-controller");
    static final String NAMESPACE = "dovecot";
    static final String RELEASE = "controller";

    private static final Pattern DOCUMENT = Pattern.compile("(?m)^---\\s*$");

    private static final Pattern HOOK = Pattern.compile("(?m)^  annotations:\\n(?: +helm\\.sh/hook.*\\n)+");
    private static final Path WITHOUT_HOOKS = withoutHooks();

    private Chart() {}

    /** What is applied to a cluster for the values in some files. By a copy: this Helm leaves out what is a hook. */
    static List<JsonNode> rendered(List<Path> values) throws IOException {
        TemplateCommand command = new Helm(WITHOUT_HOOKS)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.30.0");
        values.forEach(command::withValuesFile);
        return DOCUMENT.splitAsStream(command.call())
                .map(Checkout::yaml)
                .filter(JsonNode::isObject)
                .toList();
    }

    /** Lint looks at the chart's own values, so a copy of the chart has these in their place. */
    static LintResult lint(Path copy, List<Path> values) throws IOException {
        Path chart = copyTo(copy);
        JsonNode merged = Checkout.yaml(Checkout.text(FOLDER.resolve("values.yaml")));
        for (Path file : values) {
            merged = merge(merged, Checkout.yaml(Checkout.text(file)));
        }
        // JSON is YAML.
        new ObjectMapper().writeValue(chart.resolve("values.yaml").toFile(), merged);
        return new Helm(chart).lint().strict().call();
    }

    private static Path copyTo(Path folder) throws IOException {
        Path chart = folder.resolve(FOLDER.getFileName());
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = chart.resolve(FOLDER.relativize(file));
                Files.createDirectories(requireNonNull(to.getParent()));
                Files.copy(file, to);
            }
        }
        return chart;
    }

    private static Path withoutHooks() {
        try {
            Path folder = Files.createTempDirectory("pombal-chart-");
            Path chart = copyTo(folder);
            Path job = chart.resolve("templates/init-job.yaml");
            Files.writeString(job, HOOK.matcher(Checkout.text(job)).replaceAll(""));
            try (Stream<Path> made = Files.walk(folder)) {
                // The last that are made are the first to be deleted at the end.
                made.forEach(path -> path.toFile().deleteOnExit());
            }
            return chart;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode merge(JsonNode below, JsonNode above) {
        if (!below.isObject() || !above.isObject()) {
            return above;
        }
        ObjectNode merged = below.deepCopy();
        above.properties().forEach(field -> {
            JsonNode former = merged.get(field.getKey());
            merged.set(field.getKey(), former == null ? field.getValue() : merge(former, field.getValue()));
        });
        return merged;
    }

    /** The objects of a kind. */
    static List<JsonNode> ofKind(List<JsonNode> objects, String kind) {
        return objects.stream()
                .filter(object -> object.get("kind").asText().equals(kind))
                .toList();
    }
}

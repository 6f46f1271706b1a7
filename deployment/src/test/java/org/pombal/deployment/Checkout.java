package org.pombal.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The files of the checkout, and programs that look at them. */
final class Checkout {

    static final Path ROOT = Path.of(System.getProperty("pombal.checkout")).normalize();
    static final Path PACKAGING = ROOT.resolve("packaging");
    static final String VERSION = System.getProperty("pombal.version");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final long LIMIT_SECONDS = 60;

    /** What a program wrote, to either of its outputs, and its exit code. */
    record Ran(int code, String said) {}

    private Checkout() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ran run(Path folder, Map<String, String> environment, List<String> command) throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end: " + said);
        }
        return new Ran(process.exitValue(), said);
    }
}

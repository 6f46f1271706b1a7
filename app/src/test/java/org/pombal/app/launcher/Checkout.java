package org.pombal.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A checkout with our start scripts, in which Java and Maven only write down how they were called: Maven into
 * {@code builds.txt}, Java on its output.
 */
final class Checkout implements AutoCloseable {

    private static final List<String> SCRIPTS = List.of(
            "pombal",
            "script/lib/build.sh",
            "app/src/main/launcher/pombal",
            "app/src/main/launcher/java.sh",
            "app/src/main/launcher/archive.sh",
            "app/src/main/launcher/cluster.sh",
            "app/src/main/launcher/doveadm",
            "app/src/main/launcher/class-archives");

    record Outcome(int exitCode, String output) {}

    private final Path root;
    private final Path tools;
    private final List<Process> started = new ArrayList<>();

    Checkout(Path folder) throws IOException {
        root = Files.createDirectory(folder.resolve("checkout"));
        tools = Files.createDirectory(folder.resolve("tools"));
        Path original = Path.of(System.getProperty("pombal.checkout"));
        for (String script : SCRIPTS) {
            Files.createDirectories(root.resolve(script).getParent());
            Files.copy(original.resolve(script), root.resolve(script));
            allowToRun(root.resolve(script));
        }
        write("pom.xml", "<project/>");
        write(".mvn/maven.config", "");
        write("app/src/main/java/Main.java", "class Main {}");
        mavenDoes("mkdir -p app/target/pombal/lib", "touch app/target/pombal/lib/pombal.jar");
    }

    Path root() {
        return root;
    }

    void write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    void delete(String name) throws IOException {
        Files.delete(root.resolve(name));
    }

    /** Puts a Maven on the path that notes each call and then runs these lines of shell in the checkout. */
    void mavenDoes(String... lines) throws IOException {
        script(tools.resolve("mvn"), "cd '" + root + "'", "echo \"$@\" >>builds.txt", String.join("\n", lines));
    }

    /** The arguments of each of Maven's calls. */
    List<String> builds() throws IOException {
        Path log = root.resolve("builds.txt");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** A Java's home folder, whose java prints the version and its arguments, one a line. */
    Path java(String version) throws IOException {
        Path home = Files.createDirectories(tools.resolve("java-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createDirectories(home.resolve("bin"));
        script(home.resolve("bin/java"), "echo java " + version, "printf '%s\\n' \"$@\"");
        script(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    Process start(Path program, Path javaHome, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList());
        builder.directory(Path.of("/").toFile());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        builder.environment().remove("POMBAL_HOME");
        builder.environment().remove("POMBAL_JAVA_OPTIONS");
        Process process = builder.redirectErrorStream(true).start();
        started.add(process);
        return process;
    }

    Outcome run(Path program, Path javaHome, String... arguments) throws IOException, InterruptedException {
        return outcome(start(program, javaHome, arguments));
    }

    Outcome outcome(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as(output).isTrue();
        return new Outcome(process.exitValue(), output);
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        for (Process process : started) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\nset -e\n" + String.join("\n", lines) + "\n");
        allowToRun(file);
    }

    private static void allowToRun(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

package org.pombal.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands and parameters of the reference tables, from the file that module commands is tested with. */
final class CommandReference {

    /**
     * A parameter.
     *
     * @param flag of the command line; a name without dashes for a positional one
     * @param type flag, text, integer or yes-no
     */
    record Entry(String flag, String httpName, String type, boolean positional) {}

    private static final Path FILE = Path.of(System.getProperty("pombal.reference", ""));

    private final Map<String, List<Entry>> commands = new LinkedHashMap<>();

    private CommandReference(List<String> lines) {
        List<Entry> parameters = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(" ")) {
                String[] words = line.strip().split(" ", -1);
                parameters.add(new Entry(words[0], words[1], words[2], words.length > 3));
            } else {
                parameters = commands.computeIfAbsent(line, command -> new ArrayList<>());
            }
        }
    }

    static CommandReference read() {
        try {
            return new CommandReference(Files.readAllLines(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the reference of commands " + FILE, e);
        }
    }

    /** Each command, and each with each of its parameters, as {@code cluster tag create id}. */
    List<String> uses() {
        List<String> uses = new ArrayList<>();
        commands.forEach((command, parameters) -> {
            uses.add(command);
            parameters.forEach(parameter -> uses.add(command + " " + parameter.httpName()));
        });
        return uses;
    }

    List<Entry> parameters(String command) {
        return commands.getOrDefault(command, List.of());
    }
}

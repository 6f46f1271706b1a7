package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.function.Predicate.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The processes of one process group, as Linux lists them in {@code /proc}. Servers that fork keep their group, so this
 * finds children also after their parent is gone.
 *
 * @param id process id of the group's first process
 */
record ProcessGroup(long id) {

    private static final Path PROC = Path.of("/proc");

    /** Ids of the processes that live (zombies do not) in the group at this moment. */
    Set<Long> members() {
        Set<Long> members = new TreeSet<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .filter(this::contains)
                    .map(Long::valueOf)
                    .forEach(members::add);
        } catch (IOException e) {
            throw new IllegalStateException("cannot list the processes in " + PROC, e);
        }
        return members;
    }

    /** Format of the file: proc(5); the name, in parentheses, may have spaces and parentheses itself. */
    private boolean contains(String pid) {
        return read(PROC.resolve(pid).resolve("stat"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" "))
                .filter(not(fields -> fields[0].equals("Z")))
                .filter(fields -> Long.parseLong(fields[2]) == id)
                .isPresent();
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, ISO_8859_1));
        } catch (IOException e) {
            // The process ended in between.
            return Optional.empty();
        }
    }
}

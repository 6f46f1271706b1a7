package org.pombal.demo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The processes of one process group, as Linux lists them in {@code /proc}, and all below them: servers that fork keep their group, so this finds
 * children also after their parent is gone; and what pombal-guardian runs has another group, but is below it.
 *
 * @param id process id of the group's first process
 */
record ProcessGroup(long id) {

    private static final Path PROC = Path.of("/proc");

    private record Stat(String state, long parent, long group) {

        boolean isZombie() {
            return state.equals("Z");
        }
    }

    /** Whether there is such a process and it has not ended. Takes much less than {@link #members}. */
    static boolean lives(long pid) {
        return read(PROC.resolve(Long.toString(pid)).resolve("stat"))
                .map(ProcessGroup::parse)
                .filter(stat -> !stat.isZombie())
                .isPresent();
    }

    /** Ids of the processes that live (zombies do not) in the group or below at this moment. */
    Set<Long> members() {
        Map<Long, Stat> all = all();
        Set<Long> members = new TreeSet<>();
        all.forEach((pid, stat) -> {
            if (!stat.isZombie() && isBelow(pid, all)) {
                members.add(pid);
            }
        });
        return members;
    }

    /** The process groups that {@link #members} are in: killed together, nothing is left that could start something anew. */
    Set<Long> groups() {
        Map<Long, Stat> all = all();
        Set<Long> groups = new TreeSet<>();
        members()
                .forEach(pid ->
                        Optional.ofNullable(all.get(pid)).map(Stat::group).ifPresent(groups::add));
        return groups;
    }

    private boolean isBelow(long pid, Map<Long, Stat> all) {
        Stat at = all.get(pid);
        // What is read changes meanwhile, so it could even be a circle.
        for (int generation = 0; at != null && generation < all.size(); generation++) {
            if (at.group() == id || at.parent() == id) {
                return true;
            }
            at = all.get(at.parent());
        }
        return false;
    }

    private static Map<Long, Stat> all() {
        Map<Long, Stat> all = new HashMap<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .forEach(pid -> read(PROC.resolve(pid).resolve("stat"))
                            .ifPresent(stat -> all.put(Long.valueOf(pid), parse(stat))));
        } catch (IOException e) {
            throw new IllegalStateException("cannot list the processes in " + PROC, e);
        }
        return all;
    }

    /** Format: proc(5); the name, in parentheses, may have spaces and parentheses itself. */
    private static Stat parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Stat(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]));
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

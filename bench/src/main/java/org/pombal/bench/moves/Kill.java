package org.pombal.bench.moves;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import org.pombal.demo.server.Commands;

/** Kills many processes in one step (SIGKILL), as far as such a thing is to be had: before the first signal all their ids are known. */
final class Kill {

    private Kill() {}

    static void all(Collection<Long> processes) {
        String ids = processes.stream().map(String::valueOf).collect(joining(" "));
        // Some end because others do, before their turn comes.
        Commands.run(List.of("bash", "-c", "kill -KILL " + ids + " 2>/dev/null || true"));
    }
}

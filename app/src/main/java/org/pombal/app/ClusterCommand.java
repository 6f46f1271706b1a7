package org.pombal.app;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pombal.cli.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code pombal cluster}, for who starts this program's jar without the launcher; the launcher starts the command line by
 * itself, because that is quicker.
 */
@Command(name = "cluster", description = "Shows and changes the cluster: sites, backends, groups, users.")
final class ClusterCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        return Main.run(Stream.concat(Stream.of("cluster"), arguments.stream()).toArray(String[]::new));
    }
}

package org.pombal.demo.tour;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.pombal.demo.server.Commands;
import org.pombal.demo.site.MailSite;

/** Cluster commands to try on a running site, in an order in which each works. Those that are printed are those that are run. */
public final class CommandTour {

    /**
     * A command.
     *
     * @param line as it is typed into a shell after {@link #preparation()}
     * @param shows what is to be seen, for people
     */
    public record Step(String line, String shows) {}

    private final Path socket;
    private final List<Step> steps;

    /**
     * A tour about one user.
     *
     * @param program what is typed to run Pombal
     * @param user who has logged in
     * @param whereabouts of the user
     */
    public CommandTour(MailSite site, String program, String user, Whereabouts whereabouts) {
        this.socket = site.node(1).doveadmSocket();
        String cluster = requireNonNull(program, "program is null") + " cluster ";
        String group = whereabouts.site() + " " + whereabouts.group();
        List<Step> all = new ArrayList<>();
        all.add(new Step(cluster + "backend list", "who serves mail"));
        all.add(new Step(cluster + "user status " + user, "where a user is, and why"));
        all.add(new Step(cluster + "user access -u " + user, "the same for a program"));
        all.add(new Step(cluster + "user list '*@example.org'", "all that have logged in"));
        all.add(new Step(program + " -f json cluster group list", "in JSON"));
        all.add(new Step(cluster + "backend evacuate --dry-run " + whereabouts.backend(), "how it would be emptied"));
        all.add(new Step(cluster + "backend update --load-factor 50 " + whereabouts.backend(), "half of a share"));
        all.add(new Step(cluster + "kick " + user, "ends the user's sessions"));
        String destination = whereabouts.otherBackend();
        all.add(new Step(
                cluster + "group move --wait " + group + " " + destination,
                "moves the users of a group, their sessions too"));
        all.add(new Step(cluster + "group status " + group, "where it is now"));
        all.add(new Step(
                "kill -9 -- " + groups(site.processGroupsOf(destination)),
                "ends all of " + destination + ": Dovecot, guardian, node"));
        all.add(new Step(
                "timeout 60 sh -c 'until " + program + " -h cluster user access -u " + user + " | grep -v "
                        + destination + "; do sleep 1; done'",
                "served elsewhere, in about ten seconds"));
        all.add(new Step(cluster + "backend status " + destination, "its lease is broken"));
        all.add(new Step(cluster + "backend --help", "and the rest"));
        this.steps = List.copyOf(all);
    }

    private static String groups(Set<Long> ids) {
        return ids.stream().map(id -> "-" + id).collect(joining(" "));
    }

    /** Where a user is, and a backend where the user is not. */
    public record Whereabouts(String site, String group, String backend, String otherBackend) {}

    public List<Step> steps() {
        return steps;
    }

    /** A line for the shell, before all others. */
    public String preparation() {
        return "export POMBAL_SOCKET=" + socket;
    }

    /** Prints the lines to type. */
    public void print(Consumer<String> out) {
        out.accept("  " + preparation());
        int width = steps.stream().mapToInt(step -> step.line().length()).max().orElse(0);
        steps.forEach(
                step -> out.accept("  " + String.format("%-" + width + "s", step.line()) + "  # " + step.shows()));
    }

    /**
     * Runs each line in a shell, and prints what it prints.
     *
     * @return whether all ended with exit code 0
     */
    public boolean run(Consumer<String> out) {
        boolean good = true;
        for (Step step : steps) {
            out.accept("$ " + step.line());
            try {
                Commands.run(List.of("bash", "-c", preparation() + "\n" + step.line()))
                        .lines()
                        .forEach(out);
            } catch (IllegalStateException e) {
                out.accept(String.valueOf(e.getMessage()));
                good = false;
            }
        }
        return good;
    }
}

package org.pombal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.CommandGroup;
import org.pombal.commands.Parameter;
import org.pombal.commands.ParameterType;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes picocli's description of the command line out of the catalogue. */
public final class CommandSpecs {

    private final String program;
    private final boolean withHelp;
    private final Predicate<String> needed;

    /**
     * @param program how it was called: pombal or doveadm
     * @param arguments commands that are not named among them get no parameters: making all of these costs time and
     *     is for nothing
     */
    CommandSpecs(String program, Set<String> arguments) {
        this(program, true, arguments::contains);
    }

    private CommandSpecs(String program, boolean withHelp, Predicate<String> needed) {
        this.program = program;
        this.withHelp = withHelp;
        this.needed = needed;
    }

    /** {@code cluster} with all below it, to be put below a program's own commands, which have a help option of theirs. */
    public static CommandSpec cluster(String program) {
        CommandSpec cluster = new CommandSpecs(program, false, word -> true).cluster();
        new Options().addInherited(cluster);
        return cluster;
    }

    CommandSpec root(Options options) {
        CommandSpec root = spec(program, List.of("Commands of the cluster of Dovecot servers."), "");
        options.addTo(root);
        root.addOption(help("--help"));
        root.addSubcommand(CommandCatalog.ROOT, cluster());
        return root;
    }

    private CommandSpec cluster() {
        CommandSpec cluster =
                spec(CommandCatalog.ROOT, List.of("Shows and changes the cluster."), CommandCatalog.EXPLANATION);
        cluster.usageMessage().footer("", "Example:", "  " + program + " cluster backend list");
        addHelp(cluster);
        for (CommandGroup group : CommandCatalog.groups()) {
            CommandSpec spec = spec(group.lastWord(), List.of(group.summary()), group.explanation());
            addHelp(spec);
            if (needed.test(group.lastWord())) {
                group.commands().forEach(command -> add(spec, words(command, group), command));
            }
            String example = group.commands().get(0).example();
            spec.usageMessage().footer("", "Example:", "  " + program + " " + example);
            cluster.addSubcommand(group.lastWord(), spec);
        }
        for (ClusterCommand command : CommandCatalog.ungrouped()) {
            cluster.addSubcommand(command.lastWord(), command(command));
        }
        return cluster;
    }

    /** The words of a command that come after its group's. */
    private static List<String> words(ClusterCommand command, CommandGroup group) {
        return Arrays.asList(
                command.words().substring(group.words().length() + 1).split(" ", -1));
    }

    private void add(CommandSpec parent, List<String> words, ClusterCommand command) {
        String word = words.get(0);
        if (words.size() == 1) {
            parent.addSubcommand(word, command(command));
            return;
        }
        CommandLine below = parent.subcommands().get(word);
        if (below == null) {
            CommandSpec between = spec(word, List.of("Commands about a " + word + "."), "");
            addHelp(between);
            between.usageMessage().footer("", "Example:", "  " + program + " " + command.example());
            below = new CommandLine(between);
            parent.addSubcommand(word, below);
        }
        add(below.getCommandSpec(), words.subList(1, words.size()), command);
    }

    private CommandSpec command(ClusterCommand command) {
        CommandSpec spec = described(
                CommandSpec.wrapWithoutInspection(command).name(command.lastWord()),
                List.of(command.summary()),
                command.explanation());
        if (!needed.test(command.lastWord())) {
            return spec;
        }
        int index = 0;
        for (Parameter parameter : command.parameters()) {
            spec.addOption(option(parameter));
            if (parameter.positional()) {
                spec.addPositional(positional(parameter, index++));
            }
        }
        addHelp(spec);
        spec.usageMessage()
                .customSynopsis(program + " " + command.words() + Synopsis.of(command))
                .footer("", "Example:", "  " + program + " " + command.example());
        return spec;
    }

    private static OptionSpec option(Parameter parameter) {
        OptionSpec.Builder option = OptionSpec.builder(parameter.flags().toArray(String[]::new))
                .paramLabel(Synopsis.label(parameter))
                .hidden(parameter.positional())
                .description(escaped(parameter.help()));
        if (parameter.isFlag()) {
            return option.type(boolean.class).build();
        }
        if (parameter.type() instanceof ParameterType.Choice choice) {
            option.completionCandidates(choice.words());
        } else if (parameter.type() instanceof ParameterType.YesNo) {
            option.completionCandidates(List.of("yes", "no"));
        }
        return option.type(parameter.type() instanceof ParameterType.Users ? Path.class : String.class)
                .build();
    }

    private static PositionalParamSpec positional(Parameter parameter, int index) {
        if (parameter.type() instanceof ParameterType.Several) {
            return PositionalParamSpec.builder()
                    .index(index + "..*")
                    .arity("0..*")
                    .paramLabel(Synopsis.label(parameter))
                    .type(List.class)
                    .auxiliaryTypes(String.class)
                    .description(escaped(parameter.help()))
                    .build();
        }
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("0..1")
                .paramLabel(Synopsis.label(parameter))
                .type(String.class)
                .description(escaped(parameter.help()))
                .build();
    }

    private void addHelp(CommandSpec spec) {
        if (withHelp) {
            spec.addOption(help("-h", "--help"));
        }
    }

    private static OptionSpec help(String... names) {
        return OptionSpec.builder(names)
                .usageHelp(true)
                .type(boolean.class)
                .description("Shows this help.")
                .build();
    }

    private static CommandSpec spec(String name, List<String> header, String explanation) {
        return described(CommandSpec.create().name(name), header, explanation);
    }

    private static CommandSpec described(CommandSpec spec, List<String> header, String explanation) {
        List<String> description = new ArrayList<>();
        for (String paragraph : Paragraphs.of(explanation)) {
            description.add("");
            description.add(escaped(paragraph));
        }
        spec.usageMessage()
                .header(header.toArray(String[]::new))
                .description(description.toArray(String[]::new))
                .optionListHeading("%nOptions:%n")
                .parameterListHeading("%nParameters:%n")
                .commandListHeading("%nCommands:%n")
                .synopsisSubcommandLabel("COMMAND")
                .sortOptions(false)
                .abbreviateSynopsis(true);
        return spec;
    }

    /** picocli formats descriptions. */
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }
}

package org.pombal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Parameter;
import org.pombal.commands.ParameterType;
import org.pombal.commands.Rule;

/** How a command is written, in one line: {@code [--site SITE] [--id ID] (--self | HOST)}. */
public final class Synopsis {

    private Synopsis() {}

    /** With a blank before each part; empty for a command without parameters. */
    public static String of(ClusterCommand command) {
        List<String> parts = new ArrayList<>();
        Optional<Rule> choice = command.rules().stream()
                .filter(Rule.ExactlyOne.class::isInstance)
                .findFirst();
        List<String> alternatives = choice.map(Rule::names).orElse(List.of());
        for (Parameter parameter : command.parameters()) {
            if (!parameter.positional() && !alternatives.contains(parameter.name())) {
                parts.add(parameter.required() ? written(parameter) : "[" + written(parameter) + "]");
            }
        }
        if (!alternatives.isEmpty()) {
            parts.add(alternatives.stream()
                    .map(name -> written(command.parameter(name).orElseThrow()))
                    .collect(java.util.stream.Collectors.joining(" | ", "(", ")")));
        }
        for (Parameter parameter : command.parameters()) {
            if (parameter.positional() && !alternatives.contains(parameter.name())) {
                parts.add(parameter.required() ? written(parameter) : "[" + written(parameter) + "]");
            }
        }
        return parts.isEmpty() ? "" : " " + String.join(" ", parts);
    }

    private static String written(Parameter parameter) {
        if (parameter.positional()) {
            String label = label(parameter);
            return parameter.type() instanceof ParameterType.Several ? label + " [" + label + " ...]" : label;
        }
        String flag = parameter.flags().get(0);
        return parameter.isFlag() ? flag : flag + " " + label(parameter);
    }

    /** What stands for a value. */
    public static String label(Parameter parameter) {
        if (parameter.type() instanceof ParameterType.Choice choice) {
            return String.join("|", choice.words());
        } else if (parameter.type() instanceof ParameterType.YesNo) {
            return "yes|no";
        } else if (parameter.type() instanceof ParameterType.WholeNumber range) {
            return range.min() + "-" + range.max();
        } else if (parameter.type() instanceof ParameterType.Users) {
            return "FILE";
        }
        return parameter.name().toUpperCase(Locale.ROOT);
    }
}

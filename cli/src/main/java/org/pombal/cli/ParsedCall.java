package org.pombal.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Parameter;
import org.pombal.commands.ParameterType;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * A command and what was given for its parameters, not looked at yet.
 *
 * @param given values by the parameters' names; a file of users by its name
 */
record ParsedCall(ClusterCommand command, Map<String, List<String>> given) {

    ParsedCall {
        given = Map.copyOf(given);
    }

    /** @param parsed the innermost command's */
    static ParsedCall of(ParseResult parsed) {
        ClusterCommand command = (ClusterCommand) parsed.commandSpec().userObject();
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (Parameter parameter : command.parameters()) {
            Object value = parsed.matchedOptionValue(parameter.flags().get(0), null);
            if (value != null) {
                add(given, parameter, value.toString());
            }
        }
        placePositionals(command, positionals(parsed), given);
        return new ParsedCall(command, given);
    }

    /** As with doveadm, a positional value goes to the first parameter that has none yet. */
    private static void placePositionals(ClusterCommand command, List<String> values, Map<String, List<String>> given) {
        Iterator<String> left = values.iterator();
        Optional<Parameter> last = Optional.empty();
        for (Parameter parameter : command.parameters()) {
            if (parameter.positional()) {
                last = Optional.of(parameter);
                if (!given.containsKey(parameter.name()) && left.hasNext()) {
                    add(given, parameter, left.next());
                }
            }
        }
        while (left.hasNext() && last.isPresent()) {
            add(given, last.get(), left.next());
        }
    }

    private static List<String> positionals(ParseResult parsed) {
        List<String> values = new ArrayList<>();
        // One that takes several values is matched once for each of them.
        for (PositionalParamSpec positional : new LinkedHashSet<>(parsed.matchedPositionals())) {
            Object value = positional.getValue();
            if (value instanceof List<?> several) {
                several.forEach(one -> values.add((String) one));
            } else if (value != null) {
                values.add((String) value);
            }
        }
        return values;
    }

    private static void add(Map<String, List<String>> given, Parameter parameter, String value) {
        given.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).add(value);
    }

    /** The parameter that holds a file of users, if it was given. */
    Optional<Parameter> userFile() {
        return command.parameters().stream()
                .filter(parameter -> parameter.type() instanceof ParameterType.Users)
                .filter(parameter -> given.containsKey(parameter.name()))
                .findFirst();
    }

    /** The first value of a parameter that was given. */
    String first(String name) {
        return given.getOrDefault(name, List.of()).get(0);
    }

    ParsedCall with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(given);
        more.put(name, List.of(value));
        return new ParsedCall(command, more);
    }
}

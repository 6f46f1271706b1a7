package org.pombal.commands;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pombal.commands.Problem.Kind;

/** Looks at all parameters of a call and collects what is wrong with them. */
final class ArgumentCheck {

    private static final int SHOWN_LENGTH = 60;

    private final ClusterCommand command;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    ArgumentCheck(ClusterCommand command) {
        this.command = requireNonNull(command, "command is null");
    }

    Checked check(Map<String, List<String>> given) {
        given.forEach(this::take);
        for (Parameter parameter : command.parameters()) {
            if (parameter.required() && !values.containsKey(parameter.name())) {
                add(
                        Kind.MISSING,
                        parameter.name(),
                        parameter.name() + " is missing; it is "
                                + parameter.type().allowed());
            }
        }
        Set<String> names = givenNames();
        command.rules().forEach(rule -> rule.problem(names).ifPresent(problems::add));
        return problems.isEmpty() ? new Arguments(command, values) : new Refusal(problems);
    }

    private void take(String name, List<String> given) {
        Optional<Parameter> parameter = command.parameterMatching(name);
        if (parameter.isEmpty()) {
            add(Kind.UNKNOWN, name, "'" + command.words() + "' has no parameter '" + shown(name) + "'");
            return;
        }
        for (String value : given) {
            take(parameter.get(), value);
        }
    }

    private void take(Parameter parameter, String value) {
        String name = parameter.name();
        boolean repeated = values.containsKey(name);
        if (repeated && !(parameter.type() instanceof ParameterType.Several)) {
            add(Kind.REPEATED, name, name + " is given more than once");
            return;
        }
        values.merge(name, value, (before, one) -> before + "\n" + one);
        if (!parameter.type().accepts(value)) {
            add(
                    Kind.INVALID,
                    name,
                    name + " is '" + shown(value) + "'; it must be "
                            + parameter.type().allowed());
        }
    }

    /** A flag that is set to false is as if not given. */
    private Set<String> givenNames() {
        return values.entrySet().stream()
                .filter(entry -> command.parameter(entry.getKey())
                                .filter(Parameter::isFlag)
                                .isEmpty()
                        || entry.getValue().equals("true"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void add(Kind kind, String parameter, String message) {
        problems.add(new Problem(kind, parameter, message));
    }

    /** What was given, on one line and not too long. */
    private static String shown(String value) {
        String visible = value.codePoints()
                .limit(SHOWN_LENGTH)
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
        return value.length() > SHOWN_LENGTH ? visible + "..." : visible;
    }
}

package org.pombal.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;

/**
 * A parameter of a command.
 *
 * @param name words joined by hyphens; {@code --name} on the command line, in camel case over HTTP
 * @param flags how the command line takes it, with hyphens, the one to show first; never empty
 * @param positional whether the command line also takes it without its flag, in the order of the parameters
 * @param required whether it must be given; "one of these" is a {@link Rule}
 * @param type what values it takes
 * @param help one sentence or two
 */
public record Parameter(
        String name, List<String> flags, boolean positional, boolean required, ParameterType type, String help) {

    public Parameter {
        requireNonNull(name, "name is null");
        flags = List.copyOf(flags);
        requireNonNull(type, "type is null");
        requireNonNull(help, "help is null");
        if (flags.isEmpty()) {
            throw new IllegalArgumentException("parameter " + name + " has no flag");
        }
    }

    /** An option, given or not. */
    static Parameter option(String name, ParameterType type, String help) {
        return new Parameter(name, List.of("--" + name), false, false, type, help);
    }

    /** A positional parameter that must be given; as with doveadm, {@code --name VALUE} does as well. */
    static Parameter argument(String name, ParameterType type, String help) {
        return new Parameter(name, List.of("--" + name), true, true, type, help);
    }

    /** The same parameter, with another flag shown first. */
    Parameter flag(String flag) {
        return new Parameter(
                name, Stream.concat(Stream.of(flag), flags.stream()).toList(), positional, required, type, help);
    }

    Parameter optional() {
        return new Parameter(name, flags, positional, false, type, help);
    }

    /** The same parameter, not positional but under its flag only. */
    Parameter requiredOption() {
        return new Parameter(name, flags, false, true, type, help);
    }

    /** The name as it is in a request over HTTP, {@code loadFactor}. */
    public String httpName() {
        return NameMatch.camelCase(name);
    }

    /** Whether the command line takes it without a value. */
    public boolean isFlag() {
        return type instanceof ParameterType.Flag;
    }
}

package org.pombal.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The parameters of one call, each looked at and found good. They are asked for by their names with hyphens; asking for a
 * parameter that the command does not have is a fault of the program.
 */
public final class Arguments implements Checked {

    private final ClusterCommand command;
    private final Map<String, String> values;

    Arguments(ClusterCommand command, Map<String, String> values) {
        this.command = requireNonNull(command, "command is null");
        this.values = Map.copyOf(values);
    }

    public ClusterCommand command() {
        return command;
    }

    /** What was given, by the parameters' names. */
    public Map<String, String> values() {
        return values;
    }

    /** @throws IllegalArgumentException if the command has no such parameter */
    public Optional<String> text(String name) {
        if (command.parameter(name).isEmpty()) {
            throw new IllegalArgumentException(command.words() + " has no parameter " + name);
        }
        return Optional.ofNullable(values.get(name));
    }

    /** The value of a parameter that the command does not go without. */
    public String required(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is not given"));
    }

    /** Whether a flag is set. */
    public boolean flag(String name) {
        return yesOrNo(name).orElse(false);
    }

    public Optional<Boolean> yesOrNo(String name) {
        return text(name).map(value -> value.equals("true") || value.equals("yes"));
    }

    public OptionalInt wholeNumber(String name) {
        return text(name).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    public Optional<UUID> uuid(String name) {
        return text(name).map(UUID::fromString);
    }

    /** The mask, or everything if none is given. */
    public Mask mask(String name) {
        return text(name).map(Mask::new).orElse(Mask.ALL);
    }

    /** The values of a parameter that takes several, each once, in their order. */
    public List<String> several(String name) {
        return text(name).map(all -> all.lines().distinct().toList()).orElse(List.of());
    }

    /** The users of a list, in its order. */
    public List<String> users(String name) {
        return text(name).map(Texts::lines).orElse(List.of());
    }
}

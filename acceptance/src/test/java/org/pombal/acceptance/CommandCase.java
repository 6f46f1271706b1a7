package org.pombal.acceptance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One call of a cluster command: what is there before, and what is to come of it. Values may name things of a world. */
final class CommandCase {

    /** The node that is asked. */
    enum Node {
        PROXY,
        BACKEND
    }

    private final String command;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private Node node = Node.PROXY;
    private Consumer<CommandWorld> given = CommandCase::nothing;
    private Consumer<CommandWorld> meanwhile = CommandCase::nothing;
    private Consumer<CommandWorld> effect = CommandCase::nothing;
    private boolean changes;
    private boolean prepared;
    private int exitCode;
    private String message = "";
    private String errorType = "exitCode";
    private List<String> shown = List.of();

    private CommandCase(String command) {
        this.command = command;
    }

    private static void nothing(CommandWorld world) {}

    static CommandCase of(String command) {
        return new CommandCase(command);
    }

    /** @param name as over HTTP */
    CommandCase with(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    CommandCase with(String flag) {
        return with(flag, "true");
    }

    CommandCase atBackend() {
        node = Node.BACKEND;
        return this;
    }

    CommandCase given(Consumer<CommandWorld> state) {
        given = state;
        prepared = true;
        return this;
    }

    /** Happens while the command runs. */
    CommandCase meanwhile(Consumer<CommandWorld> event) {
        meanwhile = event;
        return this;
    }

    /** @param fields of one row, as {@code status=online}; values may name things of the world */
    CommandCase shows(String... fields) {
        shown = List.of(fields);
        return this;
    }

    /** The command changes something, and so is called in a new world each time. */
    CommandCase then(Consumer<CommandWorld> seen) {
        effect = seen;
        changes = true;
        return this;
    }

    /** @param text a part of the only line of complaint */
    CommandCase fails(int code, String text) {
        exitCode = code;
        message = text;
        return this;
    }

    /** The call is wrong in itself, and doveadm has an error type for it. */
    CommandCase isRefused(String type, String text) {
        errorType = type;
        return fails(64, text);
    }

    String command() {
        return command;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Node node() {
        return node;
    }

    /** Whether something has to be there that is not in every world. */
    boolean isPrepared() {
        return prepared;
    }

    Consumer<CommandWorld> given() {
        return given;
    }

    Consumer<CommandWorld> meanwhile() {
        return meanwhile;
    }

    Consumer<CommandWorld> effect() {
        return effect;
    }

    boolean changes() {
        return changes;
    }

    int exitCode() {
        return exitCode;
    }

    String message() {
        return message;
    }

    String errorType() {
        return errorType;
    }

    List<String> shown() {
        return shown;
    }

    @Override
    public String toString() {
        return command + " " + parameters + (exitCode == 0 ? "" : " fails with " + exitCode);
    }
}

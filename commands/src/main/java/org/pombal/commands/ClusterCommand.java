package org.pombal.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One command.
 *
 * @param words as it is typed: {@code cluster backend add}
 * @param summary one sentence
 * @param explanation what it does and when to use it, in paragraphs
 * @param example as it is typed after {@code doveadm}
 * @param parameters in the order of the reference; positional ones in theirs
 * @param rules what parameters have to do with one another
 * @param layout how it prints when no format is asked for
 * @param columns of its output, in order
 */
public record ClusterCommand(
        String words,
        String summary,
        String explanation,
        String example,
        List<Parameter> parameters,
        List<Rule> rules,
        Layout layout,
        List<Column> columns) {

    public ClusterCommand {
        requireNonNull(words, "words is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(explanation, "explanation is null");
        requireNonNull(example, "example is null");
        parameters = List.copyOf(parameters);
        rules = List.copyOf(rules);
        requireNonNull(layout, "layout is null");
        columns = List.copyOf(columns);
        for (Rule rule : rules) {
            for (String name : rule.names()) {
                if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                    throw new IllegalArgumentException(words + " has a rule for a parameter it lacks: " + name);
                }
            }
        }
    }

    /** The name as doveadm's HTTP API lists it, {@code clusterBackendAdd}. */
    public String httpName() {
        return NameMatch.camelCase(words);
    }

    /** The last word, {@code add}. */
    public String lastWord() {
        return words.substring(words.lastIndexOf(' ') + 1);
    }

    public Optional<Parameter> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }

    /** The parameter of that name as doveadm matches names: {@code load-factor} and {@code loadFactor}. */
    public Optional<Parameter> parameterMatching(String given) {
        return parameters.stream()
                .filter(parameter -> NameMatch.matches(parameter.name(), given))
                .findFirst();
    }

    /** Whether it can be told to wait for what it starts, and then says how far it is ({@link Answer#PROGRESS}). */
    public boolean canWait() {
        return parameter("wait").isPresent();
    }

    /**
     * Looks at the parameters of a call.
     *
     * @param given values by name, a name spelled in any way that {@link NameMatch} takes; flags are true or false; a list has
     *     several values only if the caller gave several
     * @return {@link Arguments}, or a {@link Refusal} that names all that is wrong
     */
    public Checked check(Map<String, List<String>> given) {
        return new ArgumentCheck(this).check(given);
    }
}

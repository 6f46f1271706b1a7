package org.pombal.commands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a command down, part by part. */
final class CommandDraft {

    private final String words;
    private final String summary;
    private String explanation = "";
    private String example = "";
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();

    private CommandDraft(String words, String summary) {
        this.words = words;
        this.summary = summary;
    }

    static CommandDraft command(String words, String summary) {
        return new CommandDraft(words, summary);
    }

    CommandDraft explained(String text) {
        explanation = text.strip();
        return this;
    }

    CommandDraft example(String text) {
        example = text;
        return this;
    }

    CommandDraft takes(Parameter... more) {
        parameters.addAll(Arrays.asList(more));
        return this;
    }

    CommandDraft rule(Rule... more) {
        rules.addAll(Arrays.asList(more));
        return this;
    }

    /** Prints a list. */
    ClusterCommand lists(Column... columns) {
        return finished(Layout.TABLE, columns);
    }

    /** Prints one row, or few. */
    ClusterCommand tells(Column... columns) {
        return finished(Layout.FLOW, columns);
    }

    /** Prints one row that has sentences in it. */
    ClusterCommand explains(Column... columns) {
        return finished(Layout.PAGER, columns);
    }

    private ClusterCommand finished(Layout layout, Column... columns) {
        return new ClusterCommand(
                words, summary, explanation, example, parameters, rules, layout, Arrays.asList(columns));
    }
}

package org.pombal.commands;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Commands that begin with the same words.
 *
 * @param words {@code cluster backend}
 * @param summary one sentence
 * @param explanation the concept behind the commands, in paragraphs
 * @param commands those of this group, in alphabetical order
 */
public record CommandGroup(String words, String summary, String explanation, List<ClusterCommand> commands) {

    public CommandGroup {
        requireNonNull(words, "words is null");
        requireNonNull(summary, "summary is null");
        requireNonNull(explanation, "explanation is null");
        commands = List.copyOf(commands);
    }

    /** The last word, {@code backend}. */
    public String lastWord() {
        return words.substring(words.lastIndexOf(' ') + 1);
    }
}

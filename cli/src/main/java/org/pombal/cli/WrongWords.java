package org.pombal.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with words that picocli cannot make sense of, in one line. */
final class WrongWords {

    private WrongWords() {}

    static String explained(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String what = e instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched, command)
                : String.valueOf(e.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ");
        return what + (what.endsWith("?") ? " See '" : "; see '") + command.qualifiedName() + " --help'";
    }

    private static String unmatched(UnmatchedArgumentException e, CommandSpec command) {
        String word = e.getUnmatched().get(0);
        List<String> similar = e.getSuggestions();
        String suggestion = similar.isEmpty() ? "" : "; did you mean " + String.join(" or ", similar) + "?";
        if (word.startsWith("-")) {
            return "unknown option '" + word + "'" + suggestion;
        }
        return command.subcommands().isEmpty()
                ? "'" + word + "' is a word too many"
                : "there is no command '" + word + "'" + suggestion;
    }
}

package org.pombal.cli.reference;

import static java.util.stream.Collectors.joining;

import org.pombal.cli.Paragraphs;
import org.pombal.cli.Synopsis;
import org.pombal.commands.Answer;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Column;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.CommandGroup;
import org.pombal.commands.Layout;
import org.pombal.commands.Parameter;
import org.pombal.commands.Rule;

/** The reference page of all commands, in Markdown. */
public final class ReferencePage {

    private static final String INTRODUCTION = """
            # Commands

            <!-- Written by script/docs from the declarations in the code. Change those, not this page. -->

            %s

            Each command is there in three ways, which do the same:

            ```
            pombal cluster backend add --site lisbon b3.example.org
            doveadm cluster backend add --site lisbon b3.example.org
            curl --unix-socket /run/pombal/doveadm.sock http://localhost/doveadm/v1 \\
              -d '[["clusterBackendAdd",{"site":"lisbon","host":"b3.example.org"},"tag"]]'
            ```

            `doveadm` here is Pombal's wrapper, which hands every other command to the real doveadm. Its global options work as
            there: `-f flow|pager|tab|table|json` chooses the format, `-h` leaves titles out, `-v` and `-D` tell more, `-c` and `-o`
            may say where the node's socket is. What is positional on the command line may also be given by its flag.

            Where the node is: `--socket PATH` or `--url URL`, or else `POMBAL_URL`, `POMBAL_SOCKET` or `CLUSTER_DOVEADM_SOCKET` of
            the environment, or else `cluster_doveadm_socket` of the settings file, or else `/run/pombal/doveadm.sock`. A node at a
            URL wants its key: `--api-key-file FILE`, `POMBAL_API_KEY_FILE` or `POMBAL_API_KEY`; for `https`, `--ca-file FILE` or
            `POMBAL_CA_FILE` name the certificates to trust. `--timeout SECONDS` says how long the node may be silent.

            Exit codes are doveadm's:

            | code | meaning |
            |---|---|
            | 0 | done |
            | 64 | the call is wrong: unknown command or parameter, value not allowed; nothing was done |
            | 65 | not possible as things are (a name is taken, something is still in use), or a file of users is no good |
            | 67 | no such user |
            | 68 | no such site, tag, backend or group |
            | 75 | try again: the node or GeoDB does not answer, or someone else was faster; the message says what was done |
            | 76 | what answers is no Pombal node |
            | 77 | not allowed |
            | 78 | the node's settings do not allow it |

            Over HTTP a row is an object with the columns below; numbers are JSON numbers, what is not known is null. A command that
            takes long sends rows `{"%s": "..."}` while it works, and rows `{"%s": "...", "%s": N}` for what failed while it went
            on. doveadm's `error` has a `%s` besides its type and exit code.
            """;

    private ReferencePage() {}

    /** The whole page, ending with a line end. */
    public static String markdown() {
        return INTRODUCTION.formatted(
                        prose(CommandCatalog.EXPLANATION),
                        Answer.PROGRESS,
                        Answer.ERROR,
                        Answer.EXIT_CODE,
                        Answer.MESSAGE)
                + CommandCatalog.groups().stream().map(ReferencePage::group).collect(joining())
                + "\n## Others\n"
                + CommandCatalog.ungrouped().stream()
                        .map(ReferencePage::command)
                        .collect(joining());
    }

    private static String group(CommandGroup group) {
        return "\n## `" + group.words() + "`\n\n" + prose(group.explanation()) + "\n"
                + group.commands().stream().map(ReferencePage::command).collect(joining());
    }

    private static String command(ClusterCommand command) {
        return "\n### `" + command.words() + "`\n\n" + command.summary() + " " + prose(command.explanation())
                + "\n\n```\ndoveadm " + command.words() + Synopsis.of(command) + "\n```\n"
                + parameters(command) + rules(command)
                + "\nExample: `doveadm " + command.example() + "`\n"
                + columns(command);
    }

    private static String parameters(ClusterCommand command) {
        if (command.parameters().isEmpty()) {
            return "";
        }
        return "\n| parameter | over HTTP | value | |\n|---|---|---|---|\n"
                + command.parameters().stream().map(ReferencePage::parameter).collect(joining());
    }

    private static String parameter(Parameter parameter) {
        String flags = parameter.flags().stream().map(flag -> "`" + flag + "`").collect(joining(", "));
        String shown = parameter.positional() ? "`" + Synopsis.label(parameter) + "`, " + flags : flags;
        return "| " + shown + " | `" + parameter.httpName() + "` | "
                + parameter.type().allowed() + " | " + parameter.help() + (parameter.required() ? " Required." : "")
                + " |\n";
    }

    private static String rules(ClusterCommand command) {
        if (command.rules().isEmpty()) {
            return "";
        }
        return "\n" + command.rules().stream().map(Rule::description).collect(joining("; ", "Give: ", ".")) + "\n";
    }

    private static String columns(ClusterCommand command) {
        return "\n| column | " + (command.layout() == Layout.TABLE ? "(a row each) |" : "(usually one row) |")
                + "\n|---|---|\n"
                + command.columns().stream().map(ReferencePage::column).collect(joining());
    }

    private static String column(Column column) {
        return "| `" + column.title() + "` | " + column.description() + (column.number() ? " (a number)" : "") + " |\n";
    }

    private static String prose(String text) {
        return String.join("\n\n", Paragraphs.of(text));
    }
}

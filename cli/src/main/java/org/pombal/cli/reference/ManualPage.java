package org.pombal.cli.reference;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.pombal.cli.Paragraphs;
import org.pombal.cli.Synopsis;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.Column;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.CommandGroup;
import org.pombal.commands.Parameter;

/** Manual pages, in the language of man(7): doveadm-cluster(1) and one for each group of commands. */
public final class ManualPage {

    private static final String EXIT_STATUS = """
            .SH EXIT STATUS
            0 if it was done; 64 if the call is wrong, 65 if it is not possible as things are, 67 if there is no such user, 68 if
            there is no such site, tag, backend or group, 75 if it may work when tried again, 76 if what answers is no node, 77 if it
            is not allowed, 78 if the node's settings do not allow it.
            """;

    private final String name;
    private final String summary;
    private final String explanation;
    private final List<ClusterCommand> commands;

    private ManualPage(String words, String summary, String explanation, List<ClusterCommand> commands) {
        this.name = "doveadm-" + words.replace(' ', '-');
        this.summary = summary;
        this.explanation = explanation;
        this.commands = commands;
    }

    /** All pages, by the names of their files. */
    public static Map<String, String> all() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("doveadm-cluster.1", overview());
        for (CommandGroup group : CommandCatalog.groups()) {
            add(pages, new ManualPage(group.words(), group.summary(), group.explanation(), group.commands()));
        }
        for (ClusterCommand command : CommandCatalog.ungrouped()) {
            add(pages, new ManualPage(command.words(), command.summary(), "", List.of(command)));
        }
        return pages;
    }

    private static void add(Map<String, String> pages, ManualPage page) {
        pages.put(page.name + ".1", page.roff());
    }

    private static String overview() {
        ManualPage page =
                new ManualPage("cluster", "Shows and changes the cluster.", CommandCatalog.EXPLANATION, List.of());
        String groups = CommandCatalog.groups().stream()
                .map(group -> term(group.words()) + text(group.summary()))
                .collect(joining());
        String others = CommandCatalog.ungrouped().stream()
                .map(command -> term(command.words()) + text(command.summary()))
                .collect(joining());
        return page.head() + ".SH SYNOPSIS\n.B doveadm\n[\\-Dvh] [\\-f \\fIformat\\fR] cluster \\fIcommand\\fR ...\n"
                + page.description() + ".SH COMMANDS\n" + groups + others
                + """
                .SH OPTIONS
                .TP
                .B \\-f \\fIformat\\fR
                flow, pager, tab, table or json.
                .TP
                .B \\-h
                Leaves out the line of titles, in the formats tab and table.
                .TP
                .B \\-\\-socket \\fIpath\\fR
                The node's unix socket, by default /run/pombal/doveadm.sock.
                .TP
                .B \\-\\-url \\fIurl\\fR
                A node elsewhere, http://HOST:PORT or https://HOST:PORT.
                .TP
                .B \\-\\-api\\-key\\-file \\fIfile\\fR
                A file with the key of that node.
                .TP
                .B \\-\\-ca\\-file \\fIfile\\fR
                Certificates to trust for an https URL.
                .TP
                .B \\-\\-timeout \\fIseconds\\fR
                How long the node may be silent; 60 if not given.
                .SH ENVIRONMENT
                .BR POMBAL_SOCKET ,
                .BR POMBAL_URL ,
                .BR POMBAL_API_KEY_FILE ,
                .BR POMBAL_API_KEY ,
                .B POMBAL_CA_FILE
                stand for the options of those names.
                """
                + EXIT_STATUS + ".SH SEE ALSO\n"
                + all(
                        CommandCatalog.groups().stream().map(CommandGroup::words),
                        CommandCatalog.ungrouped().stream().map(ClusterCommand::words));
    }

    private static String all(Stream<String> groups, Stream<String> others) {
        return Stream.concat(groups, others)
                .map(words -> ".BR doveadm\\-" + words.replace(" ", "\\-") + " (1)")
                .collect(joining(",\n", "", "\n"));
    }

    private String roff() {
        return head()
                + ".SH SYNOPSIS\n"
                + commands.stream().map(ManualPage::synopsis).collect(joining(".br\n"))
                + description()
                + ".SH COMMANDS\n"
                + commands.stream().map(ManualPage::command).collect(joining())
                + EXIT_STATUS
                + ".SH SEE ALSO\n.BR doveadm\\-cluster (1)\n";
    }

    private String head() {
        return ".\\\" Written by script/docs from the declarations in the code.\n.TH " + name.toUpperCase(Locale.ROOT)
                + " 1 \"\" \"Pombal\" \"Pombal\"\n.SH NAME\n" + name.replace("-", "\\-") + " \\- "
                + escaped(lowerCased(summary))
                + "\n";
    }

    private String description() {
        if (explanation.isBlank()) {
            return "";
        }
        return ".SH DESCRIPTION\n"
                + Paragraphs.of(explanation).stream().map(ManualPage::text).collect(joining(".PP\n"));
    }

    private static String synopsis(ClusterCommand command) {
        return ".B doveadm " + escaped(command.words()) + "\n"
                + text(Synopsis.of(command).strip());
    }

    private static String command(ClusterCommand command) {
        return ".SS " + escaped(command.words()) + "\n" + text(command.summary())
                + Paragraphs.of(command.explanation()).stream()
                        .map(paragraph -> ".PP\n" + text(paragraph))
                        .collect(joining())
                + command.parameters().stream().map(ManualPage::parameter).collect(joining())
                + ".PP\nOutput:\n"
                + command.columns().stream().map(ManualPage::column).collect(joining())
                + ".PP\nExample:\n.PP\n.RS\ndoveadm " + escaped(command.example()) + "\n.RE\n";
    }

    private static String parameter(Parameter parameter) {
        String flags = String.join(", ", parameter.flags());
        String shown = parameter.positional() ? Synopsis.label(parameter) + ", " + flags : flags;
        return term(shown)
                + text(parameter.help() + " "
                        + (parameter.isFlag() ? "" : capital(parameter.type().allowed()) + "."));
    }

    private static String column(Column column) {
        return term(column.title()) + text(capital(column.description()) + ".");
    }

    private static String term(String words) {
        return ".TP\n.B " + escaped(words) + "\n";
    }

    private static String text(String line) {
        return line.isBlank() ? "" : escaped(line.strip()) + "\n";
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String lowerCased(String sentence) {
        String text = sentence.startsWith("GeoDB") || sentence.startsWith("LocalDB")
                ? sentence
                : sentence.substring(0, 1).toLowerCase(Locale.ROOT) + sentence.substring(1);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}

package org.pombal.settings;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

/** The reference page of all settings, in Markdown, written from their declarations. */
public final class ReferencePage {

    private static final String INTRODUCTION = """
            # Configuration

            <!-- Written by script/docs from the declarations in the code. Change those, not this page. -->

            Settings come from a file and from the environment. Both are optional; a variable of the environment beats the
            file, the file beats the default. `pombal settings show` prints the settings in force and where each comes from,
            `pombal settings check FILE` says whether a file is good.

            The file is read as UTF-8 and looks like Dovecot's:

            ```
            # A comment.
            cluster_local_site = lisbon     # One setting on a line.
            CASSANDRA_USERNAME = "quotes keep a # or spaces at the ends"
            CASSANDRA_PASSWORD = </run/secrets/cassandra
            ```

            - `name = <FILE` takes the value from a file, without the line end it closes with. This is the way to give a secret.
            - An unknown name, a name given twice, or a value that is not allowed refuses the start. Everything that is wrong
              is reported at once, with its place.
            - Of the environment only the variables on this page are looked at. One that begins with `CLUSTER_` or `CASSANDRA_`
              and is not on this page is warned about; one that begins with `CONTROLLER_` or `CELERY_` refuses the start of a
              controller, unless it is of those that Kubernetes makes for a service, as `CONTROLLER_PORT = tcp://10.0.0.1:8080`.
              One that is set but empty counts as not set.
            - Values may look as Python writes them: `True`, `"text"`, `{"dc1": 3}`, `["dc1,3"]`.
            - Times have a unit: `500ms`, `5 s`, `1 min`, `2 h`, `1 d`, `1 w`. Sizes are bytes, or have one of `K`, `M`, `G`,
              `T`, each 1024 times the one before.
            - Changed settings take effect when the program is started again.
            """;

    private final SettingsCatalog catalog;

    public ReferencePage(SettingsCatalog catalog) {
        this.catalog = requireNonNull(catalog, "catalog is null");
    }

    /** The whole page, ending with a line end. */
    public String markdown() {
        return INTRODUCTION
                + catalog.groups().stream().map(ReferencePage::section).collect(joining());
    }

    private static String section(SettingsGroup group) {
        return "\n## " + group.title() + "\n\n" + group.introduction().strip() + "\n"
                + group.settings().stream().map(ReferencePage::entry).collect(joining())
                + retired(group)
                + unsupported(group);
    }

    private static <T> String entry(Setting<T> setting) {
        StringBuilder entry = new StringBuilder("\n### `" + setting.name() + "`\n\n");
        entry.append(setting.description()).append("\n\n");
        entry.append("- Allowed: ").append(setting.type().allowed()).append('\n');
        entry.append("- Default: ").append(shownDefault(setting)).append('\n');
        entry.append("- Environment: `").append(setting.environmentName()).append('`');
        entry.append(setting.hasVariableOfItsOwn() ? ", understood in the file too\n" : "\n");
        if (setting.secret()) {
            entry.append("- Secret: never shown or logged\n");
        }
        setting.formerNames()
                .forEach(name -> entry.append("- Former name: `").append(name).append("`, still understood\n"));
        return entry.toString();
    }

    private static <T> String shownDefault(Setting<T> setting) {
        return setting.defaultValue()
                .map(value -> setting.shown(value).isEmpty() ? "not set" : "`" + setting.shown(value) + "`")
                .orElse("none, it must be given");
    }

    private static String retired(SettingsGroup group) {
        if (group.retired().isEmpty()) {
            return "";
        }
        return "\n### No longer settings\n\n"
                + group.retired().stream()
                        .map(gone -> "- `" + gone.name() + "`: " + gone.hint() + "\n")
                        .collect(joining());
    }

    private static String unsupported(SettingsGroup group) {
        if (group.unsupported().isEmpty()) {
            return "";
        }
        return "\n### Not supported\n\n"
                + group.unsupported().stream()
                        .map(setting -> "- `" + setting.name() + "`, because " + setting.because() + "\n")
                        .collect(joining());
    }
}

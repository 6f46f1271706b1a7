package org.pombal.commands;

import static org.pombal.commands.CommandDraft.command;
import static org.pombal.commands.Parameter.argument;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** {@code cluster tag ...} */
final class TagCommands {

    private static final Parameter NAME_OR_ID = argument("id", Given.NAME, "The tag's name or UUID.");

    static final CommandGroup GROUP = new CommandGroup(
            "cluster tag",
            "Tags: which users may live on which sites.",
            """
            A tag divides a cluster: users with a tag live only on sites that have the same tag, users without one only on sites
            without one. It serves to keep the users of one customer, or of one country, on machines of their own.""".strip(),
            List.of(create(), delete(), list(), update()));

    private TagCommands() {}

    private static ClusterCommand create() {
        return command("cluster tag create", "Creates a tag.")
                .explained("The UUID is made, unless --id gives that of a tag that was deleted and comes back.")
                .example("cluster tag create premium")
                .takes(Given.oldId("tag"), argument("name", Given.NAME, "The tag's name."))
                .tells(Shown.TAG_NAME, Shown.TAG_ID);
    }

    private static ClusterCommand delete() {
        return command("cluster tag delete", "Deletes a tag.")
                .explained("Refused while sites have the tag; the message says which.")
                .example("cluster tag delete premium")
                .takes(NAME_OR_ID, Given.force("sites still have it"))
                .tells(Shown.TAG_NAME, Shown.TAG_ID);
    }

    private static ClusterCommand list() {
        return command("cluster tag list", "Lists all tags.")
                .explained("One line for each tag.")
                .example("cluster tag list")
                .lists(Shown.TAG_NAME, Shown.TAG_ID);
    }

    private static ClusterCommand update() {
        return command("cluster tag update", "Renames a tag.")
                .explained("Sites and users know a tag by its UUID, so nothing moves.")
                .example("cluster tag update --name gold premium")
                .takes(option("name", Given.NAME, "The new name.").requiredOption(), NAME_OR_ID)
                .tells(Shown.TAG_NAME, Shown.TAG_ID);
    }
}

package org.pombal.commands;

import static org.pombal.commands.Parameter.argument;
import static org.pombal.commands.Parameter.option;

import java.util.List;

/** Parameters that several commands take. */
final class Given {

    static final ParameterType FLAG = new ParameterType.Flag();
    static final ParameterType NAME = new ParameterType.Name(false);
    static final ParameterType NAME_OR_NOTHING = new ParameterType.Name(true);
    static final ParameterType UUID = new ParameterType.Uuid();
    static final ParameterType HOST = new ParameterType.Host();
    static final ParameterType MASK = new ParameterType.MaskText();
    static final ParameterType USER = new ParameterType.UserName();
    static final ParameterType YES_NO = new ParameterType.YesNo();

    static final Parameter SELF_BACKEND =
            option("self", FLAG, "The backend that the node runs on, as its setting cluster_backend_name says.");
    static final Parameter SELF_SITE =
            option("self", FLAG, "The site that the node runs in, as its setting cluster_local_site says.");
    static final Parameter BACKEND_HOST =
            argument("host", HOST, "The backend's host name.").optional();
    static final Parameter THE_BACKEND = argument("host", HOST, "The backend's host name.");
    static final Parameter SHARE_ID = option(
            "id",
            new ParameterType.ShareId(),
            "Chooses which users: the same id and percentage choose the same ones anywhere. Made up if not given.");
    static final Parameter PERCENTAGE =
            argument("percentage", new ParameterType.WholeNumber(0, 100), "How many users of a hundred.");
    static final Parameter SITE = argument("site", NAME, "The site's name.");
    static final Parameter ONLY_SITE = option("site", NAME, "Only of this site.");
    static final Parameter SITE_NAME = argument("name", NAME, "The site's name.");
    static final Parameter GROUP = argument("group", NAME, "The user group's name.");
    static final Parameter THE_USER = argument("user", USER, "The user's name.");
    static final Parameter WAIT = option(
            "wait",
            FLAG,
            "Waits until the move is finished, and says meanwhile how far it is. Ending the command does not end the move.");
    static final Parameter DRY_RUN = option("dry-run", FLAG, "Only says what would be changed, and changes nothing.");

    static final Rule SELF_OR_HOST = new Rule.ExactlyOne(List.of("self", "host"));
    static final Rule SELF_OR_NAME = new Rule.ExactlyOne(List.of("self", "name"));

    private Given() {}

    static Parameter oldId(String what) {
        return option("id", UUID, "The former UUID of a " + what + " that is added again. A new one has it made.");
    }

    static Parameter force(String what) {
        return option("force", FLAG, "Removes it although " + what + ". Audited.");
    }
}

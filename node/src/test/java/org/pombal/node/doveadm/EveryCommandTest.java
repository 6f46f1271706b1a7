package org.pombal.node.doveadm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pombal.commands.ClusterCommand;
import org.pombal.commands.CommandCatalog;
import org.pombal.commands.Parameter;
import org.pombal.commands.ParameterType;
import org.pombal.model.backend.Backend;
import org.pombal.model.backend.HostName;
import org.pombal.model.group.GroupId;
import org.pombal.model.group.UserGroup;
import org.pombal.model.placement.User;
import org.pombal.model.site.TagId;
import org.pombal.model.user.UserKey;
import org.pombal.node.TestCluster;

/** Each command of the catalogue, once with each of its parameters: something carries it out, and answers as the catalogue says. */
@Timeout(60)
class EveryCommandTest {

    private static final String ID = "8a4e4a5c-3f0b-4b0e-9d52-1c7f5a2b9e10";

    private ApiFixture api;

    @BeforeEach
    void start() throws IOException {
        api = new ApiFixture(Optional.of(new HostName("self.example.org")));
        Backend self = api.geo.online("self.example.org");
        api.geo.online("b2.example.org");
        UserGroup group = UserGroup.placed(new GroupId(api.geo.here.id(), "g"), self.id(), Optional.empty());
        TestCluster.applied(api.geo.geoDb.groups().createIfAbsent(group));
        TestCluster.applied(api.geo
                .geoDb
                .groups()
                .createIfAbsent(UserGroup.placed(new GroupId(api.geo.here.id(), "h"), self.id(), Optional.empty())));
        TestCluster.applied(api.geo.geoDb.users().createIfAbsent(User.firstSeen(new UserKey("alice"), group.id())));
        TestCluster.get(api.geo.geoDb.sites().createTag(TagId.random(), "gold"));
        api.memory.groups.put(group.id(), group);
        api.memory.users.put(new UserKey("alice"), group.id());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    static Stream<String> calls() {
        List<String> calls = new ArrayList<>();
        for (ClusterCommand command : CommandCatalog.commands()) {
            calls.add(command.httpName());
            command.parameters().forEach(parameter -> calls.add(command.httpName() + " " + parameter.name()));
        }
        return calls.stream();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isCarriedOutOrRefusedForAReason(String call) {
        String[] parts = call.split(" ", 2);
        ClusterCommand command = CommandCatalog.find(parts[0]).orElseThrow();
        StringBuilder json = new StringBuilder();
        for (Parameter parameter : command.parameters()) {
            boolean wanted = parameter.required()
                    || (parts.length == 2 && parameter.name().equals(parts[1]));
            // A command that waits for what only a backend's node can do would wait for ever here.
            if (wanted && !parameter.name().equals("wait")) {
                json.append(json.isEmpty() ? "" : ",")
                        .append('"')
                        .append(parameter.httpName())
                        .append("\":");
                json.append(value(command, parameter));
            }
        }

        String answer = api.call(command.httpName(), "{" + json + "}");

        assertThat(answer)
                .doesNotContain("unknownMethod")
                .doesNotContain("internalError")
                .doesNotContain("fault in Pombal");
        if (answer.contains("\"type\":\"invalidRequest\"")) {
            // Only because a rule asks for another parameter too.
            assertThat(command.rules()).isNotEmpty();
        } else if (answer.startsWith("[[\"error\"")) {
            assertThat(answer).contains("\"type\":\"exitCode\"", "\"message\":\"");
        } else {
            assertThat(answer).startsWith("[[\"doveadmResponse\",[").endsWith("],\"t\"]]");
        }
    }

    private static final Map<String, String> NAMES = Map.of(
            "site", "here", "name", "here", "group", "g", "host", "b2.example.org", "user", "alice", "tag", "gold");

    private static String value(ClusterCommand command, Parameter parameter) {
        if (parameter.isFlag()) {
            return "true";
        }
        if (parameter.type() instanceof ParameterType.WholeNumber) {
            return "50";
        }
        String words = command.words();
        if (words.startsWith("cluster tag") && parameter.name().equals("id") && !words.endsWith("create")) {
            return "\"gold\"";
        }
        if (words.equals("cluster user move") && parameter.name().equals("group")) {
            return "\"h\"";
        }
        return switch (parameter.type().getClass().getSimpleName()) {
            case "Uuid" -> "\"" + ID + "\"";
            case "YesNo" -> "\"yes\"";
            case "Choice" -> "\"standby\"";
            case "MaskText" -> "\"*\"";
            case "SocketPath" -> "\"/nonexistent\"";
            case "Users" -> "\"alice\\nbob\"";
            default -> "\"" + NAMES.getOrDefault(parameter.name(), "x.example.org") + "\"";
        };
    }
}

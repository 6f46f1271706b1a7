package org.pombal.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stub of a node that ends with each test, and calls of the command line that go to it. */
@Timeout(60)
abstract class NodeInATest {

    static final Terminal TERMINAL = new Terminal(true, true, true, OptionalInt.of(80));

    @TempDir
    Path folder = Path.of("/");

    private @Nullable StubNode node;

    @AfterEach
    void stopTheNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    StubNode node(String... rows) throws IOException {
        StubNode started = StubNode.answering(folder, rows);
        node = started;
        return started;
    }

    StubNode node(StubNode.Reply reply) throws IOException {
        StubNode started = StubNode.start(folder, reply);
        node = started;
        return started;
    }

    static Ran run(StubNode at, String... arguments) {
        return Ran.with(at(at, arguments));
    }

    static String[] at(StubNode node, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--socket", node.socket().toString()));
        return all.toArray(String[]::new);
    }
}

package org.pombal.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.pombal.node.relay.LinePeer;

/** How a backend's node answers those who ask for all users. */
class BackendListWireTest extends WithBackendWire {

    @Test
    void aListHoldsThisBackendsUsersAndPlacesNobody() throws Exception {
        try (BackendWire.Line line = wire.lookups()) {
            line.exchange("LIST|1|service=doveadm", "LIST|1|foreign", "LIST|1|mine", "LIST|1|unknown", "DONE|1|");
            List<String> lines = new ArrayList<>();
            do {
                lines.add(line.client().receive());
            } while (!lines.get(lines.size() - 1).startsWith("DONE"));

            assertThat(lines).contains("LIST|1|mine").doesNotContain("LIST|1|foreign");
            assertThat(lines).last().isEqualTo("DONE|1|");
        }
        assertThat(wire.isKnown("unknown")).isFalse();
    }

    @Test
    void aLongListIsCompleteAndInOneEnd() throws Exception {
        int users = 2_000;
        for (int number = 3; number <= BackendWire.GROUPS; number++) {
            wire.group(number, number % 2 == 0 ? wire.b2 : wire.b1);
        }
        try (BackendWire.Line line = wire.lookups()) {
            line.exchange("LIST|1|service=doveadm");
            // Beside the reader: neither side is read faster than the other takes it.
            CompletableFuture<Void> auth = CompletableFuture.runAsync(() -> sendList(line.server(), users));
            long mine = 0;
            while (line.client().receive(1).get(0).startsWith("LIST")) {
                mine++;
            }
            assertThat(mine).isBetween(users / 4L, users * 3L / 4);
            auth.join();
        }
    }

    private static void sendList(LinePeer auth, int users) {
        try {
            for (int i = 0; i < users; i++) {
                auth.send("LIST|1|user" + i);
            }
            auth.send("DONE|1|");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

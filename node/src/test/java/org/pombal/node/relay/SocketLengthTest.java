package org.pombal.node.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SocketLengthTest {

    @Test
    void aSocketMayBeAsLongAsLinuxLetsItBeWhileItIsNew() {
        Path folder = Path.of("/" + "x".repeat(107 - "//.cluster.new".length()));

        assertThat(SocketLength.problem(folder.resolve("cluster"))).isEmpty();
        assertThat(SocketLength.problem(Path.of(folder + "x").resolve("cluster"))
                        .orElseThrow())
                .contains("x/cluster is too long for a socket, it has 103 bytes and may have 102");
    }

    @Test
    void bytesCountAndNotCharacters() {
        assertThat(SocketLength.problem(Path.of("/" + "\u00e9".repeat(60)))).isPresent();
    }
}

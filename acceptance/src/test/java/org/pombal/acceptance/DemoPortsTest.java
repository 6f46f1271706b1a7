package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The demo on a machine where somebody else has its ports. */
class DemoPortsTest {

    private static final String NETWORK = "127.0.87";
    private static final int EX_UNAVAILABLE = 69;

    @Test
    void aTakenMailPortIsNamedWithTheOptionToChooseOthers() throws IOException {
        theDemoNames("imap 127.0.87.11:12143", NETWORK + ".11", 12143);
    }

    @Test
    void aTakenPortOfCassandraIsNamedWithTheOptionToChooseAnotherNetwork() throws IOException {
        theDemoNames("port 9042 on 127.0.87.101 is taken", NETWORK + ".101", 9042);
    }

    private static void theDemoNames(String taken, String address, int port) throws IOException {
        List<String> demo = Stream.concat(
                        Product.command().stream(),
                        Stream.of("demo", "--check", "--network", NETWORK, "--port-shift", "12000"))
                .toList();
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            Programs.Ended ended = Programs.run(Duration.ofMinutes(2), demo);
            assertThat(other.isBound()).isTrue();
            assertThat(ended.output())
                    .contains(taken, "--network", "--port-shift")
                    .doesNotContain("\tat ");
            assertThat(ended.exitCode()).isEqualTo(EX_UNAVAILABLE);
        }
    }
}

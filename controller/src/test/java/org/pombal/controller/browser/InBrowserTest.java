package org.pombal.controller.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pombal.controller.TestController;
import org.pombal.controller.TestIssuer;

/** The way of a person by an OpenID Connect issuer to the pages, with a real browser. */
@Timeout(180)
class InBrowserTest {

    private static final Path UI = Path.of("..", "ui").toAbsolutePath().normalize();
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @Test
    void aPersonLogsInAtTheIssuerWorksWithTheRoleThatItGivesAndLogsOut() throws Exception {
        assumeTrue(
                Files.isDirectory(UI.resolve("node_modules/playwright-core")) && Files.isExecutable(CHROMIUM),
                "no web interface was built, or there is no Chromium");
        // The controller has to know its address before it has it.
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String address = "http://127.0.0.1:" + port;
        try (TestIssuer issuer = TestIssuer.start();
                TestController controller = TestController.start(Stream.concat(
                                Stream.of(issuer.settings()),
                                Stream.of("CONTROLLER_LISTEN=127.0.0.1:" + port, "CONTROLLER_PUBLIC_URL=" + address))
                        .toArray(String[]::new))) {
            assertThat(controller.get("/api/v1/sites/lisbon").status()).isEqualTo(200);
            issuer.next("ana-1", Map.of("preferred_username", "ana", "roles", List.of("pombal-operator")));
            Path output = Files.createTempFile("pombal-browser-", ".out");
            Process browser = new ProcessBuilder(
                            "node",
                            UI.resolve("browser/issuer.js").toString(),
                            address,
                            "ana (ana-1)",
                            Path.of("target", "pictures").toAbsolutePath().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(browser.waitFor(120, TimeUnit.SECONDS)).isTrue();
                assertThat(browser.exitValue())
                        .as(Files.readString(output, UTF_8))
                        .isZero();
            } finally {
                browser.destroyForcibly();
                Files.delete(output);
            }
            assertThat(controller.get("/api/v1/audit").json().get("items").findValuesAsText("who"))
                    .contains("ana (ana-1)");
        }
    }
}

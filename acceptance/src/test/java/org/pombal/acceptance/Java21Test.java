package org.pombal.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pombal.demo.server.DovecotInstallation;
import org.pombal.demo.site.SitePlan;
import org.pombal.dovecot.config.DovecotVersion;
import org.pombal.dovecot.config.Listener;

/** The product on OpenJDK 21, as Debian 13 has it. */
class Java21Test {

    @Test
    void theNodeServesLoginsAndDeliveries() {
        DovecotInstallation debian13 = Lab.installation(DovecotVersion.V2_4);
        Path copy = Folders.make(debian13.root().resolve("tmp"), "pombal-product-");
        SitePlan.Program pombal = Product.onJava21(debian13, copy);
        try {
            Programs.Ended version = Programs.run(
                    Duration.ofSeconds(60),
                    Stream.concat(pombal.command().stream(), Stream.of("version"))
                            .toList());
            assertThat(version.output()).contains("Java 21");
            try (Lab lab = Lab.start(DovecotVersion.V2_4, "java21", "127.0.86", Optional.empty(), Map.of(), pombal)) {
                lab.deliver(1, "alice@example.org");
                assertThat(lab.python(2, "imap", Listener.IMAP, "alice@example.org", Lab.PASSWORD)
                                .output())
                        .isEqualTo("OK 1 messages");
            }
        } finally {
            Folders.delete(copy);
        }
    }
}
